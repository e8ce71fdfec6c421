"""Every kind of row that is refused, by its name and sentence; the sound rows beside it stay."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from core.courses.models import LearnerAttributes
from core.i18n import language
from data.pipeline.oulad.files import FILES
from data.pipeline.oulad.reasons import REASONS, TITLES
from tests.data.pipeline.oulad.folders import (
    Files,
    Office,
    assessment,
    counts,
    course,
    info,
    refused,
    registration,
    small,
    submission,
    write,
)


def with_row(file: str, row: dict[str, Any]) -> Files:
    files = small()
    files[file].append(row)
    return files


BAD = [
    ("courses", course(code_module=""), "missing_course"),
    ("courses", course(code_presentation=""), "missing_course"),
    ("courses", course(code_presentation="2013X"), "unreadable_presentation"),
    ("courses", course(code_presentation="13J"), "unreadable_presentation"),
    ("courses", course(code_module="B", module_presentation_length="long"), "unreadable_length"),
    ("courses", course(code_module="B", module_presentation_length=0), "unreadable_length"),
    ("courses", course(code_module="B", module_presentation_length=""), "unreadable_length"),
    ("assessments", assessment(9, code_module="ZZZ"), "unknown_course"),
    ("assessments", assessment(9, code_module=""), "missing_course"),
    ("assessments", assessment(9, id_assessment=""), "missing_assessment"),
    ("assessments", assessment(9, assessment_type="Essay"), "unknown_type"),
    ("assessments", assessment(9, assessment_type=""), "unknown_type"),
    ("assessments", assessment(9, date="2013-10-01"), "unreadable_day"),
    ("assessments", assessment(9, date="19.5"), "unreadable_day"),
    ("assessments", assessment(9, weight="heavy"), "unreadable_weight"),
    ("assessments", assessment(9, weight=""), "unreadable_weight"),
    ("assessments", assessment(9, weight=101), "unreadable_weight"),
    ("assessments", assessment(9, weight="nan"), "unreadable_weight"),
    ("studentInfo", info(10, code_module="ZZZ"), "unknown_course"),
    ("studentInfo", info(""), "missing_student"),
    ("studentInfo", info("9" * 91), "missing_student"),
    ("studentInfo", info(12), "unregistered"),
    ("studentInfo", info(12, final_result="Unknown"), "unknown_result"),
    ("studentInfo", info(12, num_of_prev_attempts=-1), "unreadable_count"),
    ("studentInfo", info(12, studied_credits="many"), "unreadable_count"),
    ("studentInfo", info(12, region="x" * 101), "too_long"),
    ("studentRegistration", registration(12), "undescribed"),
    ("studentRegistration", registration(12, date_registration="1_0"), "unreadable_day"),
    ("studentRegistration", registration(12, date_unregistration="1e9"), "unreadable_day"),
    ("studentRegistration", registration(12, code_presentation="2014J"), "unknown_course"),
    ("studentAssessment", submission(99, 10), "unknown_assessment"),
    ("studentAssessment", submission(3, 12), "unregistered"),
    ("studentAssessment", submission(3, ""), "missing_student"),
    ("studentAssessment", submission(3, 10, date_submitted=""), "unreadable_day"),
    ("studentAssessment", submission(3, 10, date_submitted="soon"), "unreadable_day"),
    ("studentAssessment", submission(3, 10, score=101), "score_range"),
    ("studentAssessment", submission(3, 10, score=-1), "score_range"),
    ("studentAssessment", submission(3, 10, score="inf"), "score_range"),
    ("studentAssessment", submission(3, 10, score="nan"), "score_range"),
    ("studentAssessment", submission(3, 10, score="good"), "unreadable_score"),
    ("studentAssessment", submission(3, 10, score="7_8"), "unreadable_score"),
    ("studentAssessment", submission(3, 10, is_banked="yes"), "unreadable_banked"),
]


@pytest.mark.parametrize("file", [file.name for file in FILES])
def test_a_row_that_breaks_a_rule_is_refused_by_its_name(desk_office: Office, file: str) -> None:
    files = small()
    sound = {name: len(rows) for name, rows in files.items()}
    bad = [(row, rule) for name, row, rule in BAD if name == file]
    files[file] += [row for row, _ in bad]
    told = desk_office.take(files)
    assert told[file].reasons == Counter(rule for _, rule in bad)
    assert {name: report.kept for name, report in told.items()} == sound
    taken_away = [(row["_row"], row["_reason"]) for row in refused(told[file])]
    assert taken_away == [
        (str(number), REASONS[rule]) for number, (_, rule) in enumerate(bad, sound[file] + 2)
    ]


def test_every_rule_has_a_sentence_and_a_title() -> None:
    rules = {rule for file in FILES for rule, _ in file.rules}
    assert rules <= set(REASONS)
    assert set(REASONS) == set(TITLES)


def test_every_rule_is_broken_by_a_row_above() -> None:
    rules = {rule for file in FILES for rule, _ in file.rules}
    assert rules - {rule for _, _, rule in BAD} == set()


def test_two_different_rows_of_one_key_are_both_refused(desk_office: Office) -> None:
    told = desk_office.take(with_row("studentAssessment", submission(1, 10, score=12)))
    assert told["studentAssessment"].reasons == {"conflicting_rows": 2}
    assert [row["score"] for row in refused(told["studentAssessment"])] == ["78", "12"]


def test_an_equal_row_is_kept_once(desk_office: Office) -> None:
    told = desk_office.take(with_row("studentAssessment", submission(1, 10)))
    assert counts(told["studentAssessment"]) == (4, 3, 1, 0, 0)


def test_what_hangs_on_a_refused_row_is_refused_too(desk_office: Office) -> None:
    files = small()
    files["studentRegistration"][0]["date_registration"] = "never"
    told = desk_office.take(files)
    assert told["studentRegistration"].reasons == {"unreadable_day": 1}
    assert told["studentInfo"].reasons == {"unregistered": 1}
    assert told["studentAssessment"].reasons == {"unregistered": 2}


def test_nothing_is_kept_where_the_only_course_is_refused(desk_office: Office) -> None:
    told = desk_office.take({**small(), "courses": [course(code_presentation="2013X")]})
    assert [report.kept for report in told.values()] == [0, 0, 0, 0, 0]
    assert told["assessments"].reasons == {"unknown_course": 3}


def test_a_row_with_too_many_values_is_refused_whole(desk_office: Office) -> None:
    desk_office.take(small())
    folder = write(desk_office.folder / "broken", small())
    with (folder / "studentAssessment.csv").open("a") as file:
        file.write("1,10,18,0,78,more\n")
    told = desk_office.take_folder(folder)["studentAssessment"]
    assert counts(told) == (4, 0, 3, 0, 1)
    assert told.reasons == {"row_broken": 1}
    assert refused(told)[0]["id_assessment"] == "1,10,18,0,78,more"


def test_refused_cells_are_harmless_in_a_spreadsheet(desk_office: Office) -> None:
    told = desk_office.take(with_row("studentInfo", info("=1+1")))
    assert refused(told["studentInfo"])[0]["id_student"] == "'=1+1"


def test_reasons_are_written_in_the_reader_s_language(desk_office: Office) -> None:
    told = desk_office.take(with_row("studentInfo", info(12)), reader="es")
    reason = refused(told["studentInfo"])[0]["_reason"]
    assert reason == language("es")(REASONS["unregistered"])


def test_refused_rows_that_were_mended_are_read_as_they_were(desk_office: Office) -> None:
    told = desk_office.take(with_row("studentInfo", info(12)))["studentInfo"]
    (row,) = refused(told)
    files = small()
    files["studentRegistration"].append(registration(12))
    again = {**row, "region": "'-Wales"}
    told = desk_office.take({**files, "studentInfo": [again]})["studentInfo"]
    assert counts(told) == (1, 1, 0, 0, 0)
    assert ("-Wales",) in desk_office.rows(select(LearnerAttributes.region))


def test_a_million_rows_of_one_student_are_one_and_its_repetitions(desk_office: Office) -> None:
    folder = write(desk_office.folder / "one-student", small())
    with (folder / "studentAssessment.csv").open("a", encoding="utf-8") as file:
        file.write("1,10,18,0,78\n" * 999_000 + "1,10,18,0,101\n" * 1_000)
    report = desk_office.take_folder(folder)["studentAssessment"]
    assert counts(report) == (1_000_003, 3, 999_000, 0, 1_000)
    assert dict(report.reasons) == {"score_range": 1_000}

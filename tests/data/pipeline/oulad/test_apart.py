from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.pipeline.faults import BrokenEncoding, FileMissing, MissingColumns
from data.pipeline.oulad import apart
from tests.data.pipeline.oulad.folders import Office
from tests.ml.folders import (
    ASSESSMENTS,
    COURSES,
    HANDED_IN,
    REGISTRATION,
    append,
    small_folder,
    write,
)

INFO = (
    "code_module",
    "code_presentation",
    "id_student",
    "num_of_prev_attempts",
    "studied_credits",
    "final_result",
)

QUERIES = (
    "SELECT code, series_code, start_date, duration_weeks, pass_mark FROM records_courses",
    """SELECT code, kind, weight, due_day FROM records_assessments
            INNER JOIN records_courses USING (course_id)""",
    """SELECT code, status, enrolled_at, ended_at, previous_attempts, studied_credits,
                count(DISTINCT user_id)
            FROM records_enrollments INNER JOIN records_courses USING (course_id) GROUP BY ALL""",
    """SELECT code, status, gender, region, imd_band FROM records_learner_attributes
            INNER JOIN records_enrollments USING (enrollment_id)
            INNER JOIN records_courses USING (course_id)""",
    """SELECT code, status, assessment_kind, due_day, submitted_at, score, is_banked
            FROM records_submissions
            INNER JOIN records_enrollments USING (enrollment_id)
            INNER JOIN records_courses USING (course_id)
            INNER JOIN records_assessments USING (assessment_id)""",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One module taught twice, with five learners of the later presentation."""
    write(tmp_path / "courses.csv", COURSES, [("A", "2013J", 268), ("A", "2014B", 240)])
    write(
        tmp_path / "assessments.csv",
        ASSESSMENTS,
        [
            ("A", "2014B", 1, "TMA", 12, 40),
            ("A", "2014B", 2, "CMA", 20, 0),
            ("A", "2014B", 3, "Exam", "", 100),
        ],
    )
    results = ("Pass", "Distinction", "Fail", "Withdrawn", "Withdrawn")
    write(
        tmp_path / "studentInfo.csv",
        INFO,
        [("A", "2014B", n, n, 60, result) for n, result in enumerate(results)],
    )
    dates = ((-20, ""), (-10, ""), (3, ""), (-5, 40), ("", 12))
    write(
        tmp_path / "studentRegistration.csv",
        REGISTRATION,
        [("A", "2014B", n, *pair) for n, pair in enumerate(dates)],
    )
    write(tmp_path / "studentAssessment.csv", HANDED_IN, [(1, 0, 11, 0, 78), (2, 0, 15, 1, 60)])
    return tmp_path


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    return apart.connect(folder).execute(sql).fetchall()


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def test_results_become_statuses_and_dates_days_of_the_course(folder: Path) -> None:
    found = rows(
        folder,
        "SELECT status, enrolled_at, ended_at, previous_attempts FROM records_enrollments "
        "ORDER BY user_id",
    )
    assert [
        ("completed", noon(2014, 1, 12), noon(2014, 9, 29), 0),
        ("completed", noon(2014, 1, 22), noon(2014, 9, 29), 1),
        ("failed", noon(2014, 2, 4), noon(2014, 9, 29), 2),
        ("withdrawn", noon(2014, 1, 27), noon(2014, 3, 13), 3),
        ("withdrawn", None, noon(2014, 2, 13), 4),
    ] == found


def test_work_keeps_its_kind_its_weight_and_its_due_day(folder: Path) -> None:
    found = rows(
        folder,
        "SELECT kind, weight::DOUBLE, due_day FROM records_assessments ORDER BY assessment_id",
    )
    assert [("assignment", 40, 12), ("quiz", 0, 20), ("exam", 100, None)] == found


def test_what_was_handed_in_keeps_its_day_its_score_and_its_mark(folder: Path) -> None:
    found = rows(
        folder,
        "SELECT submitted_at, score::DOUBLE, is_banked FROM records_submissions ORDER BY 1",
    )
    assert [(noon(2014, 2, 12), 78, False), (noon(2014, 2, 16), 60, True)] == found


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("studentAssessment", "1,999,11,0,50"),  # nobody knows the student
        ("studentAssessment", "77,1,11,0,50"),  # nor the assessment
        ("studentAssessment", "1,1,11,0,101"),
        ("studentAssessment", "1,1,11,0,-1"),
        ("studentAssessment", "1,1,soon,0,50"),
        ("studentAssessment", "x,1,11,0,50"),
        ("studentAssessment", "1,0,11,0,78"),  # told before
        ("assessments", "ZZZ,2014B,9,TMA,10,10"),
        ("assessments", "A,2014B,9,TMA,1e300,10"),
        ("studentAssessment", "1,1,2147483647,0,50"),
        ("studentInfo", "A,2014B,50,0,60,Pass"),  # never registered
        ("studentInfo", "A,2014B,0,0,60,Pass"),
        ("studentRegistration", "A,2014B,51,-5,"),
        ("courses", "A,Autumn,240"),
    ],
)
def test_rows_that_an_import_refuses_change_nothing(folder: Path, file: str, line: str) -> None:
    counts = """SELECT (SELECT count(*) FROM records_courses),
        (SELECT count(*) FROM records_enrollments), (SELECT count(*) FROM records_assessments),
        (SELECT count(*) FROM records_submissions)"""
    before = rows(folder, counts)
    append(folder / f"{file}.csv", line)
    assert before == rows(folder, counts)


def test_a_submission_without_a_score_is_one(folder: Path) -> None:
    append(folder / "studentAssessment.csv", "1,1,12,0,")
    found = rows(folder, "SELECT score FROM records_submissions WHERE score IS NULL")
    assert [(None,)] == found


def test_attributes_may_be_missing_and_are_kept_apart_where_they_are_told(tmp_path: Path) -> None:
    folder = small_folder(tmp_path, learners=3)
    found = rows(folder, "SELECT DISTINCT region FROM records_learner_attributes")
    genders = rows(folder, "SELECT DISTINCT gender FROM records_learner_attributes")
    assert ([(None,)], True) == (found, set(genders) <= {("M",), ("F",)})


@pytest.mark.parametrize(
    "file",
    ["courses", "assessments", "studentInfo", "studentRegistration", "studentAssessment"],
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / f"{file}.csv").unlink()
    with pytest.raises(FileMissing, match=f"{file}.csv"):
        apart.connect(folder)


def test_a_missing_column_is_named(folder: Path) -> None:
    write(folder / "courses.csv", ("code_module", "code_presentation"), [("A", "2014B")])
    with pytest.raises(MissingColumns, match="module_presentation_length"):
        apart.connect(folder)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    with (folder / "studentInfo.csv").open("ab") as file:
        file.write(b"\xff\xfe\xe9,2014B,1\n" * 3)
    with pytest.raises(BrokenEncoding) as refused:
        apart.connect(folder)
    assert refused.value.data["file"] == "studentInfo.csv"


def test_an_import_holds_the_same(folder: Path, sqlite_engine: Engine, tmp_path: Path) -> None:
    append(folder / "studentAssessment.csv", "1,1,12,0,", "3,2,200,0,64.5", "1,999,11,0,50")
    office = Office(sqlite_engine, tmp_path / "office")
    office.folder.mkdir()
    office.take_folder(folder)
    for query in QUERIES:
        held = office.warehouse.rows(f"{query} ORDER BY ALL")
        assert held == rows(folder, f"{query} ORDER BY ALL")
        assert len(held) > 1

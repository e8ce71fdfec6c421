"""What the records hold after an import, and after a second, restated or partial one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.accounts.access import Role
from core.accounts.models import User, UserRole
from core.courses.models import (
    Assessment,
    AssessmentKind,
    Course,
    Enrollment,
    EnrollmentStatus,
    LearnerAttributes,
    Submission,
)
from core.db import unit_of_work
from data.pipeline.oulad import changes, turns
from data.pipeline.oulad.importing import CodeTaken
from tests.data.pipeline.oulad.folders import (
    Office,
    assessment,
    counts,
    course,
    info,
    registration,
    small,
    submission,
)
from tests.data.reports import NOW
from tests.data.warehouse.integrity import broken_grains, broken_references

EVERYTHING = (Course, User, UserRole, Assessment, Enrollment, LearnerAttributes, Submission)


def moment(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def held(office: Office) -> list[list[tuple[object, ...]]]:
    return [
        office.rows(select(*model.__table__.c).order_by(*model.__table__.primary_key))
        for model in EVERYTHING
    ]


def enrolments(office: Office) -> list[tuple[object, ...]]:
    return office.rows(
        select(User.name, Enrollment.status, Enrollment.enrolled_at, Enrollment.ended_at)
        .join(User, User.id == Enrollment.user_id)
        .order_by(User.name)
    )


def titles(office: Office) -> dict[str | None, str]:
    rows = office.rows(select(Assessment.external_id, Assessment.title))
    return {str(name): str(title) for name, title in rows}


def test_a_module_presentation_becomes_a_course(office: Office) -> None:
    spring = course(code_module="BBB", code_presentation="2014B", module_presentation_length=241)
    office.take({**small(), "courses": [course(), spring]})
    told = select(
        Course.code, Course.external_id, Course.series_code, Course.title, Course.start_date,
        Course.duration_weeks, Course.pass_mark, Course.is_sample,
    ).order_by(Course.code)  # fmt: skip
    assert office.rows(told) == [
        ("AAA-2013J", "oulad:AAA-2013J", "AAA", "AAA, October 2013", date(2013, 10, 1), 39, 40, 0),
        ("BBB-2014B", "oulad:BBB-2014B", "BBB", "BBB, February 2014", date(2014, 2, 1), 35, 40, 0),
    ]


def test_assessments_are_numbered_by_due_date_within_their_kind(office: Office) -> None:
    works = [
        assessment(1, date=90),
        assessment(2, date=19, weight="7.5"),
        assessment(3, assessment_type="CMA", date=20),
        assessment(4, assessment_type="Exam", date="?", weight=100),
        assessment(5, date=19),
    ]
    files = small()
    office.take({**files, "assessments": works, "studentAssessment": [submission(1, 10)]})
    told = select(
        Assessment.external_id, Assessment.title, Assessment.kind, Assessment.weight,
        Assessment.due_day,
    ).order_by(Assessment.external_id)  # fmt: skip
    assert office.rows(told) == [
        ("1", "TMA 3", AssessmentKind.ASSIGNMENT, 10, 90),
        ("2", "TMA 1", AssessmentKind.ASSIGNMENT, Decimal("7.5"), 19),
        ("3", "CMA 1", AssessmentKind.QUIZ, 10, 20),
        ("4", "Exam", AssessmentKind.EXAM, 100, None),
        ("5", "TMA 2", AssessmentKind.ASSIGNMENT, 10, 19),
    ]


def test_two_exams_of_a_course_are_told_apart(office: Office) -> None:
    exams = [assessment(number, assessment_type="Exam", date="") for number in (7, 8)]
    office.take({**small(), "assessments": [assessment(1), assessment(2), *exams]})
    assert (titles(office)["7"], titles(office)["8"]) == ("Exam 1", "Exam 2")


def test_a_learner_is_a_person_without_a_login_named_by_their_id(office: Office) -> None:
    office.take(small())
    told = select(User.name, User.external_id, User.email, User.password_hash, UserRole.role)
    assert office.rows(told.join(UserRole, UserRole.user_id == User.id).order_by(User.name)) == [
        ("10", "oulad:10", None, None, Role.LEARNER),
        ("11", "oulad:11", None, None, Role.LEARNER),
    ]


@pytest.mark.parametrize(
    ("result", "left", "status", "ended"),
    [
        ("Pass", "", EnrollmentStatus.COMPLETED, moment(2014, 6, 26)),
        ("Distinction", "", EnrollmentStatus.COMPLETED, moment(2014, 6, 26)),
        ("Fail", "", EnrollmentStatus.FAILED, moment(2014, 6, 26)),
        ("Fail", "31", EnrollmentStatus.FAILED, moment(2013, 11, 1)),
        ("Withdrawn", "31", EnrollmentStatus.WITHDRAWN, moment(2013, 11, 1)),
        ("Withdrawn", "", EnrollmentStatus.WITHDRAWN, None),
    ],
)
def test_a_result_becomes_a_status_and_an_end(
    desk_office: Office, result: str, left: str, status: EnrollmentStatus, ended: datetime | None
) -> None:
    desk_office.take(
        {
            **small(),
            "studentInfo": [info(10, final_result=result)],
            "studentRegistration": [registration(10, date_unregistration=left)],
            "studentAssessment": [submission(1, 10)],
        }
    )
    assert enrolments(desk_office) == [("10", status, moment(2013, 9, 1), ended)]


def test_an_unknown_day_of_registration_is_absent_and_counted(office: Office) -> None:
    files = small()
    files["studentRegistration"][0]["date_registration"] = ""
    report = office.take(files)["studentRegistration"]
    assert enrolments(office)[0][2] is None
    assert report.totals == {"enrolments": 2, "without_registration_date": 1}


def test_what_is_told_of_a_learner_is_kept_apart(office: Office) -> None:
    files = small()
    files["studentInfo"][0]["imd_band"] = "?"
    office.take(files)
    told = select(
        Enrollment.previous_attempts, Enrollment.studied_credits, LearnerAttributes.gender,
        LearnerAttributes.region, LearnerAttributes.highest_education, LearnerAttributes.imd_band,
        LearnerAttributes.age_band, LearnerAttributes.disability,
    )  # fmt: skip
    joined = told.join(LearnerAttributes, LearnerAttributes.enrollment_id == Enrollment.id)
    assert office.rows(joined.order_by(Enrollment.id))[0] == (
        1, 60, "F", "Wales", "HE Qualification", None, "0-35", "N",
    )  # fmt: skip


def test_submissions_keep_their_day_their_score_or_its_absence_and_whether_it_is_banked(
    office: Office,
) -> None:
    works = [
        submission(1, 10, date_submitted=-2, is_banked=1, score="78.5"),
        submission(2, 10, score="?"),
        submission(1, 11, score="", date_submitted=31),
    ]
    report = office.take({**small(), "studentAssessment": works})["studentAssessment"]
    told = select(Submission.submitted_at, Submission.score, Submission.is_banked)
    assert office.rows(told.order_by(Submission.submitted_at)) == [
        (moment(2013, 9, 29), Decimal("78.5"), True),
        (moment(2013, 10, 19), None, False),
        (moment(2013, 11, 1), None, False),
    ]
    assert report.totals == {"submissions": 3, "banked": 1, "without_score": 2}


def test_a_generation_holds_what_was_imported(office: Office) -> None:
    office.take(small())
    warehouse = office.warehouse
    tables = ("records_enrollments", "records_submissions", "dim_course", "dim_user")
    found = [warehouse.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    assert found == [2, 3, 1, 2]
    assert ([], []) == (broken_grains(warehouse), broken_references(warehouse))


def test_a_second_time_everything_is_a_duplicate_and_nothing_changes(office: Office) -> None:
    office.take(small())
    before, generation = held(office), office.lake.generation()
    again = office.take(small())
    assert [counts(report) for report in again.values()] == [
        (1, 0, 1, 0, 0),
        (3, 0, 3, 0, 0),
        (2, 0, 2, 0, 0),
        (2, 0, 2, 0, 0),
        (3, 0, 3, 0, 0),
    ]
    assert (before, generation) == (held(office), office.lake.generation())


def test_a_restated_row_replaces_the_earlier_one(office: Office) -> None:
    office.take(small())
    files = small()
    files["courses"][0]["module_presentation_length"] = 240
    files["assessments"][1]["weight"] = 25
    files["studentInfo"][1] |= {"final_result": "Fail", "region": "Scotland"}
    files["studentRegistration"][1]["date_unregistration"] = ""
    files["studentAssessment"][2]["score"] = 0
    told = office.take(files)
    assert {name: (report.kept, report.replaced) for name, report in told.items()} == {
        "courses": (1, 1),
        "assessments": (1, 1),
        "studentInfo": (1, 1),
        "studentRegistration": (2, 2),  # both ends follow from the course's length
        "studentAssessment": (1, 1),
    }
    ended = moment(2014, 5, 29)
    assert [row[1:] for row in enrolments(office)] == [
        (EnrollmentStatus.COMPLETED, moment(2013, 9, 1), ended),
        (EnrollmentStatus.FAILED, moment(2013, 9, 1), ended),
    ]
    assert office.rows(select(LearnerAttributes.region).order_by(LearnerAttributes.region)) == [
        ("Scotland",),
        ("Wales",),
    ]
    assert office.rows(select(func.count(), func.min(Submission.score))) == [(3, 0)]


def test_a_restated_due_day_leaves_the_titles_alone(office: Office) -> None:
    office.take(small())
    files = small()
    files["assessments"][0]["date"] = 100  # now after the other one
    assert office.take(files)["assessments"].replaced == 1
    assert titles(office) == {"1": "TMA 1", "2": "TMA 2", "3": "Exam"}


def test_a_later_folder_with_other_assessments_goes_on_counting(office: Office) -> None:
    office.take(small())
    files = small()
    files["assessments"] = [assessment(2, date=54, weight=20), assessment(9, date=5)]
    files["assessments"].append(assessment(8, assessment_type="Exam", date=""))
    files["studentAssessment"] = [submission(9, 10)]
    report = office.take(files)["assessments"]
    assert counts(report) == (3, 2, 1, 0, 0)
    assert titles(office) == {
        "1": "TMA 1", "2": "TMA 2", "3": "Exam", "8": "Exam 2", "9": "TMA 3",
    }  # fmt: skip


def test_a_later_presentation_knows_the_people_of_the_earlier(office: Office) -> None:
    office.take(small())
    place = {"code_module": "AAA", "code_presentation": "2014J"}
    later = {
        "courses": [course(**place)],
        "assessments": [assessment(20, **place)],
        "studentInfo": [info(11, **place), info(12, **place)],
        "studentRegistration": [registration(11, **place), registration(12, **place)],
        "studentAssessment": [submission(20, 11)],
    }
    assert office.take(later)["studentInfo"].kept == 2
    assert office.rows(select(User.name).order_by(User.name)) == [("10",), ("11",), ("12",)]
    assert office.rows(select(func.count(Enrollment.id))) == [(4,)]


def test_records_of_other_origin_are_not_touched(office: Office) -> None:
    with unit_of_work(office.engine) as session:
        session.add(User(name="10", email="ann@example.org", created_at=NOW))
        session.add(
            Course(
                code="CCC", series_code="AAA", title="Own", start_date=NOW.date(),
                duration_weeks=4, created_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip
    office.take(small())
    assert office.rows(select(User.external_id).where(User.email == "ann@example.org")) == [(None,)]
    assert office.rows(select(Course.title, Course.external_id).where(Course.code == "CCC")) == [
        ("Own", None)
    ]


def test_a_course_of_other_origin_with_the_same_code_is_named(office: Office) -> None:
    with unit_of_work(office.engine) as session:
        session.add(
            Course(
                code="AAA-2013J", series_code="AAA", title="Own", start_date=NOW.date(),
                duration_weeks=4, created_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip
    with pytest.raises(CodeTaken) as refused:
        office.take(small())
    assert refused.value.data == {"code": "AAA-2013J"}
    assert office.rows(select(func.count(User.id))) == [(0,)]


@pytest.mark.parametrize("turn", [1, 3, 5, 8, 11])
def test_an_import_that_was_ended_between_its_turns_is_done_by_importing_again(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    office, taken = desk_office, iter(range(1, 1000))

    def end(_seconds: float) -> None:
        if next(taken) == turn:
            raise KeyboardInterrupt

    monkeypatch.setattr(changes, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(turns.time, "sleep", end)
    with pytest.raises(KeyboardInterrupt):
        office.take(small())
    assert 0 == office.lake.generation()
    for report in office.take(small()).values():
        assert report.rows_read == report.kept + report.duplicate + report.quarantined
        assert 0 == report.replaced

    assert [1, 2, 2, 3, 2, 2, 3] == [len(rows) for rows in held(office)]
    told = office.take(small())
    assert [one.rows_read for one in told.values()] == [one.duplicate for one in told.values()]

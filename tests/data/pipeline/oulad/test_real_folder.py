"""The Open University's own data, where it is at hand."""

import pytest
from sqlalchemy import case, func, select

from core.accounts.models import User
from core.courses.models import Assessment, Course, Enrollment, EnrollmentStatus, Submission
from tests.data.pipeline.oulad.folders import REAL, Office, counts
from tests.data.warehouse.integrity import broken_grains, broken_references

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the Open University's data is not at hand"
)

SUM_OF_SCORES = 9_265_671
ROWS = {
    "courses": 15,
    "assessments": 149,
    "studentInfo": 21_333,
    "studentRegistration": 21_333,
    "studentAssessment": 121_738,
}


def test_all_of_it_is_kept_once(office: Office) -> None:
    first = office.take_folder(REAL)
    assert first.pop("vle").note != ""
    assert {name: counts(report) for name, report in first.items()} == {
        name: (number, number, 0, 0, 0) for name, number in ROWS.items()
    }
    assert first["studentRegistration"].totals["without_registration_date"] == 36
    assert first["studentAssessment"].totals["without_score"] == 131
    assert_held(office)
    second = office.take_folder(REAL)
    second.pop("vle")
    assert {name: counts(report) for name, report in second.items()} == {
        name: (number, 0, number, 0, 0) for name, number in ROWS.items()
    }
    assert office.lake.generation() == 1
    assert ([], []) == (broken_grains(office.warehouse), broken_references(office.warehouse))


def assert_held(office: Office) -> None:
    for model, number in ((Course, 15), (Assessment, 149), (User, 19_720), (Submission, 121_738)):
        assert office.rows(select(func.count(model.id))) == [(number,)]
    ended = func.sum(case((Enrollment.ended_at.is_(None), 0), else_=1))
    states = select(Enrollment.status, func.count(), ended).group_by(Enrollment.status)
    assert sorted(office.rows(states)) == [
        (EnrollmentStatus.COMPLETED, 9928, 9928),
        (EnrollmentStatus.FAILED, 5075, 5075),
        (EnrollmentStatus.WITHDRAWN, 6330, 6324),
    ]
    titled = select(Assessment.title).join(Course, Course.id == Assessment.course_id)
    found = office.rows(titled.where(Course.code == "CCC-2014B").order_by(Assessment.title))
    assert [title for (title,) in found] == [
        "CMA 1", "CMA 2", "CMA 3", "CMA 4", "Exam 1", "Exam 2", "TMA 1", "TMA 2", "TMA 3", "TMA 4",
    ]  # fmt: skip
    total = office.rows(select(func.sum(Submission.score)))[0][0]
    assert total == SUM_OF_SCORES

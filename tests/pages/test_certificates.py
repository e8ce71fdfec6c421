"""The certificate on a course's page: what is missing, or its download."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from core.accounts.access import Role
from core.courses import service
from core.courses.models import Assessment, Enrollment, EnrollmentStatus, Submission
from core.db import unit_of_work
from tests.core.courses.records import NOON
from tests.pages.test_courses import School, school, told

__all__ = ["school"]


def downloads(test: AppTest) -> list[str]:
    assert [] == [fault.value for fault in test.exception]
    return [one.proto.label for one in test.get("download_button")]


def complete(school: School) -> None:
    """Give every piece of work a score, and finish the required lessons."""
    with unit_of_work(school.at.services.engine) as session:
        for work in session.scalars(select(Assessment)):
            session.add(
                Submission(
                    enrollment_id=school.enrolment,
                    assessment_id=work.id,
                    submitted_at=NOON,
                    score=Decimal(80),
                )
            )
        session.flush()
        for lesson in school.lessons[:3]:
            service.complete_lesson(session, school.learner, school.enrolment, lesson)


def test_a_learner_reads_what_is_missing_for_it(school: School) -> None:
    test = school.visit(Role.LEARNER, school.enrolment)
    (said,) = [one for one in told(test) if "Not yet. What is missing:" in one]
    assert "- 3 required lessons\n- a score for 2 pieces of graded work" in said
    assert "a grade of" not in said
    assert [] == downloads(test)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.INSTRUCTOR])
def test_who_completed_the_course_downloads_it(school: School, role: Role) -> None:
    complete(school)
    assert ["Certificate"] == downloads(school.visit(role, school.enrolment))


def test_a_completion_told_by_a_source_has_none(school: School) -> None:
    with unit_of_work(school.at.services.engine) as session:
        session.get_one(Enrollment, school.enrolment).status = EnrollmentStatus.COMPLETED
    test = school.visit(Role.LEARNER, school.enrolment)
    assert [] == downloads(test)
    assert [True] == ["so none is issued here" in one for one in told(test) if "issued" in one]


def test_who_left_the_course_is_told_nothing_of_it(school: School) -> None:
    with unit_of_work(school.at.services.engine) as session:
        session.get_one(Enrollment, school.enrolment).status = EnrollmentStatus.WITHDRAWN
    test = school.visit(Role.LEARNER, school.enrolment)
    assert "Certificate" not in told(test)

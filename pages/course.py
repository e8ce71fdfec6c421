"""One course of one learner: progress, grade so far, lessons and graded work."""

from components import viewer
from components.courses import (
    certificate,
    contest,
    course,
    lessons,
    outlook,
    study_log,
    taking_part,
    work,
)
from core.accounts.access import Area


def page() -> None:
    """Draw the enrolment that the address names."""
    principal = viewer.page(Area.MY_COURSES)
    t = viewer.words()
    found = course.find(principal, t)
    if found is None:
        return
    course.head(found, t)
    course.standing(found, principal, t)
    certificate.show(found, principal, t)
    outlook.show(found, t)
    contest.show(found, principal, t)
    lessons.show(found, principal, t)
    work.show(found, t)
    study_log.show(found, principal, t)
    taking_part.leave(found, principal, t)

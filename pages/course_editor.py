"""One course to write: contents, what counts, graded work, its fields and its history."""

from components import viewer
from components.course_editor import opened, parts
from core.accounts.access import Area


def page() -> None:
    """Draw the course that the address names."""
    principal = viewer.page(Area.COHORTS)
    t = viewer.words()
    course = opened.find(principal, t)
    if course is None:
        return
    opened.head(course, principal, t)
    parts.show(parts.choose(t), course, principal, t)

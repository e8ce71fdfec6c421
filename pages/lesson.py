"""One lesson of one learner's course: its content, its quiz, and marking it as done."""

from components import viewer
from components.lessons import quiz, reading
from core.accounts.access import Area


def page() -> None:
    """Draw the lesson that the address names."""
    principal = viewer.page(Area.MY_COURSES)
    t = viewer.words()
    found = reading.find(principal, t)
    if found is None:
        return
    reading.head(found, t)
    reading.content(found, t)
    quiz.show(found, principal, t)
    reading.finish(found, principal, t)

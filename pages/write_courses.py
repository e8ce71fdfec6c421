"""The courses that somebody may write, and the way to a new one."""

from components import viewer
from components.course_editor import listing
from core.accounts.access import Area


def page() -> None:
    """Draw the list."""
    principal = viewer.page(Area.COHORTS)
    listing.show(principal, viewer.words())

"""Why a model cannot be trained or judged."""

from core.errors import Invalid
from core.i18n import mark


class PresentationUnknown(Invalid):
    """The presentation to test on is not in the data."""

    code = "presentation_unknown"
    message = mark("There is no presentation {presentation}. There are: {known}.")


class TooLittleHistory(Invalid):
    """Training needs concluded courses of two start dates, with both outcomes in each."""

    code = "too_little_history"
    message = mark(
        "On day {day} there are no two rounds of concluded courses to learn from and to test on. "
        "It takes courses that have ended, of at least two start dates."
    )

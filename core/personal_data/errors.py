"""Faults of what people ask about the data held on them."""

from core.errors import AppError
from core.i18n import mark


class TooMuchHeld(AppError):
    """More is held on a person than a file at a page may have."""

    code = "too_much_held"
    status = 422
    message = mark(
        "More than {megabytes} MB are held on this person, too much for one file. Ask whoever "
        "runs this server."
    )

"""Faults of accepting and withdrawing suggestions."""

from core.errors import Conflict, Invalid
from core.i18n import mark


class AlreadyJudged(Conflict):
    """A judged suggestion can no longer be withdrawn."""

    code = "already_judged"
    message = mark(
        "What came of this suggestion is on record already, so it can no longer be withdrawn."
    )


class NothingToAccept(Invalid):
    """The suggestion changes nothing."""

    code = "nothing_to_accept"
    message = mark("This suggestion changes nothing, so there is nothing to accept.")

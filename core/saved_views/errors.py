"""What can go wrong with a saved view."""

from core.errors import Conflict, Invalid
from core.i18n import mark


class BadViewName(Invalid):
    """A view needs a name that fits."""

    code = "bad_view_name"
    message = mark("Give the view a name of at most {limit} characters.")


class TooManyViews(Conflict):
    """A person keeps as many views as anybody can find again."""

    code = "too_many_views"
    message = mark("You have {limit} saved views already. Delete one first.")

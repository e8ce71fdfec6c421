"""Why a version does not begin to answer."""

from core.errors import Conflict
from core.i18n import mark


class NotPromotable(Conflict):
    """Something speaks against the version; ``data`` holds the first of the reasons."""

    code = "not_promotable"
    message = mark(
        "Version {version} of {name} may not answer: it does not beat what it has to beat. "
        "The Models page says by how much."
    )


class NothingBefore(Conflict):
    """No other version answered before the one that answers now."""

    code = "nothing_before"
    message = mark("No other version of {name} answered before, so there is none to go back to.")


class ModelBusy(Conflict):
    """A job for the same model is open already."""

    code = "model_busy"
    message = mark("A job for {name} is open already. Wait until it is done.")


class ChampionChanged(Conflict):
    """Another version began to answer after the roll back was asked for."""

    code = "champion_changed"
    message = mark(
        "Another version of {name} began to answer in the meantime. Look at the Models page and "
        "ask again."
    )

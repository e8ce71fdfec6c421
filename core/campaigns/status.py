"""The legal moves of a campaign's status."""

from core.campaigns.models import CampaignStatus
from core.errors import AppError
from core.i18n import Language, mark

_S = CampaignStatus
TRANSITIONS: dict[CampaignStatus, frozenset[CampaignStatus]] = {
    _S.DRAFT: frozenset({_S.ACTIVE, _S.CANCELLED}),
    _S.ACTIVE: frozenset({_S.PAUSED, _S.COMPLETED, _S.CANCELLED}),
    _S.PAUSED: frozenset({_S.ACTIVE, _S.COMPLETED, _S.CANCELLED}),
    _S.COMPLETED: frozenset(),
    _S.CANCELLED: frozenset(),
}

STATUS_NAMES = {
    _S.DRAFT: mark("Draft"),
    _S.ACTIVE: mark("Active"),
    _S.PAUSED: mark("Paused"),
    _S.COMPLETED: mark("Completed"),
    _S.CANCELLED: mark("Cancelled"),
}


class IllegalTransition(AppError):
    """A campaign cannot go from its status to the one asked for."""

    code = "illegal_transition"
    status = 409
    message = mark("A campaign in the state “{current}” cannot go to “{wanted}”.")

    def sentence(self, language: Language) -> str:
        """The sentence with the names of both states in the reader's language."""
        names = {
            key: language(STATUS_NAMES[CampaignStatus(self.data[key])])
            for key in ("current", "wanted")
        }
        return language(self.message, **names)


def is_final(status: CampaignStatus) -> bool:
    """Whether there is no way out of a status, so that entering it wants a second thought."""
    return not TRANSITIONS[status]


def require_transition(current: CampaignStatus, wanted: CampaignStatus) -> None:
    """Raise :class:`IllegalTransition` unless ``current`` may become ``wanted``."""
    if wanted not in TRANSITIONS[current]:
        raise IllegalTransition(current=current.value, wanted=wanted.value)

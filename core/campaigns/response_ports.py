"""What learning from campaigns' history needs from the warehouse, and where it is kept."""

from collections.abc import Sequence
from typing import Protocol

from core.campaigns.learned import Learned, Material, ResponseMark


class CampaignHistory(Protocol):
    """Spend and revenue over time, of which response curves are learned."""

    def currencies(self) -> Sequence[str]:
        """The currencies that campaigns spend in, the one with most recent rows first."""

    def material(self, currency: str) -> Material:
        """The history in one currency. Raises ``NoRowsOfCampaigns``."""


class Responses(Protocol):
    """Responses that were learned and kept."""

    def newest(self, currency: str) -> ResponseMark | None:
        """The latest that was learned in a currency; ``None`` where there is none."""

    def read(self, mark: ResponseMark, horizon_days: int) -> Learned:
        """One horizon of a response. Raises ``ResponseDamaged`` or ``ResponseGone``."""

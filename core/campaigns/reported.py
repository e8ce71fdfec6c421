"""Campaigns that reports know and that nobody has planned yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.campaigns import repository


@dataclass(frozen=True)  # without slots: many are kept, and these unpickle faster
class ReportedCampaign:
    """A campaign as the ad platform reports it.

    ``spend`` is in ``currency``; it and the days are ``None`` where a platform has described
    the campaign and reported no day of it.
    """

    campaign_id: int
    platform: str
    account_id: str
    account_name: str | None
    external_id: str
    name: str
    campaign_type: str | None
    currency: str
    first_day: date | None
    last_day: date | None
    spend: float | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What a record of it is found by: platform, account and number."""
        return self.platform, self.account_id, self.external_id


def still_without_record(
    session: Session, principal: Principal, reported: Sequence[ReportedCampaign]
) -> list[ReportedCampaign]:
    """Those of ``reported`` that nobody has planned since the warehouse was published."""
    principal.require(Area.CAMPAIGNS)
    planned = repository.platform_keys(session, principal)
    return [one for one in reported if one.key not in planned]

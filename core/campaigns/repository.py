"""All queries of campaign records; only people who may open campaigns get any."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.campaigns.models import Campaign


def campaigns(session: Session, principal: Principal) -> Sequence[Campaign]:
    """Every campaign the person may see, by name."""
    return session.scalars(
        select(Campaign).where(_visible(principal)).order_by(Campaign.name, Campaign.id)
    ).all()


def campaign(session: Session, principal: Principal, campaign_id: int) -> Campaign | None:
    """One campaign, or None where it does not exist or is not the person's to see."""
    return session.scalar(select(Campaign).where(Campaign.id == campaign_id, _visible(principal)))


def _visible(principal: Principal) -> ColumnElement[bool]:
    return true() if principal.sees_all(Area.CAMPAIGNS) else false()

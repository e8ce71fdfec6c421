"""All queries of campaign records; only people who may open campaigns get any."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session, selectinload

from core.accounts.access import Area, Principal
from core.accounts.models import User
from core.campaigns.models import AccountGoal, Audience, Campaign, CampaignChange, Creative


def campaigns(session: Session, principal: Principal) -> Sequence[Campaign]:
    """Every campaign the person may see with its goals, by name."""
    query = select(Campaign).where(_visible(principal)).order_by(Campaign.name, Campaign.id)
    return session.scalars(query.options(selectinload(Campaign.goals))).all()


def every_campaign(session: Session) -> Sequence[Campaign]:
    """Every campaign with its goals; for the worker, on nobody's behalf."""
    query = select(Campaign).order_by(Campaign.id)
    return session.scalars(query.options(selectinload(Campaign.goals))).all()


def campaign(session: Session, principal: Principal, campaign_id: int) -> Campaign | None:
    """One campaign with its goals, or None where it does not exist or is not theirs to see."""
    query = select(Campaign).where(Campaign.id == campaign_id, _visible(principal))
    return session.scalar(query.options(selectinload(Campaign.goals)))


def account_goals(session: Session, principal: Principal) -> Sequence[AccountGoal]:
    """The goals of all campaigns together that the person may see."""
    return session.scalars(select(AccountGoal).where(_visible(principal))).all()


def every_account_goal(session: Session) -> Sequence[AccountGoal]:
    """The same for the worker, on nobody's behalf."""
    return session.scalars(select(AccountGoal)).all()


def platform_keys(session: Session, principal: Principal) -> set[tuple[str, str, str]]:
    """Platform, account and number of every campaign that has a record the person may see."""
    query = select(Campaign.platform, Campaign.account_id, Campaign.external_id)
    rows = session.execute(query.where(_visible(principal)))
    return {(platform, account, number) for platform, account, number in rows}


def history(
    session: Session, principal: Principal, campaign_id: int, limit: int
) -> Sequence[tuple[CampaignChange, str | None]]:
    """A campaign's latest changes, the newest first, each with the name of who made it."""
    query = (
        select(CampaignChange, User.name)
        .join(Campaign, Campaign.id == CampaignChange.campaign_id)
        .join(User, User.id == CampaignChange.actor_id, isouter=True)
        .where(CampaignChange.campaign_id == campaign_id, _visible(principal))
        .order_by(CampaignChange.version.desc())
        .limit(limit)
    )
    return [(change, name) for change, name in session.execute(query)]


def creatives(session: Session, principal: Principal, campaign_id: int) -> Sequence[Creative]:
    """The creatives of a campaign, by name."""
    query = select(Creative).join(Campaign, Campaign.id == Creative.campaign_id)
    query = query.where(Creative.campaign_id == campaign_id, _visible(principal))
    return session.scalars(query.order_by(Creative.name, Creative.id)).all()


def audiences(session: Session, principal: Principal, campaign_id: int) -> Sequence[Audience]:
    """The audiences of a campaign, by name."""
    query = select(Audience).join(Campaign, Campaign.id == Audience.campaign_id)
    query = query.where(Audience.campaign_id == campaign_id, _visible(principal))
    return session.scalars(query.order_by(Audience.name, Audience.id)).all()


def creative_kinds(session: Session, principal: Principal) -> Sequence[str]:
    """Every kind of creative that some campaign has, by name."""
    query = select(Creative.kind).distinct().join(Campaign, Campaign.id == Creative.campaign_id)
    return session.scalars(query.where(_visible(principal)).order_by(Creative.kind)).all()


def _visible(principal: Principal) -> ColumnElement[bool]:
    return true() if principal.sees_all(Area.CAMPAIGNS) else false()

"""What people do with campaign records: list, read, plan, change, and move through their states."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.campaigns import repository
from core.campaigns.goals import Goal, in_order
from core.campaigns.history import STATUS_FIELD, FieldChange, PastChange, differences, read
from core.campaigns.models import Campaign, CampaignGoal, CampaignStatus
from core.campaigns.plan import (
    CampaignChanged,
    CampaignPlan,
    CampaignRecord,
    require_sound,
    tidied,
)
from core.campaigns.saving import save
from core.campaigns.status import require_transition
from core.errors import NotFound

HISTORY_ROWS = 200


def list_campaigns(session: Session, principal: Principal) -> list[CampaignRecord]:
    """Every campaign, by name."""
    principal.require(Area.CAMPAIGNS)
    return [_record(row) for row in repository.campaigns(session, principal)]


def every_campaign(session: Session) -> list[CampaignRecord]:
    """Every campaign; for the worker, on nobody's behalf."""
    return [_record(row) for row in repository.every_campaign(session)]


def get_campaign(session: Session, principal: Principal, campaign_id: int) -> CampaignRecord:
    """One campaign; NotFound when there is none."""
    return _record(load(session, principal, campaign_id))


def create_campaign(session: Session, principal: Principal, plan: CampaignPlan) -> CampaignRecord:
    """Keep a new draft. Raises Invalid naming the field, or CampaignExists."""
    principal.require(Area.CAMPAIGNS)
    plan = tidied(plan)
    require_sound(plan)
    row = Campaign(
        **_columns(plan),
        goals=[CampaignGoal(kpi=goal.kpi, target=goal.target) for goal in plan.goals],
        status=CampaignStatus.DRAFT,
        is_sample=False,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    session.add(row)
    save(session, principal, row, ())
    return _record(row)


def change_campaign(
    session: Session, principal: Principal, campaign_id: int, plan: CampaignPlan, version: int
) -> CampaignRecord:
    """Change what is planned; nothing is written where nothing differs.

    ``version`` is the one the person saw; CampaignChanged when somebody changed the campaign
    since. Raises Invalid naming the field, or CampaignExists.
    """
    row = _seen(session, principal, campaign_id, version)
    plan = tidied(plan)
    require_sound(plan)
    fields = differences(_plan(row), plan)
    if fields:
        for name, value in _columns(plan).items():
            setattr(row, name, value)
        _put_goals(row, plan.goals)
        save(session, principal, row, fields)
    return _record(row)


def change_status(
    session: Session, principal: Principal, campaign_id: int, wanted: CampaignStatus, version: int
) -> CampaignRecord:
    """Move a campaign to another state.

    ``version`` is the one the person saw; CampaignChanged when somebody changed the campaign
    since. Raises IllegalTransition for a move that :mod:`core.campaigns.status` does not know.
    """
    row = _seen(session, principal, campaign_id, version)
    require_transition(row.status, wanted)
    change = FieldChange(STATUS_FIELD, row.status.value, wanted.value)
    row.status = wanted
    save(session, principal, row, (change,))
    return _record(row)


def history(session: Session, principal: Principal, campaign_id: int) -> list[PastChange]:
    """The latest changes of a campaign, the newest first; NotFound when there is none."""
    load(session, principal, campaign_id)
    found = repository.history(session, principal, campaign_id, HISTORY_ROWS)
    return [
        PastChange(row.version, row.at, by, row.actor_id, read(row.fields)) for row, by in found
    ]


def load(session: Session, principal: Principal, campaign_id: int) -> Campaign:
    """The record itself, for the services of this noun; NotFound when there is none."""
    principal.require(Area.CAMPAIGNS)
    row = repository.campaign(session, principal, campaign_id)
    if row is None:
        raise NotFound(campaign_id=campaign_id)
    return row


def _seen(session: Session, principal: Principal, campaign_id: int, version: int) -> Campaign:
    row = load(session, principal, campaign_id)
    if row.version != version:
        raise CampaignChanged(campaign_id=campaign_id, seen=version, current=row.version)
    return row


def _put_goals(row: Campaign, goals: Sequence[Goal]) -> None:
    wanted = {goal.kpi: goal.target for goal in goals}
    for kept in list(row.goals):
        target: Decimal | None = wanted.pop(kept.kpi, None)
        if target is None:
            row.goals.remove(kept)
        else:
            kept.target = target
    row.goals.extend(CampaignGoal(kpi=kpi, target=target) for kpi, target in wanted.items())


def _columns(plan: CampaignPlan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "platform": plan.platform,
        "account_id": plan.account_id,
        "external_id": plan.external_id,
        "campaign_type": plan.campaign_type,
        "budget": plan.budget,
        "currency": plan.currency,
        "start_date": plan.start_date,
        "end_date": plan.end_date,
        "industry": plan.industry,
        "description": plan.description,
    }


def _plan(row: Campaign) -> CampaignPlan:
    return CampaignPlan(
        name=row.name,
        platform=row.platform,
        account_id=row.account_id,
        external_id=row.external_id,
        campaign_type=row.campaign_type,
        budget=row.budget,
        currency=row.currency,
        start_date=row.start_date,
        end_date=row.end_date,
        industry=row.industry,
        description=row.description,
        goals=in_order(Goal(goal.kpi, goal.target) for goal in row.goals),
    )


def _record(row: Campaign) -> CampaignRecord:
    return CampaignRecord(
        campaign_id=row.id,
        plan=_plan(row),
        status=row.status,
        is_sample=row.is_sample,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )

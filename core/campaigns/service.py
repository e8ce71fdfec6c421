"""What people do with campaign records: list, read, plan, and move through their states."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from core import clock
from core.accounts.access import Area, Principal
from core.campaigns import repository
from core.campaigns.models import Campaign, CampaignStatus
from core.campaigns.plan import CampaignExists, CampaignPlan, CampaignRecord, require_sound
from core.campaigns.status import require_transition
from core.errors import Conflict, NotFound


def list_campaigns(session: Session, principal: Principal) -> list[CampaignRecord]:
    """Every campaign, by name."""
    principal.require(Area.CAMPAIGNS)
    return [_record(row) for row in repository.campaigns(session, principal)]


def get_campaign(session: Session, principal: Principal, campaign_id: int) -> CampaignRecord:
    """One campaign; NotFound when there is none."""
    return _record(_load(session, principal, campaign_id))


def create_campaign(session: Session, principal: Principal, plan: CampaignPlan) -> CampaignRecord:
    """Keep a new draft. Raises Invalid naming the field, or CampaignExists."""
    principal.require(Area.CAMPAIGNS)
    require_sound(plan)
    now = clock.now()
    row = Campaign(
        name=plan.name.strip(),
        platform=plan.platform.strip(),
        account_id=plan.account_id.strip(),
        external_id=plan.external_id.strip(),
        campaign_type=plan.campaign_type,
        status=CampaignStatus.DRAFT,
        budget=plan.budget,
        currency=plan.currency,
        start_date=plan.start_date,
        end_date=plan.end_date,
        industry=plan.industry,
        description=plan.description,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise CampaignExists(platform=plan.platform, external_id=plan.external_id) from error
    return _record(row)


def change_status(
    session: Session, principal: Principal, campaign_id: int, wanted: CampaignStatus, version: int
) -> CampaignRecord:
    """Move a campaign to another state.

    ``version`` is the one the person saw; Conflict when somebody changed the campaign since.
    Raises IllegalTransition for a move that :mod:`core.campaigns.status` does not know.
    """
    row = _load(session, principal, campaign_id)
    if row.version != version:
        raise Conflict(campaign_id=campaign_id, seen=version, current=row.version)
    require_transition(row.status, wanted)
    row.status = wanted
    row.updated_at = clock.now()
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(campaign_id=campaign_id, seen=version) from error
    return _record(row)


def _load(session: Session, principal: Principal, campaign_id: int) -> Campaign:
    principal.require(Area.CAMPAIGNS)
    row = repository.campaign(session, principal, campaign_id)
    if row is None:
        raise NotFound(campaign_id=campaign_id)
    return row


def _record(row: Campaign) -> CampaignRecord:
    return CampaignRecord(
        campaign_id=row.id,
        plan=CampaignPlan(
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
        ),
        status=row.status,
        is_sample=row.is_sample,
        version=row.version,
        updated_at=row.updated_at,
    )

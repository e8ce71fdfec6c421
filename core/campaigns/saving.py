"""The one way a campaign's record changes: locked by its version, with history, then published."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from core import clock
from core.accounts.access import Principal
from core.campaigns.history import FieldChange, kept
from core.campaigns.models import Campaign, CampaignChange
from core.campaigns.plan import CampaignChanged, CampaignExists
from core.campaigns.platforms import platform_name
from core.jobs import queue
from core.jobs.models import JobKind


def save(
    session: Session, principal: Principal, row: Campaign, fields: tuple[FieldChange, ...]
) -> None:
    """Write a new or changed campaign with an entry of its history, and have it published.

    Raises CampaignChanged when somebody was faster, CampaignExists when another record
    stands for the same campaign of the platform.
    """
    row.updated_at = clock.now()
    flag_modified(row, "updated_at")  # so that the version moves though only a part changed
    number, platform, external_id = row.id, row.platform, row.external_id
    try:
        session.flush()
    except StaleDataError as error:
        raise CampaignChanged(campaign_id=number) from error
    except IntegrityError as error:
        raise CampaignExists(platform=platform_name(platform), external_id=external_id) from error
    session.add(
        CampaignChange(
            campaign_id=row.id,
            version=row.version,
            at=row.updated_at,
            actor_id=principal.user_id,
            fields=kept(fields),
        )
    )
    queue.ensure_waiting(session, JobKind.SYNC)

"""The use cases behind a campaign's own page."""

from core.accounts.access import Area, Principal
from core.campaigns.ports import CampaignFigures
from core.campaigns.schemas import CampaignProfile, Day, View
from core.errors import NotFound


def read_campaign(
    principal: Principal, figures: CampaignFigures, campaign_id: int
) -> CampaignProfile:
    """What one campaign is. Raises ``NotFound`` where no campaign has this id."""
    principal.require(Area.CAMPAIGNS)
    found = figures.campaign(campaign_id)
    if found is None:
        raise NotFound(campaign_id=campaign_id)
    return found


def read_days(principal: Principal, figures: CampaignFigures, view: View) -> tuple[Day, ...]:
    """Each day of a view's span that has rows, the last one first."""
    principal.require(Area.CAMPAIGNS)
    days = [day for day in figures.daily(view) if view.span.start <= day.date <= view.span.end]
    return tuple(sorted(days, key=lambda day: day.date, reverse=True))

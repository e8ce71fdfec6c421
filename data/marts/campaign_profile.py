"""One campaign from the star schema: what it is, and on which days it has rows."""

from core.campaigns.periods import Span
from core.campaigns.schemas import CampaignProfile, CurrencyChoice
from data.marts.campaign_rows import Readable
from data.marts.days import day_of


def profile(warehouse: Readable, campaign_id: int) -> CampaignProfile | None:
    """What the campaign with this id is; ``None`` where there is none."""
    told = warehouse.rows(
        """SELECT campaign_name, platform, campaign_type, coalesce(account_name, account_id),
                  external_id, status, record_id, is_sample
           FROM dim_campaign WHERE campaign_id = ?""",
        [campaign_id],
    )
    if not told:
        return None
    spans = warehouse.rows(
        """SELECT currency, min(first_date_id), max(last_date_id), max(created_at)
           FROM agg_campaign_year WHERE campaign_id = ?
           GROUP BY 1 ORDER BY max(last_date_id) DESC, sum(days) DESC, 1""",
        [campaign_id],
    )
    currencies = tuple(
        CurrencyChoice(code, Span(day_of(first), day_of(last))) for code, first, last, _ in spans
    )
    imported_at = max((row[3] for row in spans), default=None)
    name, platform, type_, account, external_id, status, record_id, is_sample = told[0]
    return CampaignProfile(
        campaign_id=campaign_id,
        name=name,
        platform=platform,
        type=type_,
        account=account,
        external_id=external_id,
        status=status,
        record_id=record_id,
        is_sample=is_sample,
        currencies=currencies,
        imported_at=imported_at,
    )

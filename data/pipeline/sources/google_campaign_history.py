"""Google Ads: what campaigns are called, of which type they are and how they stand."""

from core.i18n import mark
from data.pipeline.kinds import DESCRIPTIONS
from data.pipeline.source import Fate, Source

SOURCE = Source(
    name="google_campaign_history",
    title=mark("Google Ads campaign history"),
    recognised_by=("id", "updated_at", "name", "customer_id", "advertising_channel_type"),
    fate=Fate.DESCRIBES,
    kind=DESCRIPTIONS,
    texts={
        "account_id": "customer_id",
        "campaign": "id",
        "campaign_name": "name",
        "campaign_type": "advertising_channel_type",
        "status": "status",
        "updated_at": "updated_at",
    },
    constants={"platform": "google_ads"},
    types={"search": "search", "display": "display", "video": "video"},
)

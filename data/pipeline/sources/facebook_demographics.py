"""Facebook: the account's spend once more, by the country of the person who saw the ad."""

from core.i18n import mark
from data.pipeline.source import Fate, Source

SOURCE = Source(
    name="facebook_demographics",
    title=mark("Facebook demographics by country"),
    recognised_by=("account_id", "country", "date", "impressions", "inline_link_clicks", "spend"),
    fate=Fate.SET_ASIDE,
    reason=mark("This file restates the same spend by country, so it is never added up."),
)

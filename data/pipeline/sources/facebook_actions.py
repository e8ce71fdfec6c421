"""Facebook: actions by ad, day and type; a detail of what the ad report counts."""

from core.i18n import mark
from data.pipeline.source import Fate, Source

SOURCE = Source(
    name="facebook_actions",
    title=mark("Facebook actions by ad"),
    recognised_by=("ad_id", "date", "action_type", "value"),
    fate=Fate.SET_ASIDE,
    reason=mark("This file details actions by type; they overlap, so they are never added up."),
)

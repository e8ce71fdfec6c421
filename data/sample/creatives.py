"""What the campaigns show, and to whom."""

from typing import Any

import numpy as np

from core.campaigns.models import CampaignType
from data.sample.plans import Plan

_STREAM = 4
_T = CampaignType
_CREATIVES = {
    _T.SEARCH: (
        ("Start this month", "responsive_text"),
        ("Learn at your own pace", "responsive_text"),
        ("A certificate that counts", "text"),
    ),
    _T.SOCIAL: (
        ("From the shop floor to the data team", "image"),
        ("Five minutes a day", "carousel"),
        ("What our learners say", "short_video"),
    ),
    _T.DISPLAY: (
        ("Blue banner, 300 × 250", "banner"),
        ("Wide banner, 728 × 90", "banner"),
        ("Half page, 300 × 600", "rich_banner"),
    ),
    _T.EMAIL: (
        ("Subject: Your next step", "newsletter"),
        ("Subject: A place is kept for you", "plain_text"),
        ("Subject: Starts on Monday", "newsletter"),
    ),
    _T.VIDEO: (
        ("Fifteen seconds", "skippable"),
        ("Six seconds", "bumper"),
        ("One minute with a teacher", "in_stream"),
    ),
}
_AUDIENCES: dict[str | None, tuple[tuple[str, dict[str, Any]], ...]] = {
    None: (
        ("People who visited us", {"source": "site", "within_days": 30}),
        ("People who want to change jobs", {"interest": "career", "age": [25, 44]}),
        ("Similar to our learners", {"source": "lookalike", "share_percent": 2}),
    ),
    "DATA": (
        ("Analysts and controllers", {"job": "analyst", "age": [24, 49]}),
        ("Spreadsheet users", {"interest": "spreadsheets"}),
        ("Students of the natural sciences", {"education": "science"}),
    ),
    "ML": (
        ("Software developers", {"job": "developer", "age": [22, 45]}),
        ("Learners of data analysis", {"source": "course", "course": "SAMPLE-DATA"}),
        ("Engineers", {"job": "engineer"}),
    ),
    "FIN": (
        ("Heads of department", {"job": "manager", "age": [30, 59]}),
        ("Founders", {"job": "founder"}),
        ("Owners of small firms", {"company_size": [1, 50]}),
    ),
    "MKTG": (
        ("Marketing assistants", {"job": "marketing", "age": [21, 39]}),
        ("Shop owners", {"interest": "online_shop"}),
        ("Freelancers", {"job": "freelancer"}),
    ),
    "UX": (
        ("Graphic designers", {"job": "designer", "age": [22, 45]}),
        ("Front-end developers", {"job": "developer"}),
        ("Product owners", {"job": "product"}),
    ),
    "PM": (
        ("Team leads", {"job": "team_lead", "age": [28, 55]}),
        ("Consultants", {"job": "consultant"}),
        ("Civil servants", {"sector": "public"}),
    ),
}


def creatives_of(seed: int, number: int, plan: Plan) -> list[tuple[str, str]]:
    """Two or three creatives of the campaign with this number: name and kind."""
    rng = np.random.default_rng((seed, _STREAM, number))
    return list(_CREATIVES[plan.kind][: int(rng.integers(2, 4))])


def audiences_of(seed: int, number: int, plan: Plan) -> list[tuple[str, dict[str, Any]]]:
    """One to three audiences of the campaign with this number: name and criteria."""
    rng = np.random.default_rng((seed, _STREAM + 1, number))
    return list(_AUDIENCES[plan.course][: int(rng.integers(1, 4))])

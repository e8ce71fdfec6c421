"""The 24 campaigns of the sample world: what is spent where, and what happens to each.

Days are counted back from the world's last day: 0 is that day, 539 the first.
"""

from dataclasses import dataclass

from core.campaigns.models import CampaignStatus, CampaignType

DAYS = 540
_T, _S = CampaignType, CampaignStatus
_GOOGLE, _MICROSOFT = ("google_ads", "Academy Google"), ("microsoft_ads", "Academy Microsoft")
_META, _LINKEDIN = ("facebook_ads", "Academy Meta"), ("linkedin_ads", "Academy LinkedIn")
_MAIL = ("mailchimp", "Academy mailings")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is typical of a type: price in USD a thousand impressions, click-through rate,
    weekday profile Monday-Sunday, carry-over, steepness and where saturation sets in."""

    cpm: float
    ctr: float
    week: tuple[float, ...]
    retention: float
    shape: float
    saturation: float  # half-saturation ÷ daily budget


@dataclass(frozen=True, slots=True)
class Story:
    """Something that changed: ``what`` ("spend", "ctr", "cvr") times ``factor`` in these days."""

    what: str
    since: int
    until: int
    factor: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One campaign: daily budget and value of a conversion in USD, the return it is good for."""

    name: str
    kind: CampaignType
    account: tuple[str, str]  # platform, account name
    course: str | None
    daily_budget: float
    roas: float
    first: int = DAYS - 1
    last: int = 0  # last day on which it spends
    planned_last: int = -120
    status: CampaignStatus = _S.ACTIVE
    pauses: tuple[tuple[int, int], ...] = ()
    stories: tuple[Story, ...] = ()
    tracking_gap: tuple[int, int] | None = None
    value: float = 89.0


TRAITS = {
    _T.SEARCH: Traits(95.0, 0.055, (1.1, 1.15, 1.12, 1.08, 0.95, 0.75, 0.85), 0.15, 1.1, 1.6),
    _T.SOCIAL: Traits(11.0, 0.012, (0.95, 0.95, 1.0, 1.0, 0.95, 1.05, 1.1), 0.35, 1.2, 1.3),
    _T.DISPLAY: Traits(2.9, 0.0045, (1.0, 1.0, 1.0, 1.0, 0.95, 1.0, 1.05), 0.5, 1.2, 1.2),
    _T.EMAIL: Traits(1.6, 0.027, (0.4, 2.4, 0.4, 2.4, 0.4, 0.5, 0.5), 0.25, 1.0, 2.0),
    _T.VIDEO: Traits(7.5, 0.0065, (0.9, 0.9, 0.95, 1.0, 1.05, 1.1, 1.1), 0.65, 1.4, 1.1),
}

PLANS = (
    Plan("Brand search", _T.SEARCH, _GOOGLE, None, 360, 5.0),
    Plan(
        "Search: data analysis",
        _T.SEARCH,
        _GOOGLE,
        "DATA",
        520,
        3.3,
        stories=(Story("spend", 27, 0, 1.65),),  # more money, falling return
    ),
    Plan("Search: project management", _T.SEARCH, _GOOGLE, "PM", 280, 3.0),
    Plan(
        "Search: finance",
        _T.SEARCH,
        _MICROSOFT,
        "FIN",
        140,
        3.2,
        tracking_gap=(17, 12),
    ),
    Plan(
        "Search: competitors",
        _T.SEARCH,
        _GOOGLE,
        None,
        220,
        1.8,
        last=150,
        planned_last=60,
        status=_S.CANCELLED,
    ),
    Plan(
        "Search: digital marketing",
        _T.SEARCH,
        _MICROSOFT,
        "MKTG",
        120,
        2.9,
        pauses=((310, 290), (131, 118)),
    ),
    Plan(
        "Retargeting display",
        _T.DISPLAY,
        _GOOGLE,
        None,
        180,
        2.9,
        last=19,
        status=_S.PAUSED,
    ),
    Plan("Display: awareness", _T.DISPLAY, _GOOGLE, None, 260, 1.3),
    Plan(
        "Display: product design",
        _T.DISPLAY,
        _GOOGLE,
        "UX",
        120,
        1.6,
        first=300,
        last=190,
        planned_last=190,
        status=_S.COMPLETED,
    ),
    Plan("Display: machine learning", _T.DISPLAY, _GOOGLE, "ML", 150, 1.7, first=90),
    Plan(
        "Display: managers",
        _T.DISPLAY,
        _MICROSOFT,
        "FIN",
        100,
        1.5,
        first=420,
        last=60,
        planned_last=60,
        status=_S.COMPLETED,
    ),
    Plan(
        "Social: change of career",
        _T.SOCIAL,
        _META,
        "DATA",
        420,
        2.6,
        stories=(Story("ctr", 27, 0, 0.62),),  # the same advertisements for too long
    ),
    Plan("Social: similar people", _T.SOCIAL, _META, None, 340, 2.4),
    Plan("Social: professionals", _T.SOCIAL, _LINKEDIN, "PM", 240, 2.1, pauses=((215, 202),)),
    Plan("Social: design stories", _T.SOCIAL, _META, "UX", 180, 2.5, first=260),
    Plan(
        "Social: managers",
        _T.SOCIAL,
        _LINKEDIN,
        "FIN",
        200,
        2.0,
        first=480,
        last=330,
        planned_last=330,
        status=_S.COMPLETED,
    ),
    Plan("Newsletter", _T.EMAIL, _MAIL, None, 28, 17.0),
    Plan(
        "Email: come back",
        _T.EMAIL,
        _MAIL,
        None,
        14,
        14.0,
        first=400,
        stories=(Story("cvr", 27, 0, 1.9),),  # a new offer
    ),
    Plan(
        "Email: course launches",
        _T.EMAIL,
        _MAIL,
        None,
        18,
        15.0,
        pauses=((470, 450), (380, 351), (290, 262), (200, 185)),
    ),
    Plan(
        "Email: open house",
        _T.EMAIL,
        _MAIL,
        "MKTG",
        10,
        12.0,
        first=205,
        last=140,
        planned_last=140,
        status=_S.COMPLETED,
    ),
    Plan("Video: learners tell", _T.VIDEO, _GOOGLE, None, 320, 1.7),
    Plan(
        "Video: brand film",
        _T.VIDEO,
        _GOOGLE,
        None,
        440,
        1.2,
        first=430,
        last=371,
        planned_last=371,
        status=_S.COMPLETED,
    ),
    Plan("Video: machine learning in a minute", _T.VIDEO, _GOOGLE, "ML", 220, 1.6, first=19),
    Plan(
        "Video: short lessons",
        _T.VIDEO,
        _META,
        "MKTG",
        160,
        1.8,
        last=25,
        planned_last=-30,
        status=_S.CANCELLED,
        pauses=((100, 61),),
    ),
)

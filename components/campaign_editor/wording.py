"""A plan's fields and values in words."""

from datetime import date
from decimal import Decimal
from typing import Literal

from components.labels import platform_name, type_name
from core.campaigns.goals import KPI_OF, Goal, in_words, is_at_most
from core.campaigns.history import GOAL_FIELD, STATUS_FIELD
from core.campaigns.models import CampaignStatus, GoalKpi
from core.campaigns.parts import PartOf
from core.campaigns.plan import LABELS, CampaignPlan
from core.campaigns.status import STATUS_NAMES
from core.i18n import MISSING, Language, mark

_FIELDS = LABELS | {
    "campaign_type": mark("Type"),
    "budget": mark("Budget"),
    "currency": mark("Currency"),
    "start_date": mark("First day"),
    "end_date": mark("Last day"),
    "description": mark("Description"),
    STATUS_FIELD: mark("State"),
    PartOf.CREATIVE: mark("Creative"),
    PartOf.AUDIENCE: mark("Audience"),
}
_COLOURS: dict[CampaignStatus, Literal["gray", "green", "orange", "blue", "red"]] = {
    CampaignStatus.DRAFT: "gray",
    CampaignStatus.ACTIVE: "green",
    CampaignStatus.PAUSED: "orange",
    CampaignStatus.COMPLETED: "blue",
    CampaignStatus.CANCELLED: "red",
}


def status_name(status: CampaignStatus, t: Language) -> str:
    """A state's name."""
    return t(STATUS_NAMES[status])


def status_colour(
    status: CampaignStatus,
) -> Literal["gray", "green", "orange", "blue", "red"]:
    """The colour of a state's badge; the name beside it says the same."""
    return _COLOURS[status]


def field_name(field: str, t: Language) -> str:
    """A field of a plan or of its history by the name it has in the form."""
    if field.startswith(GOAL_FIELD):
        return goal_name(GoalKpi(field.removeprefix(GOAL_FIELD)), t)
    return t(_FIELDS[field])


def goal_name(kpi: GoalKpi, t: Language) -> str:
    """A goal by its KPI and direction: "ROAS at least"."""
    name = t(KPI_OF[kpi].label)
    return t("{kpi} at most", kpi=name) if is_at_most(kpi) else t("{kpi} at least", kpi=name)


def value(field: str, text: str | None, currency: str, t: Language) -> str:
    """A value of the history as a reader sees it; "–" where there was none."""
    if text is None:
        return MISSING
    if field.startswith(GOAL_FIELD):
        goal = Goal(GoalKpi(field.removeprefix(GOAL_FIELD)), Decimal(text))
        return in_words(goal, currency, t)
    if field == "budget":
        return t.money(Decimal(text), currency)
    if field in ("start_date", "end_date"):
        return t.date(date.fromisoformat(text))
    return _named(field, text, t)


def _named(field: str, text: str, t: Language) -> str:
    if field == "platform":
        return platform_name(text, t)
    if field == "campaign_type":
        return type_name(text, t)
    return status_name(CampaignStatus(text), t) if field == STATUS_FIELD else text


def run(plan: CampaignPlan, t: Language) -> str:
    """The days of a plan's run."""
    start = t.date(plan.start_date)
    if plan.end_date is None:
        return t("from {day} without an end", day=start)
    return f"{start} – {t.date(plan.end_date)}"


def goals(plan: CampaignPlan, t: Language) -> str:
    """A plan's goals in one line; "–" where it has none."""
    return " · ".join(in_words(goal, plan.currency, t) for goal in plan.goals) or MISSING

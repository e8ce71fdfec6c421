"""What is watched over, as sheets of an export: budgets, goals, unusual days, tracking."""

from collections.abc import Iterable, Sequence

from components import watch_queries
from components.campaign_watch.wording import PROGRESS, standing
from components.exports import Cell, Sheet
from components.labels import currency_unit
from core.accounts.access import Principal
from core.campaigns.account_goals import AccountStanding
from core.campaigns.alert_sentences import subject
from core.campaigns.anomalies import WATCHED, Anomaly
from core.campaigns.goal_progress import GoalProgress
from core.campaigns.pacing import Pacing
from core.campaigns.schemas import View
from core.campaigns.tracking import TROUBLES, Tracking
from core.campaigns.watching import WatchedCampaign
from core.i18n import Language


def sheets(
    principal: Principal, generation: int, view: View, campaign_id: int | None, t: Language
) -> tuple[Sheet, ...]:
    """The four sheets, of all campaigns or of one; one without a row has its headings alone.

    Budgets and goals are of running campaigns, each in its own currency; days and tracking of
    the campaigns in the view's currency.
    """
    watched = watch_queries.campaigns_watched(principal, generation)
    found = watch_queries.campaign_anomalies(principal, generation, view.currency)
    troubled = watch_queries.campaigns_tracked(principal, generation, view.currency)
    all_together = (
        watch_queries.account_standings(principal, generation) if campaign_id is None else ()
    )
    own = [one for one in watched if campaign_id in (None, one.campaign_id)]
    days = [one for one in (found.found if found else ()) if campaign_id in (None, one.campaign_id)]
    tracked = [one for one in troubled if campaign_id in (None, one.campaign_id)]
    return (
        _budgets(own, t),
        _goals(own, all_together, t),
        _unusual(days, view.currency, t),
        _tracking(tracked, view.currency, t),
    )


def _budgets(campaigns: Iterable[WatchedCampaign], t: Language) -> Sheet:
    heads = (
        t("Campaign"), t("Currency"), t("State"), t("Budget"), t("Spent so far"),
        t("Expected by now"), t("Projected at the end"), t("At least, 90% interval"),
        t("At most, 90% interval"), t("Needed a day"), t("Last day"),
    )  # fmt: skip
    return Sheet(t("Budgets"), [heads, *(_budget(one, t) for one in campaigns)])


def _budget(one: WatchedCampaign, t: Language) -> Sequence[Cell]:
    pacing = one.pacing
    head = (one.name, one.currency, standing(pacing, t))
    if not isinstance(pacing, Pacing):
        return (*head, None, _rounded(pacing.spent), *(None,) * 6)
    figures = (
        pacing.budget, pacing.spent, pacing.expected, pacing.projected, pacing.low, pacing.high,
        pacing.day_to_land,
    )  # fmt: skip
    return (*head, *map(_rounded, figures), pacing.end)


def _goals(
    campaigns: Iterable[WatchedCampaign], together: Iterable[AccountStanding], t: Language
) -> Sheet:
    heads = (
        t("Campaign"), t("Currency"), t("Figure"), t("Target"), t("So far"),
        t("Expected by now"), t("State"),
    )  # fmt: skip
    rows = [
        _goal(subject("", one.currency, t), one.currency, goal, t)
        for one in together
        for goal in one.goals
    ]
    rows += [_goal(one.name, one.currency, goal, t) for one in campaigns for goal in one.goals]
    return Sheet(t("Goals"), [heads, *rows])


def _goal(name: str, currency: str, goal: GoalProgress, t: Language) -> Sequence[Cell]:
    return (
        name, currency, t(goal.kpi.label), _rounded(goal.target), _rounded(goal.value),
        _rounded(goal.by_now), t(PROGRESS[goal.progress][0]),
    )  # fmt: skip


def _unusual(days: Iterable[Anomaly], currency: str, t: Language) -> Sheet:
    heads = (
        t("Campaign"), t("Day"), t("Figure"), t("Value"), t("Usually at least"),
        t("Usually at most"), t("Currency"),
    )  # fmt: skip
    rows = [
        (one.name, one.day, t(WATCHED[one.kpi][0].label), *map(_rounded, (one.value, one.low,
         one.high)), currency)
        for one in days
    ]  # fmt: skip
    return Sheet(t("Unusual days"), [heads, *rows])


def _tracking(tracked: Iterable[Tracking], currency: str, t: Language) -> Sheet:
    heads = (
        t("Campaign"), t("Trouble"), t("Spend without conversions"),
        t("Conversions without spend"), t("Days missing"), t("Idle days"), t("Last conversion"),
        f"{t('Spend since')} ({currency_unit(currency, t)})",
    )  # fmt: skip
    rows = [
        (
            one.name,
            ", ".join(t(TROUBLES[trouble]) for trouble in one.troubles),
            None if one.conversions is None else one.unconverted_days,
            one.unspent_days,
            one.gap_days,
            one.idle_days,
            one.last_conversion,
            _rounded(one.spend_since),
        )
        for one in tracked
    ]
    return Sheet(t("Tracking"), [heads, *rows])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)

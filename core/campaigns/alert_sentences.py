"""What an alert says to a reader, made from the plain facts it was raised with."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core.alerts.models import AlertKind
from core.campaigns.goal_progress import Progress
from core.campaigns.kpis import KPIS, written
from core.campaigns.pacing import Standing
from core.i18n import Language, mark

TITLES = {
    AlertKind.PACING: mark("Budget"),
    AlertKind.GOAL: mark("Goal"),
    AlertKind.ANOMALY: mark("Unusual day"),
    AlertKind.TRACKING: mark("Tracking"),
}
_KPIS = {kpi.key: kpi for kpi in KPIS}


def subject(name: str, currency: str, t: Language) -> str:
    """What an alert is about: a campaign by its name, or all campaigns of a currency."""
    return name or t("All campaigns, {currency}", currency=currency)


def sentence(kind: AlertKind, facts: Mapping[str, Any], currency: str, t: Language) -> str:
    """What happened, with the figures that show it."""
    said = _SENTENCES[kind](facts, currency, t)
    if "month" not in facts:
        return said
    return f"{t.date(date.fromisoformat(facts['month']), 'LLLL y')}: {said}"


def _pacing(facts: Mapping[str, Any], currency: str, t: Language) -> str:
    told = {
        "budget": t.money(facts["budget"], currency),
        "spent": t.money(facts["spent"], currency),
        "projected": t.money(facts["projected"], currency),
        "low": t.money(facts["low"], currency),
        "high": t.money(facts["high"], currency),
        "end": t.date(date.fromisoformat(facts["end"])),
    }
    if facts["spent"] > facts["budget"]:
        return t(
            "Spent {spent}, more than the budget of {budget}, and the campaign runs until {end}.",
            **told,
        )
    if facts["standing"] == Standing.OVER:
        return t(
            "On its way to overspend: {projected} by {end}, likely {low} to {high}, "
            "against a budget of {budget}.",
            **told,
        )
    return t(
        "On its way to leave budget unspent: {projected} by {end}, likely {low} to {high}, "
        "of a budget of {budget}.",
        **told,
    )


def _goal(facts: Mapping[str, Any], currency: str, t: Language) -> str:
    kpi = _KPIS[facts["kpi"]]
    target = written(kpi, facts["target"], currency, t)
    value = written(kpi, facts["value"], currency, t)
    if facts["progress"] == Progress.REACHED:
        return t("{kpi} reached its goal of {target}: {value}.", kpi=t(kpi.label), target=target,
                 value=value)  # fmt: skip
    if kpi.is_sum:
        return t(
            "{kpi} is behind its goal of {target}: {value} so far, {by_now} would be on track.",
            kpi=t(kpi.label),
            target=target,
            value=value,
            by_now=written(kpi, facts["by_now"], currency, t),
        )
    return t("{kpi} misses its goal of {target}: {value} so far.", kpi=t(kpi.label), target=target,
             value=value)  # fmt: skip


def _anomaly(facts: Mapping[str, Any], currency: str, t: Language) -> str:
    kpi = _KPIS[facts["kpi"]]
    low, high, value = (written(kpi, facts[name], currency, t) for name in ("low", "high", "value"))
    return t(
        "{kpi} was {value} on {day}; {low} to {high} was to be expected.",
        kpi=t(kpi.label),
        value=value,
        day=t.date(date.fromisoformat(facts["day"])),
        low=low,
        high=high,
    )


def _tracking(facts: Mapping[str, Any], currency: str, t: Language) -> str:
    return t(
        "No conversion since {day}, while {money} was spent, which usually brings {expected}. "
        "Check whether conversions are still counted.",
        day=t.date(date.fromisoformat(facts["since"])),
        money=t.money(facts["spend"], currency),
        expected=t.number(facts["expected"]),
    )


_SENTENCES: Mapping[AlertKind, Callable[[Mapping[str, Any], str, Language], str]] = {
    AlertKind.PACING: _pacing,
    AlertKind.GOAL: _goal,
    AlertKind.ANOMALY: _anomaly,
    AlertKind.TRACKING: _tracking,
}

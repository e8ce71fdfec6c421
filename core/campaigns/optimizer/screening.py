"""Which campaigns' histories can be learned from, and what the others lack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.campaigns.optimizer.history import History
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.suggestion import Remark
from core.i18n import mark

LEAST_PERIODS = {1: 56, 7: 20}  # with spend, by the days of a period
_LEAST_CHANGE = 0.05  # of spend, as a coefficient of variation over periods with spend
LEAST_OUTCOMES = {1: 84, 7: 40}  # periods of total revenue, by the days of a period
_LEAST_ANSWERS = 12  # periods in which the platform attributes revenue


@dataclass(frozen=True, slots=True)
class Held:
    """A campaign that keeps its spend because its history does not tell what more would bring."""

    campaign_id: str
    name: str
    code: str
    why: Remark
    needs: Remark


@dataclass(frozen=True, slots=True)
class Screened:
    """The history of the campaigns that can be learned from, and those that are held.

    ``remark`` says that the outcome is left out, and why, where it is.
    """

    usable: History
    held: tuple[Held, ...]
    remark: Remark | None = None


def screen(history: History, horizon_periods: int) -> Screened:
    """Set aside what cannot be learned from, each with the reason and what is needed."""
    verdicts = [_verdict(history, c, horizon_periods) for c in range(len(history.campaign_ids))]
    kept = [c for c, verdict in enumerate(verdicts) if verdict is None]
    names = {history.campaign_ids[c] for c in kept}
    usable = replace(
        history,
        campaign_ids=_chosen(history.campaign_ids, kept),
        names=_chosen(history.names, kept),
        types=_chosen(history.types, kept),
        spend=history.spend[:, kept],
        attributed=history.attributed[:, kept],
        lift_tests=tuple(test for test in history.lift_tests if test.campaign_id in names),
    )
    held = tuple(verdict for verdict in verdicts if verdict is not None)
    remark = _tells_nothing(history)
    if remark is not None:
        usable = replace(usable, outcome=None)
    return Screened(usable, held, remark)


def _tells_nothing(history: History) -> Remark | None:
    """Why the outcome cannot be told from the seasons and the trend; None where it can."""
    if history.outcome is None:
        return None
    if not np.nansum(history.outcome.revenue) > 0:
        return Remark(mark("The business outcome is left out: it tells no revenue."))
    told = int(np.isfinite(history.outcome.revenue).sum())
    least = LEAST_OUTCOMES[history.period_days]
    if told >= least:
        return None
    unit = Remark(mark("days") if history.period_days == 1 else mark("weeks"))
    return Remark(
        mark(
            "The business outcome is left out: it covers {seen} {unit} of the history, and "
            "{least} are needed to tell advertising from season and trend."
        ),
        {"seen": told, "unit": unit, "least": least},
    )


def disbelieved(draws: ResponseDraws) -> Remark | None:
    """Why the outcome did not decide how much campaigns bring; None where nothing is amiss."""
    if draws.outcome_believed:
        return None
    return Remark(
        mark(
            "The business outcome is left out: by it, advertising would bring nearly all revenue. "
            "Something that it does not tell, such as holidays, moved spend and revenue at once."
        )
    )


def _chosen(values: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(values[c] for c in kept)


def _verdict(history: History, c: int, horizon_periods: int) -> Held | None:
    spend, attributed = history.spend[:, c], history.attributed[:, c]
    active = spend[spend > 0]
    least = LEAST_PERIODS[history.period_days]
    unit = mark("days") if history.period_days == 1 else mark("weeks")
    if not history.pattern(horizon_periods)[:, c].sum() > 0:
        why = Remark(mark("It spends nothing at present, so there is nothing to scale."))
        return _held(
            history, c, "no_current_spend", why, Remark(mark("Start it with a budget of your own."))
        )
    if len(active) < least:
        why = Remark(
            mark("It has spent on {seen} {unit}; a curve needs {least}."),
            {"seen": len(active), "unit": Remark(unit), "least": least},
        )
        needs = Remark(
            mark("{more} more {unit} with spend."),
            {"more": least - len(active), "unit": Remark(unit)},
        )
        return _held(history, c, "short_history", why, needs)
    if np.count_nonzero(attributed > 0) < _LEAST_ANSWERS or attributed.sum() <= 0:
        why = Remark(mark("Its platform attributes hardly any revenue to it."))
        needs = Remark(
            mark("Revenue reported for at least {least} {unit}."),
            {"least": _LEAST_ANSWERS, "unit": Remark(unit)},
        )
        return _held(history, c, "no_revenue", why, needs)
    if active.std() < _LEAST_CHANGE * active.mean():
        why = Remark(
            mark("Its spend never changes, so what more or less would bring cannot be seen.")
        )
        needs = Remark(mark("Some weeks with a fifth more and a fifth less spend."))
        return _held(history, c, "no_variation", why, needs)
    return None


def _held(history: History, c: int, code: str, why: Remark, needs: Remark) -> Held:
    return Held(history.campaign_ids[c], history.names[c], code, why, needs)

"""What changed most in the last four weeks, and whether that is more than noise.

Each campaign gives up to three weekly series: spend, revenue, and ROAS. Whole
weeks take the day of the week out of the question. The last four weeks are compared with the
four before on a logarithmic scale; how far two such means usually lie apart is worked out from
up to half a year of the campaign's own weeks, which are allowed to resemble their neighbours
(a first-order autoregression) and may grow or shrink steadily.
Of all series tested, the false discovery rate is held by Benjamini and Hochberg's procedure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from core.i18n import Language, mark

WEEKS = 4  # compared with as many before
HISTORY_WEEKS = 30
MIN_WEEKS = 16
FALSE_DISCOVERY_RATE = 0.05
SMALLEST_EFFECT = 0.05  # a change of less than 5% is not worth a card, however certain
_FLOOR = 0.05  # of the mean, added before the logarithm, so that a week at zero has one
_PHI_RANGE = (0.0, 0.95)

Floats = NDArray[np.float64]


class Measure(StrEnum):
    """What may have changed."""

    SPEND = "spend"
    REVENUE = "revenue"
    ROAS = "roas"


@dataclass(frozen=True, slots=True)
class WeeklySeries:
    """A campaign's weeks, oldest first, in one currency; ``revenue`` only where reported.

    ``spend_with_revenue`` is the spend of the rows that report it, all spend where not given.
    """

    campaign_id: int
    name: str
    spend: tuple[float, ...]
    revenue: tuple[float, ...] | None
    spend_with_revenue: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change beyond noise.

    ``effect`` is relative (0.31 is +31%); ``usual`` is how far, relatively and in the same
    direction, noise alone moves nineteen in twenty such comparisons; ``p_value`` is
    two-sided; ``money`` is what the change amounts to over the four weeks; ``now`` and
    ``before`` are sums over the four weeks; of ROAS, the sum of revenue ÷ the sum of spend.
    """

    campaign_id: int
    name: str
    measure: Measure
    effect: float
    usual: float
    p_value: float
    money: float
    now: float
    before: float
    weeks: tuple[float, ...]

    @property
    def is_good(self) -> bool | None:
        """Whether this is good news; ``None`` for spend, which is neither."""
        return None if self.measure is Measure.SPEND else self.effect > 0


@dataclass(frozen=True, slots=True)
class Findings:
    """The changes by what they amount to, and how many series could and could not be judged."""

    changes: tuple[Change, ...]
    judged: int
    too_short: int


def find_changes(campaigns: Sequence[WeeklySeries], most: int = 3) -> Findings:
    """The ``most`` changes with the largest money effect that are beyond noise.

    A campaign appears once, with the measure that moved most money: when spend rises,
    revenue usually follows, and that is one piece of news, not two.
    """
    long_enough = [c for c in campaigns if len(c.spend) >= MIN_WEEKS]
    candidates = [change for c in long_enough for change in _candidates(c)]
    real = _beyond_noise(candidates)
    real = [c for c in real if abs(c.effect) > max(c.usual, SMALLEST_EFFECT)]
    chosen: dict[int, Change] = {}
    for change in sorted(real, key=lambda change: -abs(change.money)):
        chosen.setdefault(change.campaign_id, change)
    return Findings(
        tuple(chosen.values())[:most], len(long_enough), len(campaigns) - len(long_enough)
    )


def _candidates(campaign: WeeklySeries) -> list[Change]:
    """The campaign's testable series, each with its comparison."""
    spend = np.asarray(campaign.spend[-HISTORY_WEEKS:])
    found = [_compare(campaign, Measure.SPEND, spend, _sums(spend))]
    if campaign.revenue is not None:
        revenue = np.asarray(campaign.revenue[-HISTORY_WEEKS:])
        found.append(_compare(campaign, Measure.REVENUE, revenue, _sums(revenue)))
        base = np.asarray((campaign.spend_with_revenue or campaign.spend)[-HISTORY_WEEKS:])
        if (base > 0).all():
            found.append(_compare_roas(campaign, revenue, base))
    return [change for change in found if change is not None]


def _compare_roas(campaign: WeeklySeries, revenue: Floats, spend: Floats) -> Change | None:
    """Compare ROAS: tested on each week's own, told as that of all four weeks together."""
    (earned, earned_before), (spent, spent_before) = _sums(revenue), _sums(spend)
    told = (earned / spent, earned_before / spent_before)
    return _compare(campaign, Measure.ROAS, revenue / spend, told, money_per_unit=spent)


def _sums(weeks: Floats) -> tuple[float, float]:
    """The sums of the last four weeks and of the four before."""
    return float(weeks[-WEEKS:].sum()), float(weeks[-2 * WEEKS : -WEEKS].sum())


def _compare(
    campaign: WeeklySeries,
    measure: Measure,
    weeks: Floats,
    told: tuple[float, float],
    money_per_unit: float = 1.0,
) -> Change | None:
    """Compare the last four weeks with the four before; ``None`` for a series of zeros.

    ``told`` are the figures a reader sees, now and before. Where they move against what
    the test saw, there is nothing to tell either.
    """
    scale = float(weeks.mean())
    if scale <= 0:
        return None
    now, before = told
    logs = np.log(weeks + _FLOOR * scale)
    shift, error, freedom = shift_of_means(logs)
    certain = 2 * float(stdtr(freedom, -abs(shift) / error)) if error > 0 else float(shift == 0)
    effect = now / before - 1 if before > 0 else exp(shift) - 1
    return Change(
        campaign_id=campaign.campaign_id,
        name=campaign.name,
        measure=measure,
        effect=effect,
        usual=abs(exp(float(stdtrit(freedom, 0.975)) * error * (1 if shift > 0 else -1)) - 1),
        p_value=certain if effect * shift >= 0 else 1.0,
        money=(now - before) * money_per_unit,
        now=now,
        before=before,
        weeks=tuple(float(week) for week in weeks),
    )


def shift_of_means(logs: Floats) -> tuple[float, float, float]:
    """How far the last four values' mean lies from the four before, and how sure that is.

    Gives the shift, its standard error under first-order autocorrelation, and the degrees
    of freedom that remain. ``logs`` has at least sixteen values, equally spaced.
    """
    n = len(logs)
    shift = float(logs[-WEEKS:].mean() - logs[-2 * WEEKS : -WEEKS].mean())
    around = _around_trend_and_step(n)
    residuals = around @ logs
    phi = _autocorrelation(residuals)
    correlation = phi ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    weights = np.zeros(n)
    weights[-WEEKS:], weights[-2 * WEEKS : -WEEKS] = 1 / WEEKS, -1 / WEEKS
    # Residuals are smaller than the errors they come from; the trace says by how much.
    variance = float(residuals @ residuals) / max(float(np.trace(around @ correlation)), 1e-9)
    error = float(np.sqrt(variance * (weights @ correlation @ weights)))
    return shift, error, max(3.0, (n - 3) * (1 - phi**2) / (1 + phi**2))


def _autocorrelation(residuals: Floats) -> float:
    """Lag-one autocorrelation, corrected for its bias in short series, kept in [0, 0.95].

    Twice the usual correction for residuals around a trend (Orcutt and Winokur 1969):
    simulated slowly drifting series raised too many false alarms with the single one.
    """
    square = float(residuals @ residuals)
    if square <= 0:
        return 0.0
    n = len(residuals)
    raw = float(residuals[1:] @ residuals[:-1]) / square
    low, high = _PHI_RANGE
    return min(high, max(low, raw + 2 * (2 + 4 * raw) / n))


def _around_trend_and_step(n: int) -> Floats:
    """The matrix that takes from a series its level, its trend, and the last four's step.

    What grows steadily, or has just stepped up, is not counted as noise.
    """
    step = (np.arange(n) >= n - WEEKS).astype(float)
    design = np.column_stack([np.ones(n), np.arange(n) / n, step])
    matrix: Floats = np.eye(n) - design @ np.linalg.pinv(design)
    return matrix


def _beyond_noise(candidates: Sequence[Change]) -> list[Change]:
    """Those that Benjamini and Hochberg (1995) keep at the false discovery rate."""
    ranked = sorted(candidates, key=lambda change: change.p_value)
    passing = [
        rank
        for rank, change in enumerate(ranked, start=1)
        if change.p_value <= FALSE_DISCOVERY_RATE * rank / len(ranked)
    ]
    return ranked[: max(passing, default=0)]


MEASURES = {
    Measure.SPEND: mark("Spend"),
    Measure.REVENUE: mark("Revenue"),
    Measure.ROAS: mark("ROAS"),
}


def why(change: Change, t: Language) -> str:
    """Why the change is not noise, in one sentence for a reader without statistics."""
    return t(
        "Two neighbouring 28-day periods usually differ by up to ±{usual}; this is {effect}, "
        "which chance alone would bring about {odds}.",
        usual=t.percent(change.usual, 0),
        effect=t.percent(change.effect, 0, signed=True),
        odds=_odds(change.p_value, t),
    )


def _odds(p_value: float, t: Language) -> str:
    if p_value < 0.0001:
        return t("less than once in {n} times", n=t.number(10_000))
    digits = int(log(1 / p_value, 10))
    return t("once in {n} times", n=t.number(round(1 / p_value, -digits + 1)))

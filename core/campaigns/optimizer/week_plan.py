"""Which shares of a week's spend to give its days, and what that brings in every campaign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.pooling import DRAWS, Floats
from core.campaigns.optimizer.shifting import best_shares
from core.campaigns.optimizer.weekday_fit import kernel

STEP = 0.25  # a weekday's spend changes by at most this share of itself


@dataclass(frozen=True, slots=True)
class Weekly:
    """A campaign's week: today's ``share`` by weekday of a ``spend``, and what that brings.

    ``brings`` is over the horizon; ``logs`` are draws of what working spend brings by weekday,
    ``(DRAWS, 7)``, up to a level; ``retention`` of how much works on the next day and ``power``
    of how that grows with spend, both ``(DRAWS,)``.
    """

    share: Floats
    spend: float
    brings: float
    logs: Floats
    retention: Floats
    power: Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """Shares of spend by weekday over all campaigns, and draws of what they bring.

    ``multiples`` is what a unit brings on each weekday against the campaigns' average,
    ``change`` and ``base`` what the horizon brings more, and without the change.
    """

    now: Floats
    then: Floats
    multiples: Floats
    change: Floats
    base: Floats


def plan_weeks(weeks: Sequence[Weekly]) -> Plan:
    """The best shares within the step; every campaign's weekdays move by the same factors."""
    spend = np.array([one.spend for one in weeks])
    share = np.array([one.share for one in weeks])
    now = spend @ share / spend.sum()
    weight = np.array([one.brings * one.share for one in weeks])
    total = weight.sum(axis=0)
    multiples = sum(
        (part * _returns(one) for one, part in zip(weeks, weight, strict=True)), np.zeros(1)
    ) / np.where(total > 0, total, 1.0)
    raised = np.ones(7)
    seen = now > 0
    raised[seen] = best_shares(now[seen], multiples.mean(axis=0)[seen], STEP) / now[seen]
    then = share * raised
    then = then / then.sum(axis=1, keepdims=True)
    return Plan(
        now=now,
        then=spend @ then / spend.sum(),
        multiples=multiples,
        change=sum(
            (_change(one, later) for one, later in zip(weeks, then, strict=True)),
            np.zeros(1),
        ),
        base=np.full(DRAWS, sum(one.brings for one in weeks)),
    )


def _by_retention(one: Weekly) -> Iterator[tuple[NDArray[np.bool_], Floats, Floats]]:
    """Rows of draws with one retention, its kernel, and their factors scaled to today's week."""
    for value in np.unique(one.retention):
        rows = one.retention == value
        works = kernel(float(value))
        factor = np.exp(one.logs[rows])
        yield rows, works, factor / (factor @ (one.share @ works))[:, None]


def _returns(one: Weekly) -> Floats:
    """Draws of what a unit spent on each weekday brings, on it and after; 1 is the average."""
    returns = np.empty(one.logs.shape)
    for rows, works, factor in _by_retention(one):
        returns[rows] = factor @ works.T
    return returns


def _change(one: Weekly, then: Floats) -> Floats:
    """Draws of what new shares bring more over the horizon."""
    change = np.empty(len(one.logs))
    for rows, works, factor in _by_retention(one):
        working, later = one.share @ works, then @ works
        ratio = np.divide(later, working, out=np.ones(7), where=working > 0)
        grown = np.power(ratio, one.power[rows][:, None]) - 1.0
        change[rows] = one.brings * (factor * working * grown).sum(axis=1)
    return change

"""Carry-over and saturation: how spend becomes a response, up to a scale.

Carry-over is geometric (Broadbent, One way TV advertisements work, 1979). Saturation comes
in several families, because a history rarely tells which one is right, and what more spend
brings depends on it (Jin et al., Bayesian methods for media mix modeling with carryover and
shape effects, 2017, use Hill's).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter  # type: ignore[attr-defined]  # exported without a stub

Floats = NDArray[np.float64]

RETENTIONS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93)
_RETENTION_PARTS = 50
_SCALES = tuple(np.geomspace(0.15, 6.0, 10))
_SCALE_STEP = float(np.log(_SCALES[1] / _SCALES[0]))
_EXPONENT_STEP = 0.083


def carried(spend: Floats, retention: float) -> Floats:
    """Spend as it still works in each period (T,): what was left of the one before, and its own."""
    worked: Floats = lfilter([1.0], [1.0, -retention], spend, axis=0)
    return worked


@dataclass(frozen=True, slots=True)
class Family:
    """One form of saturation of carried spend in units of its own mean, ``x``.

    ``parameters`` are the grid of pairs (first, second) on which it is tried.
    """

    name: str
    parameters: tuple[tuple[float, float], ...]
    respond: Callable[[Floats, Floats, Floats], Floats]


def _hill(x: Floats, half: Floats, shape: Floats) -> Floats:
    powered = np.power(np.maximum(x, 0.0), shape)
    answer: Floats = powered / (powered + np.power(half, shape))
    return answer


def _exponential(x: Floats, scale: Floats, _: Floats) -> Floats:
    answer: Floats = -np.expm1(-x / scale)
    return answer


def _logarithmic(x: Floats, scale: Floats, _: Floats) -> Floats:
    answer: Floats = np.log1p(x / scale)
    return answer


def _power(x: Floats, exponent: Floats, _: Floats) -> Floats:
    answer: Floats = np.power(np.maximum(x, 0.0), exponent)
    return answer


FAMILIES = (
    Family("hill", tuple((half, 1.0) for half in _SCALES), _hill),
    Family("s-shaped", tuple((h, s) for s in (1.5, 2.0, 3.0) for h in _SCALES), _hill),
    Family("exponential", tuple((scale, 0.0) for scale in _SCALES), _exponential),
    Family("logarithmic", tuple((scale, 0.0) for scale in _SCALES), _logarithmic),
    Family("power", tuple((a, 0.0) for a in np.arange(0.25, 1.01, _EXPONENT_STEP)), _power),
)


@dataclass(frozen=True, slots=True)
class Curves:
    """G curves as parallel arrays (G,): retention, family, and the family's two parameters."""

    retention: Floats
    family: NDArray[np.int64]
    first: Floats
    second: Floats

    def chosen(self, members: NDArray[np.int64]) -> "Curves":
        """Some of the curves, in the order asked for."""
        return Curves(
            self.retention[members], self.family[members], self.first[members], self.second[members]
        )

    def respond(self, at_work: Callable[[float], Floats]) -> Floats:
        """Each curve's answer (G, …) to spend at work, before its scale.

        ``at_work`` gives carried spend for a retention, in units of its own mean.
        """
        retentions, index = np.unique(self.retention, return_inverse=True)
        x = np.stack([at_work(float(retention)) for retention in retentions])
        wide = (slice(None), *(None,) * (x.ndim - 1))
        answers = np.empty((len(self.retention), *x.shape[1:]))
        for number, family in enumerate(FAMILIES):
            own = np.flatnonzero(self.family == number)
            if len(own):
                answers[own] = family.respond(
                    x[index[own]], self.first[own][wide], self.second[own][wide]
                )
        return answers


def grid() -> tuple[Curves, Floats]:
    """The grid of curves with their prior: families equally likely, and curves within them."""
    rows = [
        (retention, number, first, second, 1.0 / len(family.parameters))
        for retention in RETENTIONS
        for number, family in enumerate(FAMILIES)
        for first, second in family.parameters
    ]
    retention, number, first, second, prior = (np.array(one) for one in zip(*rows, strict=True))
    return Curves(retention, number.astype(np.int64), first, second), prior / prior.sum()


def nearby(curves: Curves, rng: np.random.Generator) -> Curves:
    """Each curve moved at random within its cell of the grid, so that cells are filled."""
    count = len(curves.retention)
    place = np.searchsorted(RETENTIONS, curves.retention) + rng.uniform(-0.5, 0.5, count)
    retention = np.interp(place, np.arange(len(RETENTIONS)), RETENTIONS)
    is_power = curves.family == len(FAMILIES) - 1
    stretch = np.exp(rng.uniform(-0.5, 0.5, count) * _SCALE_STEP)
    shift = rng.uniform(-0.5, 0.5, count) * _EXPONENT_STEP
    first = np.where(is_power, np.minimum(curves.first + shift, 1.0), curves.first * stretch)
    bent = curves.second > 1.0
    second = np.where(bent, curves.second * np.exp(rng.uniform(-0.18, 0.18, count)), curves.second)
    # Few distinct retentions are enough, and save most of the work.
    return Curves(
        np.round(retention * _RETENTION_PARTS) / _RETENTION_PARTS, curves.family, first, second
    )

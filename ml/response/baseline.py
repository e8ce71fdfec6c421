"""What the business would take in without advertising, integrated out by projection.

Level, trend, seasons, day of week and controls are unpenalised columns; bends of the trend,
finer seasons and interactions are shrunken towards nothing. Both are removed from revenue
and from the campaigns' curves at once: what is left of them is all that tells their level.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.history import History

Floats = NDArray[np.float64]

_YEAR_DAYS = 365.25
_SEASONS = 2  # harmonics of the year that are not penalised
_FINER_SEASONS = 4
_BEND_EVERY_DAYS = 91
_SHRINKAGE = 0.15  # prior size of a penalised effect, in noise


@dataclass(frozen=True, slots=True)
class Projection:
    """Takes the baseline out of series (…, T), after weighing and whitening the periods.

    The result has T + q rows, the last q those of the penalised columns; ``freedom`` is how
    many periods are left to judge the noise by.
    """

    weight: Floats
    echo: float
    basis: Floats
    penalised: int
    freedom: int

    def __call__(self, series: Floats) -> Floats:
        """The series without baseline, (…, T + q)."""
        whitened = _whitened(series * self.weight, self.echo)
        padding = [(0, 0)] * (series.ndim - 1) + [(0, self.penalised)]
        padded = np.pad(whitened, padding)
        left: Floats = padded - (padded @ self.basis) @ self.basis.T
        return left


def fit(history: History, known: NDArray[np.bool_], revenue: Floats, media: Floats) -> Projection:
    """The projection that suits revenue (N,) of the N known periods; ``media`` (N, C) is a guess.

    Noise in proportion to the revenue, and what one period's noise leaves for the next, are
    taken from a first fit of baseline and media together.
    """
    fixed, soft = (part[known] for part in columns(history))
    design = np.column_stack([fixed, soft, media])
    first, *_ = np.linalg.lstsq(design, revenue, rcond=1e-8)
    fitted = np.maximum(design @ first, 0.2 * revenue.mean())
    weight = revenue.mean() / fitted
    rest = (revenue - design @ first) * weight
    echo = _echo(rest, design.shape[1])
    return _projection(fixed, soft, weight, echo)


def _projection(fixed: Floats, soft: Floats, weight: Floats, echo: float) -> Projection:
    fixed = _whitened((fixed * weight[:, None]).T, echo).T
    soft = _whitened((soft * weight[:, None]).T, echo).T
    q = soft.shape[1]
    size = np.linalg.norm(soft, axis=0)
    penalty = np.diag(size / (_SHRINKAGE * np.sqrt(len(soft))))
    top = np.column_stack([fixed, soft])
    bottom = np.column_stack([np.zeros((q, fixed.shape[1])), penalty])
    basis, triangle = np.linalg.qr(np.vstack([top, bottom]))
    sound = np.abs(np.diag(triangle)) > 1e-8 * np.abs(np.diag(triangle)).max()
    return Projection(weight, echo, basis[:, sound], q, max(3, len(top) - fixed.shape[1]))


def columns(history: History) -> tuple[Floats, Floats]:
    """Unpenalised (T, p) and penalised (T, q) columns of the baseline; constant ones dropped."""
    days = np.array([(start - history.starts[0]).days for start in history.starts], dtype=float)
    span = max(days[-1], 1.0)
    trend = days / span - 0.5
    yearly = _harmonics(days, _seasons_that_fit(span))
    finer = _harmonics(days, _FINER_SEASONS)[:, yearly.shape[1] :]
    controls = _varying(history.outcome.controls) if history.outcome else np.empty((len(days), 0))
    weekday = _weekdays(history)
    fixed = np.column_stack([np.ones(len(days)), trend, yearly, weekday, controls])
    bends = [
        np.maximum(days - at, 0) / span
        for at in np.arange(_BEND_EVERY_DAYS, span, _BEND_EVERY_DAYS)
    ]
    products = [trend * column for column in [*yearly.T, *controls.T]]
    products += [season * control for season in yearly.T[:2] for control in controls.T]
    products += [column * control for column in weekday.T for control in controls.T[:2]]
    soft = [column - column.mean() for column in [*finer.T, *bends, *products]]
    return fixed, np.column_stack(soft) if soft else np.empty((len(days), 0))


def _seasons_that_fit(span_days: float) -> int:
    """Harmonics of the year that a history can tell from a trend."""
    return _SEASONS if span_days > 1.2 * _YEAR_DAYS else int(span_days > 0.6 * _YEAR_DAYS)


def _harmonics(days: Floats, count: int) -> Floats:
    angle = 2 * np.pi * days[:, None] / _YEAR_DAYS * np.arange(1, count + 1)
    waves: Floats = np.column_stack([np.sin(angle), np.cos(angle)])[:, _interleaved(count)]
    return waves


def _interleaved(count: int) -> list[int]:
    return [
        number
        for pair in zip(range(count), range(count, 2 * count), strict=True)
        for number in pair
    ]


def _weekdays(history: History) -> Floats:
    if history.period_days != 1:
        return np.empty((history.periods, 0))
    number = np.array([start.weekday() for start in history.starts])
    is_weekday: Floats = (number[:, None] == np.arange(1, 7)).astype(float)
    return is_weekday


def _varying(controls: Floats) -> Floats:
    spread = controls.std(axis=0)
    kept = controls[:, spread > 1e-9 * np.maximum(np.abs(controls).max(axis=0), 1e-12)]
    scaled: Floats = (kept - kept.mean(axis=0)) / np.maximum(kept.std(axis=0), 1e-12)
    return scaled


def _echo(rest: Floats, spent: int) -> float:
    """First-order autocorrelation of the residuals, kept in 0-0.8; small ones count as none."""
    raw = float(rest[1:] @ rest[:-1]) / max(float(rest @ rest), 1e-12)
    corrected = raw + spent / len(rest) * (1 + raw) / 2
    return min(0.8, corrected) if corrected > 0.15 else 0.0


def _whitened(series: Floats, echo: float) -> Floats:
    """Each period less what the one before leaves in it (Prais and Winsten, 1954)."""
    if not echo:
        return series
    first = series[..., :1] * np.sqrt(1 - echo**2)
    return np.concatenate([first, series[..., 1:] - echo * series[..., :-1]], axis=-1)

"""Conversions by campaign and segment: what is due to the segment, and what to the campaign.

A crossed count model: the rate of a cell is campaign × segment × the cell's own factor, with
``log campaign`` free, ``log segment ~ N(0, between²)`` and the cell's factor a Gamma of mean 1
and variance ``within²``, which leaves a negative binomial. Only comparisons inside a campaign
inform a segment. Both spreads are weighed on a grid by their Laplace marginal likelihood (as in
Rue, Martino and Chopin, Approximate Bayesian inference for latent Gaussian models, 2009);
given them, campaigns and segments are drawn normally around the mode and cells from their Gamma.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from core.campaigns.optimizer.pooling import DRAWS, Floats, drawn

_GRID = np.geomspace(0.03, 1.5, 7)
_USUAL_BETWEEN = 0.5
_USUAL_WITHIN = 0.3
_CAMPAIGN_SPREAD = 3.0  # hardly informative: a factor of 20 either way
_STEPS = 30
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Cells:
    """One entry a cell: its campaign and segment by number, conversions and positive exposure."""

    campaign: NDArray[np.int64]
    segment: NDArray[np.int64]
    conversions: Floats
    exposure: Floats


@dataclass(frozen=True, slots=True)
class Rates:
    """Draws: ``rates`` of each cell for a unit of exposure, ``segments`` as log factors."""

    rates: Floats
    segments: Floats


@dataclass(frozen=True, slots=True)
class _Fit:
    mode: Floats
    root: Floats  # the curvature's Cholesky factor
    evidence: float
    within: float


def fit(cells: Cells, rng: np.random.Generator) -> Rates:
    """Draws from the posterior; needs a cell, of which one has conversions."""
    fits = []
    start = None
    for within in _GRID:
        for between in _GRID:
            fits.append(_mode(cells, between, within, start))
            start = fits[-1].mode
    chosen = drawn(np.array([one.evidence for one in fits]), rng)
    count = int(cells.campaign.max()) + 1
    rates = np.empty((DRAWS, len(cells.exposure)))
    segments = np.empty((DRAWS, int(cells.segment.max()) + 1))
    for number in np.unique(chosen):
        one, rows = fits[number], chosen == number
        noise = rng.normal(size=(len(one.mode), int(rows.sum())))
        effects = one.mode + np.linalg.solve(one.root.T, noise).T
        level = np.exp(effects[:, cells.campaign] + effects[:, count + cells.segment])
        shape = one.within**-2
        own = rng.gamma(shape + cells.conversions, 1.0 / (shape + level * cells.exposure))
        rates[rows], segments[rows] = level * own, effects[:, count:]
    return Rates(rates, segments)


def _mode(cells: Cells, between: float, within: float, start: Floats | None) -> _Fit:
    """The mode of campaigns' and segments' effects by Fisher scoring, and its evidence."""
    design, centre, precision = _prior(cells, between)
    effects = centre.copy() if start is None else start
    shape = within**-2
    for _ in range(_STEPS):
        expected = cells.exposure * np.exp(np.clip(design @ effects, -40.0, 40.0))
        weight = expected / (1.0 + expected / shape)
        slope = design.T @ ((cells.conversions - expected) / (1.0 + expected / shape))
        slope -= precision * (effects - centre)
        curvature = design.T @ (design * weight[:, None]) + np.diag(precision)
        step = np.clip(np.linalg.solve(curvature, slope), -2.0, 2.0)
        effects = effects + step
        if float(np.abs(step).max()) < _CLOSE:
            break
    root = np.linalg.cholesky(curvature).astype(np.float64)
    fit = float(_log_likelihood(cells, expected, shape).sum())
    fit -= 0.5 * float((precision * (effects - centre) ** 2).sum())
    fit += 0.5 * float(np.log(precision).sum()) - float(np.log(np.diag(root)).sum())
    fit -= 0.5 * ((between / _USUAL_BETWEEN) ** 2 + (within / _USUAL_WITHIN) ** 2)
    return _Fit(effects, root, fit + float(np.log(between * within)), within)


def _prior(cells: Cells, between: float) -> tuple[Floats, Floats, Floats]:
    """The design matrix, and the normal prior's centre and precision of each effect."""
    campaigns, segments = int(cells.campaign.max()) + 1, int(cells.segment.max()) + 1
    rows = np.arange(len(cells.exposure))
    design = np.zeros((len(rows), campaigns + segments))
    design[rows, cells.campaign] = design[rows, campaigns + cells.segment] = 1.0
    centre = np.zeros(campaigns + segments)
    centre[:campaigns] = np.log((cells.conversions.sum() + 0.5) / cells.exposure.sum())
    precision = np.full(campaigns + segments, between**-2)
    precision[:campaigns] = _CAMPAIGN_SPREAD**-2
    return design, centre, precision


def _log_likelihood(cells: Cells, expected: Floats, shape: float) -> Floats:
    """Negative binomial, up to what depends on the data alone."""
    x = cells.conversions
    likely = np.log(np.maximum(expected, 1e-300))
    fit: Floats = (
        gammaln(x + shape)
        - gammaln(shape)
        - x * np.log(shape)
        + x * likely
        - (x + shape) * np.log1p(expected / shape)
    )
    return fit

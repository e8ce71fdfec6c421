"""Partial pooling: few things compared borrow strength from one another, as much as they agree.

How far members of a group lie apart is not fixed at one estimate: its marginal likelihood is
weighed on a grid, and draws come from the mixture. With two or three members an estimate at
one point would claim more than is known. See Gelman et al., Bayesian Data Analysis, 3rd ed.,
chapter 5 (the grid over the hyperparameters), and Morris, Parametric empirical Bayes (1983).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

DRAWS = 4000

Floats = NDArray[np.float64]

_SPREADS = np.geomspace(0.01, 2.0, 24)  # between members, as sd of the logarithm
_OFFSETS = np.linspace(-3.5, 3.5, 15)  # of the group's mean, in its own standard errors


def rates(
    successes: Floats, trials: Floats, rng: np.random.Generator, *, spread: float = 0.3
) -> Floats:
    """Draws of each member's rate, ``(DRAWS, members)``: a Beta-Binomial pooled within the group.

    ``successes`` may be fractional and lie between 0 and ``trials``, which are positive.
    ``spread`` is the scale of the half-normal prior of the members' relative differences.
    """
    pooled = (successes.sum() + 0.5) / (trials.sum() + 1.0)
    spreads, offsets = np.meshgrid(_SPREADS, _OFFSETS, indexing="ij")
    error = np.sqrt(spreads**2 / len(trials) + 1.0 / (successes.sum() + 0.5))
    mean = 1.0 / (1.0 + np.exp(-(np.log(pooled / (1.0 - pooled)) + offsets * error))).ravel()
    size = np.maximum((1.0 - mean) / (mean * spreads.ravel() ** 2) - 1.0, 1.0)
    a, b = np.maximum(mean * size, 1e-3)[:, None], np.maximum((1.0 - mean) * size, 1e-3)[:, None]
    fit = (betaln(a + successes, b + trials - successes) - betaln(a, b)).sum(axis=1)
    cells = drawn(fit + _log_prior(spreads, error, spread), rng)
    draws: Floats = rng.beta(a[cells] + successes, b[cells] + trials - successes)
    return draws


def values(
    amounts: Floats,
    counts: Floats,
    shape: float,
    rng: np.random.Generator,
    *,
    spread: float = 0.3,
) -> Floats:
    """Draws of each member's mean amount, ``(DRAWS, members)``: a Gamma-Gamma pooled by group.

    ``amounts`` are positive sums over ``counts`` events whose single amounts follow a Gamma of
    ``shape`` (1 is exponential); a member without events (count and amount 0) gets the group's.
    The conjugate form is that of Fader, Hardie and Lee, RFM and CLV (2005).
    """
    events = counts * shape
    pooled = amounts.sum() / counts.sum()
    spreads, offsets = np.meshgrid(_SPREADS, _OFFSETS, indexing="ij")
    error = np.sqrt(spreads**2 / len(counts) + 1.0 / max(float(events.sum()), 0.5))
    mean = pooled * np.exp(offsets * error).ravel()
    a = (1.0 / spreads.ravel() ** 2 + 2.0)[:, None]
    b = (mean[:, None] / shape) * (a - 1.0)
    fit = (
        gammaln(a + events)
        - gammaln(a)
        - events * np.log(shape * (b + amounts))
        + a * (np.log(b) - np.log(b + amounts))
    ).sum(axis=1)
    cells = drawn(fit + _log_prior(spreads, error, spread), rng)
    per_amount = rng.gamma(a[cells] + events) / (b[cells] + amounts)
    draws: Floats = shape / per_amount
    return draws


def effects(
    estimates: Floats, errors: Floats, rng: np.random.Generator, *, spread: float
) -> Floats:
    """Draws of each member's effect, ``(DRAWS, members)``, from estimates with normal errors."""
    spreads = np.geomspace(0.02, 4.0, 40) * spread
    variance = errors**2 + spreads[:, None] ** 2
    weight = (1.0 / variance).sum(axis=1)
    mean = (estimates / variance).sum(axis=1) / weight
    fit = -0.5 * (np.log(variance) + (estimates - mean[:, None]) ** 2 / variance).sum(axis=1)
    fit += -0.5 * np.log(weight) + np.log(spreads) - 0.5 * (spreads / spread) ** 2
    cells = drawn(fit, rng)
    centre = rng.normal(mean[cells], 1.0 / np.sqrt(weight[cells]))
    return around(estimates, errors, centre[:, None], spreads[cells][:, None], rng)


def around(
    estimates: Floats, errors: Floats, centre: Floats, spread: Floats, rng: np.random.Generator
) -> Floats:
    """Draws of normal effects whose prior lies ``spread`` around ``centre``; broadcasts."""
    precision = 1.0 / errors**2 + 1.0 / spread**2
    mean = (estimates / errors**2 + centre / spread**2) / precision
    return rng.normal(mean, 1.0 / np.sqrt(precision))


def _log_prior(spreads: Floats, error: Floats, scale: float) -> Floats:
    """A half-normal for the spread and a flat one for the mean's logarithm, by cell's width."""
    prior: Floats = np.log(spreads) + np.log(error) - 0.5 * (spreads / scale) ** 2
    return prior.ravel()


def drawn(log_weights: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """``DRAWS`` numbers of cells in proportion to weights given by their logarithms."""
    weights = np.exp(log_weights - log_weights.max())
    return rng.choice(len(weights), DRAWS, p=weights / weights.sum())

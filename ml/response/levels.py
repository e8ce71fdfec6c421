"""How much of what the platforms claim is real: the posterior of each campaign's bias.

A campaign's true response is its attributed one divided by exp(bias). Biases come from
N(mu, tau^2), and true log returns on spend from N(mu_r, omega^2): without this second half
the spread of the platforms' returns is taken as real and gains are claimed that are not
there. Total revenue and lift tests say more. Many short chains run side by side: each draws
a campaign's curve and bias given all others from a grid, then the four hyperparameters and
the noise (Gibbs sampling on a grid, Ritter and Tanner, 1992).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BIASES = np.linspace(-3.0, 3.0, 97)
_STEP = _BIASES[1] - _BIASES[0]
_SPREADS = np.geomspace(0.03, 2.5, 24)  # of tau and omega
_WIDER = 2.3  # scale of tau's half-normal prior, in expected spreads: the expectation may be wrong
_RETURN_SPREAD = 0.7  # scale of the half-normal prior of omega


@dataclass(frozen=True, slots=True)
class LiftEvidence:
    """A lift test of one campaign: what its K curves foresee (K,), before the bias."""

    campaign: int
    foreseen: Floats
    measured: float
    error: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the biases of C campaigns are judged by.

    ``log_return`` (C,) is the log of attributed revenue per unit of spend. ``revenue`` (R,)
    and ``curves`` (C, K, R) have the baseline taken out, ``freedom`` periods tell the noise;
    both are None without an outcome. ``attribution_sd`` is how far biases are expected to spread.
    """

    log_return: Floats
    shapes: int
    attribution_sd: float
    revenue: Floats | None = None
    curves: Floats | None = None
    freedom: int = 0
    lift_tests: Sequence[LiftEvidence] = ()


@dataclass(frozen=True, slots=True)
class Levels:
    """S draws: each campaign's curve (S, C) of its K, its bias (S, C), and noise variance (S,)."""

    shape: Ints
    bias: Floats
    noise: Floats


def sample(
    evidence: Evidence, chains: int, sweeps: int, keep: int, rng: np.random.Generator
) -> Levels:
    """Run the chains and keep their last ``keep`` states, two sweeps apart."""
    state = _Chains(evidence, chains, rng)
    kept_shapes, kept_biases, kept_noise = [], [], []
    for sweep in range(sweeps):
        state.sweep()
        if (sweeps - 1 - sweep) % 2 == 0 and (sweeps - 1 - sweep) // 2 < keep:
            kept_shapes.append(state.shape.copy())
            kept_biases.append(state.bias.copy())
            kept_noise.append(state.noise)
    return Levels(
        np.concatenate(kept_shapes), np.concatenate(kept_biases), np.concatenate(kept_noise)
    )


class _Chains:
    """The state of M chains that are advanced together."""

    def __init__(self, evidence: Evidence, chains: int, rng: np.random.Generator) -> None:
        self.given = evidence
        self.rng = rng
        count = len(evidence.log_return)
        self.rows = np.arange(chains)
        self.shape = rng.integers(0, evidence.shapes, (chains, count))
        self.tau = np.full(chains, evidence.attribution_sd)
        self.omega = np.full(chains, 0.5)
        self.mu = np.zeros(chains)
        self.mu_return = np.full(chains, float(evidence.log_return.mean()))
        self.bias = evidence.attribution_sd * rng.standard_normal((chains, count))
        self.lifts = [
            [one for one in evidence.lift_tests if one.campaign == number]
            for number in range(count)
        ]
        self.noise = np.ones(chains)
        if evidence.revenue is not None and evidence.curves is not None:
            self.rest = evidence.revenue - sum(
                np.exp(-self.bias[:, c, None]) * evidence.curves[c][self.shape[:, c]]
                for c in range(count)
            )
            self._draw_noise()

    def sweep(self) -> None:
        """Each campaign once, in a random order, then what they have in common."""
        for campaign in self.rng.permutation(len(self.given.log_return)):
            self._draw_campaign(int(campaign))
        self.tau, self.mu = self._draw_group(
            self.bias, _WIDER * self.given.attribution_sd, self.given.attribution_sd
        )
        self.omega, self.mu_return = self._draw_group(
            self.given.log_return - self.bias,
            _RETURN_SPREAD,
            3.0,
            float(self.given.log_return.mean()),
        )
        if self.given.revenue is not None:
            self._draw_noise()

    def _draw_campaign(self, campaign: int) -> None:
        """A curve proposed from those the platform's series leaves likely, then its bias."""
        prior = self._bias_prior(campaign)
        proposed = self.rng.integers(0, self.given.shapes, len(self.rows))
        without = None
        if self.given.curves is not None:
            own = self.given.curves[campaign]
            without = (
                self.rest + np.exp(-self.bias[:, campaign, None]) * own[self.shape[:, campaign]]
            )
        old = prior + self._log_likelihood(campaign, self.shape[:, campaign], without)
        new = prior + self._log_likelihood(campaign, proposed, without)
        gain = _log_sum(new) - _log_sum(old)
        accepted = np.log(self.rng.random(len(self.rows))) < gain
        self.shape[accepted, campaign] = proposed[accepted]
        logs = np.where(accepted[:, None], new, old)
        self.bias[:, campaign] = self._from_grid(logs)
        if without is not None and self.given.curves is not None:
            own = self.given.curves[campaign][self.shape[:, campaign]]
            self.rest = without - np.exp(-self.bias[:, campaign, None]) * own

    def _bias_prior(self, campaign: int) -> Floats:
        """Log prior of the biases on the grid (M, B) given what campaigns have in common."""
        of_bias = (_BIASES - self.mu[:, None]) / self.tau[:, None]
        of_return = self.given.log_return[campaign] - _BIASES - self.mu_return[:, None]
        answer: Floats = -0.5 * (of_bias**2 + (of_return / self.omega[:, None]) ** 2)
        return answer

    def _log_likelihood(self, campaign: int, shape: Ints, without: Floats | None) -> Floats:
        real = np.exp(-_BIASES)
        logs = np.zeros((len(self.rows), len(_BIASES)))
        if without is not None and self.given.curves is not None:
            own = self.given.curves[campaign][shape]
            across = np.einsum("mr,mr->m", own, without)[:, None]
            size = np.einsum("mr,mr->m", own, own)[:, None]
            logs += (across * real - 0.5 * size * real**2) / self.noise[:, None]
        for test in self.lifts[campaign]:
            gap = test.measured - test.foreseen[shape][:, None] * real
            logs -= 0.5 * (gap / test.error) ** 2
        return logs

    def _from_grid(self, logs: Floats) -> Floats:
        """A draw of each row of a grid of log densities, anywhere within its cell."""
        weights = np.exp(logs - logs.max(axis=1, keepdims=True))
        upto = np.cumsum(weights, axis=1)
        points = self.rng.random((len(logs), 1)) * upto[:, -1:]
        cell = np.minimum((upto < points).sum(axis=1), len(_BIASES) - 1)
        drawn: Floats = _BIASES[cell] + _STEP * (self.rng.random(len(logs)) - 0.5)
        return drawn

    def _draw_group(
        self, members: Floats, scale: float, mean_scale: float, center: float = 0.0
    ) -> tuple[Floats, Floats]:
        """Spread (half-normal prior) with the mean integrated out, then the mean N(center, …)."""
        count = members.shape[1]
        average = members.mean(axis=1, keepdims=True)
        within = ((members - average) ** 2).sum(axis=1, keepdims=True)
        spread = _SPREADS[None, :]
        of_mean = spread**2 / count + mean_scale**2
        logs = (
            np.log(spread)
            - 0.5 * (spread / scale) ** 2  # a grid even in the logarithm
            - (count - 1) * np.log(spread)
            - 0.5 * within / spread**2
            - 0.5 * np.log(of_mean)
            - 0.5 * (average - center) ** 2 / of_mean
        )
        upto = np.cumsum(np.exp(logs - logs.max(axis=1, keepdims=True)), axis=1)
        points = self.rng.random((len(members), 1)) * upto[:, -1:]
        drawn = _SPREADS[np.minimum((upto < points).sum(axis=1), len(_SPREADS) - 1)]
        precision = count / drawn**2 + 1 / mean_scale**2
        mean = (average[:, 0] * count / drawn**2 + center / mean_scale**2) / precision
        return drawn, mean + self.rng.standard_normal(len(mean)) / np.sqrt(precision)

    def _draw_noise(self) -> None:
        """Noise variance given the residuals, with Jeffreys's prior."""
        squares = np.einsum("mr,mr->m", self.rest, self.rest)
        self.noise = squares / (2 * self.rng.gamma(self.given.freedom / 2, 1.0, len(self.rows)))


def _log_sum(logs: Floats) -> Floats:
    top = logs.max(axis=1, keepdims=True)
    answer: Floats = np.log(np.exp(logs - top).sum(axis=1)) + top[:, 0]
    return answer

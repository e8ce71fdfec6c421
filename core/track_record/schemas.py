"""What is recorded of a suggestion when it is accepted, as plain values."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.suggestion import Kind, Measure
from core.track_record.models import AcceptedStatus

LEVELS = tuple(round(0.05 * step, 2) for step in range(1, 20))  # of the quantiles kept
_HALF_NINETY = 1.645  # standard deviations to each side that hold 90% of a normal distribution


@dataclass(frozen=True, slots=True)
class Change:
    """What shall change: money over the horizon, or a share within ``group``."""

    subject_id: int | None
    subject: str
    now: float
    then: float
    measure: Measure
    group_id: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """A gain as a share of what comes without it, and in money, with 90% intervals.

    ``quantiles`` of the share are at :data:`LEVELS`, empty where only the interval is known.
    """

    mean: float
    p05: float
    p95: float
    p_gain: float
    money: float | None = None
    money_p05: float | None = None
    money_p95: float | None = None
    quantiles: tuple[float, ...] = ()

    @property
    def sd(self) -> float:
        """The standard deviation of the share, from the width of its interval."""
        return max((self.p95 - self.p05) / (2 * _HALF_NINETY), 1e-9)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion as it is accepted.

    ``campaign_ids`` are the warehouse's of the campaigns it is about, ``None`` for all.
    ``of`` says what the gain is a share of, as a remark's message and values, and
    ``constraints`` what the plan kept to, remarks too. ``data_day`` is the last day that the
    data tells, so that the plan cannot have been at work before it.
    """

    kind: Kind
    scope: str
    currency: str
    horizon_days: int
    predicted: Gain
    plan: tuple[Change, ...]
    generation: int
    seed: int
    data_day: date
    campaign_ids: tuple[int, ...] | None
    of: Mapping[str, Any] = field(default_factory=dict)
    constraints: Sequence[Mapping[str, Any]] = ()
    is_sample: bool = False

    @property
    def key(self) -> str:
        """The same for the same suggestion made from the same data."""
        told = (
            self.kind,
            self.scope,
            self.currency,
            self.horizon_days,
            self.generation,
            self.seed,
            asdict(self.predicted),
            [asdict(one) for one in self.plan],
        )
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a plan: the realised gain, or why it cannot be told.

    ``realised`` was measured in ``measure`` ("revenue" or "conversions") on ``days`` days
    against ``pre_days`` before the plan, with the named ``controls``. ``place`` is where the
    realised gain lies in what was predicted, 0-1, the measurement's own uncertainty included.
    ``done`` is what each change of the plan became; ``reached`` is 1 where the plan was
    carried out to the last cent, 0 where nothing changed. ``business`` is the same gain
    measured on the whole business, as a share of its revenue. ``overlaps`` are other accepted
    suggestions that were at work on the same campaigns meanwhile.
    """

    realised: Gain | None
    why_not: Mapping[str, Any] | None
    measure: str
    days: int
    pre_days: int
    controls: tuple[str, ...]
    place: float | None
    done: tuple[float | None, ...]
    reached: float | None
    business: Gain | None = None
    overlaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted suggestion as a person sees it."""

    id: int
    kind: Kind
    status: AcceptedStatus
    scope: str
    currency: str
    first_day: date
    last_day: date
    horizon_days: int
    predicted: Gain
    of: Mapping[str, Any]
    campaign_ids: tuple[int, ...] | None
    plan: tuple[Change, ...]
    constraints: tuple[Mapping[str, Any], ...]
    generation: int
    seed: int
    is_sample: bool
    accepted_by: str | None
    accepted_at: datetime
    withdrawn_at: datetime | None
    judged_at: datetime | None
    judgement: Judgement | None

    @property
    def realised(self) -> Gain | None:
        """The realised gain where it was judged and can be told."""
        return self.judgement.realised if self.judgement else None


def gain_of(share: NDArray[np.float64], money: NDArray[np.float64] | None = None) -> Gain:
    """A gain from draws of it, as a share and in money."""
    low, high = map(float, np.quantile(share, (0.05, 0.95)))
    quantiles = tuple(float(one) for one in np.quantile(share, LEVELS))
    gain = Gain(float(share.mean()), low, high, float((share > 0).mean()), quantiles=quantiles)
    if money is None:
        return gain
    least, most = map(float, np.quantile(money, (0.05, 0.95)))
    return replace(gain, money=float(money.mean()), money_p05=least, money_p95=most)


def read_gain(plain: Mapping[str, Any]) -> Gain:
    """A gain from what the records hold."""
    return Gain(**{**plain, "quantiles": tuple(plain["quantiles"])})


def read_judgement(plain: Mapping[str, Any]) -> Judgement:
    """A judgement from what the records hold."""
    gains = {
        name: read_gain(plain[name]) if plain[name] else None for name in ("realised", "business")
    }
    lists = {name: tuple(plain[name]) for name in ("controls", "done", "overlaps")}
    return Judgement(**{**plain, **gains, **lists})

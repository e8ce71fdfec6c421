"""How often predictions came true, over all judged suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted

LEAST_FOR_CALIBRATION = 10
LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of suggestions. ``told`` are judged ones whose effect could be measured.

    ``as_predicted`` agree with their 90% interval as far as can be measured, ``gained``
    realised more than nothing, ``followed`` are those whose plan was carried out.
    ``expected_gain`` is the mean probability of a gain that was predicted.
    """

    accepted: int
    waiting: int
    told: int
    as_predicted: int
    gained: int
    followed: int
    expected_gain: float | None


def standing(records: Sequence[Accepted], followed_from: float) -> Standing:
    """How the suggestions stand that nobody withdrew."""
    kept = [one for one in records if one.status is not AcceptedStatus.WITHDRAWN]
    told = measured(kept)
    judged = [one for one in kept if one.status is AcceptedStatus.JUDGED]
    places = [one.judgement.place for one in told if one.judgement]
    carried = [one.judgement.reached for one in told if one.judgement]
    chances = [one.predicted.p_gain for one in told]
    return Standing(
        accepted=len(kept),
        waiting=len(kept) - len(judged),
        told=len(told),
        as_predicted=sum(_LOW <= one <= _HIGH for one in places if one is not None),
        gained=sum(one.realised.mean > 0 for one in told if one.realised),
        followed=sum(one >= followed_from for one in carried if one is not None),
        expected_gain=sum(chances) / len(chances) if chances else None,
    )


def measured(records: Sequence[Accepted]) -> list[Accepted]:
    """Those whose realised effect is known, in the order given."""
    return [one for one in records if one.realised is not None]


def agrees(record: Accepted) -> bool | None:
    """Whether what came agrees with what was predicted; ``None`` where it is not known."""
    place = record.judgement.place if record.judgement else None
    return None if place is None else _LOW <= place <= _HIGH


def observed(records: Sequence[Accepted]) -> tuple[float, ...]:
    """At each level, the share of realised effects at or below the predicted quantile.

    Well calibrated predictions give the levels themselves.
    """
    places = [one.judgement.place for one in measured(records) if one.judgement]
    known = [one for one in places if one is not None]
    return tuple(sum(one <= level for one in known) / max(len(known), 1) for level in LEVELS)

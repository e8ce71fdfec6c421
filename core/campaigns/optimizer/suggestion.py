"""What an optimizer answers: a suggestion with how sure it is, or why it makes none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a suggestion is about."""

    BUDGET = "budget"
    AUDIENCE = "audience"
    CREATIVE = "creative"
    TIMING = "timing"


class Measure(StrEnum):
    """What an amount is measured in."""

    MONEY = "money"  # in the suggestion's currency
    SHARE = "share"  # 0-1
    MULTIPLE = "multiple"  # 1.2 is a fifth more
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to be translated where it is shown: a marked message with its values."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """An expected gain with its 90% interval and the probability that it is a gain at all.

    A share (0.04 is +4%) of what ``of`` says; ``money`` is the mean in the suggestion's
    currency over the horizon, ``None`` where revenue is not known.
    """

    mean: float
    p05: float
    p95: float
    p_gain: float
    of: Remark
    money: float | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a suggestion rests on; ``None`` where the history does not tell it."""

    first_day: date
    last_day: date
    days: int
    conversions: float | None
    spend_low: float | None = None  # the range of spend a period that was seen, in money
    spend_high: float | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One change: of what, from what it is to what it should be."""

    subject_id: int | None
    subject: str
    now: float
    then: float
    measure: Measure
    why: Remark | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do, why, what it is expected to bring, and what it rests on.

    ``limits`` says which constraints bind and what was not looked at; ``doubts`` what would
    change its mind. ``scope`` names what it is about: a campaign, or all of them.
    """

    kind: Kind
    scope: str
    currency: str
    actions: Sequence[Action]
    effect: Effect
    why: Remark
    basis: Basis
    limits: Sequence[Remark] = ()
    doubts: Sequence[Remark] = ()


@dataclass(frozen=True, slots=True)
class TooThin:
    """Why no suggestion is made, and how much more would be needed."""

    kind: Kind
    scope: str
    reasons: Sequence[Remark]
    needs: Sequence[Remark]
    basis: Basis | None = None


Answer = Suggestion | TooThin

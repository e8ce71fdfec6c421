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
class Amount:
    """A number in a remark, written in the reader's way; money in the suggestion's currency."""

    value: float
    measure: Measure
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to be translated where it is shown: a marked message with its values.

    Values are texts, whole numbers, days, amounts, remarks, or lists of these;
    :func:`core.campaigns.optimizer.wording.say` writes them.
    """

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
    """One change: of what, from what it is to what it should be.

    ``group`` names the campaign within which shares add up to one, and is empty where all
    actions do together.
    """

    subject_id: int | None
    subject: str
    now: float
    then: float
    measure: Measure
    why: Remark | None = None
    group: str = ""
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of one thing compared: a creative, an audience, a day of the week.

    ``mean`` with its 90% interval is in ``measure`` and means what ``of`` says. ``p_best`` is
    the probability that it is the best of its group, ``loss`` what relying on it alone would
    cost on average, as a share of what the group's best brings; ``None`` where neither applies.
    """

    subject_id: int | None
    subject: str
    group: str
    of: Remark
    measure: Measure
    mean: float
    p05: float
    p95: float
    p_best: float | None = None
    loss: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do, why, what it is expected to bring, and what it rests on.

    ``limits`` says which constraints bind and what was not looked at; ``doubts`` what would
    change its mind. ``scope`` names the campaign it is about, and is empty for all of them.
    ``estimates`` are the figures of everything compared, for a chart and its table.
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
    estimates: Sequence[Estimate] = ()


@dataclass(frozen=True, slots=True)
class TooThin:
    """Why no suggestion is made, and how much more would be needed."""

    kind: Kind
    scope: str
    reasons: Sequence[Remark]
    needs: Sequence[Remark]
    basis: Basis | None = None


Answer = Suggestion | TooThin

"""How campaigns respond to spend, as it was learned from one state of the data and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.campaigns.optimizer.history import History, LiftTest
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.optimizer.screening import Held
from core.campaigns.optimizer.suggestion import Basis, Remark

HORIZONS = (14, 28, 56, 91)  # days that can be planned for
WAY = 4  # of learning; another number has everything learned anew
MOST = 2.0  # times today's spend that is asked about at most


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, and what of it is left out.

    ``conversions`` are those of the history's campaigns, ``None`` where no row tells any.
    ``unused_tests`` are of campaigns or days that the history does not have; ``smaller`` counts
    the campaigns that spend least, beyond as many as are learned from.
    """

    history: History
    conversions: float | None = None
    unused_tests: tuple[LiftTest, ...] = ()
    smaller: int = 0


@dataclass(frozen=True, slots=True)
class ResponseMark:
    """Which response: of a currency, learned from a generation.

    ``fingerprint`` is the same for generations whose campaign figures are the same.
    """

    currency: str
    generation: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a response was learned from and how: the same for every horizon."""

    basis: Basis
    period_days: int
    has_outcome: bool
    lift_tests: int
    unused_tests: int
    smaller: int
    seed: int
    attribution_sd: float
    data_hash: str  # SHA-256 of the history's figures, in hex
    seconds: float
    learned_at: datetime
    remark: Remark | None = None  # what of the evidence was left out, and why


@dataclass(frozen=True, slots=True)
class Learned:
    """A response for one horizon.

    ``draws`` is ``None`` where fewer than two campaigns have a history to learn from.
    ``held`` are the campaigns that keep their spend, ``held_spend`` what each spends.
    """

    mark: ResponseMark
    lesson: Lesson
    horizon_days: int
    held: tuple[Held, ...]
    held_spend: tuple[float, ...]
    draws: ResponseDraws | None = field(repr=False)

    @property
    def is_unchecked(self) -> bool:
        """Whether nothing but the platforms' own claims tells what campaigns bring."""
        return not self.lesson.has_outcome and self.lesson.lift_tests == 0


@dataclass(frozen=True, slots=True)
class Response:
    """What was learned, by the days of each horizon."""

    mark: ResponseMark
    lesson: Lesson
    horizons: Mapping[int, Learned]

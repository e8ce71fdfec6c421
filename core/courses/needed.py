"""What a learner still needs to reach the pass mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True, slots=True)
class Needed:
    """``points`` is brought by graded work so far, of 100; ``open_share`` (0-1) is not graded.

    ``average`` is what the open part has to score on average, rounded up to a whole number:
    0 where the pass is sure, over 100 where it is out of reach; None where nothing is open.
    """

    points: Decimal
    open_share: Decimal
    average: int | None

    @property
    def is_sure(self) -> bool:
        """Whether the pass mark is reached whatever the open part brings."""
        return self.average == 0

    @property
    def is_out_of_reach(self) -> bool:
        """Whether even full marks would not reach it."""
        return self.average is not None and self.average > 100


def needed_to_pass(work: Iterable[tuple[Decimal, Decimal | None]], pass_mark: int) -> Needed | None:
    """Work it out from each piece's share of the grade (0-1) and score (0-100, None not graded).

    average = (pass mark - Σ share x score) ÷ Σ share of what is open. None without any work.
    """
    pieces = list(work)
    if not pieces:
        return None
    points = sum((share * score for share, score in pieces if score is not None), Decimal(0))
    is_open = any(score is None for _, score in pieces)
    share = sum((share for share, score in pieces if score is None), Decimal(0))
    if not is_open or share == 0:
        return Needed(points, share, None)
    average = max(Decimal(0), (pass_mark - points) / share)
    return Needed(points, share, int(average.to_integral_value(ROUND_CEILING)))

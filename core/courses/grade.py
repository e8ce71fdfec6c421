"""The grade so far: from graded work alone, never stored, never a zero for what is missing.

Of several attempts at one piece of work the best one counts; a banked score, brought
from an earlier course, counts like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.courses.models import AssessmentKind

_HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a course's graded work: ``weight`` as the course gives it."""

    kind: AssessmentKind
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade so far, with the figures it was worked out from.

    ``percent`` is a whole number 0-100, or None while nothing that has a weight is graded;
    ``graded_share`` is the part (0-1) of the course's whole weight that is graded.
    """

    percent: int | None
    graded: int
    pieces: int
    graded_share: Decimal

    def passes(self, pass_mark: int) -> bool | None:
        """Whether the grade so far reaches the pass mark; None while there is no grade."""
        return None if self.percent is None else self.percent >= pass_mark


def effective_weights(pieces: Mapping[int, Piece]) -> dict[int, Decimal]:
    """What each piece weighs in the grade; only the weights' proportions mean anything.

    Where all weights are 0, all pieces weigh alike. Where all coursework has the weight 0 and
    the exams have one, the pieces of coursework weigh alike, and together as much as the
    exams. Otherwise the weights are the course's own: where coursework adds up to 100 and an
    exam has 100, as at the Open University (Kuzilek et al. 2017, "Open University Learning
    Analytics dataset"), the exam counts as much as all the coursework together.
    """
    exams = [one.weight for one in pieces.values() if one.kind is AssessmentKind.EXAM]
    total = sum((one.weight for one in pieces.values()), Decimal(0))
    if total == 0:
        return dict.fromkeys(pieces, Decimal(1))
    coursework = len(pieces) - len(exams)
    if coursework == 0 or sum(exams) != total:
        return {key: one.weight for key, one in pieces.items()}
    return {
        key: one.weight * coursework if one.kind is AssessmentKind.EXAM else total
        for key, one in pieces.items()
    }


def grade_so_far(pieces: Mapping[int, Piece], scores: Mapping[int, Decimal]) -> Grade:
    """Work out the grade from the scores (0-100) of graded pieces, by the pieces' keys.

    Σ weight x score ÷ Σ weight over graded work, floored to a whole number, so that it reaches
    a pass mark exactly when the unrounded grade does. A piece without a score is not a zero:
    it is left out.
    """
    weights = effective_weights(pieces)
    total = sum(weights.values(), Decimal(0))
    graded = [key for key in pieces if key in scores]
    weight = sum((weights[key] for key in graded), Decimal(0))
    points = sum((weights[key] * scores[key] for key in graded), Decimal(0))
    return Grade(
        percent=None if weight == 0 else min(_HIGHEST, int(points // weight)),
        graded=len(graded),
        pieces=len(pieces),
        graded_share=weight / total if total else Decimal(0),
    )


def best_score(scores: Sequence[Decimal | None]) -> Decimal | None:
    """The score that counts of several attempts: the best; None while none is graded."""
    return max((score for score in scores if score is not None), default=None)

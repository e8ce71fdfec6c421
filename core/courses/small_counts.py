"""Which counts an export keeps back, so that none speaks of fewer than five learners.

A count of one to four is kept back, and so is what would give it away by subtraction: of a sum
whose parts are all told but one, the untold part is no secret. This is primary and secondary
cell suppression of statistical disclosure control (Hundepool et al. 2012, *Statistical
Disclosure Control*, ch. 4), with bounds by interval propagation, exact for sums that form a tree.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.courses.cohorts import LEAST

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total's name and its parts' names; with ``is_whole`` False there are parts not named."""

    total: str
    parts: tuple[str, ...]
    is_whole: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        """Every name of the sum."""
        return (self.total, *self.parts)


def kept_back(
    counts: Mapping[str, int], sums: Sequence[Sum], known: Collection[str] = ()
) -> frozenset[str]:
    """Names of the counts not to tell; those ``known`` stand elsewhere, and hide nothing.

    Whoever reads the rest and knows the sums is left at least five values for each kept
    back count, as far as what is known elsewhere lets it be.
    """
    hidden = {name for name, count in counts.items() if 0 < count < LEAST} - set(known)
    while True:
        spans = reachable(counts, sums, hidden)
        narrow = [name for name in sorted(hidden) if _width(spans[name]) < LEAST - 1]
        told = set(counts) - hidden - set(known)
        chosen = [name for name in narrow if _beside(name, sums) & told]
        if chosen:
            hidden.add(_cheapest(_beside(chosen[0], sums) & told, counts))
        elif narrow and (linked := _linked(narrow, sums) & told):
            hidden.add(_cheapest(linked, counts))
        else:
            return frozenset(hidden)


def reachable(
    counts: Mapping[str, int], sums: Sequence[Sum], hidden: Collection[str]
) -> dict[str, Span]:
    """The least and the largest value that each count may have for one who reads the others."""
    spans: dict[str, Span] = {
        name: (0, float("inf")) if name in hidden else (count, count)
        for name, count in counts.items()
    }
    changed = True
    while changed:
        before = dict(spans)
        for one in sums:
            _narrowed(spans, one)
        changed = spans != before
    return spans


def _narrowed(spans: dict[str, Span], one: Sum) -> None:
    """What a sum says of its total and of each part, given the others."""
    total, parts = one.total, one.parts
    most = sum(spans[part][1] for part in parts) if one.is_whole else float("inf")
    spans[total] = _both(spans[total], (sum(spans[part][0] for part in parts), most))
    for part in parts:
        others = [spans[other] for other in parts if other != part]
        low = spans[total][0] - sum(high for _, high in others) if one.is_whole else 0
        spans[part] = _both(spans[part], (low, spans[total][1] - sum(least for least, _ in others)))


def _both(span: Span, other: Span) -> Span:
    return max(span[0], other[0]), min(span[1], other[1])


def _width(span: Span) -> float:
    return span[1] - span[0]


def _beside(name: str, sums: Sequence[Sum]) -> set[str]:
    """The other counts of the sums that a count stands in."""
    return {cell for one in sums if name in one.cells for cell in one.cells} - {name}


def _linked(names: Collection[str], sums: Sequence[Sum]) -> set[str]:
    """Every count that is tied to one of the names by a chain of sums."""
    reached, more = set(names), True
    while more:
        wider = reached.union(*(_beside(name, sums) for name in reached))
        reached, more = wider, wider != reached
    return reached


def _cheapest(names: Collection[str], counts: Mapping[str, int]) -> str:
    """The count whose loss says least: the smallest that is not zero, and zeros last."""
    return min(names, key=lambda name: (not counts[name], counts[name], name))

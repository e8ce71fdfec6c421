"""Sources for the contract: a plain world, and each kind of bad input by name."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.campaigns.evidence import Counts, PartCounts, Week
from core.campaigns.optimizer import Sources
from tests.core.campaigns.optimizer.worlds import Held, audiences, creatives, days

Change = Callable[[Counts], Counts]


def plain() -> Held:
    rng = np.random.default_rng(1)
    parts = [part for number in (1, 2) for part in creatives(rng, campaign_id=number)[0]]
    return Held(parts, audiences(rng)[0], days(rng)[0])


def changed(held: Held, change: Change) -> Held:
    """The same world with every row changed."""

    def of(parts: list[PartCounts]) -> list[PartCounts]:
        return [
            replace(part, weeks=tuple(Week(w.ago, change(w.counts)) for w in part.weeks))
            for part in parts
        ]

    series = [
        replace(one, days=tuple(replace(day, counts=change(day.counts)) for day in one.days))
        for one in held.made_days
    ]
    return Held(of(list(held.made_creatives)), of(list(held.made_audiences)), series)


PLAIN = plain()
CUT = Held(
    [replace(part, weeks=part.weeks[:1]) for part in PLAIN.made_creatives],
    [replace(part, weeks=part.weeks[:1]) for part in PLAIN.made_audiences],
    [replace(series, days=series.days[-1:]) for series in PLAIN.made_days],
)
TWICE = Held(
    [replace(part, weeks=part.weeks * 2) for part in PLAIN.made_creatives],
    [replace(part, weeks=part.weeks * 2) for part in PLAIN.made_audiences],
    [replace(series, days=series.days * 2) for series in PLAIN.made_days],
)
BAD_WORLDS = {
    "one day": changed(CUT, lambda c: Counts(50, 2, 1.0, 0.0, 0.0)),
    "no conversions": changed(PLAIN, lambda c: replace(c, conversions=0.0, revenue=0.0)),
    "conversions not told": changed(PLAIN, lambda c: replace(c, conversions=None, revenue=None)),
    "nothing at all": changed(PLAIN, lambda c: Counts(0, 0, 0.0, 0.0, 0.0)),
    "all alike": changed(PLAIN, lambda c: Counts(1000, 50, 10.0, 5.0, 100.0)),
}
WORLDS = {
    "plain": PLAIN,
    "negative revenue": changed(PLAIN, lambda c: replace(c, revenue=-5.0)),
    "revenue not told": changed(PLAIN, lambda c: replace(c, revenue=None)),
    "duplicate days": TWICE,
    "no spend": changed(PLAIN, lambda c: replace(c, spend=0.0)),
    **BAD_WORLDS,
}
SOURCES = {name: Sources(world) for name, world in WORLDS.items()}
BAD = list(BAD_WORLDS)

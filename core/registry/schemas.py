"""Values that the registry's services hand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Family:
    """Models that answer one question, one for each day of a course on which it is asked.

    ``models`` pairs a day with the name under which its model is registered.
    """

    name: str
    models: tuple[tuple[int, str], ...]

    @property
    def days(self) -> tuple[int, ...]:
        """The days for which there is a model, in order."""
        return tuple(day for day, _ in self.models)

    def model(self, day: int) -> str | None:
        """The name of a day's model; None where there is none."""
        return dict(self.models).get(day)


@dataclass(frozen=True, slots=True)
class RowsUsed:
    """Rows a model was trained or tested on: whose courses, since when, and how many."""

    courses: Sequence[str]
    first_start: date | None
    last_start: date | None
    rows: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the Models page shows it; metrics are of its test set, 0-1 or None."""

    name: str
    version: int
    algorithm: str
    trained_at: datetime
    seed: int
    data_hash: str
    trained_on: RowsUsed
    tested_on: RowsUsed
    metrics: Mapping[str, float | None]
    compared: Mapping[str, Mapping[str, float | None]]
    baselines: Sequence[str]
    audit: Mapping[str, Any] = field(repr=False)
    objections: Sequence[Mapping[str, Any]]
    card: str = field(repr=False)
    is_champion: bool
    has_predecessor: bool
    """Whether rolling back leads to an earlier champion; true of a champion only."""

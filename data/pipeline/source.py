"""What the pipeline must know of a kind of file to import it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Fate(Enum):
    """What becomes of the rows of a source."""

    ADDED = "added"  # performance that is added up
    DESCRIBES = "describes"  # names, types and states of campaigns, without spend
    SET_ASIDE = "set aside"  # restates or details what another file reports


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """One kind of file, told by its columns.

    ``texts`` and ``numbers`` give for our columns the file's columns they come from;
    ``constants`` are ours where the file is silent. A column of the file that is neither
    named here, nor in ``ignored``, nor a measure by its name, is a dimension of its rows.
    ``scale`` holds factors of numbers that are not in whole units.
    """

    name: str
    title: str  # marked for translation
    recognised_by: tuple[str, ...]
    fate: Fate = Fate.ADDED
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    scale: dict[str, Decimal] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    types: dict[str, str] = field(default_factory=dict)  # the source's word → campaign type
    reason: str = ""  # why its rows are set aside, marked for translation

    def missing(self, columns: frozenset[str]) -> list[str]:
        """The columns it is recognised by that a file lacks, in their order."""
        return [name for name in self.recognised_by if name not in columns]

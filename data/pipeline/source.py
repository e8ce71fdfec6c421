"""What the pipeline must know of a kind of file to import it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from data.pipeline.headings import fold, without_currency
from data.pipeline.kinds import CAMPAIGN_DAYS, Kind

NEEDED = frozenset({"clicks", "impressions", "spend"})  # other figures may be unknown


class Fate(Enum):
    """What becomes of the rows of a source."""

    ADDED = "added"  # figures that are kept and added up
    DESCRIBES = "describes"  # names, types and states of campaigns, without spend
    SET_ASIDE = "set aside"  # restates or details what another file reports


@dataclass(frozen=True, eq=False, slots=True)
class Source:
    """One kind of file, told by its columns.

    ``texts`` and ``numbers`` give for our columns the file's columns they come from;
    ``constants`` are ours where the file is silent. A column of the file that is neither
    named here, nor in ``ignored``, nor a measure by its name, is a dimension of its rows.
    ``scale`` holds factors of numbers that are not in whole units.

    A source that people export themselves is ``written_by_hand``: its headings come in
    several languages and spellings (``aliases``: of a column named here, the others, folded),
    its numbers as the exporter's country writes them, its totals among the rows. Only its
    ``breakdowns`` are dimensions. It has one of the columns that it is ``marked_by``, if any
    are named, and none that it is ``refused_with``.
    """

    name: str
    title: str  # marked for translation
    recognised_by: tuple[str, ...]
    fate: Fate = Fate.ADDED
    kind: Kind = CAMPAIGN_DAYS
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    scale: dict[str, Decimal] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    types: dict[str, str] = field(default_factory=dict)  # the source's word → campaign type
    reason: str = ""  # why its rows are set aside, marked for translation
    lacks: str = ""  # what such a file does not tell, marked for translation
    needs: frozenset[str] = NEEDED  # numbers that every row must have
    written_by_hand: bool = False
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    breakdowns: tuple[str, ...] = ()
    marked_by: tuple[str, ...] = ()
    refused_with: tuple[str, ...] = ()
    names_campaigns_elsewhere: bool = False  # its campaigns may be those of other reports
    blank_campaign_is_total: bool = False

    def missing(self, columns: Iterable[str]) -> list[str]:
        """The columns it is recognised by that a file lacks, in their order."""
        given = tuple(columns)
        return [name for name in self.recognised_by if self.find(name, given) is None]

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether a file with these columns is one of this kind."""
        given = tuple(columns)
        if self.missing(given) or any(self.find(name, given) for name in self.refused_with):
            return False
        folded = {fold(column) for column in given}
        return not self.marked_by or any(fold(name) in folded for name in self.marked_by)

    def find(self, name: str, columns: tuple[str, ...]) -> str | None:
        """The file's column that is meant by ``name``: itself, or else its first alias."""
        if name in columns or not self.written_by_hand:
            return name if name in columns else None
        folded = {without_currency(column)[0]: column for column in reversed(columns)}
        folded |= {fold(column): column for column in reversed(columns)}
        for alias in (name, *self.aliases.get(name, ())):
            if fold(alias) in folded:
                return folded[fold(alias)]
        return None

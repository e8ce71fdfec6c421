"""What differs between two documents: paragraph by paragraph, and word by word within one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.documents import repository
from core.documents.kept_assignment import composed_again
from core.documents.model import Block, DocumentModel, Table, block_texts

_ALIKE = 0.4  # of their words, from which a paragraph was changed and not replaced
# Comparing costs the product of two lengths: longer paragraphs are told whole.
_MOST_WORDS = 2_000
_AHEAD = 20  # paragraphs that are looked through for one that is alike


class Kind(StrEnum):
    """What became of a paragraph or of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph or row of a table, and the title of the section it stands in."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came, parted by single spaces."""

    kind: Kind  # never changed
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one paragraph; one that changed has several runs, any other has one."""

    kind: Kind
    place: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents, the older one first, and every paragraph of the two in reading order."""

    first_id: int
    second_id: int
    changes: tuple[Change, ...]

    def count(self, kind: Kind) -> int:
        """How many paragraphs this became of."""
        return sum(change.kind is kind for change in self.changes)


def compare_documents(session: Session, principal: Principal, one: int, other: int) -> Comparison:
    """How the newer of two documents differs from the older.

    Raises ``NotFound`` unless the person may see both, and
    :class:`~core.documents.errors.MadeBeforeKeeping` for one of an older version.
    """
    principal.require(Area.DOCUMENT_HISTORY)
    first, second = (
        repository.document(session, principal, document_id) for document_id in sorted((one, other))
    )
    told = [paragraphs(composed_again(row).model) for row in (first, second)]
    return Comparison(first.id, second.id, compare(*told))


def paragraphs(model: DocumentModel) -> list[Told]:
    """Everything a reader sees, a piece for each paragraph and each row of a table."""
    titles = [Told(model.title, text) for text in (model.title, *model.subtitle)]
    for section in model.sections:
        place = section.title or model.title
        texts = [section.title, *(text for block in section.blocks for text in _lines(block))]
        titles += [Told(place, text) for text in texts]
    return [Told(one.place, text) for one in titles if (text := " ".join(one.text.split()))]


def compare(first: Sequence[Told], second: Sequence[Told]) -> tuple[Change, ...]:
    """What became of each paragraph; those that stayed are told too."""
    matcher = SequenceMatcher(
        None, [one.text for one in first], [one.text for one in second], autojunk=False
    )
    changes: list[Change] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            changes += [_whole(Kind.SAME, one) for one in second[k:m]]
        else:
            changes += _replaced(first[i:j], second[k:m])
    return tuple(changes)


def runs_of(before: str, after: str) -> tuple[Run, ...]:
    """The words of two paragraphs as runs that stayed, went and came."""
    old, new = before.split(), after.split()
    runs: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(Kind.SAME, " ".join(old[i:j])))
            continue
        if i < j:
            runs.append(Run(Kind.REMOVED, " ".join(old[i:j])))
        if k < m:
            runs.append(Run(Kind.ADDED, " ".join(new[k:m])))
    return tuple(runs)


def _replaced(before: Sequence[Told], after: Sequence[Told]) -> Iterator[Change]:
    """Paragraphs in place of others: each new one beside the next old one that is like it."""
    old = [one.text.split() for one in before]
    waiting = 0
    for new in after:
        words = new.text.split()
        near = range(waiting, min(waiting + _AHEAD, len(old)))
        alike = next((at for at in near if _is_like(old[at], words)), None)
        if alike is None:
            yield _whole(Kind.ADDED, new)
            continue
        yield from (_whole(Kind.REMOVED, one) for one in before[waiting:alike])
        yield Change(Kind.CHANGED, new.place, runs_of(before[alike].text, new.text))
        waiting = alike + 1
    yield from (_whole(Kind.REMOVED, one) for one in before[waiting:])


def _is_like(before: Sequence[str], after: Sequence[str]) -> bool:
    if max(len(before), len(after)) > _MOST_WORDS:
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # The quick ones are upper bounds, so that most pairs cost next to nothing.
    measures = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(measure() >= _ALIKE for measure in measures)


def _whole(kind: Kind, one: Told) -> Change:
    return Change(kind, one.place, (Run(kind, one.text),))


def _lines(block: Block) -> Iterator[str]:
    """A block's paragraphs; a row of a table is one, its cells parted by dots."""
    if not isinstance(block, Table):
        yield from block_texts(block)
        return
    yield " · ".join(column.title for column in block.columns)
    yield from (" · ".join(cell for cell in row if cell) for row in block.rows)

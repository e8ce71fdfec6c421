"""Whether a document agrees with itself: its days, its names, its sections."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from core.documents.model import DocumentModel, PageBreak, block_texts
from core.documents.schemas import Suggestion, Variable, VariableKind
from core.i18n import mark

SAME_PARTY = 0.8  # likeness of two spellings, 0–1, from which they name one party
_SHORTEST = 6  # signs; shorter names are too like ordinary words
_PARTIES = frozenset({"organisation", "client_organisation", "client_name", "provider_name"})
_WORD = re.compile(r"[^\W_]+(?:[&'’.-][^\W_]+)*|&")


def disagreements(
    model: DocumentModel, variables: Sequence[Variable], values: Mapping[str, Any]
) -> list[Suggestion]:
    """What contradicts itself or was left empty, each with the place or the words in question."""
    return [
        *(
            Suggestion(mark("The end is before the start: mend one of the two days."), name)
            for name in days_backwards(values)
        ),
        *(
            Suggestion(mark("Two names for one party: write it the same everywhere."), written)
            for written in other_spellings(model, party_names(variables, values))
        ),
        *(
            Suggestion(mark("The section is empty: fill in what it is made from."), name)
            for name in empty_sections(model)
        ),
    ]


def days_backwards(values: Mapping[str, Any], name: str = "ends_on") -> Iterator[str]:
    """The names of values that end before they start; days are ISO dates."""
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end < start:
        yield name
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from days_backwards(value, key)


def party_names(variables: Sequence[Variable], values: Mapping[str, Any]) -> list[str]:
    """The organisations and persons that the form names."""
    named: list[str] = []
    for variable in variables:
        value = values.get(variable.name)
        if variable.kind is VariableKind.PERSON and isinstance(value, Mapping):
            named.append(value["name"])
        elif variable.name in _PARTIES and isinstance(value, str):
            named.append(value)
    return named


def other_spellings(model: DocumentModel, names: Sequence[str]) -> list[str]:
    """Words of the text that are nearly, and not quite, the name of a party, each once."""
    parties = [_words(name) for name in names if len(name) >= _SHORTEST]
    known = {tuple(one) for one in parties}
    found: dict[str, None] = {}
    for place, text in model.texts():
        words = _words(text) if place != "sources" else []
        for party in parties:
            for at in range(len(words) - len(party) + 1):
                window = words[at : at + len(party)]
                if tuple(window) not in known and _is_like(window, party):
                    found[" ".join(window)] = None
    return list(found)


def empty_sections(model: DocumentModel) -> list[str]:
    """Sections that have a heading and say nothing under it."""
    return [section.name for section in model.sections if not any(map(_says, section.blocks))]


def _says(block: Any) -> bool:
    return not isinstance(block, PageBreak) and any(text.strip() for text in block_texts(block))


def _words(text: str) -> list[str]:
    return [re.sub(r"['’]s$", "", word) for word in _WORD.findall(text)]


def _is_like(window: Sequence[str], party: Sequence[str]) -> bool:
    """Whether both are written as names and read alike; capitals alone make no other name."""
    if window[0][:1] != party[0][:1] or window[-1][:1].isupper() != party[-1][:1].isupper():
        return False
    one, other = " ".join(window).casefold(), " ".join(party).casefold()
    return one != other and SequenceMatcher(None, one, other).ratio() >= SAME_PARTY

"""Words that no dictionary knows, by Hunspell in English (both shores) and Spanish.

Names, codes and whatever a short field of the form holds are not looked up: a dictionary
cannot know them. Dictionaries are loaded at first use, in about a tenth of a second each.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from core.documents.model import DocumentModel
from core.documents.schemas import Variable, VariableKind

_FOLDER = Path(__file__).parent / "dictionaries"
_BUNDLED = "en_US"  # comes with the package, the others are beside this file
_DICTIONARIES = {"en": ("en_GB", _BUNDLED), "es": ("es",)}
_LETTERS = {"en": "esianrtolcdugmphbyfvkwzjxq", "es": "aeroinsctldumpbgfvhzóíjáqéñxyúükw"}
_TRADE = frozenset(
    {"retargeting", "remarketing", "onboarding", "dashboard", "dashboards", "online"}
)
_PROSE = (VariableKind.LONG_TEXT, VariableKind.LIST, VariableKind.TABLE)
_ADDRESS = re.compile(r"\S+@\S+|\w+://\S+|www\.\S+|\S*[\w-]\.[a-z]{2,}\b/?\S*")
_WORD = re.compile(r"(?<![\w{\[])[^\W_]+(?:['’-][^\W_]+)*(?![\w}\]])")
_PROPOSED = 12  # words of a document for which a nearest one is sought
_LONGEST = 30  # letters; a longer one is a code


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word no dictionary knows, where it stands, and the nearest one; empty without."""

    word: str
    place: str  # the sentence around it
    better: str


def misspellings(model: DocumentModel, own_words: Iterable[str]) -> tuple[list[Misspelling], int]:
    """Each unknown word once, and how many words were looked up; ``own_words`` are texts."""
    own = {word.casefold() for text in own_words for word in _words_of(text)} | _TRADE
    found: dict[str, Misspelling] = {}
    count = 0
    for section, text in model.texts():
        if section == "sources":
            continue
        for word, at in _looked_up(text):
            count += 1
            if word not in found and not _is_own(word, own) and not knows(word, model.language):
                around = text[max(0, at - 60) : at + len(word) + 60]
                better = nearest(word, model.language) if len(found) < _PROPOSED else ""
                found[word] = Misspelling(word, around, better)
    return list(found.values()), count


def own_words(
    variables: Sequence[Variable], values: Mapping[str, Any], others: Iterable[str]
) -> list[str]:
    """What is a name to the dictionary: short fields of the form, and ``others``."""
    prose = {one.name for one in variables if one.kind in _PROSE}
    return [*others, *_strings(value for name, value in values.items() if name not in prose)]


@lru_cache(maxsize=50_000)
def knows(word: str, language: str) -> bool:
    """Whether a dictionary of the language has the word, or each part of one with hyphens."""
    word = word.replace("’", "'")
    if any(dictionary.spell(word) for dictionary in _dictionaries(language)):
        return True
    parts = [part for part in word.split("-") if part]
    return len(parts) > 1 and all(knows(part, language) for part in parts)


@lru_cache(maxsize=5_000)
def nearest(word: str, language: str) -> str:
    """A word of the dictionary one slip away; empty for none.

    Hunspell's own proposals reach further and take some 150 ms a word, which a page that
    checks while somebody types cannot spend.
    """
    for near in _one_slip_away(word, _LETTERS[language]):
        if any(dictionary.spell(near) for dictionary in _dictionaries(language)):
            return near
    return ""


def _one_slip_away(word: str, letters: str) -> Iterator[str]:
    """Two letters swapped, an accent, one letter too many, a wrong one, one too few."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    accents = str.maketrans("aeioun", "áéíóúñ")
    yield from (a + b[0].translate(accents) + b[1:] for a, b in cuts if b)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b[1:] for a, b in cuts[1:] if b for letter in letters)
    yield from (a + letter + b for a, b in cuts for letter in letters)


def _looked_up(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text that a dictionary is asked for, and where each begins.

    A word with a capital is taken for a name or a code and left alone, also where it begins
    a sentence.
    """
    plain = _ADDRESS.sub(lambda found: " " * len(found.group()), text)
    for match in _WORD.finditer(plain):
        word = match.group()
        if len(word) < 3 or len(word) > _LONGEST or any(char.isdigit() for char in word):
            continue
        if word.islower():
            yield word, match.start()


def _words_of(text: str) -> list[str]:
    return [part for word in _WORD.findall(text) for part in (word, *re.split(r"['’-]", word))]


def _is_own(word: str, own: set[str]) -> bool:
    stem = re.sub(r"['’]s$", "", word).casefold()
    return word.casefold() in own or stem in own


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield from _strings(value.values())
        elif isinstance(value, list | tuple):
            yield from _strings(value)
        elif isinstance(value, str):
            yield value


@cache
def _dictionaries(language: str) -> tuple[Any, ...]:
    """The language's dictionaries, loaded once a process, and only where a text is checked."""
    from hunspell import Hunspell

    return tuple(
        Hunspell(name) if name == _BUNDLED else Hunspell(name, hunspell_data_dir=str(_FOLDER))
        for name in _DICTIONARIES[language]
    )

"""How easily a text reads: Flesch in English, Fernández-Huerta in Spanish.

Flesch, "A new readability yardstick", 1948; Fernández Huerta, "Medidas sencillas de
lecturabilidad", 1959. Both run from about 0 (hard) to 100 (easy).
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE = re.compile(r"[.!?]+[\s\"”’)]|\n+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SOUNDED = re.compile(r"[td]ed$|[sxz]es$|ches$|shes$")
_SPANISH_NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuüy]?(?![aeoáéóíú])|[iuü]?[aeoáéó]|[íú]|[iuüy]+")
SHORTEST_WORDS = 3  # of a sentence; less is a label


def reading_ease(text: str, language: str) -> float | None:
    """The ease of a text, 0 to 100 and a little beyond; ``None`` for a text without sentences."""
    sentences = [one for one in _SENTENCE.split(text) if len(one.split()) >= SHORTEST_WORDS]
    words = _WORD.findall(text)
    if not sentences or not words:
        return None
    long = len(words) / len(sentences)
    if language == "es":
        return 206.84 - 60 * sum(map(spanish_syllables, words)) / len(words) - 1.02 * long
    return 206.835 - 84.6 * sum(map(english_syllables, words)) / len(words) - 1.015 * long


def english_syllables(word: str) -> int:
    """Groups of vowels, less a silent e; at least one."""
    word = word.casefold()
    count = len(_ENGLISH_VOWELS.findall(word))
    is_silent = word.endswith("e") and not word.endswith("le")
    is_ending = word.endswith(("es", "ed")) and not _SOUNDED.search(word)
    return max(count - (is_silent or is_ending), 1)


def spanish_syllables(word: str) -> int:
    """Vowels that carry a syllable: two strong ones, or an accented weak one, are apart."""
    word = re.sub(r"([gq])u(?=[eiéí])", r"\1", word.casefold())
    return max(len(_SPANISH_NUCLEUS.findall(word)), 1)

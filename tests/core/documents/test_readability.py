"""Reading ease: syllables of both languages, and the order of texts of known levels."""

import os
from pathlib import Path

import pytest

from core.documents.readability import english_syllables, reading_ease, spanish_syllables

LEVELS = Path(
    os.environ.get("ONESTOP_DIR", Path(__file__).parents[4] / "shared" / "data" / "onestop")
)


@pytest.mark.parametrize(
    ("word", "count"), [("casa", 2), ("país", 2), ("aéreo", 4), ("guerra", 2), ("construcción", 3)]
)
def test_spanish_syllables_are_counted(word: str, count: int) -> None:
    assert count == spanish_syllables(word)


@pytest.mark.parametrize(
    ("word", "count"), [("cake", 1), ("table", 2), ("wanted", 2), ("moved", 1), ("the", 1)]
)
def test_english_syllables_are_counted(word: str, count: int) -> None:
    assert count == english_syllables(word)


def test_plain_words_read_more_easily_than_learned_ones_in_both_languages() -> None:
    for code, plain, learned in (
        (
            "en",
            "The cat sat on the mat.",
            "Organisational considerations necessitate deliberation.",
        ),
        (
            "es",
            "El gato come pan en casa.",
            "Consideraciones organizativas imposibilitan soluciones.",
        ),
    ):
        easy, hard = reading_ease(plain, code), reading_ease(learned, code)
        assert easy is not None
        assert hard is not None
        assert easy > hard + 50


def test_labels_alone_have_no_ease() -> None:
    assert reading_ease("Price", "en") is None


def test_elementary_texts_read_more_easily_than_the_advanced_ones_they_were_made_from() -> None:
    easy = sorted(LEVELS.glob("**/Ele-Txt/*-ele.txt"))
    pairs = [
        (one, Path(str(one).replace("Ele-Txt", "Adv-Txt").replace("-ele.", "-adv.")))
        for one in easy
    ]
    both = [[ease_of(one) for one in pair] for pair in pairs if pair[1].is_file()]
    if not both:
        pytest.skip("the OneStopEnglish texts are not at hand (ONESTOP_DIR)")
    right = sum(elementary > advanced for elementary, advanced in both)
    assert right / len(both) >= 0.98


def ease_of(file: Path) -> float:
    ease = reading_ease(file.read_text(encoding="utf-8-sig", errors="replace"), "en")
    assert ease is not None
    return ease

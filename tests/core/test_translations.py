"""Every sentence a person may read exists in Spanish, placeholders and all; none is left over."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from jinja2.ext import babel_extract

from core.i18n import LANGUAGES, catalog

ROOT = Path(__file__).parents[2]
SOURCES = ("app.py", "manage.py", "wiring.py", "core", "data", "components", "pages", "api")
KEYWORDS = {"t": None, "mark": None, "plural": (1, 2)}

Message = str | tuple[str, ...]


def python_files() -> list[Path]:
    named = [ROOT / source for source in SOURCES]
    files = [file for path in named for file in ([path] if path.is_file() else path.rglob("*.py"))]
    return [file for file in files if "migrations" not in file.parts]


def messages() -> dict[Message, str]:
    """Each message and one place where it stands."""
    found: dict[Message, str] = {}
    for path in python_files():
        with path.open("rb") as file:
            for line, message, *_ in extract("python", file, keywords=KEYWORDS):
                found[message] = f"{path.relative_to(ROOT)}:{line}"
    for path in ROOT.glob("api/templates/**/*.html"):
        with path.open("rb") as file:
            for line, _, message, _ in babel_extract(file, ("t",), (), {}):
                found[message] = f"{path.relative_to(ROOT)}:{line}"
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(value: Message) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated(code: str) -> None:
    translated = catalog(code)
    untranslated = [
        f"{place}: {message!r}"
        for message, place in messages().items()
        if (entry := translated.get(forms(message)[0])) is None
        or not all(forms(entry.string))
        or entry.fuzzy
    ]
    assert untranslated == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_translations_keep_the_placeholders(code: str) -> None:
    broken = [
        entry.id
        for entry in catalog(code)
        if entry.id
        for form in forms(entry.string)
        if placeholders(form) - {"n"} != placeholders(forms(entry.id)[-1]) - {"n"}
    ]
    assert broken == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_translation_is_left_over(code: str) -> None:
    used = {forms(message)[0] for message in messages()}
    left_over = [entry.id for entry in catalog(code) if entry.id and forms(entry.id)[0] not in used]
    assert left_over == []


def literal_sentences(path: Path) -> Iterator[str]:
    """Literal words handed to Streamlit itself, past the translation."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        named = [k.value for k in node.keywords if k.arg in ("help", "label", "alt")]
        labels = node.args[:1] + named
        if getattr(node.func.value, "id", "") == "st" and node.func.attr != "session_state":
            for label in labels:
                if isinstance(label, ast.Constant) and re.search("[A-Za-z]{2}", str(label.value)):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {label.value!r}"


def test_pages_hand_streamlit_no_untranslated_words() -> None:
    not_words = re.compile(r"/|switch_page|query_params")
    found = [
        sentence
        for folder in ("pages", "components")
        for path in (ROOT / folder).rglob("*.py")
        for sentence in literal_sentences(path)
        if not not_words.search(sentence.split(" ", 1)[1])
    ]
    assert found == []

"""Every sentence a person may read exists in Spanish, placeholders and all; none is left over."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from core.i18n import LANGUAGES, catalog

ROOT = Path(__file__).parents[2]
SOURCES = ("app.py", "manage.py", "wiring.py", "core", "data", "ml", "components", "pages", "api")

# Streamlit's functions whose first argument is a key or an option and never shown.
TAKE_A_NAME = {"form", "feedback", "get_option"}

Message = str | tuple[str, ...]


def python_files() -> list[Path]:
    named = [ROOT / source for source in SOURCES]
    files = [file for path in named for file in ([path] if path.is_file() else path.rglob("*.py"))]
    return [file for file in files if "migrations" not in file.parts]


def spoken(path: Path) -> Iterator[tuple[int, Message]]:
    """Each line and message of a Python file, however deep the calls are nested."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if name in ("t", "mark") and texts[:1] and isinstance(texts[0], str):
                yield node.lineno, texts[0]
            elif name == "plural" and len(texts) >= 2:
                yield node.lineno, (texts[0], texts[1])


def messages() -> dict[Message, str]:
    """Each message and one place where it stands."""
    found: dict[Message, str] = {}
    for path in python_files():
        for line, message in spoken(path):
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
        if getattr(node.func.value, "id", "") == "st" and node.func.attr not in TAKE_A_NAME:
            for label in labels:
                if isinstance(label, ast.Constant) and re.search("[A-Za-z]{2}", str(label.value)):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {label.value!r}"


def test_pages_hand_streamlit_no_untranslated_words() -> None:
    found = [
        sentence
        for folder in ("pages", "components")
        for path in (ROOT / folder).rglob("*.py")
        for sentence in literal_sentences(path)
    ]
    assert found == []

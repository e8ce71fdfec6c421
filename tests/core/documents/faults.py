"""Puts one fault at a time into a finished document, knowing nothing of how it is checked."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from core.documents import quality
from core.documents.drafts import Draft
from core.documents.model import DocumentModel, Paragraph, Section
from tests.core.documents.made import TEMPLATES, example

Put = Callable[[str], DocumentModel]


@dataclass(frozen=True)
class Spoiled:
    model: DocumentModel
    values: dict[str, Any]


def told(model: DocumentModel, sentence: str, rng: random.Random) -> DocumentModel:
    """The document with one more sentence in one of its sections."""
    at = rng.randrange(len(model.sections))
    spoiled = [
        replace(one, blocks=(*one.blocks, Paragraph(sentence))) if number == at else one
        for number, one in enumerate(model.sections)
        if one.name != "sources"
    ]
    if at >= len(spoiled):
        spoiled.append(Section("more", "", (Paragraph(sentence),)))
    return replace(model, sections=tuple(spoiled))


def missing_variable(slug: str, one: Spoiled, rng: random.Random) -> Spoiled:
    names = [v.name for v in TEMPLATES[slug].variables if v.required]
    return replace(one, values=one.values | {rng.choice(names): None})


def placeholder(slug: str, one: Spoiled, rng: random.Random) -> Spoiled:
    blank = rng.choice(["{{ customer.name }}", "[AMOUNT]", "{price}", "TBD", "[TODO]"])
    return replace(one, model=told(one.model, f"Total {blank}", rng))


def ungrounded_figure(slug: str, one: Spoiled, rng: random.Random) -> Spoiled:
    invented = rng.randrange(7_000_000, 9_000_000) * 10 + 7
    return replace(one, model=told(one.model, f"= {invented}", rng))


def empty_section(slug: str, one: Spoiled, rng: random.Random) -> Spoiled:
    sections = list(one.model.sections)
    at = rng.randrange(len(sections))
    sections[at] = replace(sections[at], blocks=())
    return replace(one, model=replace(one.model, sections=tuple(sections)))


def two_names(slug: str, one: Spoiled, rng: random.Random) -> Spoiled | None:
    """One letter of an organisation's name left out, as a hurried hand does."""
    kept = ("organisation", "client_organisation", "client_name", "provider_name")
    names = [one.values[key] for key in kept if isinstance(one.values.get(key), str)]
    if not names:
        return None
    name = rng.choice(names)
    at = rng.choice([i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()])
    return replace(one, model=told(one.model, name[:at] + name[at + 1 :], rng))


def date_before_start(slug: str, one: Spoiled, rng: random.Random) -> Spoiled | None:
    if not one.values.get("starts_on") or "ends_on" not in one.values:
        return None
    return replace(one, values=one.values | {"ends_on": f"20{rng.randrange(10, 20)}-05-17"})


def misspelling(slug: str, one: Spoiled, rng: random.Random) -> Spoiled | None:
    """A letter left out, doubled or swapped with the next, in a word of the running text."""
    places = _in_prose(one.model, r"(?<![\w@.-])[a-záéíóúñü]{6,}(?![\w@.-])")
    if not places:
        return None
    word, put = rng.choice(places)
    at = rng.randrange(1, len(word) - 1)
    hurried = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
    ]
    return replace(one, model=put(rng.choice([other for other in hurried if other != word])))


def wrong_amount(slug: str, one: Spoiled, rng: random.Random) -> Spoiled | None:
    """One digit of a number in the running text is another one."""
    places = _in_prose(one.model, r"(?<![\w.,-])\d[\d.,]{2,}\d(?![\w-])")
    if not places:
        return None
    number, put = rng.choice(places)
    at = rng.choice([i for i, sign in enumerate(number) if sign.isdigit()])
    digit = rng.choice([sign for sign in "123456789" if sign != number[at]])
    return replace(one, model=put(number[:at] + digit + number[at + 1 :]))


def _in_prose(model: DocumentModel, what: str) -> list[tuple[str, Put]]:
    """What matches in paragraphs outside the sources, and how to put something in its place."""
    return [
        (match.group(), partial(_put, model, (number, place), match))
        for number, section in enumerate(model.sections)
        if section.name != "sources"
        for place, block in enumerate(section.blocks)
        if isinstance(block, Paragraph)
        for match in re.finditer(what, block.text)
    ]


def _put(
    model: DocumentModel, where: tuple[int, int], match: re.Match[str], text: str
) -> DocumentModel:
    sections = list(model.sections)
    number, place = where
    blocks = list(sections[number].blocks)
    changed = match.string[: match.start()] + text + match.string[match.end() :]
    blocks[place] = replace(blocks[place], text=changed)
    sections[number] = replace(sections[number], blocks=tuple(blocks))
    return replace(model, sections=tuple(sections))


FAULTS: dict[str, Callable[[str, Spoiled, random.Random], Spoiled | None]] = {
    one.__name__: one
    for one in (
        missing_variable,
        placeholder,
        ungrounded_figure,
        empty_section,
        two_names,
        date_before_start,
        misspelling,
        wrong_amount,
    )
}


def alarms(slug: str, draft: Draft, spoiled: Spoiled) -> set[str]:
    """What the product says of the document, save that a sentence is long."""
    template = TEMPLATES[slug]
    document = quality.examined(
        spoiled.model, draft.ledger, template.variables, spoiled.values, template.sections
    )
    advice = quality.suggestions(document)
    said = {
        f"{one.text} {one.word or one.place}"
        for one in advice
        if not one.text.startswith("Shorten")
    }
    said |= {f"{gate.code} {gate.data}" for gate in quality.closed_gates(document)}
    if quality.completeness(document) < 1:
        said.add("incomplete")
    return said


def tried(rounds: int, seed: int) -> tuple[dict[str, list[bool]], list[bool]]:
    """For each fault whether it was found, and for each clean document whether it alarmed."""
    rng = random.Random(seed)
    found: dict[str, list[bool]] = {name: [] for name in FAULTS}
    false: list[bool] = []
    for slug in TEMPLATES:
        for code in ("en", "es"):
            draft, form = example(slug, code)
            clean = Spoiled(draft.model, dict(form))
            before = alarms(slug, draft, clean)
            false.append(bool(before))
            for _ in range(rounds):
                for name, spoil in FAULTS.items():
                    spoiled = spoil(slug, clean, rng)
                    if spoiled is not None:
                        found[name].append(bool(alarms(slug, draft, spoiled) - before))
    return found, false

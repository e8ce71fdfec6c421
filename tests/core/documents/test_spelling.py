from dataclasses import replace

import pytest

from core.documents import quality
from core.documents.model import DocumentModel, Section
from core.documents.model import Paragraph as Text
from core.documents.spelling import knows, misspellings, nearest
from tests.core.documents.made import TEMPLATES, example


def saying(text: str, code: str = "en") -> DocumentModel:
    model = example("follow-up-email", code)[0].model
    return replace(model, title="", subtitle=(), sections=(Section("body", "", (Text(text),)),))


def unknown(text: str, code: str = "en", own: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(one.word, one.better) for one in misspellings(saying(text, code), own)[0]]


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("we recieved the bugdet", "en", [("recieved", "received"), ("bugdet", "budget")]),
        ("la facturacion del presupuetso", "es",
         [("facturacion", "facturación"), ("presupuetso", "presupuesto")]),
        ("the colour and the color of an organisation’s well-known programme", "en", []),
        ("thier thier", "en", [("thier", "their")]),
    ],
)  # fmt: skip
def test_a_misspelling_is_told_once_with_the_nearest_word(
    text: str, code: str, found: list[tuple[str, str]]
) -> None:
    assert found == unknown(text, code)


@pytest.mark.parametrize(
    "text",
    [
        "ask Xqvist about ROASx and the SKU ab12cd",
        "write to jo@exmaple.org or see www.exmaple.org/pgae and exmaple.com",
        "the blank {custmer} stays for another gate",
    ],
)
def test_names_codes_and_addresses_are_not_looked_up(text: str) -> None:
    assert [] == unknown(text)


def test_what_a_short_field_holds_is_no_misspelling() -> None:
    assert [("knitwaer", "knitwear")] == unknown("our knitwaer")
    assert [] == unknown("our knitwaer's season", own=("Knitwaer 2026",))


def test_a_word_of_the_other_language_is_unknown_to_this_one() -> None:
    assert knows("presupuesto", "es")
    assert not knows("presupuesto", "en")
    assert "" == nearest("zzqzzqzzq", "en")


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_misspelling_typed_into_a_long_field_costs_score_and_is_suggested(code: str) -> None:
    typed, word, better = {
        "en": ("We wrok quietly.", "wrok", "work"),
        "es": ("El presupuetso cambia.", "presupuetso", "presupuesto"),
    }[code]
    slug = "campaign-report"
    template = TEMPLATES[slug]
    draft, form = example(slug, code, remarks=typed)
    document = quality.examined(
        draft.model, draft.ledger, template.variables, form, template.sections
    )
    assert quality.language(document) < 1
    assert [(word, better)] == [(one.word, one.better) for one in quality.misspelt(document)]

"""Faults put into finished documents of every template are found, clean ones raise none."""

from dataclasses import replace

import pytest

from core.documents.consistency import days_backwards, empty_sections, other_spellings
from core.documents.model import DocumentModel
from tests.core.documents.faults import tried
from tests.core.documents.made import example

LEAST_CAUGHT, MOST_FALSE = 0.95, 0.03


def model_of(slug: str, code: str) -> DocumentModel:
    return example(slug, code)[0].model


def test_faults_put_into_every_template_are_found_and_clean_ones_raise_no_alarm() -> None:
    found, false = tried(rounds=2, seed=6)
    assert sum(map(len, found.values())) >= 200
    for name, caught in found.items():
        print(f"{name}: {sum(caught)} of {len(caught)} found")
    assert sum(false) / len(false) <= MOST_FALSE
    for name, caught in found.items():
        assert sum(caught) / len(caught) >= LEAST_CAUGHT, (name, caught)


@pytest.mark.parametrize("written", ["Harbor Bakery", "Harbour Bakry", "Harbour Bakerys"])
def test_another_spelling_of_a_party_is_found(written: str) -> None:
    model = model_of("business-plan", "en")
    renamed = replace(model, title=f"A plan of {written}")
    assert [written] == other_spellings(renamed, ["Harbour Bakery"])


def test_a_genitive_and_another_party_are_no_other_spelling() -> None:
    model = model_of("business-plan", "en")
    renamed = replace(model, title="Harbour Bakery's plan with Harbour Bakers")
    assert [] == other_spellings(renamed, ["Harbour Bakery", "Harbour Bakers"])


def test_days_are_compared_inside_a_course_too() -> None:
    course = {"title": "Ohm", "starts_on": "2026-10-02", "ends_on": "2026-10-01"}
    assert ["course"] == list(days_backwards({"course": course}))
    assert [] == list(days_backwards({"starts_on": "2026-10-01", "ends_on": "2026-10-01"}))


def test_a_clean_document_has_no_empty_section() -> None:
    assert [] == empty_sections(model_of("service-contract", "es"))

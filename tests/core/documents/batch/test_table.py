from typing import Any

import pytest

from core.documents.batch.errors import TableNotFitting, TooManyRows
from core.documents.batch.table import MOST_ROWS, Row, blank, described, read
from core.documents.form import check
from core.i18n import language
from core.spreadsheet_text import UnreadableTable
from tests.core.documents.batch.rows import LETTER, cells, letters, table
from tests.core.documents.examples import EXAMPLES
from tests.core.documents.made import TEMPLATES

VARIABLES = TEMPLATES[LETTER].variables
EN, ES = language("en"), language("es")
CONTRACT = TEMPLATES["service-contract"].variables


def rows_of(data: bytes, variables: Any = VARIABLES, t: Any = EN) -> list[Row]:
    return list(read(data, variables, "en", t).checked(t))


@pytest.mark.parametrize("slug", TEMPLATES)
@pytest.mark.parametrize("code", ["en", "es"])
def test_a_row_holds_what_the_form_of_any_template_holds(slug: str, code: str) -> None:
    variables, form = TEMPLATES[slug].variables, EXAMPLES[slug][code]
    (row,) = rows_of(table([cells(variables, form)]), variables)
    assert ((), check(variables, form)) == (row.faults, row.values)


def test_each_bad_row_is_told_with_its_number_and_the_others_stay() -> None:
    form = cells(CONTRACT, EXAMPLES["service-contract"]["en"])
    bad = form | {"fee": "much", "starts_on": ""}
    good, told, last = rows_of(table([form, bad, form]), CONTRACT)
    assert [2, 3, 4] == [good.number, told.number, last.number]
    assert ((), ()) == (good.faults, last.faults)
    assert {"Fee: this must be a number.", "Contract begins on: please fill this in."} == set(
        told.faults
    )
    assert {} == told.values


def test_faults_are_told_in_spanish() -> None:
    form = cells(CONTRACT, EXAMPLES["service-contract"]["es"])
    (told,) = rows_of(table([form | {"fee": "mucho"}]), CONTRACT, ES)
    assert ("Honorarios: debe ser un número.",) == told.faults


def test_an_unknown_a_doubled_and_a_missing_heading_are_named_together() -> None:
    (row,) = letters(1)
    missing = next(v for v in VARIABLES if v.required and v.name in row and v.name != "title")
    del row[missing.name]
    data = table([row | {"colour": "red"}]).replace(b"title", b"title,title", 1)
    with pytest.raises(TableNotFitting) as refused:
        read(data, VARIABLES, "en", EN)
    told = refused.value.sentence(EN)
    assert "“colour” is no value of this template." in told
    assert "“title” stands there twice." in told
    assert f"“{missing.name}” is missing: {EN(missing.label)}." in told


def test_headings_may_be_the_labels_of_either_language() -> None:
    form = cells(CONTRACT, EXAMPLES["service-contract"]["es"])
    labelled = {ES("Fee") if name == "fee" else name: cell for name, cell in form.items()}
    assert labelled.keys() != form.keys()
    (row,) = rows_of(table([labelled]), CONTRACT)
    assert check(CONTRACT, EXAMPLES["service-contract"]["es"]) == row.values


def test_a_row_says_its_own_language() -> None:
    one, other, wrong = letters(3)
    wanted = [one, other | {"language": "ES"}, wrong | {"language": "fr"}]
    first, second, third = rows_of(table(wanted))
    assert ("en", "es") == (first.language, second.language)
    assert ("Language “fr”: choose one of en, es.",) == third.faults


def test_numbers_count_empty_rows_as_a_spreadsheet_does() -> None:
    head, first, second = table(letters(2)).splitlines(keepends=True)
    rows = rows_of(head + first + b",,,\r\n" + second)
    assert [2, 4] == [row.number for row in rows]


def test_a_decimal_comma_is_read_and_thousands_are_not_guessed() -> None:
    form = cells(CONTRACT, EXAMPLES["service-contract"]["en"])
    comma, thousands = rows_of(table([form | {"fee": "12,50"}, form | {"fee": "1,200"}]), CONTRACT)
    assert "12.50" == comma.values["fee"]
    assert ("Fee: this must be a number.",) == thousands.faults


def test_more_cells_than_headings_are_a_fault_of_the_row() -> None:
    data = table(letters(1)).rstrip(b"\r\n") + b",one more\r\n"
    assert "more cells than headings" in rows_of(data)[0].faults[0]


def test_the_empty_table_has_a_heading_for_everything_that_is_described() -> None:
    heads = blank(CONTRACT).decode("utf-8-sig").strip().split(",")
    assert heads == [name for name, _ in described(CONTRACT, EN)]
    read(blank(CONTRACT), CONTRACT, "en", EN)


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b'"unclosed'])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises((UnreadableTable, TableNotFitting)):
        read(data, VARIABLES, "en", EN)


def test_a_table_of_too_many_rows_is_refused_with_the_limit() -> None:
    data = table(letters(1)) + b"x\r\n" * MOST_ROWS
    with pytest.raises(TooManyRows, match="at most 10000"):
        read(data, VARIABLES, "en", EN)

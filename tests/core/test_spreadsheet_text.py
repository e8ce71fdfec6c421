import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.spreadsheet_text import UnreadableTable, neutral, rows_of, table

CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@example([["", "", ";;;"], ["a", "b", "c"]])
@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    rows[0] = ["Name", "Value", *rows[0][2:]]  # headings say what separates cells
    written = [row for row in rows if any(cell.strip() for cell in row)]

    assert written == rows_of(table(written))
    assert not any(neutral(c)[1:] and neutral(c).startswith(("=", "+", "-", "@")) for c in rows[-1])


def test_a_cell_that_would_be_a_formula_gets_a_quote_before_it() -> None:
    assert ["'=1+1", "'@x", "'-2", "-", "plain", "''=x"] == [
        neutral(one) for one in ("=1+1", "@x", "-2", "-", "plain", "'=x")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_any_usual_encoding_and_separator_are_read(encoding: str, separator: str) -> None:
    text = f"Name{separator}Wert\r\nJosé{separator}1\r\n"

    assert [["Name", "Wert"], ["José", "1"]] == rows_of(text.encode(encoding))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n\0,1\n", b'a,b\n"x\n'])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTable):
        rows_of(data)

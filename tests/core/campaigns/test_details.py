import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.details import (
    BadLine,
    LongLine,
    NameTwice,
    TooManyLines,
    from_lines,
    in_lines,
)
from core.errors import Invalid

MADE = {"source": "site", "within_days": 30, "age": [25, 44]}
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
VALUES = st.one_of(WORDS, st.integers(), st.lists(WORDS, min_size=1, max_size=3))


def test_details_are_a_line_each():
    assert "source: site\nwithin_days: 30\nage: 25, 44" == in_lines(MADE)


def test_what_is_still_written_as_before_stays_a_number_or_a_list():
    text = in_lines(MADE).replace("site", "shop") + "\n\n  interest :  a: b  "

    assert {**MADE, "source": "shop", "interest": "a: b"} == from_lines(text, MADE)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_writing_and_reading_again_changes_nothing(details):
    assert details == from_lines(in_lines(details), details)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("fine: yes\nno colon here", BadLine),
        (": no name", BadLine),
        ("no value:", BadLine),
        ("a: 1\na: 2", NameTwice),
        ("a" * 101 + ": 1", LongLine),
        ("a: " + "1" * 1001, LongLine),
        ("\n".join(f"n{n}: 1" for n in range(51)), TooManyLines),
    ],
)
def test_lines_that_cannot_be_kept_are_refused_with_the_reason(text, error):
    with pytest.raises(Invalid) as raised:
        from_lines(text, {})

    assert error is type(raised.value)

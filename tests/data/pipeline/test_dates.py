from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.pipeline.dates import DateFormat, agreed_format
from data.pipeline.faults import AmbiguousDates, DatesInTwoFormats

PATTERNS = {
    DateFormat.YEAR_FIRST: "%Y-%m-%d",
    DateFormat.COMPACT: "%Y%m%d",
    DateFormat.DAY_FIRST: "%d/%m/%Y",
    DateFormat.MONTH_FIRST: "%m/%d/%Y",
    DateFormat.WORD_FIRST: "%b %d, %Y",
    DateFormat.DAY_THEN_WORD: "%d %B %Y",
}
DAYS = st.lists(st.dates(min_value=date(1995, 1, 1), max_value=date(2099, 12, 31)), min_size=1)


def agree(*texts: str) -> DateFormat:
    return agreed_format(
        [(text, at) for at, text in enumerate(texts, 2)], file="a.csv", column="date"
    )


@given(days=DAYS, form=st.sampled_from(DateFormat))
def test_a_format_is_found_or_refused_and_never_taken_for_another(
    days: list[date], form: DateFormat
) -> None:
    texts = [day.strftime(PATTERNS[form]) for day in days]
    is_clear = form not in (DateFormat.DAY_FIRST, DateFormat.MONTH_FIRST) or any(
        day.day > 12 for day in days
    )
    if is_clear:
        assert form == agree(*texts)
    else:
        with pytest.raises(AmbiguousDates):
            agree(*texts)


def test_texts_that_are_no_dates_decide_nothing() -> None:
    assert DateFormat.YEAR_FIRST == agree("soon", "n/a", "13/13/2025")
    assert DateFormat.DAY_FIRST == agree("soon", "25/01/2025")


@pytest.mark.parametrize(
    ("texts", "value", "row"),
    [
        (("2025-01-05", "05/01/2025"), "05/01/2025", 3),
        (("05/01/2025", "2025-01-05"), "05/01/2025", 2),
        (("20250105", "2025-01-05"), "2025-01-05", 3),
        (("25/01/2025", "01/25/2025"), "01/25/2025", 3),
        (("Jan 5, 2025", "05/02/2025"), "05/02/2025", 3),
        (("5 janv. 2025", "Jan 6, 2025"), "Jan 6, 2025", 3),
    ],
)
def test_the_row_of_the_second_format_is_named(
    texts: tuple[str, ...], value: str, row: int
) -> None:
    with pytest.raises(DatesInTwoFormats) as refused:
        agree(*texts)
    assert (value, row) == (refused.value.data["value"], refused.value.data["row"])


def test_no_dates_at_all_agree_on_the_usual_format() -> None:
    assert DateFormat.YEAR_FIRST == agree()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Jan 5, 2026", DateFormat.WORD_FIRST),
        ("Mon, January 5, 2026", DateFormat.WORD_FIRST),
        ("5 janv. 2026", DateFormat.DAY_THEN_WORD),
        ("lun. 5 janvier 2026", DateFormat.DAY_THEN_WORD),
        ("1er févr. 2026", DateFormat.DAY_THEN_WORD),
        ("5. März 2026", DateFormat.DAY_THEN_WORD),
        ("5 de enero de 2026", DateFormat.DAY_THEN_WORD),
        ("05-Jan-2026", DateFormat.DAY_THEN_WORD),
    ],
)
def test_a_month_may_be_a_word(text: str, form: DateFormat) -> None:
    assert form == agree(text)


def test_a_word_that_is_no_month_makes_no_date() -> None:
    assert DateFormat.YEAR_FIRST == agree("Week 5, 2026", "5 times 2026")

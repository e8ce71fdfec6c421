from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.wording import COMPARISONS, Change, change_of, relative_change

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (110, 100, Change.UP),
        (90, 100, Change.DOWN),
        (101, 100, Change.LEVEL),
        (99, 100, Change.LEVEL),
        (5, 0, Change.FIRST),
        (5, None, Change.FIRST),
        (None, 100, Change.UNKNOWN),
        (0, 100, Change.DOWN),
    ],
)
def test_a_change_is_told_by_its_size(now: int | None, before: int | None, change: Change) -> None:
    assert change is change_of(now, before)


@given(now=AMOUNTS, before=AMOUNTS)
def test_up_and_down_never_contradict_the_figures(now: Decimal, before: Decimal) -> None:
    change = change_of(now, before)
    assert change is not Change.UP or now > before
    assert change is not Change.DOWN or now < before


def test_a_change_from_nothing_has_no_share() -> None:
    assert relative_change(5, 0) is None
    assert relative_change(None, 5) is None


@pytest.mark.parametrize("measure", COMPARISONS)
def test_every_measure_has_a_sentence_for_every_change(measure: str) -> None:
    assert set(Change) == set(COMPARISONS[measure])

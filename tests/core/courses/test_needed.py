from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.courses.needed import needed_to_pass

HALF = Decimal("0.5")


def test_the_open_work_has_to_bring_what_is_missing() -> None:
    found = needed_to_pass([(HALF, Decimal(30)), (HALF, None)], 40)
    assert found is not None
    assert (Decimal(15), HALF, 50) == (found.points, found.open_share, found.average)


def test_a_pass_may_be_sure_or_out_of_reach() -> None:
    sure = needed_to_pass([(HALF, Decimal(90)), (HALF, None)], 40)
    lost = needed_to_pass([(Decimal("0.9"), Decimal(10)), (Decimal("0.1"), None)], 40)
    assert sure is not None
    assert sure.is_sure
    assert lost is not None
    assert lost.is_out_of_reach


def test_nothing_is_needed_where_nothing_is_open() -> None:
    assert needed_to_pass([], 40) is None
    found = needed_to_pass([(Decimal(1), Decimal(10))], 40)
    assert found is not None
    assert found.average is None


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 99))
def test_the_average_asked_for_reaches_the_pass_mark_and_one_less_does_not(
    score: int, pass_mark: int, percent: int
) -> None:
    share = Decimal(percent) / 100
    found = needed_to_pass([(share, Decimal(score)), (1 - share, None)], pass_mark)
    assert found is not None
    assert found.average is not None
    assert found.points + (1 - share) * found.average >= pass_mark
    assert found.average == 0 or found.points + (1 - share) * (found.average - 1) < pass_mark

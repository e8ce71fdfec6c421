"""Which version answers, told by the order of promotions and roll backs."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from core.registry import answering


@dataclass(frozen=True)
class Began:
    version: int
    is_roll_back: bool = False


def back(version: int) -> Began:
    return Began(version, is_roll_back=True)


def test_nothing_answers_at_first() -> None:
    assert (answering.stack([]), answering.champion([])) == ([], None)


def test_rolling_back_twice_leads_two_champions_back() -> None:
    told = [Began(1), Began(2), Began(3), back(2), back(1)]
    assert [answering.champion(told[:count]) for count in range(1, 6)] == [1, 2, 3, 2, 1]


def test_what_was_rolled_back_may_be_promoted_again() -> None:
    assert answering.stack([Began(1), Began(2), back(1), Began(2)]) == [1, 2]


def test_promoting_the_champion_changes_nothing() -> None:
    assert answering.stack([Began(1), Began(1)]) == [1]


@given(st.lists(st.builds(Began, st.integers(1, 4), st.booleans())))
def test_the_last_that_began_answers(told: list[Began]) -> None:
    assert answering.champion(told) == (told[-1].version if told else None)

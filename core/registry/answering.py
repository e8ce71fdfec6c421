"""Which version answers, and which did before: told by the order of promotions."""

from collections.abc import Sequence
from typing import Protocol


class Began(Protocol):
    """That a version began to answer."""

    version: int
    is_roll_back: bool


def stack(promotions: Sequence[Began]) -> list[int]:
    """The champions that a roll back leads through, oldest first; the last one answers.

    Rolling back takes the champion off, so that rolling back again leads one further.
    """
    champions: list[int] = []
    for one in promotions:
        if one.is_roll_back and one.version in champions:
            while champions[-1] != one.version:
                champions.pop()
        elif champions[-1:] != [one.version]:
            champions.append(one.version)
    return champions


def champion(promotions: Sequence[Began]) -> int | None:
    """The version that answers; None before the first promotion."""
    champions = stack(promotions)
    return champions[-1] if champions else None

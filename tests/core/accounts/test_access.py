"""The documented table of who sees what is the one the product decides by."""

from pathlib import Path

import pytest

from core.accounts.access import ACCESS, Area, Principal, Reach, Role
from core.errors import Forbidden

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "access.md"


def documented() -> list[tuple[Area, Role, Reach]]:
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in PAGE.read_text().splitlines()
        if line.startswith("|")
    ]
    roles = [Role(name) for name in rows[0][1:]]
    return [
        (Area(row[0]), role, Reach(cell))
        for row in rows[2:]
        for role, cell in zip(roles, row[1:], strict=True)
    ]


def person(*roles: Role) -> Principal:
    return Principal(1, "Ada", "ada@example.org", frozenset(roles))


def test_the_table_names_every_area_and_every_role() -> None:
    assert {(area, role) for area, role, _ in documented()} == {
        (area, role) for area in Area for role in Role
    }


@pytest.mark.parametrize(("area", "role", "reach"), documented())
def test_each_cell_is_what_the_product_decides(area: Area, role: Role, reach: Reach) -> None:
    expected = frozenset() if reach is Reach.NOTHING else frozenset({reach})
    assert person(role).reaches(area) == expected
    assert person(role).may_open(area) == (reach is not Reach.NOTHING)


@pytest.mark.parametrize("area", Area)
def test_somebody_without_a_role_opens_nothing(area: Area) -> None:
    with pytest.raises(Forbidden):
        person().require(area)


def test_two_roles_reach_what_either_reaches() -> None:
    both = person(Role.INSTRUCTOR, Role.STAFF)
    assert both.reaches(Area.COHORTS) == {Reach.OWN_COURSES, Reach.ALL}
    assert both.sees_all(Area.COHORTS)


def test_no_area_is_missing_from_the_code() -> None:
    assert set(ACCESS) == set(Area)

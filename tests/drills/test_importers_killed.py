"""Processes at one lake: one is killed at any step, or several import the same file at once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.reports import Desk, row
from tests.data.warehouse.integrity import broken_grains, broken_references
from tests.drills.importers import STEPS

pytestmark = pytest.mark.drill


class Importers:
    """The process that forks importers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, desk: Desk, file: Path, *, number: int = 1, fatal: int = 0) -> list[list[int]]:
        """For each importer its exit status and, where it lived, kept, duplicate and steps."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{number} {desk.folder} {file} {fatal}\n")
        self._process.stdin.flush()
        lines = [self._process.stdout.readline() for _ in range(number)]
        return [[int(word) for word in line.split()] for line in lines]


@pytest.fixture(scope="module")
def importers() -> Iterator[Importers]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.drills.importers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        yield Importers(process)
        assert process.stdin is not None
        process.stdin.close()


def spend(desk: Desk) -> float:
    query = "SELECT sum(spend)::DOUBLE FROM fact_campaign_performance"
    return float(desk.warehouse.rows(query)[0][0])


def held_files(desk: Desk) -> set[str]:
    return {
        file
        for generation in desk.lake.generations()
        for file in desk.lake.manifest(generation).files()
    }


def test_an_import_has_as_many_steps_as_the_drill_knows(desk: Desk, importers: Importers) -> None:
    desk.rows(row(spend=1))
    file = desk.file("new.csv", [row(spend=2), row(campaign_id="101", spend=3)])
    assert [[0, 2, 0, STEPS]] == importers.run(desk, file)


@pytest.mark.parametrize("fatal", range(1, STEPS + 1))
def test_a_kill_leaves_the_last_generation_and_the_next_run_clean(
    desk: Desk, importers: Importers, fatal: int
) -> None:
    desk.rows(row(spend=1))
    file = desk.file("new.csv", [row(spend=2), row(campaign_id="101", spend=3)])
    assert [[-9]] == importers.run(desk, file, fatal=fatal)
    assert (desk.lake.generation(), spend(desk)) in [(1, 1.0), (2, 5.0)]
    again = desk.take(file)[0]
    assert (2, 5.0) == (again.kept + again.duplicate, spend(desk))
    assert held_files(desk) == {path.name for path in desk.lake.files.iterdir()}
    assert not desk.lake.work.exists()
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_people_who_import_the_same_file_at_once_keep_it_once(
    desk: Desk, importers: Importers, drill_rounds: int
) -> None:
    rows = [row(campaign_id=str(at), spend=1) for at in range(50)]
    for day in range(1, drill_rounds + 1):
        dated = [{**values, "date_day": f"20{day + 9}-01-01"} for values in rows]
        file = desk.file(f"same-{day}.csv", dated)
        found = importers.run(desk, file, number=3)
        assert [(0, 0, 50), (0, 0, 50), (0, 50, 0)] == sorted(tuple(words[:3]) for words in found)
        assert (day, 50.0 * day) == (desk.lake.generation(), spend(desk))

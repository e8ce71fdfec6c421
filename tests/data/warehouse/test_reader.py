import threading
from pathlib import Path

import pytest

from data.lake import KEPT_GENERATIONS, GenerationGone
from data.manifest import LakeDamaged
from data.warehouse.raw import RAW
from data.warehouse.reader import Warehouse
from data.warehouse.tables import tables
from tests.data.reports import Desk, row

SPEND = "SELECT sum(spend)::DOUBLE FROM fact_campaign_performance"


def test_before_the_first_publish_every_table_is_there_and_empty(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "nowhere")
    assert 0 == warehouse.generation()
    for name in (*RAW, *(table.name for table in tables())):
        assert [] == warehouse.rows(f"SELECT * FROM {name}")
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_table_has_the_types_of_a_full_one(desk: Desk, tmp_path: Path) -> None:
    desk.rows(row())
    empty = Warehouse(tmp_path / "nowhere")
    for name in (*RAW, *(table.name for table in tables())):
        query = f"SELECT * FROM {name}"
        assert desk.warehouse.table(query).schema == empty.table(query).schema


def test_values_are_bound(desk: Desk) -> None:
    desk.rows(row(), row(campaign_id="2", campaign_name="O'Hara"))
    query = "SELECT external_id FROM dim_campaign WHERE campaign_name = "
    assert [("2",)] == desk.warehouse.rows(f"{query} ?", ["O'Hara"])
    assert [("2",)] == desk.warehouse.rows(f"{query} $name", {"name": "O'Hara"})


def test_the_reader_follows_a_publish_and_can_look_back(desk: Desk) -> None:
    desk.rows(row(spend=1))
    assert [(1.0,)] == desk.warehouse.rows(SPEND)
    desk.rows(row(spend=2))
    assert (2, [(2.0,)]) == (desk.warehouse.generation(), desk.warehouse.rows(SPEND))
    assert [(1.0,)] == desk.warehouse.at(1).rows(SPEND)


def test_a_generation_that_is_no_longer_kept_is_named(desk: Desk) -> None:
    for spend in range(KEPT_GENERATIONS + 2):
        desk.rows(row(spend=spend))
    with pytest.raises(GenerationGone):
        Warehouse(desk.lake.folder).at(1)


def test_views_of_long_gone_generations_are_forgotten(desk: Desk) -> None:
    for spend in range(12):
        desk.rows(row(spend=spend))
        desk.warehouse.rows(SPEND)
    schemas = desk.warehouse.rows(
        "SELECT schema_name FROM duckdb_schemas() WHERE schema_name LIKE 'generation_%'"
    )
    assert 8 == len(schemas)


def test_a_question_whose_generation_expires_is_asked_again(desk: Desk) -> None:
    desk.rows(row(spend=0))
    stale = Warehouse(desk.lake.folder)
    stale.rows(SPEND)
    numbers = iter([1])
    current = desk.lake.generation
    for spend in range(1, KEPT_GENERATIONS + 2):
        desk.rows(row(spend=spend))
    stale.generation = lambda: next(numbers, current())  # type: ignore[method-assign]
    assert [(float(KEPT_GENERATIONS + 1),)] == stale.rows(SPEND)


def test_readers_see_whole_generations_while_others_are_published(desk: Desk) -> None:
    desk.rows(row(spend=1), row(campaign_id="2", spend=1))
    seen: list[tuple[object, ...]] = []
    is_done = threading.Event()

    def watch() -> None:
        while not is_done.is_set():
            seen.extend(
                desk.warehouse.rows(
                    """SELECT min(spend) = max(spend), count(*) FROM fact_campaign_performance
                       JOIN dim_campaign USING (campaign_id)"""
                )
            )

    watchers = [threading.Thread(target=watch) for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    for spend in range(2, 10):
        desk.rows(row(spend=spend), row(campaign_id="2", spend=spend))
    is_done.set()
    for watcher in watchers:
        watcher.join()
    assert {(True, 2)} == set(seen)


def test_a_generation_whose_views_could_not_be_made_is_shown_once_they_can(desk: Desk) -> None:
    desk.rows(row(spend=1))
    (file,) = desk.lake.files.glob("fact_campaign_performance-*")
    aside = file.rename(desk.folder / "aside.parquet")
    with pytest.raises(LakeDamaged):
        desk.warehouse.rows(SPEND)
    aside.rename(file)
    assert [(1.0,)] == desk.warehouse.rows(SPEND)


@pytest.mark.parametrize("is_shown", [True, False], ids=["while read", "before"])
@pytest.mark.parametrize("left", [0, 4, 100], ids=["emptied", "cut to its mark", "cut"])
def test_a_broken_file_is_named(desk: Desk, left: int, is_shown: bool) -> None:
    desk.rows(row(spend=1))
    warehouse = Warehouse(desk.lake.folder)
    if is_shown:
        warehouse.at(1)
    (file,) = desk.lake.files.glob("fact_campaign_performance-*")
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(LakeDamaged) as damaged:
        warehouse.at(1).rows(SPEND)
    assert damaged.value.data == {"file": f"files/{file.name}"}

from pathlib import Path

import pytest

from data.warehouse.raw import RAW
from data.warehouse.reader import Warehouse
from data.warehouse.tables import FOLDER, TABLES, Table, parse, tables

NAMES = [table.name for table in tables()]


def test_every_sql_file_is_in_the_registry() -> None:
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.sql")}
    assert files == set(TABLES)


@pytest.mark.parametrize("table", tables(), ids=NAMES)
def test_a_table_declares_its_grain_and_reads_only_what_was_built_before(table: Table) -> None:
    before = NAMES[: NAMES.index(table.name)]
    assert table.grain
    assert table.meaning
    assert set(table.reads) <= {*RAW, *before}


@pytest.mark.parametrize("table", tables(), ids=NAMES)
def test_grain_and_references_are_columns_of_the_table(table: Table, tmp_path: Path) -> None:
    columns = Warehouse(tmp_path).table(f"SELECT * FROM {table.name}").column_names
    assert {*table.grain, *(column for column, _ in table.references)} <= set(columns)


@pytest.mark.parametrize("table", tables(), ids=NAMES)
def test_references_point_at_the_whole_grain_of_a_dimension(table: Table) -> None:
    grains = {other.name: other.grain for other in tables()}
    assert all((column,) == grains[dimension] for column, dimension in table.references)


def test_every_fact_references_its_days(tmp_path: Path) -> None:
    facts = [table for table in tables() if table.name.startswith("fact_")]
    assert all(("date_id", "dim_date") in fact.references for fact in facts)


def test_declarations_are_read_from_the_opening_comment(tmp_path: Path) -> None:
    path = tmp_path / "fact_x.sql"
    path.write_text(
        "-- One row an x.\n-- And more.\n-- grain: a, b\n-- references: a -> dim_a\n"
        "-- references: b -> dim_b\n-- reads: t\n-- sliced: yes\nSELECT 1\n"
    )
    table = parse(path)
    assert ("fact_x", "One row an x. And more.") == (table.name, table.meaning)
    assert (("a", "b"), ("t",), True) == (table.grain, table.reads, table.sliced)
    assert (("a", "dim_a"), ("b", "dim_b")) == table.references

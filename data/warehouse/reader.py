"""Reads the warehouse: an in-memory DuckDB with views on the files of a generation."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
from pyarrow.lib import Table

from data.lake import GenerationGone, Lake
from data.manifest import LakeDamaged, Manifest
from data.sql import parquet
from data.warehouse.raw import RAW, empty
from data.warehouse.tables import tables

Answer = TypeVar("Answer")
Values = Sequence[Any] | dict[str, Any]

_FILE = re.compile(r"([\w.-]+\.parquet)")
_REMEMBERED = 8  # generations whose views are kept


class Snapshot:
    """The warehouse as one generation holds it; every query sees the same data.

    A query raises :class:`LakeDamaged` where it meets a file that is lost or broken.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, generation: int, lake: Lake) -> None:
        self.generation = generation
        self._lake = lake
        self._connection = connection

    def rows(self, sql: str, params: Values = ()) -> list[tuple[Any, ...]]:
        """Run a query and return its rows as tuples."""
        with _damage_named(self._lake, self.generation), self._cursor() as cursor:
            return cursor.execute(sql, params or None).fetchall()

    def table(self, sql: str, params: Values = ()) -> Table:
        """Run a query and return its rows as an Arrow table."""
        with _damage_named(self._lake, self.generation), self._cursor() as cursor:
            return cursor.execute(sql, params or None).to_arrow_table()

    def columns(self, sql: str, params: Values = ()) -> dict[str, Any]:
        """Run a query and return its columns as NumPy arrays, masked where they have NULLs."""
        with _damage_named(self._lake, self.generation), self._cursor() as cursor:
            return cursor.execute(sql, params or None).fetchnumpy()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own, for many questions of their own making."""
        return self._cursor()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute(f"USE {_schema(self.generation)}")
        return cursor


class Warehouse:
    """The warehouse of one lake: follows new generations by itself, safe for many threads."""

    def __init__(self, lake_folder: Path, *, memory_mb: int = 256, threads: int = 2) -> None:
        self._lake = Lake(lake_folder)
        self._config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MB",
            "threads": threads,
        }
        self._lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._shown: dict[int, Snapshot] = {}

    def generation(self) -> int:
        """The number of the current generation; 0 when nothing was published yet."""
        return self._lake.generation()

    def manifest(self, generation: int | None = None) -> Manifest:
        """What a generation consists of, and when it was published."""
        return self._lake.manifest(generation)

    def at(self, generation: int) -> Snapshot:
        """The warehouse as it was in a generation that is still kept."""
        with self._lock:
            if generation not in self._shown:
                with _damage_named(self._lake, generation):
                    self._shown[generation] = self._show(generation)
            return self._shown[generation]

    def rows(self, sql: str, params: Values = ()) -> list[tuple[Any, ...]]:
        """Run a query on the current generation and return its rows as tuples."""
        return self._asked(lambda snapshot: snapshot.rows(sql, params))

    def table(self, sql: str, params: Values = ()) -> Table:
        """Run a query on the current generation and return its rows as an Arrow table."""
        return self._asked(lambda snapshot: snapshot.table(sql, params))

    def _asked(self, ask: Callable[[Snapshot], Answer]) -> Answer:
        """Ask the current generation; ask again where it expired while the question ran."""
        generation = self.generation()
        try:
            return ask(self.at(generation))
        except GenerationGone:
            return ask(self.at(self.generation()))

    def _show(self, generation: int) -> Snapshot:
        manifest = self._lake.manifest(generation)
        connection = self._open()
        cursor = connection.cursor()
        # What a first attempt left behind when it failed half-way must not be in the way.
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_schema(generation)}")
        cursor.execute(f"USE {_schema(generation)}")
        for name in RAW:
            parts = manifest.parts(name)
            cursor.execute(_view(name, self._lake.paths(parts), empty(name)))
        for table in tables():
            parts = manifest.parts(table.name)
            cursor.execute(_view(table.name, self._lake.paths(parts), table.sql))
        self._forget(cursor)
        return Snapshot(connection, generation, self._lake)

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = duckdb.connect(config=self._config)
            self._connection.execute("SET GLOBAL TimeZone = 'UTC'")
            # A file's foot is read once: its content follows from its name.
            self._connection.execute("SET GLOBAL parquet_metadata_cache = true")
        return self._connection

    def _forget(self, cursor: duckdb.DuckDBPyConnection) -> None:
        for generation in sorted(self._shown)[: -_REMEMBERED + 1]:
            del self._shown[generation]
            cursor.execute(f"DROP SCHEMA {_schema(generation)} CASCADE")


@contextmanager
def _damage_named(lake: Lake, generation: int) -> Iterator[None]:
    """Name what is wrong with a generation's file: it is damaged, or no longer kept."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as fault:
        found = _FILE.search(str(fault))
        if found is None or "Too many open files" in str(fault):
            raise
        if generation not in lake.generations():
            raise GenerationGone(generation=generation) from fault
        raise LakeDamaged(file=f"files/{found[1]}") from fault


def _schema(generation: int) -> str:
    return f"generation_{generation}"


def _view(name: str, paths: list[str], otherwise: str) -> str:
    """A view on files; a table that was never published shows what its SQL makes of nothing."""
    return f"CREATE OR REPLACE VIEW {name} AS {parquet(paths) if paths else otherwise}"

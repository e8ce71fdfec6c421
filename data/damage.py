"""Names what broke a job that reads the lake: which of its files is lost or was changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from pyarrow import lib as pa

from data.lake import Lake
from data.manifest import LakeDamaged


@contextmanager
def damage_named(lake: Lake) -> Iterator[None]:
    """Raise :class:`LakeDamaged` where a query of the block fails over a file of the lake.

    DuckDB does not always say which file it was, so all of the generation are compared with
    the digests in their names; that is read again only after a failure.
    """
    try:
        yield
    except (duckdb.Error, pa.ArrowException) as fault:
        file = lake.broken_file()
        if file is None:
            raise
        raise LakeDamaged(file=f"files/{file}") from fault

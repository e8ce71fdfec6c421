"""Values and names as SQL text, where DuckDB takes no bound values: views, COPY and files."""

from collections.abc import Sequence


def literal(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def parquet(paths: Sequence[str]) -> str:
    """SQL of all rows of some Parquet files."""
    return f"SELECT * FROM read_parquet([{', '.join(literal(path) for path in paths)}])"

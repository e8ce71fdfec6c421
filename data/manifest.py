"""What a generation of the lake consists of: tables, and the immutable files that hold them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import AppError
from core.i18n import mark


class LakeDamaged(AppError):
    """A file that says what the lake consists of is lost or unreadable; nothing was changed."""

    code = "lake_damaged"
    message = mark(
        "The data folder is damaged: its file {file} is missing or unreadable. Nothing was "
        "changed. Restore the file from a backup; CURRENT holds the number of the newest file "
        "in the folder generations."
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable Parquet file of a table.

    ``slice`` names which part of the table it holds ("2024"; "" where the table is whole).
    ``made_from`` is a fingerprint of what it was computed from, so that an unchanged
    part is shared with the next generation instead of being made again.
    """

    file: str
    rows: int
    slice: str = ""
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation: its number, when it was published, and its tables' parts."""

    generation: int = 0
    published_at: datetime | None = None
    tables: dict[str, tuple[Part, ...]] = field(default_factory=dict)

    def parts(self, table: str) -> tuple[Part, ...]:
        """The files of a table; none where it was never published."""
        return self.tables.get(table, ())

    def files(self) -> frozenset[str]:
        """The names of all files that this generation needs."""
        return frozenset(part.file for parts in self.tables.values() for part in parts)

    def to_json(self) -> str:
        """The manifest as it is kept on disk."""
        return json.dumps(
            {
                "generation": self.generation,
                "published_at": self.published_at.isoformat() if self.published_at else None,
                "tables": {
                    name: [
                        {
                            "file": part.file,
                            "rows": part.rows,
                            "slice": part.slice,
                            "made_from": part.made_from,
                        }
                        for part in parts
                    ]
                    for name, parts in sorted(self.tables.items())
                },
            },
            indent=1,
        )


def read_manifest(path: Path) -> Manifest:
    """Read a manifest from disk; raises FileNotFoundError when its generation is gone.

    Raises :class:`LakeDamaged` where the file is no manifest.
    """
    try:
        return _manifest(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise LakeDamaged(file=f"generations/{path.name}") from fault


def _manifest(document: dict[str, Any]) -> Manifest:
    published_at = document["published_at"]
    return Manifest(
        document["generation"],
        datetime.fromisoformat(published_at) if published_at else None,
        {name: tuple(Part(**part) for part in parts) for name, parts in document["tables"].items()},
    )

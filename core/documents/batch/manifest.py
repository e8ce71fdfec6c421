"""What became of each row, kept while a batch goes on and told in its zip."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.i18n import Language, mark
from core.spreadsheet_text import table as written

TABLE, RECORD = "manifest.csv", "manifest.json"
_JOURNAL = "outcomes.jsonl"
_PACKED = ("docx", "pptx")  # zips themselves


class Status(StrEnum):
    """What became of a row."""

    MADE = "made"
    HELD_BACK = "held_back"  # a gate stayed closed, or there was nothing to tell
    REFUSED = "refused"  # its values cannot be read


STATUS_NAMES = {
    Status.MADE: mark("made"),
    Status.HELD_BACK: mark("held back"),
    Status.REFUSED: mark("refused"),
}
_HEAD = (
    mark("Row"),
    mark("Result"),
    mark("File"),
    mark("SHA-256"),
    mark("Score"),
    mark("Gates"),
    mark("Title"),
    mark("Reasons"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row; without a document ``file`` and ``sha256`` are empty."""

    row: int
    status: Status
    title: str = ""
    file: str = ""
    sha256: str = ""
    score: float | None = None
    gates: tuple[str, ...] = ()  # codes
    reasons: tuple[str, ...] = ()  # sentences


class Journal:
    """The outcomes of a batch so far, a line for each; a torn line is as if never written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _JOURNAL
        self._done = {one.row: one for one in self._read() if self._is_whole(one)}

    def __contains__(self, row: int) -> bool:
        return row in self._done

    def write(self, outcome: Outcome) -> None:
        """Keep one more outcome."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(outcome)) + "\n")
        self._done[outcome.row] = outcome

    def outcomes(self) -> list[Outcome]:
        """Every outcome, in the order of the rows."""
        return [self._done[row] for row in sorted(self._done)]

    def _read(self) -> Iterable[Outcome]:
        if not self._path.is_file():
            return
        content = self._path.read_text(encoding="utf-8")
        if content and not content.endswith("\n"):  # the next line begins anew
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n")
        for line in content.splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            yield _outcome(record)

    def _is_whole(self, outcome: Outcome) -> bool:
        """Whether the file is as it was when the line was written, also after a power cut."""
        path = self._folder / outcome.file
        if outcome.status is not Status.MADE:
            return True
        return path.is_file() and _checksum(path) == outcome.sha256


def pack(
    folder: Path, target: Path, outcomes: Sequence[Outcome], at: datetime, t: Language
) -> None:
    """Write the zip from the files of ``folder``, one after another, whole or not at all."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w") as packed:
                for outcome in outcomes:
                    if outcome.file:
                        _add(packed, outcome.file, (folder / outcome.file).read_bytes(), at)
                _add(packed, TABLE, as_table(outcomes, t), at)
                _add(packed, RECORD, json.dumps([asdict(one) for one in outcomes]).encode(), at)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def counts(zip_path: Path) -> dict[str, int]:
    """How many rows there were, and how many came to what, by the zip's own manifest."""
    with zipfile.ZipFile(zip_path) as packed:
        told = [one["status"] for one in json.loads(packed.read(RECORD))]
    return {"rows": len(told), **{status.value: told.count(status) for status in Status}}


def as_table(outcomes: Sequence[Outcome], t: Language) -> bytes:
    """The manifest as CSV, in which no cell is a formula."""
    rows = [
        (
            str(one.row),
            t(STATUS_NAMES[one.status]),
            one.file,
            one.sha256,
            "" if one.score is None else f"{one.score:.4f}",
            ", ".join(one.gates),
            one.title,
            " ".join(one.reasons),
        )
        for one in outcomes
    ]
    return written([[t(name) for name in _HEAD], *rows])


def _add(packed: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    is_packed = name.rpartition(".")[2] in _PACKED
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)


def _outcome(record: Mapping[str, Any]) -> Outcome:
    told = {name: tuple(record[name]) for name in ("gates", "reasons")}
    return Outcome(**{**record, **told, "status": Status(record["status"])})


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

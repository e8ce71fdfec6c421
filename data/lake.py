"""The lake: immutable Parquet files, and generations that name the files they consist of.

``CURRENT`` holds the number of the generation that readers see and is replaced
atomically, after everything it names is safely on disk. One publisher works at a time.
A publisher that is killed leaves the last generation as it was; the next one removes
what was left behind.

Where ``CURRENT`` is lost, the newest manifest counts, if all its files are there: a manifest
is written only when they are. Anything else that does not fit together is damage. It is
never taken for an empty lake, and nothing is removed.
"""

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from core.errors import AppError
from core.i18n import mark
from data.manifest import LakeDamaged, Manifest, Part, read_manifest

KEPT_GENERATIONS = 5  # a reader in mid-query keeps its files through this many publishes
_RETRY_SECONDS = 0.05
_DIGITS = 24  # of the digest, in a file's name
_MANIFESTS = f"{'[0-9]' * 8}.json"


class LakeBusy(AppError):
    """Another process is publishing and did not finish in the time allowed."""

    code = "lake_busy"
    status = 503
    message = mark("Another import is still being written. Try again in a few minutes.")


class GenerationGone(AppError):
    """The generation asked for was replaced long ago and its files are no longer kept."""

    code = "generation_gone"
    status = 410
    message = mark("Generation {generation} of the data is no longer kept.")


class Lake:
    """One lake in one folder, which is made when something is first published."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "files"
        self.work = folder / "work"
        self._manifests = folder / "generations"
        self._current = folder / "CURRENT"

    def generation(self) -> int:
        """The number of the generation that readers see; 0 before the first.

        Raises :class:`LakeDamaged` where it is lost and cannot be told from the manifests.
        """
        try:
            number = int(self._current.read_text(encoding="ascii"))
        except FileNotFoundError:
            return self._newest_complete()
        except ValueError as fault:
            raise LakeDamaged(file="CURRENT") from fault
        if number < 1:
            raise LakeDamaged(file="CURRENT")
        return number

    def manifest(self, generation: int | None = None) -> Manifest:
        """What a generation (by default the current one) consists of."""
        number = self.generation() if generation is None else generation
        if number == 0:
            return Manifest()
        try:
            return read_manifest(self._manifest_path(number))
        except FileNotFoundError as missing:
            if number == self.generation():
                name = self._manifest_path(number).name
                raise LakeDamaged(file=f"generations/{name}") from missing
            raise GenerationGone(generation=number) from missing

    def generations(self) -> list[int]:
        """The numbers of the generations that are kept, oldest first."""
        return sorted(int(path.stem) for path in self._manifests.glob(_MANIFESTS))

    def paths(self, parts: Sequence[Part]) -> list[str]:
        """Where the files of some parts are."""
        return [str(self.files / part.file) for part in parts]

    def broken_file(self) -> str | None:
        """The first file of the current generation that is lost or is not what its name says."""
        return next((one for one in sorted(self.manifest().files()) if self._is_broken(one)), None)

    @contextmanager
    def publishing(self, *, now: datetime, wait_seconds: float = 600) -> Iterator["Publication"]:
        """Hold the publisher's lock; at the end of the block publish what changed, or nothing.

        Raises :class:`LakeBusy` when another publisher keeps the lock for ``wait_seconds``,
        and :class:`LakeDamaged`, before anything is changed, where history would be lost.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "publisher.lock").open("a") as lock:
            _take(lock, wait_seconds)
            self._sweep()
            self._make_folders()
            try:
                publication = Publication(self, self.manifest())
                yield publication
                if publication.has_changed():
                    self._publish(publication.next_manifest(now))
            finally:
                shutil.rmtree(self.work, ignore_errors=True)

    def _is_broken(self, file: str) -> bool:
        path = self.files / file
        return not path.is_file() or _digest(path)[:_DIGITS] != path.stem.rpartition("-")[2]

    def _make_folders(self) -> None:
        for folder in (self.files, self.work, self._manifests):
            folder.mkdir(exist_ok=True)

    def _newest_complete(self) -> int:
        """The newest generation, where ``CURRENT`` is missing; 0 in a new lake."""
        newest = max(self.generations(), default=0)
        for file in read_manifest(self._manifest_path(newest)).files() if newest else ():
            if not (self.files / file).is_file():
                raise LakeDamaged(file=f"files/{file}")
        return newest

    def _manifest_path(self, generation: int) -> Path:
        return self._manifests / f"{generation:08d}.json"

    def _publish(self, manifest: Manifest) -> None:
        _sync_folder(self.files)
        _replace(self._manifest_path(manifest.generation), manifest.to_json())
        _replace(self._current, str(manifest.generation))
        for generation in self.generations()[:-KEPT_GENERATIONS]:
            self._manifest_path(generation).unlink()
        self._sweep_files(self._needed())

    def _sweep(self) -> None:
        """Remove what a killed publisher left: its work, its manifest, its files."""
        unfinished = self.manifest().generation + 1
        if any(generation > unfinished for generation in self.generations()):
            raise LakeDamaged(file="CURRENT")  # it is older than the history
        needed = self._needed(but=unfinished)
        shutil.rmtree(self.work, ignore_errors=True)
        for path in (self._manifest_path(unfinished), *self._manifests.glob("*.draft")):
            if path.is_file():
                path.unlink()
        self._sweep_files(needed)

    def _needed(self, but: int | None = None) -> frozenset[str]:
        """The files of all generations that are kept, without one of them."""
        kept = [self.manifest(number) for number in self.generations() if number != but]
        return frozenset(file for manifest in kept for file in manifest.files())

    def _sweep_files(self, needed: frozenset[str]) -> None:
        for path in self.files.glob("*"):
            if path.is_file() and path.name not in needed:
                path.unlink()


@dataclass
class Publication:
    """The next generation while it is being made; what is not put is taken from the last one."""

    lake: Lake
    base: Manifest
    tables: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    _drafts: int = 0

    def __post_init__(self) -> None:
        self.tables = dict(self.base.tables)

    def draft(self) -> Path:
        """A free path in the work folder for one Parquet file."""
        self._drafts += 1
        return self.lake.work / f"draft-{self._drafts}.parquet"

    def keep(
        self, draft: Path, table: str, rows: int, slice: str = "", made_from: str = ""
    ) -> Part:
        """Move a finished draft among the lake's files; its name follows from its content."""
        name = f"{table}-{_sync_and_digest(draft)[:_DIGITS]}.parquet"
        # Also over a file of this name: an earlier generation's is the same, or it is damaged.
        draft.replace(self.lake.files / name)
        return Part(name, rows, slice, made_from)

    def put(self, table: str, parts: Sequence[Part]) -> None:
        """Let a table consist of these parts in the next generation."""
        self.tables[table] = tuple(sorted(parts, key=lambda part: (part.slice, part.file)))

    def parts(self, table: str) -> tuple[Part, ...]:
        """The parts of a table as they will be published."""
        return self.tables.get(table, ())

    def has_changed(self) -> bool:
        """Whether any table differs from the last generation."""
        return self.tables != self.base.tables

    def next_manifest(self, now: datetime) -> Manifest:
        """The manifest to publish."""
        return Manifest(self.base.generation + 1, now, self.tables)


def _take(lock: IO[str], wait_seconds: float) -> None:
    for attempt in range(int(wait_seconds / _RETRY_SECONDS) + 1):
        if attempt:
            time.sleep(_RETRY_SECONDS)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return
    raise LakeBusy


def _sync_and_digest(path: Path) -> str:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(path: Path, text: str) -> None:
    """Replace a small file so that a reader sees the old text or the new, never a part."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)  # noqa: PTH105 - the drill counts this call
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

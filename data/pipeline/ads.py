"""Imports ad reports: recognise → read → clean → deduplicate → validate → enrich → write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from core.i18n import DEFAULT, language, mark
from data.lake import Lake, Publication
from data.pipeline import writing
from data.pipeline.fates import prepare, settle
from data.pipeline.quarantine import write_quarantine
from data.pipeline.reading import MAX_BYTES, TextFile, open_text
from data.pipeline.recognition import recognise
from data.pipeline.report import FileReport, report
from data.pipeline.staging import Staged, stage
from data.warehouse import build

Progress = Callable[[float, str], None]

CHECKING = mark("Checking the files")
READING = mark("Reading the rows")
COMPARING = mark("Comparing with what is held")
WRITING = mark("Writing the kept rows")
BUILDING = mark("Building the warehouse")
REPORTING = mark("Counting")


def import_ads(
    lake: Lake,
    files: Sequence[Path],
    *,
    quarantine_dir: Path,
    progress: Progress,
    is_sample: bool = False,
    now: datetime,
    names: Mapping[Path, str] | None = None,
    reader: str = DEFAULT,
    max_bytes: int = MAX_BYTES,
) -> list[FileReport]:
    """Import ad exports in the order given and publish them in one generation, or none of them.

    ``names`` are the names to show where a file is kept under another; ``reader`` is the
    language of the reasons in the quarantine files. Raises a :class:`FileFault` that names the
    faulty file, or :class:`LakeBusy`; then nothing was imported.
    """
    shown = {path: (names or {}).get(path, path.name) for path in files}
    with lake.publishing(now=now) as publication, build.connect(publication) as connection:
        progress(0.0, CHECKING)
        texts = [open_text(path, shown[path], lake.work, max_bytes) for path in files]
        staged = _stage(connection, texts, lake.work, progress)
        progress(0.5, COMPARING)
        _settle(connection, publication, staged)
        progress(0.6, WRITING)
        _write(connection, publication, staged, now=now, is_sample=is_sample)
        t = language(reader)
        refused = [
            write_quarantine(connection, file, quarantine_dir, now=now, language=t)
            for file in staged
        ]
        progress(0.75, BUILDING)
        build.build(connection, publication)
        progress(0.9, REPORTING)
        held = build.select(publication, "ads_rows", publication.parts("ads_rows"))
        reports = [report(connection, *each, held) for each in zip(staged, refused, strict=True)]
    progress(1.0, REPORTING)
    return reports


def _stage(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[TextFile], work: Path, progress: Progress
) -> list[Staged]:
    """Recognise every file before any is read."""
    layouts = [recognise(text) for text in texts]
    staged = []
    for number, (text, layout) in enumerate(zip(texts, layouts, strict=True), 1):
        progress(0.05 + 0.45 * (number - 1) / len(texts), READING)
        staged.append(stage(connection, text, layout, number, work))
    return staged


def _settle(
    connection: duckdb.DuckDBPyConnection, publication: Publication, staged: Sequence[Staged]
) -> None:
    """Settle the files in order, each against the lake and the files before it."""
    prepare(connection)
    for at, file in enumerate(staged):
        table = writing.table_of(file)
        before = [earlier for earlier in staged[:at] if writing.table_of(earlier) == table]
        settle(connection, file, writing.held(publication, table, before) if table else "")


def _write(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    staged: Sequence[Staged],
    *,
    now: datetime,
    is_sample: bool,
) -> None:
    for table in writing.TABLES.values():
        files = [file for file in staged if writing.table_of(file) == table]
        if files:
            writing.write_kept(connection, publication, table, files, now=now, is_sample=is_sample)

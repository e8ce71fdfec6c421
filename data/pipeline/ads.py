"""Imports ad reports: recognise → read → clean → deduplicate → validate → enrich → write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from core.i18n import DEFAULT, language, mark
from core.imports.choices import NOTHING_CHOSEN, Choices
from data.lake import Lake, Publication
from data.pipeline import writing
from data.pipeline.fates import prepare, settle
from data.pipeline.finishing import know
from data.pipeline.kinds import CAMPAIGN_DAYS, KINDS
from data.pipeline.quarantine import write_quarantine
from data.pipeline.reading import MAX_BYTES, TextFile, open_text
from data.pipeline.recognition import is_header, recognise
from data.pipeline.report import FileReport, report
from data.pipeline.source import Fate
from data.pipeline.staging import Staged, finish_rows, stage
from data.warehouse import build
from data.warehouse.raw import empty

_KNOWN = frozenset(
    {"campaign_id", "platform", "account_id", "account_name", "external_id", "campaign_name",
     "campaign_type"}
)  # fmt: skip
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
    choices: Choices = NOTHING_CHOSEN,
) -> list[FileReport]:
    """Import ad exports in the order given and publish them in one generation, or none of them.

    ``names`` are the names to show where a file is kept under another; ``reader`` is the
    language of the reasons in the quarantine files; ``choices`` are what a person said where
    the files leave it open. Raises a :class:`FileFault` that names the
    faulty file, or :class:`LakeBusy`; then nothing was imported.
    """
    shown = {path: (names or {}).get(path, path.name) for path in files}
    with lake.publishing(now=now) as publication, build.connect(publication) as connection:
        progress(0.0, CHECKING)
        knows = partial(is_header, mappings=choices.mappings)
        texts = [
            open_text(
                path, shown[path], lake.work, max_bytes, knows, choices.sheets.get(shown[path])
            )
            for path in files
        ]
        staged = _stage(connection, texts, lake.work, progress, choices)
        staged = _finish(connection, publication, staged)
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
        reports = [
            report(connection, *each, _published(publication, each[0]))
            for each in zip(staged, refused, strict=True)
        ]
    progress(1.0, REPORTING)
    return reports


def _stage(
    connection: duckdb.DuckDBPyConnection,
    texts: Sequence[TextFile],
    work: Path,
    progress: Progress,
    choices: Choices,
) -> list[Staged]:
    """Recognise every file before any is read."""
    layouts = [recognise(text, choices.mappings) for text in texts]
    staged = []
    for number, (text, layout) in enumerate(zip(texts, layouts, strict=True), 1):
        progress(0.05 + 0.45 * (number - 1) / len(texts), READING)
        staged.append(stage(connection, text, layout, number, work, choices))
    return staged


def _finish(
    connection: duckdb.DuckDBPyConnection, publication: Publication, staged: Sequence[Staged]
) -> list[Staged]:
    """Finish rows that refer to campaigns: those of the lake, and of all files given."""
    if all(file.layout.source.kind is CAMPAIGN_DAYS for file in staged):
        return list(staged)
    columns = ", ".join(name for name in CAMPAIGN_DAYS.columns if name in _KNOWN)
    held = publication.base.parts("dim_campaign")
    sources = [f"SELECT {columns} FROM {file.table} WHERE rule IS NULL" for file in staged
               if file.layout.source.kind is CAMPAIGN_DAYS
               and file.layout.source.fate is Fate.ADDED]  # fmt: skip
    stored = build.select(publication, "dim_campaign", held) if held else empty("ads_rows")
    know(connection, " UNION ALL ".join([f"SELECT {columns} FROM ({stored})", *sources]))
    return [finish_rows(connection, file) for file in staged]


def _settle(
    connection: duckdb.DuckDBPyConnection, publication: Publication, staged: Sequence[Staged]
) -> None:
    """Settle the files in order, each against the lake and the files before it."""
    prepare(connection)
    for at, file in enumerate(staged):
        kind = writing.kind_of(file)
        before = [earlier for earlier in staged[:at] if writing.kind_of(earlier) is kind]
        settle(connection, file, writing.held(publication, kind, before) if kind else "")


def _published(publication: Publication, file: Staged) -> str:
    """SQL of the rows of a file's kind as they will be published."""
    table = file.layout.source.kind.table
    return build.select(publication, table, publication.parts(table))


def _write(
    connection: duckdb.DuckDBPyConnection,
    publication: Publication,
    staged: Sequence[Staged],
    *,
    now: datetime,
    is_sample: bool,
) -> None:
    for kind in KINDS:
        files = [file for file in staged if writing.kind_of(file) is kind]
        if files:
            writing.write_kept(connection, publication, kind, files, now=now, is_sample=is_sample)

"""Making the documents of a batch, a row at a time, each kept before the next is begun."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from core.documents.at_once import finished
from core.documents.batch import manifest, order, table
from core.documents.batch.manifest import Journal, Outcome, Status
from core.documents.batch.order import Order
from core.documents.batch.table import Row
from core.documents.ports import Figures
from core.errors import AppError
from core.i18n import language, mark

Progress = Callable[[float, str], None]
PACKED = "documents.zip"
_STEP = mark("Making the documents")
_PACKING = mark("Packing the zip")
_TIMES_TOLD = 100


def fill(
    folder: Path, asked: Order, rows: bytes, figures: Figures, progress: Progress
) -> dict[str, int]:
    """Make the documents of a table and pack them; the counts by result.

    The folder is the batch's own. One that was left half-way is taken up where it was left:
    a row that has its outcome is not made again. Raises what :func:`table.read` raises.
    """
    begun = order.begun(folder, asked, rows)
    packed = folder / PACKED
    if not packed.is_file():
        _fill(folder, begun, rows, figures, progress)
    for file in folder.glob(f"{begun.slug}-*.{begun.ending}"):
        file.unlink()
    return manifest.counts(packed)


def _fill(folder: Path, begun: Order, rows: bytes, figures: Figures, progress: Progress) -> None:
    t = language(begun.words)
    read = table.read(rows, begun.variables, begun.language, t)
    journal = Journal(folder)
    every = max(1, len(read.entries) // _TIMES_TOLD)
    for at, entry in enumerate(read.entries):
        if entry.number not in journal:
            journal.write(_made(folder, begun, read.row(entry, t), figures))
        if at % every == 0:
            progress(0.95 * at / len(read.entries), _STEP)
    progress(0.95, _PACKING)
    manifest.pack(folder, folder / PACKED, journal.outcomes(), begun.created, t)


def _made(folder: Path, order: Order, row: Row, figures: Figures) -> Outcome:
    """One row's document, stored under the server's own name; or why there is none."""
    if row.faults:
        return Outcome(row.number, Status.REFUSED, reasons=row.faults)
    assignment = order.assignment(row.values, row.language)
    try:
        made = finished(assignment, order.document_type, order.variables, order.ending, figures)
    except AppError as error:  # nothing to report, or a value that cannot stand where it should
        told = error.sentence(language(order.words))
        return Outcome(row.number, Status.HELD_BACK, gates=(error.code,), reasons=(told,))
    title, score = made.told["title"], made.told["score"]
    if not made.content:
        gates = tuple(gate["code"] for gate in made.told["gates"])
        reasons = tuple(gate["text"] for gate in made.told["gates"])
        held = Status.HELD_BACK
        return Outcome(row.number, held, title, score=score, gates=gates, reasons=reasons)
    name = f"{order.slug}-{row.number:05d}-{row.language}.{order.ending}"
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(made.content)
    unfinished.replace(folder / name)
    checksum = hashlib.sha256(made.content).hexdigest()
    return Outcome(row.number, Status.MADE, title, name, checksum, score)

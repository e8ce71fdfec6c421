"""A batch at the command line: from a file to a zip beside it, resumed when it is repeated."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from core import clock
from core.documents.batch import filling
from core.documents.batch.filling import Progress
from core.documents.batch.order import Order
from core.documents.errors import FormatNotOffered, LanguageNotWritten, NoSuchTemplate
from core.documents.house import House
from core.documents.ports import Figures
from core.documents.templates import builtin
from core.documents.types import spec_of
from core.i18n import LANGUAGES
from core.spreadsheet_text import UnreadableTable


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for every row."""

    template: str
    ending: str
    language: str
    author: str


def make(
    asked: Asked, rows: Path, out: Path, figures: Figures, house: House, progress: Progress
) -> dict[str, int]:
    """Make the documents of a CSV file and pack them into ``out``; the counts by result.

    Work stands in a folder beside ``out`` until it is done. Raises what
    :func:`~core.documents.batch.table.read` raises, and a named error for a template,
    language or format that there is not.
    """
    order = _order(asked, house)
    try:
        data = rows.read_bytes()
    except OSError as error:
        raise UnreadableTable(file=rows.name) from error
    work = out.with_name(f".{out.name}.work")
    told = filling.fill(work, order, data, figures, progress)
    shutil.move(work / filling.PACKED, out)
    shutil.rmtree(work)
    return told


def _order(asked: Asked, house: House) -> Order:
    template = builtin(asked.template)
    if template is None:
        raise NoSuchTemplate(template=asked.template)
    if asked.language not in LANGUAGES:
        raise LanguageNotWritten(field="language")
    offered = spec_of(template.document_type).formats
    if asked.ending not in offered:
        raise FormatNotOffered(format=asked.ending, offered=", ".join(offered))
    return Order(
        slug=template.slug,
        version=template.version,
        document_type=template.document_type,
        variables=template.variables,
        rules=template.rules,
        ending=asked.ending,
        language=asked.language,
        words=asked.language,
        author=asked.author,
        created=clock.now().replace(microsecond=0),
        house=house,
    )

"""A view as a file: first the filters and the date of the data, then the figures."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from core.i18n import Language

Cell = str | float | int | date | None
Rows = Sequence[Sequence[Cell]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {int: "#,##0", float: "#,##0.00##", date: "yyyy-mm-dd"}
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export, with its name."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Export:
    """What a file holds: lines of name and value, then tables."""

    head: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]


def menu(file_name: str, build: Callable[[], Export], t: Language) -> None:
    """The Export menu; ``build`` runs only when somebody asks for a file.

    It runs outside the page's run, so it must itself check that the person still may.
    """
    with st.popover(t("Export"), icon=":material/download:"):
        for label, ending, mime, written in (
            (t("Excel workbook (.xlsx)"), "xlsx", XLSX, workbook),
            (t("Table as text (.csv)"), "csv", "text/csv", text),
        ):
            st.download_button(
                label,
                _deferred(build, written),
                file_name=f"{file_name}.{ending}",
                mime=mime,
                on_click="ignore",
                type="tertiary",
                key=f"export_{ending}",
            )


def _deferred(
    build: Callable[[], Export], written: Callable[[Export], bytes]
) -> Callable[[], bytes]:
    return lambda: written(build())


def text(export: Export) -> bytes:
    """The head and the first table as CSV in UTF-8, with the mark that Excel looks for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([_harmless(name), _harmless(value)] for name, value in export.head)
    writer.writerow([])
    writer.writerows([_harmless(cell) for cell in row] for row in export.sheets[0].rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(export: Export) -> bytes:
    """All tables as an Excel workbook, a sheet each, every sheet with the head above it."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        forms = {kind: book.add_format({"num_format": one}) for kind, one in _FORMATS.items()}
        forms[str] = book.add_format({"bold": True})
        for sheet in export.sheets:
            page = book.add_worksheet(sheet.name[:31])
            _write(page, sheet, export.head, forms)
    return out.getvalue()


def _write(
    page: Any, sheet: Sheet, head: Sequence[tuple[str, str]], forms: Mapping[type, Any]
) -> None:
    for position, pair in enumerate(head):
        for column, cell in enumerate(pair):
            page.write_string(position, column, cell)
    start = len(head) + 1
    for offset, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            at = start + offset, column
            if isinstance(value, str):  # as a string, so that no name becomes a formula
                page.write_string(*at, value, forms[str] if offset == 0 else None)
            elif isinstance(value, date):
                page.write_datetime(*at, value, forms[date])
            elif value is not None:
                page.write_number(*at, value, forms[int if isinstance(value, int) else float])
    page.set_column(0, 0, 28)
    page.set_column(1, len(sheet.rows[0]), 14)


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(_STARTS_FORMULA):
        return "'" + cell
    return cell

"""What can be wrong with a workbook; nothing of such a file is imported."""

from core.i18n import mark
from data.pipeline.faults import FileFault


class WorkbookDamaged(FileFault):
    """The file begins like a workbook and cannot be read as one."""

    code = "workbook_damaged"
    message = mark(
        "{file} cannot be read as a workbook: it is damaged, protected, or another kind of zip "
        "archive. Save it again as XLSX without a password, or export it as CSV."
    )


class WorkbookTooLarge(FileFault):
    """The workbook would unpack to more than is read, whatever it says of its own size."""

    code = "workbook_too_large"
    status = 413
    message = mark(
        "{file} unpacks to more than {limit} MB, which is more than is read. "
        "Export a shorter period, or save the sheet as CSV."
    )


class SeveralSheets(FileFault):
    """More than one sheet could be meant; which one is asked and never guessed."""

    code = "several_sheets"
    message = mark(
        "{file} has several sheets that could be meant: {sheets}. Say which one, and import it "
        "again."
    )


class SheetMissing(FileFault):
    """The sheet that was asked for is not in the workbook."""

    code = "sheet_missing"
    message = mark("{file} has no sheet named {sheet}. It has: {sheets}.")


class FormulaWithoutValue(FileFault):
    """A formula whose value nobody stored; formulas are never worked out here."""

    code = "formula_without_value"
    message = mark(
        "{file} has a formula in cell {cell} whose value is not stored in the file, and formulas "
        "are not worked out here. Open and save it in a spreadsheet, or export it as CSV."
    )


class NumberTooLong(FileFault):
    """A number, such as a campaign's id, of more digits than a workbook keeps."""

    code = "number_too_long"
    message = mark(
        "{file} has a number in cell {cell} of more digits than a workbook keeps, so that its last "
        "ones are lost. Export ids as text, or export the report as CSV."
    )

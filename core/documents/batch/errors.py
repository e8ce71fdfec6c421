"""What can stand in the way of a batch as a whole."""

from core.errors import AppError, Invalid
from core.i18n import mark


class TableNotFitting(Invalid):
    """The headings are not those of the template; ``faults`` tells each in a sentence."""

    code = "table_not_fitting"
    message = mark("The headings do not fit the template: {faults}")


class TooManyRows(Invalid):
    """More rows than one batch takes."""

    code = "too_many_rows"
    message = mark("The table has {rows} rows; a batch takes at most {limit}. Part it.")


class NoRowToMake(Invalid):
    """No row can become a document."""

    code = "no_row_to_make"
    message = mark("No row of the table can become a document yet.")


class BatchFileMissing(AppError):
    """The zip of a batch is not kept any more."""

    code = "batch_file_missing"
    status = 410
    message = mark("The zip of this batch is not kept any more. Run the batch again.")

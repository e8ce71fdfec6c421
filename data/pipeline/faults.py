"""What can be wrong with a whole file; nothing of such a file is imported."""

from core.errors import AppError
from core.i18n import mark


class FileFault(AppError):
    """A file that cannot be imported; ``data`` names it and what was found."""

    code = "file_fault"
    status = 422


class FileMissing(FileFault):
    """There is no such file, or it is not a file."""

    code = "file_missing"
    message = mark("{file} was not found, or is not a file. Check the name and the folder.")


class FileTooLarge(FileFault):
    """The file is larger than this installation reads."""

    code = "file_too_large"
    status = 413
    message = mark(
        "{file} has {size} MB and at most {limit} MB are read. "
        "Export a shorter period, or split the file, and import the parts."
    )


class FileEmpty(FileFault):
    """The file has no bytes, or only blank ones."""

    code = "file_empty"
    message = mark("{file} is empty. Export the report again and check that it has rows.")


class NoRows(FileFault):
    """The file has its header and nothing below it."""

    code = "no_rows"
    message = mark(
        "{file} has a header in row 1 and no rows below it. "
        "Choose a period that has data and export the report again."
    )


class LineTooLong(FileFault):
    """A line goes on for longer than any header or row; where it was to end cannot be told."""

    code = "line_too_long"
    message = mark(
        "{file} has a line in row {row} that is far too long. Check that it is a CSV file with "
        "the names of the columns in row 1 and each row on a line of its own."
    )


class NotText(FileFault):
    """The file is a picture, a workbook, an archive …, by its first bytes."""

    code = "not_text"
    status = 415
    message = mark(
        "{file} is neither a CSV file nor an XLSX workbook: its content is {kind}. "
        "Save or export the report as CSV or XLSX and import that."
    )


class BrokenEncoding(FileFault):
    """A byte that is no character of the file's encoding."""

    code = "broken_encoding"
    message = mark(
        "{file} has characters in row {row} that are not {encoding}. "
        "Save it as CSV UTF-8 and import it again."
    )


class BrokenQuotes(FileFault):
    """A quotation mark that opens and is never closed hides where the rows end."""

    code = "broken_quotes"
    message = mark(
        "{file} has a quotation mark in row {row} that is never closed. "
        "Correct that row, or export the report again."
    )


class DuplicateColumn(FileFault):
    """Two columns of one name cannot be told apart."""

    code = "duplicate_column"
    message = mark(
        "{file} has two columns named {column} in row 1. Rename or remove one and import it again."
    )


class TooManyColumns(FileFault):
    """More columns than any report has; each further one costs time on every row."""

    code = "too_many_columns"
    message = mark(
        "{file} has {count} columns and at most {limit} are read. "
        "Export the report without those that are not needed."
    )


class ReservedColumn(FileFault):
    """A column whose name the import uses itself."""

    code = "reserved_column"
    message = mark(
        "{file} has a column named {column} in row 1, which the import uses itself. "
        "Rename it and import the file again."
    )


class MissingColumns(FileFault):
    """A report that is nearly recognised, but lacks columns it needs."""

    code = "missing_columns"
    message = mark(
        "{file} lacks columns in row 1: {missing}. "
        "Expected are: {expected}. Export the report with these columns."
    )


class NotRecognised(FileFault):
    """No known report has these columns."""

    code = "not_recognised"
    message = mark(
        "{file} is none of the known reports. Row 1 has the columns: {found}. "
        "The unified ad report needs: {expected}. On the Data page you can say what its columns "
        "mean."
    )


class AmbiguousDates(FileFault):
    """Every date of the file could be day/month or month/day."""

    code = "ambiguous_dates"
    message = mark(
        "{file} has dates such as {value} (row {row}, column {column}) that may be day/month "
        "or month/day. Say which comes first, or write the dates as YYYY-MM-DD, and import it "
        "again."
    )


class DatesInTwoFormats(FileFault):
    """The dates of one column are written in two ways."""

    code = "dates_in_two_formats"
    message = mark(
        "{file} writes its dates in two formats: {value} in row {row}, column {column}, is not "
        "written as {other}. Write all dates as YYYY-MM-DD and import it again."
    )


class NumbersInTwoFormats(FileFault):
    """Some numbers of the file have a decimal comma and others a decimal point."""

    code = "numbers_in_two_formats"
    message = mark(
        "{file} writes its numbers in two ways: {value} in column {column} has a decimal comma, "
        "{other} in column {other_column} a decimal point. Export it in one language and import "
        "it again."
    )


class PeriodTotals(FileFault):
    """Rows that sum up more than a day cannot be taken for days."""

    code = "period_totals"
    message = mark(
        "{file} has totals of a period and not of days: row {row} reaches from {first} to {last}. "
        "Export it with a breakdown by day and import that."
    )


class TooCoarse(FileFault):
    """Rows of a business outcome that are weeks apart, or months."""

    code = "too_coarse"
    message = mark(
        "{file} has one row every {days} days or less often. Business outcomes are read by day "
        "or by week. Export them so and import that."
    )

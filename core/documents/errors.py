"""What can stand in the way of a document."""

from typing import Any

from core.errors import AppError, Forbidden, Invalid
from core.i18n import Language, mark


class InvalidForm(AppError):
    """Values that the template does not take; ``faults`` names each field and what to do."""

    code = "invalid_form"
    status = 422
    message = mark("Please mend what the form marks.")

    def sentence(self, language: Language) -> str:
        """One sentence for each field at fault."""
        faults: list[Any] = self.data["faults"]
        return " ".join(fault.sentence(language) for fault in faults)


class LanguageNotWritten(Invalid):
    """The template has no text in the language asked for."""

    code = "language_not_written"
    message = mark("This template is not written in that language. Choose another language.")


class SatisfactionOutOfRange(Invalid):
    """A satisfaction is told by one to five stars."""

    code = "satisfaction_out_of_range"
    message = mark("Satisfaction goes from 1 to 5.")


class NotYoursToRate(Forbidden):
    """How satisfied somebody is with a document is told by the one who made it."""

    code = "not_yours_to_rate"
    message = mark("Only the person who made a document rates it.")


class NoCampaignData(AppError):
    """The warehouse holds nothing for the chosen campaigns, period and currency."""

    code = "no_campaign_data"
    status = 422
    message = mark(
        "No campaign data in this period: nothing in {currency} from {start} to {end} "
        "for the chosen campaigns. Choose another period or currency."
    )


class LeftoverPlaceholder(AppError):
    """A blank of the template was not filled, so there is no document."""

    code = "leftover_placeholder"
    status = 422
    message = mark("No document was made: the blank {placeholder} was left unfilled.")


class UngroundedFigure(AppError):
    """A number in the text has no source, so there is no document."""

    code = "ungrounded_figure"
    status = 422
    message = mark("No document was made: {figure} has no source. It stands in: {place}")


class DocumentFileMissing(AppError):
    """The record of a document is there, its file is not."""

    code = "document_file_missing"
    status = 410
    message = mark("The file of this document is gone. Make the document again.")


class UnknownDocumentType(AppError):
    """No builder is registered for this document type."""

    code = "unknown_document_type"
    status = 422
    message = mark("Documents of the type {document_type} cannot be made yet.")


class FormatNotOffered(Invalid):
    """The document's type is not saved in this format."""

    code = "format_not_offered"
    message = mark("This document is not made as {format}. Choose one of {offered}.")


class UnsafeHeader(Invalid):
    """A line break in what becomes a header of a mail."""

    code = "unsafe_header"
    message = mark("Subject, names and addresses of an e-mail are one line each.")


class MadeBeforeKeeping(AppError):
    """A document of a version that did not keep what it takes to make it again."""

    code = "made_before_keeping"
    status = 409
    message = mark("This document was made before its sources were kept. Make a new one.")


class NotAColour(Invalid):
    """The accent is no colour."""

    code = "not_a_colour"
    message = mark("A colour is six signs from 0 to F, such as 1F5FBF.")


class LogoTooLarge(Invalid):
    """The logo is larger than every document should carry."""

    code = "logo_too_large"
    message = mark("The logo is too large: at most {limit_kb} kB, please.")


class LogoNotReadable(Invalid):
    """The logo is no picture that can be read."""

    code = "logo_not_readable"
    message = mark("The logo cannot be read. Use a PNG or JPEG picture.")


class NoSuchTemplate(Invalid):
    """The product has no template of this id."""

    code = "no_such_template"
    message = mark("There is no template {template}. The list of templates names them all.")


class OfficeMissing(AppError):
    """LibreOffice is not installed where an exact PDF was asked for."""

    code = "office_missing"
    status = 503
    message = mark("LibreOffice is not installed here. Ask for the PDF without it.")


class OfficeHangs(AppError):
    """LibreOffice did not answer in time and was ended."""

    code = "office_hangs"
    status = 504
    message = mark("LibreOffice did not answer within {seconds} seconds and was ended. Try again.")


class OfficeRefuses(AppError):
    """LibreOffice could not open a file."""

    code = "office_refuses"
    status = 422
    message = mark("LibreOffice could not turn {files} into a PDF.")


class ValuesNotReadable(Invalid):
    """A file of values is no JSON object."""

    code = "values_not_readable"
    message = mark("{file} cannot be read: it must hold one JSON object, a value for each name.")

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

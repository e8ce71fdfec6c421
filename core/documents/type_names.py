"""What the kinds of document are called."""

from collections.abc import Mapping

from core.documents.models import DocumentType
from core.i18n import mark

DOCUMENT_TYPE_NAMES: Mapping[DocumentType, str] = {
    DocumentType.BUSINESS_PLAN: mark("Business plan"),
    DocumentType.PROPOSAL: mark("Proposal"),
    DocumentType.REPORT: mark("Report"),
    DocumentType.CONTRACT: mark("Contract"),
    DocumentType.PRESENTATION: mark("Presentation"),
    DocumentType.EMAIL: mark("E-mail"),
}

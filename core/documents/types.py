"""The registry of document types: what each needs and how its content is built."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.documents import campaign_report
from core.documents.drafts import Assignment, Draft
from core.documents.errors import UnknownDocumentType
from core.documents.models import DocumentType
from core.documents.ports import Figures


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """How one document type is built; ``tells_campaign_figures`` decides who may make it."""

    build: Callable[[Assignment, Figures], Draft]
    tells_campaign_figures: bool


DOCUMENT_TYPES: Mapping[DocumentType, TypeSpec] = {
    DocumentType.REPORT: TypeSpec(campaign_report.build, tells_campaign_figures=True),
}


def spec_of(document_type: DocumentType) -> TypeSpec:
    """How a type is built, or :class:`UnknownDocumentType`."""
    if document_type not in DOCUMENT_TYPES:
        raise UnknownDocumentType(document_type=document_type.value)
    return DOCUMENT_TYPES[document_type]

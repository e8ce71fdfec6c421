"""The registry of document types: how each is laid out, saved, and made of sections."""

from collections.abc import Mapping

from core.documents import (
    business_plan,
    campaign_report,
    contract,
    email,
    presentation,
    project_report,
    proposal,
)
from core.documents.composing import TypeSpec
from core.documents.errors import UnknownDocumentType
from core.documents.model import Layout
from core.documents.models import DocumentType
from core.documents.writing import Writing

_QUOTED = ("headlines", "headline_figures", "small_chart", "largest_campaigns")
_CAMPAIGNS = {name: campaign_report.SECTIONS[name] for name in _QUOTED}


def _for_reader(w: Writing) -> tuple[str, ...]:
    """For whom a document is, where that is told."""
    reader = w.text("reader_name") or (w.values.get("client") or {}).get("name")
    return (w.t("For {reader}", reader=reader),) if reader else ()


def _of_organisation(w: Writing) -> tuple[str, ...]:
    organisation = w.text("organisation")
    return (organisation,) if organisation else ()


def _for_client(w: Writing) -> tuple[str, ...]:
    return (*_for_reader(w), *(line for line in (w.text("client_organisation"),) if line))


def _nothing(_w: Writing) -> tuple[str, ...]:
    return ()


DOCUMENT_TYPES: Mapping[DocumentType, TypeSpec] = {
    DocumentType.BUSINESS_PLAN: TypeSpec(
        Layout.PAGES, ("docx", "pdf"), business_plan.SECTIONS, {}, _of_organisation
    ),
    DocumentType.PROPOSAL: TypeSpec(
        Layout.PAGES, ("docx", "pdf"), proposal.SECTIONS, _CAMPAIGNS, _for_client
    ),
    DocumentType.REPORT: TypeSpec(
        Layout.PAGES,
        ("docx", "pdf"),
        project_report.SECTIONS,
        campaign_report.SECTIONS,
        _for_reader,
    ),
    DocumentType.CONTRACT: TypeSpec(Layout.PAGES, ("docx", "pdf"), contract.SECTIONS, {}, _nothing),
    DocumentType.PRESENTATION: TypeSpec(
        Layout.SLIDES, ("pptx", "pdf"), presentation.SECTIONS, _CAMPAIGNS, _of_organisation
    ),
    DocumentType.EMAIL: TypeSpec(
        Layout.MESSAGE, ("eml", "pdf"), email.SECTIONS, _CAMPAIGNS, _nothing, email.envelope
    ),
}


def spec_of(document_type: DocumentType) -> TypeSpec:
    """How a type is built, or :class:`UnknownDocumentType`."""
    if document_type not in DOCUMENT_TYPES:
        raise UnknownDocumentType(document_type=document_type.value)
    return DOCUMENT_TYPES[document_type]

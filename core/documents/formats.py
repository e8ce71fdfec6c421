"""The file formats that documents are saved in, by their ending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.documents import docx, eml, page_layout, pptx
from core.documents.composing import TypeSpec
from core.documents.drafts import Draft
from core.documents.errors import FormatNotOffered
from core.documents.ledger_part import as_xml
from core.documents.model import DocumentModel

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, and how a model with the ledger's XML becomes a file."""

    media_type: str
    render: Callable[[DocumentModel, bytes], bytes]


FORMATS: Mapping[str, Format] = {
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", docx.render),
    "pdf": Format("application/pdf", lambda model, _ledger: page_layout.pdf(model)),
    "pptx": Format(f"{_OFFICE}.presentationml.presentation", pptx.render),
    "eml": Format("message/rfc822", eml.render),
}


def render(draft: Draft, spec: TypeSpec, ending: str) -> bytes:
    """The draft as a file; raises :class:`FormatNotOffered` for one its type does not have."""
    if ending not in spec.formats:
        raise FormatNotOffered(format=ending, offered=", ".join(spec.formats))
    ledger = as_xml(draft.ledger.as_records(), draft.lake_generation)
    return FORMATS[ending].render(draft.model, ledger)

"""Making a document again as of then, from the values and figures that were kept with it."""

import streamlit as st

from components import feedback, viewer
from components.documents import FORMAT_NAMES
from core.documents import service
from core.documents.schemas import DocumentSummary, MadeAgain
from core.i18n import Language
from wiring import services


def show(document: DocumentSummary, t: Language) -> None:
    """A button; once pressed, whether the document is the one of then, and the file."""
    pressed = st.button(
        t("Make again as of then"),
        key=f"again-{document.document_id}",
        icon=":material/replay:",
        help=t("From what was typed and the figures of then, whatever was imported since."),
    )
    if not pressed:
        return
    with feedback.sentences():
        with services().reading() as session:
            made = service.make_again(session, viewer.principal(), document.document_id)
        _tell(document, made, t)


def _tell(document: DocumentSummary, made: MadeAgain, t: Language) -> None:
    digest = made.canonical_sha256[:12]
    if made.is_same:
        text = t("Made again, it is the same as then, to the last sign ({digest}).", digest=digest)
        st.success(text, icon=":material/check:")
    else:
        text = t(
            "Made again, it differs from the one of then ({digest}): this version of the product "
            "writes it otherwise. The file of then stays as it is.",
            digest=digest,
        )
        st.warning(text, icon=":material/difference:")
    ending = document.formats[0]
    folder = services().settings.documents_dir
    with services().reading() as session:
        kept = service.download(session, viewer.principal(), document.document_id, folder, ending)
    st.download_button(
        t("Download {format}", format=FORMAT_NAMES[ending]),
        data=made.content,
        file_name=kept.file_name,
        mime=kept.media_type,
        key=f"again-{document.document_id}-{ending}",
        on_click="ignore",
        icon=":material/download:",
    )

"""The table of documents: one row chosen shows its card, two rows what differs."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import documents, viewer
from components.document_history import again, by_template, comparison, filters
from core.accounts.access import Principal
from core.documents import searching
from core.documents.schemas import DocumentSummary
from core.i18n import LANGUAGES, MISSING, Language
from wiring import services

_SHOWN = 200


def show(principal: Principal) -> None:
    """Every document the person may see and looks for, newest first."""
    t = viewer.words()
    with services().reading() as session:
        used = searching.used_templates(session, principal)
    if not used:
        st.info(
            t("No documents yet. The first one you make appears here."),
            icon=":material/history:",
        )
        return
    wanted = filters.show(used, t)
    with services().reading() as session:
        found = searching.find_documents(session, principal, wanted, t, _SHOWN)
        records = searching.records_by_template(session, principal, wanted, t)
    if not found:
        text = t("No document matches. Try fewer words, or another kind or template.")
        st.info(text, icon=":material/search_off:")
        return
    _chosen(found, _table(found, t), t)
    by_template.show(records, t)


def selection_key(found: Sequence[DocumentSummary]) -> str:
    """Under which the chosen rows are kept: another list of documents has none chosen."""
    return f"documents-{hash(tuple(one.document_id for one in found))}"


def _table(found: Sequence[DocumentSummary], t: Language) -> list[int]:
    """The table, and the rows of it that are chosen."""
    event = st.dataframe(
        [_row(document, t) for document in found],
        key=selection_key(found),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=_columns(t),
        alt=t("Documents with template, language, time taken, score and satisfaction"),
    )
    told = [t("Choose a row to see that document, two rows to compare them.")]
    if len(found) == _SHOWN:
        told.append(t("The newest {n} are shown; search for older ones.", n=t.number(_SHOWN)))
    st.caption(" ".join(told))
    return [row for row in event["selection"]["rows"] if row < len(found)]


def _chosen(found: Sequence[DocumentSummary], rows: Sequence[int], t: Language) -> None:
    match rows:
        case []:
            _one(found[0], t)
        case [row]:
            _one(found[row], t)
        case [row, other]:
            # The newest document stands first in the list.
            newer, older = sorted((row, other))
            comparison.show(found[older], found[newer], t)
        case _:
            st.info(t("Choose two rows to compare them."), icon=":material/difference:")


def _one(document: DocumentSummary, t: Language) -> None:
    documents.card(document, t)
    again.show(document, t)


def _row(document: DocumentSummary, t: Language) -> dict[str, Any]:
    return {
        "title": document.title,
        "score": float(document.quality_score),
        "satisfaction": f"{document.satisfaction} / 5" if document.satisfaction else MISSING,
        "made": t.date(document.created_at.date()),
        "template": t(document.template_name),
        "language": LANGUAGES.get(document.language, document.language),
        "owner": document.owner_name,
        "seconds": t.number(document.generation_time_seconds, 2),
        "size": f"{t.number(document.size_bytes / 1000)} kB",
    }


def _columns(t: Language) -> dict[str, Any]:
    """Widths in pixels, so that beside the navigation of a small screen nothing is cut."""
    column = st.column_config
    return {
        "title": column.TextColumn(t("Title"), width=138, pinned=True),
        "score": column.ProgressColumn(
            t("Score"), min_value=0, max_value=1, format="percent", width=88
        ),
        "satisfaction": column.TextColumn(t("Satisfaction"), width=92),
        "made": column.TextColumn(t("Made"), width=95),
        "template": column.TextColumn(t("Template"), width=105),
        "language": column.TextColumn(t("Language"), width=74),
        "owner": column.TextColumn(t("Made by"), width=85),
        "seconds": column.TextColumn(t("Seconds"), alignment="right", width=76),
        "size": column.TextColumn(t("Size"), alignment="right", width=62),
    }

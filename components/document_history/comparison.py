"""Two documents beside each other in words: what went, what came, what stayed."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from components import feedback, viewer
from components.labels import literal
from core.documents import comparing
from core.documents.comparing import Change, Kind, Run
from core.documents.schemas import DocumentSummary
from core.i18n import Language
from wiring import services

_MOST_SHOWN = 200
# Not by colour alone: what went is struck through, what came is bold.
_DRAWN = {Kind.REMOVED: ":red-background[~~{text}~~]", Kind.ADDED: ":green-background[**{text}**]"}


def show(older: DocumentSummary, newer: DocumentSummary, t: Language) -> None:
    """The paragraphs that differ, under the sections they stand in."""
    with st.container(border=True), feedback.sentences():
        st.subheader(t("What differs"), anchor=False)
        st.markdown(
            t(
                "From **{older}**, {then}, to **{newer}**, {later}",
                older=literal(older.title),
                then=t.moment(older.created_at),
                newer=literal(newer.title),
                later=t.moment(newer.created_at),
            )
        )
        with services().reading() as session:
            found = comparing.compare_documents(
                session, viewer.principal(), older.document_id, newer.document_id
            )
        told = [change for change in found.changes if change.kind is not Kind.SAME]
        if not told:
            st.success(t("Both say the same."), icon=":material/check_circle:")
            return
        st.caption(_counts(found.changes, t))
        _sections(told[:_MOST_SHOWN])
        if len(told) > _MOST_SHOWN:
            st.caption(t("The first {n} are shown.", n=t.number(_MOST_SHOWN)))


def _counts(changes: Iterable[Change], t: Language) -> str:
    kinds = [change.kind for change in changes]
    return " · ".join(
        [
            t("Paragraphs and rows of tables"),
            t.plural("1 changed", "{n} changed", kinds.count(Kind.CHANGED)),
            t.plural("1 added (bold)", "{n} added (bold)", kinds.count(Kind.ADDED)),
            t.plural(
                "1 removed (struck through)",
                "{n} removed (struck through)",
                kinds.count(Kind.REMOVED),
            ),
            t.plural("1 the same", "{n} the same", kinds.count(Kind.SAME)),
        ]
    )


def _sections(changes: Sequence[Change]) -> None:
    for place, within in groupby(changes, key=lambda change: change.place):
        st.markdown(f"**{literal(place)}**")
        st.markdown("\n\n".join(_paragraph(change) for change in within))


def _paragraph(change: Change) -> str:
    return " ".join(_run(run) for run in change.runs)


def _run(run: Run) -> str:
    text = literal(run.text)
    return _DRAWN[run.kind].format(text=text) if run.kind in _DRAWN else text

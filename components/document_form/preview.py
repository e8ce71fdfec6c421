"""The document's pages beside its form, as they are going to be."""

import hashlib
import json
from typing import Any

import streamlit as st

from components import viewer
from components.document_form import advice
from components.labels import told
from core.accounts.access import Principal
from core.documents import previewing
from core.documents.form import Fault
from core.documents.previewing import Preview
from core.documents.schemas import TemplateSummary
from core.errors import AppError
from wiring import services

_KEPT = "document-preview"


def show(
    principal: Principal,
    template: TemplateSummary,
    values: dict[str, Any],
    written_in: str,
    chosen: dict[str, Any],
    faults: list[Fault],
) -> None:
    """The pages once every field can be read; until then what is still missing."""
    t = viewer.words()
    st.subheader(t("Preview"))
    if faults:
        missing = ", ".join(t(fault.label) for fault in faults)
        st.caption(t("The pages appear here once these are filled in: {missing}.", missing=missing))
        return
    try:
        pages = _preview(principal, template, values, written_in, chosen)
    except AppError as error:
        st.warning(told(error, t), icon=":material/info:")
        return
    for gate in pages.gates:
        st.error(told(gate, t), icon=":material/block:")
    score = t.percent(pages.score, 0)
    st.caption(
        t.plural(
            "One page, score {score}", "{n} pages, score {score}", len(pages.pages), score=score
        )
    )
    advice.show(template, pages.advice)
    for number, page in enumerate(pages.pages, start=1):
        named = t("Page {n}", n=number)
        with st.container(border=True):
            st.image(page, caption=named, alt=named, width="stretch")


def _preview(
    principal: Principal,
    template: TemplateSummary,
    values: dict[str, Any],
    written_in: str,
    chosen: dict[str, Any],
) -> Preview:
    """The pages; the same form is laid out once, also when the page runs again."""
    generation = services().warehouse.generation()
    asked = [template.template_id, values, written_in, chosen, generation, principal.user_id]
    mark = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != mark:
        with services().reading() as session:
            made = previewing.preview(
                session,
                principal,
                template.template_id,
                values,
                written_in,
                chosen=chosen,
                figures=services().report_figures,
            )
        kept = st.session_state[_KEPT] = (mark, made)
    return kept[1]

"""A template's form: checked while it is filled, kept as a draft, with its pages beside it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import theme, viewer
from components.document_form import fields, preview
from components.document_form.fields import Field, Offered
from core.accounts.access import Principal
from core.documents import service
from core.documents.form import Fault, faults_of
from core.documents.formatting import Annex
from core.documents.schemas import TemplateSummary
from core.i18n import LANGUAGES, Language, language, mark
from wiring import services

Submit = Callable[[dict[str, Any], str, dict[str, Any]], None]

_ANNEXES = {
    Annex.FULL: mark("Every figure with its query"),
    Annex.SHORT: mark("Where they come from"),
    Annex.NONE: mark("None"),
}


def show(principal: Principal, template: TemplateSummary, offered: Offered, submit: Submit) -> None:
    """Draw the form and the pages; on sending, ``submit`` gets values, language and format."""
    t = viewer.words()
    filling, pages = st.columns([1, 1], gap="large")
    with filling:
        values, below = _fields(template, offered, t)
        written_in = _language(template, t)
        chosen = _format(template, t)
        sent = st.button(
            t("Make document"),
            type=theme.call_to_action(),
            icon=":material/note_add:",
            key=f"{template.slug}-make",
        )
    values = _titled(values, template, t, written_in)
    faults = faults_of(template.variables, values)
    _mark(faults, below, template, t, everything=sent)
    _keep(principal, template, values)
    with pages:
        preview.show(principal, template, values, written_in, chosen, faults)
    if sent and not faults:
        submit(values, written_in, chosen)


def _fields(
    template: TemplateSummary, offered: Offered, t: Language
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each variable's value, and the place below its field where a fault is told."""
    values: dict[str, Any] = {}
    below: dict[str, Any] = {}
    grid = st.grid(2, min_column_width=220)
    for variable in template.variables:
        wide = variable.kind in fields.WIDE
        with grid.cell(column_span="all") if wide else grid.cell():
            values[variable.name] = fields.value_of(Field(template, variable, offered, t))
            below[variable.name] = st.empty()
    return values, below


def _mark(
    faults: list[Fault],
    below: Mapping[str, Any],
    template: TemplateSummary,
    t: Language,
    everything: bool,
) -> None:
    """A sentence under each field at fault; an empty one is told once somebody tries to send."""
    tried = f"{template.slug}-tried"
    st.session_state[tried] = everything or st.session_state.get(tried, False)
    for fault in faults:
        if st.session_state[tried] or not fault.is_missing:
            below[fault.name].error(fault.sentence(t), icon=":material/error:")


def _keep(principal: Principal, template: TemplateSummary, values: dict[str, Any]) -> None:
    """Write the draft when something was typed since the last run."""
    kept = f"{template.slug}-kept"
    if st.session_state.get(kept, values) != values:
        with services().work() as session:
            service.keep_draft(session, principal, template.slug, values)
    st.session_state[kept] = values


def _titled(
    values: dict[str, Any], template: TemplateSummary, t: Language, written_in: str
) -> dict[str, Any]:
    """The values, with a title nobody has touched in the language of the document."""
    if values.get("title") != t(template.name):
        return values
    return values | {"title": language(written_in)(template.name)}


def _language(template: TemplateSummary, t: Language) -> str:
    """The document's language, the reader's own to begin with."""
    offered = list(template.languages)
    chosen: str | None = st.segmented_control(
        t("Language of the document"),
        offered,
        default=t.code if t.code in offered else offered[0],
        required=True,
        format_func=lambda code: LANGUAGES.get(code, code),
        key=f"{template.slug}-language",
    )
    return chosen or offered[0]


def _format(template: TemplateSummary, t: Language) -> dict[str, Any]:
    """What differs from the template's rules for this one document."""
    rules, slug = template.rules, template.slug
    with st.expander(t("Format of this document"), icon=":material/tune:"):
        cover = st.toggle(t("Title on a page of its own"), rules.has_cover, key=f"{slug}-cover")
        contents = st.toggle(t("Table of contents"), rules.has_contents, key=f"{slug}-contents")
        annex = st.segmented_control(
            t("Sources of the figures"),
            list(_ANNEXES),
            default=rules.annex,
            required=True,
            format_func=lambda one: t(_ANNEXES[one]),
            key=f"{slug}-annex",
        )
    told = {"has_cover": cover, "has_contents": contents, "annex": (annex or rules.annex).value}
    usual = rules.as_record()
    return {name: value for name, value in told.items() if value != usual[name]}

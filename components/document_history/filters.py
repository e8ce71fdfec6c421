"""The filters of the history; they live in the URL, so that a link shares what was found."""

from collections.abc import Sequence

import streamlit as st

from components.filters import several
from core.documents.searching import UsedTemplate, Wanted
from core.documents.type_names import DOCUMENT_TYPE_NAMES
from core.i18n import Language


def show(used: Sequence[UsedTemplate], t: Language) -> Wanted:
    """Draw the filters and give what they ask for; each offers only what there is."""
    names = {one.slug: one.name for one in used}
    with st.grid(3, min_column_width=200):
        words = st.text_input(
            t("Search"),
            key="words",
            max_chars=100,
            bind="query-params",
            placeholder=t("Words of title, kind or template"),
            icon=":material/search:",
        )
        types = several(
            t("Kind of document"),
            t("All kinds"),
            "kinds",
            [kind for kind in DOCUMENT_TYPE_NAMES if kind in {one.document_type for one in used}],
            lambda kind, to: to(DOCUMENT_TYPE_NAMES[kind]),
            t,
        )
        slugs = several(
            t("Template"),
            t("All templates"),
            "templates",
            list(names),
            lambda slug, to: to(names[slug]),
            t,
        )
    return Wanted(words or "", types, slugs)

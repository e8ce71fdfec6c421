"""What a campaign's page has below its head: parts of which only the open one is computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.i18n import LANGUAGES, Language, language

_KEY = "tab"


def show(parts: Mapping[str, Callable[[], None]], t: Language) -> None:
    """A tab for each part, by its marked name; the open one is in the URL and alone runs."""
    _open_linked(list(parts), t)
    tabs = st.tabs([t(name) for name in parts], key=_KEY, bind="query-params")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _open_linked(names: list[str], t: Language) -> None:
    """Let a link made in one language open in another: the URL holds the name as shown."""
    linked = st.session_state.get(_KEY, st.query_params.get(_KEY))
    if linked is None or linked in {t(name) for name in names}:
        return
    known = {language(code)(name): name for code in LANGUAGES for name in names}
    st.session_state[_KEY] = t(known.get(linked, names[0]))

"""What would make the document better, and a button for what can be mended in its form."""

import re
from collections.abc import Sequence

import streamlit as st

from components import viewer
from components.labels import literal
from core.accounts.access import Area
from core.documents.schemas import Suggestion, TemplateSummary, VariableKind
from core.i18n import Language

_SHOWN = 8
_TYPED = (VariableKind.LONG_TEXT, VariableKind.LIST)  # the fields whose words are looked up


def show(template: TemplateSummary, advice: Sequence[Suggestion]) -> None:
    """Each suggestion with its place; nothing where there is none."""
    if not advice:
        return
    t = viewer.words()
    labels = {variable.name: t(variable.label) for variable in template.variables}
    title = t.plural("One suggestion", "{n} suggestions", len(advice))
    with st.expander(title, icon=":material/rule:"):
        for one in advice[:_SHOWN]:
            st.markdown(literal(one.sentence(t)))
            st.caption(literal(labels.get(one.place, one.place)))
            _button(template, one, t)
        if len(advice) > _SHOWN:
            st.caption(t("The first {n} are shown.", n=_SHOWN))


def _button(template: TemplateSummary, one: Suggestion, t: Language) -> None:
    """Mends a word where it was typed; a word of the template's own text has no button."""
    keys = [f"{template.slug}-{v.name}" for v in template.variables if v.kind in _TYPED]
    holding = [key for key in keys if _standing(one.word).search(st.session_state.get(key, ""))]
    if one.better and holding:
        st.button(
            t("Write “{better}”", better=literal(one.better)),
            key=f"{template.slug}-mend-{one.word}",
            icon=":material/spellcheck:",
            on_click=viewer.checked(Area.NEW_DOCUMENT)(_mend),
            args=(holding, one.word, one.better),
        )


def _mend(keys: Sequence[str], word: str, better: str) -> None:
    for key in keys:
        st.session_state[key] = _standing(word).sub(better, st.session_state[key])


def _standing(word: str) -> re.Pattern[str]:
    """The word by itself, not inside a longer one."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")

"""The first line of Home."""

import streamlit as st

from components.labels import literal
from core.accounts.access import Principal
from core.i18n import Language


def show(principal: Principal, t: Language) -> None:
    """Greet the person by their first name."""
    st.title(t("Hello, {name}", name=literal(principal.name.split(" ")[0])), anchor=False)

"""Home: what is new in the parts of the product that the person uses."""

import streamlit as st

from components import viewer
from components.home import greeting, parts
from core.accounts.access import Area


def page() -> None:
    """Greet, then show each part that the person's roles open."""
    principal = viewer.page(Area.HOME)
    t = viewer.words()
    greeting.show(principal, t)
    for part in parts.PARTS:
        if principal.may_open(part.area):
            with st.container():
                part.show(principal, t)

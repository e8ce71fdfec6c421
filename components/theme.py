"""Colours for what we draw ourselves, taken from the theme the reader has on."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as hex strings. ``first`` and ``second`` stay apart for every kind of sight."""

    first: str
    second: str
    muted: str
    text: str
    grid: str


# Positions in the diverging palette: its strong blue and its strong orange.
_BLUE, _ORANGE = 8, 1


def tokens() -> Tokens:
    """The tokens of the theme that is on, light until the browser has said."""
    kind = "dark" if st.context.theme.type == "dark" else "light"
    diverging = st.get_option(f"theme.{kind}.chartDivergingColors")
    return Tokens(
        first=diverging[_BLUE],
        second=diverging[_ORANGE],
        muted=st.get_option(f"theme.{kind}.chartCategoricalColors")[-1],
        text=st.get_option(f"theme.{kind}.textColor"),
        grid=st.get_option(f"theme.{kind}.dataframeBorderColor"),
    )


def call_to_action() -> Literal["primary", "secondary"]:
    """The type of a form's main button: filled in the light, outlined in the dark.

    Streamlit writes white on the primary colour and the primary colour on a selected
    segment. In the dark no colour gives both the contrast of 4.5:1 that WCAG asks for.
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"

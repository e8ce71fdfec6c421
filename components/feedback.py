"""Telling a person what came of their action."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components import labels, viewer
from core.errors import AppError

_KEY = "feedback"


@contextmanager
def sentences() -> Iterator[None]:
    """Show a named error of the block as a sentence where the person is looking."""
    try:
        yield
    except AppError as error:
        st.error(labels.told(error, viewer.words()), icon=":material/error:")


def done(text: str) -> None:
    """Run the page again, with what was done told in a corner."""
    st.session_state[_KEY] = text
    st.rerun()


def later(text: str) -> None:
    """Tell what a callback has done; the run that follows it shows it in a corner."""
    st.session_state[_KEY] = text


def show() -> None:
    """Tell what the run before wanted told."""
    if text := st.session_state.pop(_KEY, None):
        st.toast(text, icon=":material/check:")

"""What a person sees when a page fails."""

import streamlit as st

from components import labels, viewer
from core import logs, surroundings
from core.errors import AppError
from core.jobs.errors import Unexpected


def shown(error: Exception) -> bool:
    """Show a sentence instead of a stack trace; a fault nobody named gets an id and a log line.

    Returns the literal True, by which Streamlit shows nothing of its own.
    """
    if not isinstance(error, AppError):
        made = logs.report(error, "page_failed", url=st.context.url)
        error = surroundings.named(error) or Unexpected(id=made)
    st.error(labels.told(error, viewer.words()), icon=":material/error:")
    return True

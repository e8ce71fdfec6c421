"""What runs: Streamlit's script behind our gate, with our routes beside it.

Start it with ``streamlit run app.py``. The script is a folder further down, so that
Streamlit does not find ``pages/`` by itself and run a page for a stranger.
"""

from pathlib import Path

import streamlit as st

from api import failures, server
from components import errors
from wiring import services

server.keep_cookie_secret(services())

app = st.App(
    Path(__file__).parent / "components" / "shell.py",
    lifespan=server.lifespan(services, preload=("pages", "pandas", "pyarrow")),
    routes=server.routes(services),
    middleware=server.middleware(services),
    exception_handlers={Exception: failures.unexpected(services)},
    on_script_error=errors.shown,
)

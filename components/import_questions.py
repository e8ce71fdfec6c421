"""What must be known before files can be imported: unknown columns, the order of dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from components import feedback, import_mapping, theme, viewer
from components.labels import literal
from core.accounts.access import Principal
from core.i18n import Language, mark
from core.imports import repository, service
from core.jobs import requests
from core.jobs.requests import Upload
from data.pipeline.peeking import Peek, peek
from wiring import services

_KEY = "import-waits"
ORDERS = {"dmy": mark("Day first: 31/12"), "mdy": mark("Month first: 12/31")}


@dataclass(frozen=True)
class _Waiting:
    """Files that wait for an answer, and what was said with them."""

    uploads: Sequence[Upload]
    peeks: Sequence[Peek | None]
    choices: Mapping[str, Any]


def start(principal: Principal, uploads: Sequence[Upload], choices: Mapping[str, Any]) -> None:
    """Queue the import of files, or keep them until their questions are answered."""
    with services().reading() as session:
        known = repository.mappings(session)
    limit = services().settings.max_import_mb * 1_000_000
    sheets = choices.get("sheets") or {}
    peeks = [peek(Path(one.path), one.name, known, limit, sheets.get(one.name)) for one in uploads]
    if _is_open(peeks, choices):
        st.session_state[_KEY] = _Waiting(uploads, peeks, choices)
        st.rerun()
    st.session_state.pop(_KEY, None)
    t = viewer.words()
    with services().work() as session:
        requests.import_ads(session, principal, uploads, t.code, choices)
    feedback.done(t("The import has started."))


def show(principal: Principal) -> None:
    """The questions of files that wait, one file at a time; nothing where none waits."""
    waiting: _Waiting | None = st.session_state.get(_KEY)
    if waiting is None:
        return
    t = viewer.words()
    pairs = [
        (file, seen) for file, seen in zip(waiting.uploads, waiting.peeks, strict=True) if seen
    ]
    several = next(((file, seen) for file, seen in pairs if seen.sheets), None)
    unknown = next(((file, seen) for file, seen in pairs if not seen.is_known), None)
    with st.container(border=True, key="import-questions"):
        st.subheader(t("Before the import"), anchor=False)
        if several:
            _ask_sheet(principal, waiting, *several)
        elif unknown:
            _ask_columns(principal, waiting, *unknown)
        else:
            _ask_dates(principal, waiting)


def _is_open(peeks: Sequence[Peek | None], choices: Mapping[str, Any]) -> bool:
    seen = [one for one in peeks if one]
    needs_order = any(one.undecided_date for one in seen) and not choices.get("dates")
    return needs_order or any(one.sheets or not one.is_known for one in seen)


def _ask_sheet(principal: Principal, waiting: _Waiting, file: Upload, seen: Peek) -> None:
    t = viewer.words()
    sheet = st.radio(
        t("Which sheet of {file} is to be imported?", file=literal(file.name)),
        seen.sheets,
        index=None,
        format_func=literal,
        key=f"import-sheet-{file.path}",
    )
    if _answered(t, t("Continue")):
        if sheet is None:
            st.error(t("Choose a sheet."), icon=":material/error:")
            return
        with feedback.sentences():
            sheets = {**(waiting.choices.get("sheets") or {}), file.name: sheet}
            start(principal, waiting.uploads, {**waiting.choices, "sheets": sheets})


def _ask_columns(principal: Principal, waiting: _Waiting, file: Upload, seen: Peek) -> None:
    t = viewer.words()
    mapping = import_mapping.asked(file.name, seen)
    if _answered(t, t("Remember and import")):
        with feedback.sentences():
            with services().work() as session:
                service.remember(session, principal, seen.signature, mapping)
            start(principal, waiting.uploads, waiting.choices)


def _ask_dates(principal: Principal, waiting: _Waiting) -> None:
    t = viewer.words()
    names = [
        f"{literal(file.name)} ({literal(seen.undecided_date)})"
        for file, seen in zip(waiting.uploads, waiting.peeks, strict=True)
        if seen and seen.undecided_date
    ]
    st.markdown(t("Which comes first in these dates? {files}", files=", ".join(names)))
    order = st.radio(
        t("Order of day and month"),
        list(ORDERS),
        index=None,
        format_func=lambda one: t(ORDERS[one]),
        label_visibility="collapsed",
        key="import-order",
    )
    if _answered(t, t("Import")):
        if order is None:
            st.error(t("Say which comes first."), icon=":material/error:")
            return
        with feedback.sentences():
            start(principal, waiting.uploads, {**waiting.choices, "dates": order})


def _answered(t: Language, label: str) -> bool:
    """Whether the answer was given; forgets the files where they are not wanted any more."""
    with st.container(horizontal=True):
        given = st.button(label, type=theme.call_to_action(), key="import-answer")
        if st.button(t("Do not import"), key="import-forget"):
            del st.session_state[_KEY]
            st.rerun()
    return given

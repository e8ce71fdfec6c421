"""Bringing ad exports and courses in."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import feedback, import_questions, theme, viewer
from core.accounts.access import Area, Principal
from core.imports.choices import read_rate
from core.jobs import requests
from core.jobs.requests import Upload
from data import uploads
from wiring import services


def forms(principal: Principal) -> None:
    """The form for ad exports, and beside it the one for courses where the person may."""
    if not principal.sees_all(Area.DATA):
        _ads(principal)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _ads(principal)
    with right:
        _courses(principal)


def _ads(principal: Principal) -> None:
    """A form that takes one or several exports and queues their import as one job."""
    t = viewer.words()
    with st.form("import-ads", clear_on_submit=True):
        st.subheader(t("Import ad exports"), anchor=False)
        files = st.file_uploader(
            t("CSV or XLSX exports of ad platforms, or the unified ad report"),
            accept_multiple_files=True,
            help=t(
                "Files that belong together, such as Google's campaign history and its stats, "
                "are best given together."
            ),
        )
        choices = _choices()
        sent = _button(t("Import"))
    if sent and _chosen(files):
        with feedback.sentences():
            rates = [written for text in choices["rates"] if (written := text.strip())]
            for written in rates:
                read_rate(written)
            uploaded = [_kept(file) for file in files]
            import_questions.start(principal, uploaded, {**choices, "rates": rates})


def _choices() -> dict[str, Any]:
    """What a person may say about the files of one import."""
    t = viewer.words()
    with st.expander(t("Dates and currencies")):
        order = st.selectbox(
            t("Dates such as 03/04/2025"),
            [None, *import_questions.ORDERS],
            format_func=lambda one: t(import_questions.ORDERS[one]) if one else t("Ask me"),
        )
        rates = st.text_input(
            t("Convert amounts by these rates"),
            placeholder="EUR/USD=1.08",
            help=t(
                "One euro is 1.08 dollars: EUR/USD=1.08. Several are parted by a semicolon. "
                "Without a rate every amount stays in its own currency."
            ),
        )
    return {"dates": order, "rates": (rates or "").split(";")}


def _courses(principal: Principal) -> None:
    """A form that takes a folder of courses and learners as a zip."""
    t = viewer.words()
    with st.form("import-courses", clear_on_submit=True):
        st.subheader(t("Import courses"), anchor=False)
        file = st.file_uploader(
            t("A zip of files in the Open University's form"),
            type="zip",
            help=t(
                "It holds courses.csv, assessments.csv, studentInfo.csv, studentRegistration.csv "
                "and studentAssessment.csv, at the top or in one folder."
            ),
        )
        sent = _button(t("Import"))
    files = [file] if file else []
    if sent and _chosen(files):
        with feedback.sentences():
            waiting = _kept(files[0])
            with services().work() as session:
                requests.import_oulad(session, principal, waiting, t.code)
            feedback.done(t("The import has started."))


def _button(label: str) -> bool:
    return st.form_submit_button(
        label, type=theme.call_to_action(), icon=":material/upload:", width="content"
    )


def _chosen(files: Sequence[UploadedFile]) -> bool:
    """Whether there is a file; says so where there is none."""
    if not files:
        t = viewer.words()
        st.error(t("Choose at least one file first."), icon=":material/error:")
    return bool(files)


def _kept(file: UploadedFile) -> Upload:
    """An uploaded file, kept for the worker."""
    return Upload(file.name, str(uploads.save(services().settings.uploads_dir, file.name, file)))

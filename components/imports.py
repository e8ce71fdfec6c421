"""Bringing ad exports in, and what became of their rows."""

from pathlib import Path
from typing import Any

import streamlit as st

from components import feedback, theme, viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.i18n import MISSING, Language, mark
from core.jobs import queue, requests
from core.jobs.models import Job, JobKind
from data import uploads
from wiring import services

_LATEST = 6  # files whose refused rows are offered
_COUNTS = {
    "rows_read": mark("Read"),
    "kept": mark("Kept"),
    "duplicate": mark("Duplicate"),
    "replaced": mark("Replaced"),
    "quarantined": mark("Quarantined"),
}


def upload(principal: Principal) -> None:
    """A form that takes one or several exports and queues their import as one job."""
    t = viewer.words()
    with st.form("import-ads", clear_on_submit=True):
        st.subheader(t("Import ad exports"), anchor=False)
        files = st.file_uploader(
            t("CSV exports of ad platforms, or the unified ad report"),
            accept_multiple_files=True,
            help=t(
                "Files that belong together, such as Google's campaign history and its stats, "
                "are best given together."
            ),
        )
        sent = st.form_submit_button(
            t("Import"), type=theme.call_to_action(), icon=":material/upload:"
        )
    if not sent:
        return
    if not files:
        st.error(t("Choose at least one file first."), icon=":material/error:")
        return
    folder = services().settings.uploads_dir
    waiting = [
        requests.Upload(file.name, str(uploads.save(folder, file.name, file))) for file in files
    ]
    with feedback.sentences():
        with services().work() as session:
            requests.import_ads(session, principal, waiting, t.code)
        feedback.done(t("The import has started."))


def history(principal: Principal) -> None:
    """The latest finished imports: each file's rows, where they went, and what was refused."""
    t = viewer.words()
    with services().reading() as session:
        done = queue.succeeded(session, principal, [JobKind.IMPORT_ADS])
    with st.container(border=True):
        st.subheader(t("What became of the rows"), anchor=False)
        if not done:
            st.caption(t("Nothing was imported yet."))
            return
        reports = [(job, report) for job in done for report in (job.result or {})["files"]]
        st.dataframe(
            [_row(t, job, report) for job, report in reports],
            hide_index=True,
            column_config=_columns(t),
            alt=t("Imported files with the rows read, kept, duplicate, replaced and quarantined"),
        )
        st.caption(
            t(
                "Rows read = kept + duplicate + quarantined. A replaced row is one that a kept, "
                "newer row stands for."
            )
        )
        for job, report in reports[:_LATEST]:
            if report["quarantined"]:
                _quarantine(t, job, report)


def _columns(t: Language) -> dict[str, Any]:
    """A name's column that leaves room for the counts, which stand to the right."""
    figures = [t(label) for label in _COUNTS.values()] + [t("Spend held")]
    right = {name: st.column_config.TextColumn(alignment="right") for name in figures}
    return {t("File"): st.column_config.TextColumn(width=220), **right}


def _row(t: Language, job: Job, report: dict[str, Any]) -> dict[str, str]:
    counts = {t(label): t.number(report[name]) for name, label in _COUNTS.items()}
    finished = t.date(job.finished_at and job.finished_at.date())
    spend = report["totals"]["spend"]
    held = t.number(spend, 2) if spend is not None else MISSING
    return {t("File"): report["file"], **counts, t("Spend held"): held, t("Finished"): finished}


def _quarantine(t: Language, job: Job, report: dict[str, Any]) -> None:
    """Why rows were refused, and the rows themselves to mend and bring again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        titles = report["reason_titles"]
        reasons = [f"{t.number(n)} × {t(titles[code])}" for code, n in report["reasons"].items()]
        st.markdown(f"**{literal(report['file'])}** — {', '.join(reasons)}", width="stretch")
        if note := report["note"]:
            st.caption(t(note))
        path = services().settings.quarantine_dir / Path(report["quarantine_path"]).name
        if path.exists():
            st.download_button(
                t("Refused rows as CSV"),
                data=viewer.later(Area.DATA, lambda _: path.read_bytes()),
                file_name=f"refused-{report['file']}",
                mime="text/csv",
                key=f"refused-{job.id}-{path.name}",
                on_click="ignore",
                icon=":material/download:",
            )

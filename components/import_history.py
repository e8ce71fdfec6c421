"""What became of the rows that were imported, and the refused ones to take away."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from components import viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.errors import Forbidden
from core.i18n import MISSING, Language, mark
from core.jobs import queue
from core.jobs.models import Job, JobKind
from wiring import services

_LATEST = 6  # files whose refused rows are offered
_COUNTS = {
    "rows_read": mark("Read"),
    "kept": mark("Kept"),
    "duplicate": mark("Duplicate"),
    "replaced": mark("Replaced"),
    "quarantined": mark("Quarantined"),
}

Report = dict[str, Any]


def show(principal: Principal) -> None:
    """The latest finished imports: each file's rows, where they went, and what was refused."""
    t = viewer.words()
    reports = _reports(principal)
    with st.container(border=True):
        st.subheader(t("What became of the rows"), anchor=False)
        if not reports:
            st.caption(t("Nothing was imported yet."))
            return
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
        _set_aside(t, [report for _, report in reports])
        refused = [(job, report) for job, report in reports if report["quarantined"]]
        for job, report in refused[:_LATEST]:
            _quarantine(t, job, report)


def _reports(principal: Principal) -> list[tuple[Job, Report]]:
    """What each file's import told, the latest first; of courses only to who sees all data."""
    kinds = [JobKind.IMPORT_ADS]
    if principal.sees_all(Area.DATA):
        kinds.append(JobKind.IMPORT_OULAD)
    with services().reading() as session:
        done = queue.succeeded(session, principal, kinds)
    return [(job, report) for job in done for report in (job.result or {})["files"]]


def _set_aside(t: Language, reports: Sequence[Report]) -> None:
    """Which files were not read at all, and why; what those that were do not tell."""
    notes: dict[str, list[str]] = {}
    for report in reports:
        names = notes.setdefault(report["note"], [])
        is_told = _is_unread(report) or report["fate"] == "added"
        if is_told and report["file"] not in names:
            names.append(report["file"])
    for note, names in notes.items():
        if note and names:
            st.caption(f"{literal(', '.join(names))}: {t(note)}")


def _is_unread(report: Report) -> bool:
    return bool(report["note"]) and not report["rows_read"]


def _columns(t: Language) -> dict[str, Any]:
    """A name's column that leaves room for the counts, which stand to the right."""
    figures = [t(label) for label in _COUNTS.values()] + [t("Spend held")]
    right = {name: st.column_config.TextColumn(alignment="right") for name in figures}
    return {t("File"): st.column_config.TextColumn(width=220), **right}


def _row(t: Language, job: Job, report: Report) -> dict[str, str]:
    counts = {
        t(label): MISSING if _is_unread(report) else t.number(report[name])
        for name, label in _COUNTS.items()
    }
    finished = t.moment(job.finished_at)
    spend = report["totals"].get("spend")
    held = t.number(spend, 2) if spend is not None else MISSING
    name = " · ".join(filter(None, (report["file"], report.get("sheet"))))
    return {t("File"): name, **counts, t("Spend held"): held, t("Finished"): finished}


def _quarantine(t: Language, job: Job, report: Report) -> None:
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
                data=viewer.later(Area.DATA, lambda who: refused_rows(who, job.kind, path)),
                file_name=f"refused-{report['file']}",
                mime="text/csv",
                key=f"refused-{job.id}-{path.name}",
                on_click="ignore",
                icon=":material/download:",
            )


def refused_rows(principal: Principal, kind: JobKind, path: Path) -> bytes:
    """The file; rows of learners only for those who still see all data."""
    if kind is JobKind.IMPORT_OULAD and not principal.sees_all(Area.DATA):
        raise Forbidden(area=Area.DATA.value)
    return path.read_bytes()

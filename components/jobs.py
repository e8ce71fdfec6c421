"""Long work as it goes: a bar while it runs, a sentence when it is over."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import labels, viewer
from core import clock
from core.accounts.access import Area
from core.i18n import Language, mark
from core.jobs import queue
from core.jobs.errors import Unexpected
from core.jobs.models import Job, JobKind, JobStatus
from wiring import services

POLL_SECONDS = 1.0
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)

_NAMES = {
    JobKind.IMPORT_ADS: mark("Import of ad exports"),
    JobKind.SYNC: mark("Renewal of the warehouse"),
    JobKind.MAKE_DOCUMENT: mark("Document"),
    JobKind.MAKE_BATCH: mark("Batch of documents"),
    JobKind.LOAD_SAMPLE: mark("Loading the sample world"),
    JobKind.REMOVE_SAMPLE: mark("Removing the sample world"),
    JobKind.IMPORT_OULAD: mark("Import of courses"),
    JobKind.TRAIN_MODEL: mark("Training"),
    JobKind.PROMOTE_MODEL: mark("Promotion"),
    JobKind.ROLL_BACK_MODEL: mark("Rolling back"),
    JobKind.ADVANCE_SAMPLE: mark("Playing the sample world on"),
    JobKind.FIT_RESPONSE: mark("Learning how campaigns respond to spend"),
}


def watch(
    area: Area,
    kinds: Sequence[JobKind],
    *,
    after: Callable[[Job], None] | None = None,
    named: Callable[[Job], str] | None = None,
    keep: int = 1,
) -> None:
    """The jobs of these kinds: every open one and the ``keep`` latest that are over.

    It looks again every second while one is open, and runs the whole page once when one
    ends, so that what the job made appears. ``after`` draws beside a job that went well,
    ``named`` tells jobs of one kind apart, in Markdown.
    """
    open_before = _open_ids(_recent(kinds))

    def body() -> None:
        jobs = _recent(kinds)
        if _open_ids(jobs) != open_before:
            st.rerun()
        over = [job for job in jobs if job.status not in _OPEN][:keep]
        for job in [job for job in jobs if job.status in _OPEN] + over:
            show(job, after, named)

    every = POLL_SECONDS if open_before else None
    st.fragment(viewer.checked(area)(body), run_every=every, key=f"jobs-{area.value}")()


def show(
    job: Job,
    after: Callable[[Job], None] | None = None,
    named: Callable[[Job], str] | None = None,
) -> None:
    """One job: its step and how far it is, how long it took, or why it failed.

    ``after`` draws beside a job that went well; ``named`` gives its name in Markdown.
    """
    t = viewer.words()
    name = named(job) if named else t(_NAMES[job.kind])
    match job.status:
        case JobStatus.QUEUED:
            st.progress(0.0, text=t("{job}: waiting for its turn", job=name))
        case JobStatus.RUNNING:
            step = t(job.step) if job.step else t("starting")
            st.progress(job.progress, text=t("{job}: {step}", job=name, step=step))
        case JobStatus.SUCCEEDED:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                told = _finished(job, name, t)
                st.markdown(f":green[:material/check_circle:] {told}", width="stretch")
                if after is not None:
                    after(job)
        case JobStatus.FAILED:
            st.error(failure(job, t), title=name, icon=":material/error:")


def failure(job: Job, t: Language) -> str:
    """Why a job failed, as one sentence in the reader's language."""
    unknown = {"message": Unexpected.message, "data": {"id": job.id}}
    return labels.told_later(job.error or unknown, t)


def _finished(job: Job, name: str, t: Language) -> str:
    seconds = (
        (job.finished_at or clock.now()) - (job.started_at or job.created_at)
    ).total_seconds()
    digits = 1 if seconds < 10 else 0
    return t(
        "{job}: done in {seconds} s, {moment}",
        job=name,
        seconds=t.number(seconds, digits),
        moment=t.moment(job.finished_at),
    )


def _recent(kinds: Sequence[JobKind]) -> list[Job]:
    with services().reading() as session:
        return queue.recent(session, viewer.principal(), kinds)


def _open_ids(jobs: Sequence[Job]) -> set[int]:
    return {job.id for job in jobs if job.status in _OPEN}

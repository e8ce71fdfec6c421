"""Many documents from a table: what it asks for, what its rows would come to, and the zips."""

import functools

import streamlit as st

from components import documents, feedback, theme, viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.documents import service
from core.documents.batch import service as batches
from core.documents.batch import table
from core.documents.batch.manifest import Status
from core.documents.batch.service import KEPT_DAYS, LookedOver
from core.documents.schemas import TemplateSummary
from core.documents.types import spec_of
from core.i18n import LANGUAGES, Language
from core.jobs.models import Job
from wiring import services

_LARGEST_MB = 20
_FAULTS_SHOWN = 200


def request(principal: Principal) -> None:
    """Choose a template and a table, look its rows over, and queue the documents."""
    t = viewer.words()
    with services().reading() as session:
        templates = service.list_templates(session, principal)
    if not templates:
        st.info(t("There is no template for your role yet."), icon=":material/description:")
        return
    template = documents.choose_template(templates, t)
    ending, code = _format_and_language(template, t)
    _columns(template, t)
    key = f"batch-{template.slug}"
    sent = st.session_state.setdefault(f"{key}-sent", 0)
    file = st.file_uploader(
        t("Table (.csv): a row for each document"),
        type=["csv", "txt"],
        key=f"{key}-file-{sent}",
        max_upload_size=_LARGEST_MB,
    )
    if file is None:
        return
    data = file.getvalue()
    with feedback.sentences():
        with services().reading() as session:
            found = batches.look_over(session, principal, template.template_id, data, code, t)
        _looked_over(found, t)
        send = functools.partial(_send, template.template_id, data, ending, code, key)
        st.button(
            t.plural("Make one document", "Make {n} documents", found.good),
            type=theme.call_to_action(),
            icon=":material/note_add:",
            key=f"{key}-make",
            disabled=not found.good,
            on_click=viewer.checked(Area.NEW_DOCUMENT)(send),
        )


def job_name(job: Job) -> str:
    """What a batch makes, in Markdown."""
    t = viewer.words()
    return t.plural(
        "**{template}** · one row",
        "**{template}** · {n} rows",
        job.payload["rows"],
        template=literal(t(job.payload["template"])),
    )


def offer(job: Job) -> None:
    """What came of a batch, and its zip."""
    t, told = viewer.words(), job.result or {}
    counts = [
        t("{n} made", n=t.number(told[Status.MADE.value])),
        t("{n} held back", n=t.number(told[Status.HELD_BACK.value])),
        t("{n} refused", n=t.number(told[Status.REFUSED.value])),
    ]
    folder = services().settings.batches_dir
    with feedback.sentences():
        with services().reading() as session:
            file = batches.zip_of(session, viewer.principal(), job.id, folder)
        # Above each other: beside each other they find no room next to the job's name.
        with st.container(width="content", gap="xsmall"):
            st.download_button(
                t("Download zip"),
                data=viewer.later(Area.NEW_DOCUMENT, functools.partial(_content, job.id)),
                file_name=file.file_name,
                mime=file.media_type,
                key=f"batch-zip-{job.id}",
                on_click="ignore",
                icon=":material/folder_zip:",
            )
            st.caption(" · ".join(counts), width="content")


def _content(job_id: int, principal: Principal) -> bytes:
    """The zip's bytes, read when somebody asks for them and not in every run."""
    wired = services()
    with wired.reading() as session:
        found = batches.zip_of(session, principal, job_id, wired.settings.batches_dir)
    return found.path.read_bytes()


def _format_and_language(template: TemplateSummary, t: Language) -> tuple[str, str]:
    formats = spec_of(template.document_type).formats
    with st.container(horizontal=True, gap="large"):
        ending: str | None = st.segmented_control(
            t("Format"),
            formats,
            default=formats[0],
            required=True,
            format_func=lambda one: documents.FORMAT_NAMES[one],
            key=f"batch-{template.slug}-format",
        )
        offered = list(template.languages)
        usual = t.code if t.code in offered else offered[0]
        code: str | None = st.segmented_control(
            t("Language, where a row names none"),
            offered,
            default=usual,
            required=True,
            format_func=lambda one: LANGUAGES.get(one, one),
            key=f"batch-{template.slug}-language",
        )
    return ending or formats[0], code or usual


def _columns(template: TemplateSummary, t: Language) -> None:
    """The headings that the table may have, and an empty one to fill in."""
    with st.expander(t("Columns of the table"), icon=":material/table:"):
        st.caption(
            t(
                "One row of headings, then a row for each document. Headings may also be the "
                "names of the fields in the form. Tables within a cell: a line for each row, "
                "with | between its cells."
            )
        )
        st.download_button(
            t("Download an empty table"),
            data=table.blank(template.variables),
            file_name=f"{template.slug}.csv",
            mime="text/csv",
            key=f"batch-{template.slug}-blank",
            on_click="ignore",
            icon=":material/download:",
        )
        st.dataframe(
            [{"heading": name, "holds": told} for name, told in _described(template, t)],
            hide_index=True,
            column_config={
                "heading": st.column_config.TextColumn(t("Heading"), width="medium"),
                "holds": st.column_config.TextColumn(t("What it holds"), width="large"),
            },
            alt=t("Headings of the table and what each holds"),
        )


def _described(template: TemplateSummary, t: Language) -> list[tuple[str, str]]:
    return table.described(template.variables, t)


def _looked_over(found: LookedOver, t: Language) -> None:
    """How many rows can be made, and each row that cannot, with the reason."""
    if not found.faults:
        told = t.plural("The one row can be made.", "All {n} rows can be made.", found.rows)
        st.success(told, icon=":material/check_circle:")
        return
    told = t(
        "{good} of {n} rows can be made. The others are left out and named in the manifest.",
        good=t.number(found.good),
        n=t.number(found.rows),
    )
    st.warning(told, icon=":material/info:")
    shown = [
        {"row": number, "fault": " ".join(sentences)}
        for number, sentences in list(found.faults.items())[:_FAULTS_SHOWN]
    ]
    st.dataframe(
        shown,
        hide_index=True,
        column_config={
            "row": st.column_config.NumberColumn(t("Row"), width="small"),
            "fault": st.column_config.TextColumn(t("What is wrong"), width="large"),
        },
        alt=t("Rows that cannot be made, and why"),
    )
    if len(found.faults) > len(shown):
        st.caption(t("The first {n} are shown.", n=t.number(_FAULTS_SHOWN)))


def _send(template_id: int, data: bytes, ending: str, code: str, key: str) -> None:
    """Queue the documents, and make room for the next table."""
    t = viewer.words()
    with feedback.sentences(), services().work() as session:
        batches.request_batch(
            session,
            viewer.principal(),
            template_id,
            data,
            ending=ending,
            code=code,
            t=t,
            batches_dir=services().settings.batches_dir,
        )
        st.session_state[f"{key}-sent"] += 1


def explain() -> None:
    """What a batch is, in a sentence or two."""
    t = viewer.words()
    st.caption(
        t(
            "Every row of a table becomes a document, packed into one zip with a manifest that "
            "tells what became of each row. You may leave this page. Zips are kept for "
            "{days} days; the documents are not in the history.",
            days=t.number(KEPT_DAYS),
        )
    )

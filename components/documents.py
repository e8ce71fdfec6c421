"""Documents as pages show them: choosing a template, asking for one, and one's card."""

from functools import partial
from typing import Any

import streamlit as st

from components import feedback, viewer
from components.document_form import form
from components.document_form.fields import Offered
from components.labels import literal
from core.accounts.access import Area, Principal
from core.campaigns.schemas import Choices
from core.courses.schemas import TaughtCourse
from core.courses.service import taught_courses
from core.documents import service
from core.documents.form import period_of
from core.documents.schemas import DocumentSummary, TemplateSummary
from core.documents.type_names import DOCUMENT_TYPE_NAMES
from core.i18n import LANGUAGES, Language, mark
from core.jobs.models import Job
from wiring import services

FORMAT_NAMES = {"docx": "Word", "pdf": "PDF", "pptx": "PowerPoint", "eml": "EML"}
_NO_DATA = mark("There is no campaign data yet. Once ad reports are imported, this can be made.")
_PARTS = {
    "completeness": mark("Completeness: every required value and section is there"),
    "placeholders": mark("Placeholders: no blank was left unfilled"),
    "structure": mark("Structure: headings, tables and charts are whole"),
    "grounding": mark("Grounding: every number has a source"),
    "language": mark("Language: every word is in the dictionary"),
    "readability": mark("Readability: sentences are not too long"),
}


def request(principal: Principal) -> None:
    """Choose a template, fill its form, and queue the document."""
    t = viewer.words()
    with services().reading() as session:
        templates = service.list_templates(session, principal)
    if not templates:
        st.info(
            t(
                "There is no template for your role yet. Reports of campaigns are made by staff "
                "and marketers: ask one of them, or an administrator for their role."
            ),
            icon=":material/description:",
        )
        return
    template = choose_template(templates, t)
    choices = None
    if template.tells_campaign_figures:
        figures = services().campaign_figures(services().warehouse.generation())
        choices = service.list_choices(principal, figures)
        if choices is None:
            text = t(
                "There is no campaign data yet. Once ad reports are imported, this can be made."
            )
            st.info(text, icon=":material/database:")
            return
        span = choices.currencies[0].span
        start, end = t.date(span.start), t.date(span.end)
        st.caption(t("Data from {start} to {end}", start=start, end=end))
    offered = _offered(principal, template, choices)
    form.show(principal, template, offered, partial(_send, principal, template))


def _offered(principal: Principal, template: TemplateSummary, choices: Choices | None) -> Offered:
    """What the records know that a form may be filled with."""
    with services().reading() as session:
        draft = service.draft_of(session, principal, template.slug)
        courses = [one.course for one in _courses(session, principal)]
    return Offered(choices, courses, {principal.name: principal.email}, draft)


def _courses(session: Any, principal: Principal) -> list[TaughtCourse]:
    if not principal.may_open(Area.COHORTS):
        return []
    return taught_courses(session, principal)


def offer(job: Job) -> None:
    """The download of the document a job has made."""
    t = viewer.words()
    with services().reading() as session:
        document = service.made_by_job(session, viewer.principal(), job.id)
    if document is None:
        st.caption(t("The document was removed since."))
        return
    with feedback.sentences():
        _download_buttons(document, f"made-{job.id}", t)


def job_name(job: Job) -> str:
    """What a job makes, in Markdown: title, period and language."""
    t = viewer.words()
    values, code = job.payload["values"], job.payload["language"]
    if not values.get("period"):
        return t(
            "**{title}** · {language}",
            title=literal(values["title"]),
            language=LANGUAGES.get(code, code),
        )
    period = period_of(values["period"])
    return t(
        "**{title}** · {start} to {end} · {language}",
        title=literal(values["title"]),
        start=t.date(period.start),
        end=t.date(period.end),
        language=LANGUAGES.get(code, code),
    )


def card(document: DocumentSummary, t: Language) -> None:
    """One document: download, what its score is made of, and how satisfied its reader is."""
    with st.container(border=True):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.subheader(literal(document.title), width="content")
            with feedback.sentences():
                _download_buttons(document, "history", t)
        st.caption(_about(document, t))
        with st.grid(2, min_column_width=280) as grid:
            with grid.cell():
                _score(document, t)
            with grid.cell():
                _satisfaction(document, t)


def choose_template(templates: list[TemplateSummary], t: Language) -> TemplateSummary:
    """The kind of document first, then one of its templates."""
    kinds = list(dict.fromkeys(template.document_type for template in templates))
    kind = st.segmented_control(
        t("Kind of document"),
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda one: t(DOCUMENT_TYPE_NAMES[one]),
        key="document-type",
    )
    by_slug = {one.slug: one for one in templates if one.document_type is (kind or kinds[0])}
    first = next(iter(by_slug))
    slug: str | None = st.segmented_control(
        t("Template"),
        list(by_slug),
        default=first,
        required=True,
        format_func=lambda slug: t(by_slug[slug].name),
        key="template",
    )
    return by_slug.get(slug or first, by_slug[first])


def _send(
    principal: Principal,
    template: TemplateSummary,
    values: dict[str, Any],
    code: str,
    chosen: dict[str, Any],
) -> None:
    with services().work() as session:
        service.request_document(session, principal, template.template_id, values, code, chosen)
    t = viewer.words()
    feedback.done(t("The document is being made. You may leave this page."))


def _download_buttons(document: DocumentSummary, place: str, t: Language) -> None:
    """One button for each format the document is kept in."""
    with st.container(horizontal=True, width="content"):
        for ending in document.formats:
            _download_button(document.document_id, ending, place, t)


def _download_button(document_id: int, ending: str, place: str, t: Language) -> None:
    wired = services()
    folder = wired.settings.documents_dir
    with wired.reading() as session:
        file = service.download(session, viewer.principal(), document_id, folder, ending)

    def content(principal: Principal) -> bytes:
        """The bytes, read when somebody asks for them and not in every run."""
        with wired.reading() as session:
            found = service.download(session, principal, document_id, folder, ending)
        return found.path.read_bytes()

    st.download_button(
        t("Download {format}", format=FORMAT_NAMES[ending]),
        data=viewer.later(Area.DOCUMENT_HISTORY, content),
        file_name=file.file_name,
        mime=file.media_type,
        key=f"download-{place}-{document_id}-{ending}",
        on_click="ignore",
        icon=":material/download:",
    )


def _about(document: DocumentSummary, t: Language) -> str:
    told = [
        t(document.template_name),
        LANGUAGES.get(document.language, document.language),
        t.moment(document.created_at),
        t("made in {seconds} s", seconds=t.number(document.generation_time_seconds, 2)),
        t("warehouse generation {n}", n=t.number(document.lake_generation)),
    ]
    if document.is_sample:
        told.append(t("sample figures"))
    return " · ".join(told)


def _score(document: DocumentSummary, t: Language) -> None:
    score = t.percent(document.quality_score, 0)
    st.markdown(t("**Score {score}** and what it is made of", score=score))
    for part in document.quality_parts:
        text = t(
            "{part} · {score} of weight {weight}",
            part=t(_PARTS[part.name]),
            score=t.percent(part.score, 0),
            weight=t.percent(part.weight, 0),
        )
        st.progress(part.score, text=text)


def _satisfaction(document: DocumentSummary, t: Language) -> None:
    if not document.is_own:
        _satisfaction_of_owner(document, t)
        return
    st.markdown(t("**How satisfied are you with it?**"))
    key = f"satisfaction-{document.document_id}"
    st.feedback(
        "stars",
        key=key,
        default=None if document.satisfaction is None else document.satisfaction - 1,
        on_change=viewer.checked(Area.DOCUMENT_HISTORY)(_rate),
        args=(document.document_id, key),
    )
    st.caption(t("From one star, not at all, to five, completely."))


def _satisfaction_of_owner(document: DocumentSummary, t: Language) -> None:
    """The stars of whoever made the document, to read only."""
    name = literal(document.owner_name)
    if document.satisfaction is None:
        st.caption(t("{name}, who made it, has not rated it yet.", name=name))
        return
    st.markdown(t("**How satisfied {name} is with it**", name=name))
    st.feedback(
        "stars",
        key=f"satisfaction-of-owner-{document.document_id}",
        default=document.satisfaction - 1,
        disabled=True,
    )
    st.caption(t("Only the person who made a document rates it."))


def _rate(document_id: int, key: str) -> None:
    stars = st.session_state[key]
    if stars is not None:
        with feedback.sentences(), services().work() as session:
            service.rate_satisfaction(session, viewer.principal(), document_id, stars + 1)

"""Documents as pages show them: choosing a template, asking for one, the history, one's card."""

from typing import Any

import streamlit as st

from components import feedback, forms, viewer
from components.labels import literal
from core.accounts.access import Area, Principal
from core.documents import service
from core.documents.form import period_of
from core.documents.schemas import DocumentSummary, TemplateSummary
from core.i18n import LANGUAGES, MISSING, Language, mark
from core.jobs.models import Job
from wiring import services

_PARTS = {
    "completeness": mark("Completeness: every required value and section is there"),
    "placeholders": mark("Placeholders: no blank was left unfilled"),
    "structure": mark("Structure: headings, tables and charts are whole"),
    "grounding": mark("Grounding: every number has a source"),
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
    figures = services().campaign_figures(services().warehouse.generation())
    choices = service.list_choices(principal, figures)
    if choices is None:
        st.info(
            t("There is no campaign data yet. Once ad reports are imported, reports can be made."),
            icon=":material/database:",
        )
        return
    template = _template(templates, t)
    span = choices.currencies[0].span
    start, end = t.date(span.start), t.date(span.end)
    st.caption(t("Data from {start} to {end}", start=start, end=end))
    forms.show(template, choices, t, lambda values, code: _send(principal, template, values, code))


def offer(job: Job) -> None:
    """The download of the document a job has made."""
    t = viewer.words()
    with services().reading() as session:
        document = service.made_by_job(session, viewer.principal(), job.id)
    if document is None:
        st.caption(t("The document was removed since."))
        return
    with feedback.sentences():
        _download_button(document.document_id, f"made-{job.id}", t)


def job_name(job: Job) -> str:
    """What a job makes, in Markdown: title, period and language."""
    t = viewer.words()
    values, code = job.payload["values"], job.payload["language"]
    period = period_of(values["period"])
    return t(
        "**{title}** · {start} to {end} · {language}",
        title=literal(values["title"]),
        start=t.date(period.start),
        end=t.date(period.end),
        language=LANGUAGES.get(code, code),
    )


def history(principal: Principal) -> None:
    """Every document the person may see, and the card of the one they choose, first the newest."""
    t = viewer.words()
    with services().reading() as session:
        documents = service.list_documents(session, principal)
    if not documents:
        st.info(
            t("No documents yet. The first one you make appears here."),
            icon=":material/history:",
        )
        return
    event = st.dataframe(
        [_row(document, t) for document in documents],
        key="documents",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=_columns(t),
        alt=t("Documents with template, language, time taken, score and satisfaction"),
    )
    rows = event["selection"]["rows"]
    card(documents[rows[0] if rows and rows[0] < len(documents) else 0], t)


def card(document: DocumentSummary, t: Language) -> None:
    """One document: download, what its score is made of, and how satisfied its reader is."""
    with st.container(border=True):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.subheader(literal(document.title), width="content")
            with feedback.sentences():
                _download_button(document.document_id, "history", t)
        st.caption(_about(document, t))
        with st.grid(2, min_column_width=280) as grid:
            with grid.cell():
                _score(document, t)
            with grid.cell():
                _satisfaction(document, t)


def _template(templates: list[TemplateSummary], t: Language) -> TemplateSummary:
    by_slug = {template.slug: template for template in templates}
    slug: str | None = st.segmented_control(
        t("Template"),
        list(by_slug),
        default=templates[0].slug,
        required=True,
        format_func=lambda slug: t(by_slug[slug].name),
        key="template",
    )
    return by_slug[slug or templates[0].slug]


def _send(
    principal: Principal, template: TemplateSummary, values: dict[str, Any], code: str
) -> None:
    with services().work() as session:
        service.request_document(session, principal, template.template_id, values, code)
    t = viewer.words()
    feedback.done(t("The document is being made. You may leave this page."))


def _download_button(document_id: int, place: str, t: Language) -> None:
    wired = services()
    folder = wired.settings.documents_dir
    with wired.reading() as session:
        file = service.download(session, viewer.principal(), document_id, folder)

    def content(principal: Principal) -> bytes:
        """The bytes, read when somebody asks for them and not in every run."""
        with wired.reading() as session:
            return service.download(session, principal, document_id, folder).path.read_bytes()

    st.download_button(
        t("Download"),
        data=viewer.later(Area.DOCUMENT_HISTORY, content),
        file_name=file.file_name,
        mime=file.media_type,
        key=f"download-{place}-{document_id}",
        on_click="ignore",
        icon=":material/download:",
    )


def _row(document: DocumentSummary, t: Language) -> dict[str, Any]:
    return {
        "title": document.title,
        "score": float(document.quality_score),
        "satisfaction": f"{document.satisfaction} / 5" if document.satisfaction else MISSING,
        "made": t.date(document.created_at.date()),
        "template": t(document.template_name),
        "language": LANGUAGES.get(document.language, document.language),
        "owner": document.owner_name,
        "seconds": t.number(document.generation_time_seconds, 2),
        "size": _size(document, t),
    }


def _columns(t: Language) -> dict[str, Any]:
    """Widths in pixels, so that beside the navigation of a small screen nothing is cut."""
    column = st.column_config
    return {
        "title": column.TextColumn(t("Title"), width=138, pinned=True),
        "score": column.ProgressColumn(
            t("Score"), min_value=0, max_value=1, format="percent", width=88
        ),
        "satisfaction": column.TextColumn(t("Satisfaction"), width=92),
        "made": column.TextColumn(t("Made"), width=95),
        "template": column.TextColumn(t("Template"), width=105),
        "language": column.TextColumn(t("Language"), width=74),
        "owner": column.TextColumn(t("Made by"), width=85),
        "seconds": column.TextColumn(t("Seconds"), alignment="right", width=76),
        "size": column.TextColumn(t("Size"), alignment="right", width=62),
    }


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


def _size(document: DocumentSummary, t: Language) -> str:
    return f"{t.number(document.size_bytes / 1000)} kB"

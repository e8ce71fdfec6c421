"""A lesson as its learner reads it: text, video, files, and the ways on."""

import streamlit as st

from components import feedback, links, theme, viewer
from components.courses import wording
from components.labels import literal
from core.accounts.access import Area, Principal
from core.courses import lesson_files, service, studying
from core.courses.activity import LONGEST_SITTING_GAP, MOST_COUNTED
from core.courses.lesson_schemas import FileOfLesson, LessonPage
from core.errors import NotFound
from core.i18n import Language
from wiring import services


def find(principal: Principal, t: Language) -> LessonPage | None:
    """The lesson that the address names, with this look counted as the reader's activity."""
    asked = (st.query_params.get("enrolment", ""), st.query_params.get("lesson", ""))
    try:
        with services().reading() as session:
            page = studying.lesson_page(session, principal, *asked)
    except NotFound as missing:
        st.title(t("Lesson"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        links.to("my-courses", t("My courses"), ":material/school:")
        return None
    if page.is_own and page.status.is_open:
        with services().work() as session:
            studying.note_activity(session, principal, page.enrollment_id, page.lesson_id)
    return page


def head(page: LessonPage, t: Language) -> None:
    """Course, title and place; whose lesson it is where it is another person's."""
    links.to(
        "course",
        literal(page.course.title),
        ":material/arrow_back:",
        enrolment=str(page.enrollment_id),
    )
    st.title(literal(page.title), anchor=False)
    told = [
        literal(page.module_title),
        t("lesson {n} of {all}", n=t.number(page.place), all=t.number(page.lessons)),
    ]
    if not page.is_required:
        told.append(t("optional"))
    if page.expected_minutes is not None:
        told.append(t("about {minutes} min", minutes=t.number(page.expected_minutes)))
    st.caption(" · ".join(told))
    if not page.is_own:
        st.info(
            t("You are looking at the course of {learner}.", learner=literal(page.learner)),
            icon=":material/visibility:",
        )


def content(page: LessonPage, t: Language) -> None:
    """The text, the video's link, and the files; or that the lesson holds nothing."""
    if page.content.strip():
        # Markdown alone: Streamlit shows raw HTML as text unless it is told to trust it.
        st.markdown(page.content, width=_MEASURE)
    if page.video_url:
        st.link_button(t("Watch the video"), page.video_url, icon=":material/play_circle:")
    for file in page.files:
        _file(file, t)
    if not (page.content.strip() or page.video_url or page.files or page.quiz_id):
        st.info(t("Nothing has been written into this lesson yet."), icon=":material/draft:")


_MEASURE = 760  # pixels; longer lines tire the eye


def _file(file: FileOfLesson, t: Language) -> None:
    folder = services().settings.lesson_files_dir

    def bytes_of(principal: Principal) -> bytes:
        with services().reading() as session:
            return lesson_files.content(session, principal, file.file_id, folder)

    st.download_button(
        f"{literal(file.name)} ({size(file.size_bytes, t)})",
        data=viewer.later(Area.MY_COURSES, bytes_of),
        file_name=file.name,
        mime=file.media_type,
        key=f"file-{file.file_id}",
        on_click="ignore",
        icon=":material/attach_file:",
    )


def size(size_bytes: int, t: Language) -> str:
    """A file's size in the unit in which it is a small number."""
    if size_bytes < 1024 * 1024:
        return f"{t.number(max(1, size_bytes // 1024))} KB"
    return f"{t.number(size_bytes / 2**20, 1)} MB"


def finish(page: LessonPage, principal: Principal, t: Language) -> None:
    """Mark as done, or when it was, or why not yet; then the lessons before and after."""
    if page.completed_at:
        day = t.date(page.completed_at.date())
        st.markdown(f":material/check_circle: {t('Done {day}', day=day)}")
    elif page.awaits_quiz:
        st.caption(t("This lesson is done once its quiz is passed."))
    elif page.can_complete and st.button(
        t("Mark as done"), key="mark-done", type=theme.call_to_action(), icon=":material/check:"
    ):
        with feedback.sentences():
            with services().work() as session:
                service.complete_lesson(session, principal, page.enrollment_id, page.lesson_id)
            feedback.done(t("Lesson marked as done."))
    _ways_on(page, t)
    if page.is_own:
        st.caption(_counted(page, t))


def _ways_on(page: LessonPage, t: Language) -> None:
    with st.container(horizontal=True):
        for link, label in (
            (page.before, t("Previous: {title}")),
            (page.after, t("Next: {title}")),
        ):
            if link is not None:
                # Anew: a link within the page would leave the next action with this lesson.
                links.reopening(
                    "lesson",
                    label.format(title=link.title),
                    {"enrolment": [str(page.enrollment_id)], "lesson": [str(link.lesson_id)]},
                )


def _counted(page: LessonPage, t: Language) -> str:
    """The time counted here, and how it is counted."""
    return t(
        "Time counted here: {time}. What you do on the page counts, at most {most} minutes for "
        "each gap between two actions; after {hours} hours without one a gap counts nothing.",
        time=wording.duration(page.seconds, t),
        most=t.number(MOST_COUNTED.total_seconds() / 60),
        hours=t.number(LONGEST_SITTING_GAP.total_seconds() / 3600),
    )

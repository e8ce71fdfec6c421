"""The forms that write a lesson's text, its video's address and its files."""

import streamlit as st

from components import feedback, links, theme
from components.labels import literal
from components.lessons.reading import size
from core.accounts.access import Principal
from core.courses import lesson_editing, lesson_files
from core.courses.lesson_content import ENDINGS, LARGEST_FILE_BYTES
from core.courses.lesson_editing import LONGEST_TEXT, EditedLesson
from core.errors import NotFound
from core.i18n import Language
from wiring import services


def find(principal: Principal, t: Language) -> EditedLesson | None:
    """The lesson that the address names; where there is none to write, that is said."""
    try:
        with services().reading() as session:
            return lesson_editing.edited_lesson(
                session, principal, st.query_params.get("lesson", "")
            )
    except NotFound as missing:
        st.title(t("Write a lesson"), anchor=False)
        st.info(missing.sentence(t), icon=":material/search_off:")
        links.to("write-courses", t("Write courses"), ":material/arrow_back:")
        return None


def head(lesson: EditedLesson) -> None:
    """Which lesson it is, and the way to its course."""
    links.to(
        "course-editor",
        literal(lesson.course_title),
        ":material/arrow_back:",
        course=str(lesson.course_id),
    )
    st.title(literal(lesson.title), anchor=False)
    st.caption(literal(lesson.module_title))


def text(lesson: EditedLesson, principal: Principal, t: Language) -> None:
    """The text and the video's address, with a preview of what is saved."""
    with st.form(f"lesson-{lesson.lesson_id}", enter_to_submit=False):
        st.subheader(t("Content"), anchor=False)
        typed = st.text_area(
            t("Text (Markdown)"),
            lesson.content,
            height=320,
            max_chars=LONGEST_TEXT,
            key=f"content-{lesson.lesson_id}",
            help=t("Headings, lists, links, tables and formulas. HTML is shown as it is typed."),
        )
        video = st.text_input(
            t("Address of a video"),
            lesson.video_url or "",
            max_chars=500,
            key=f"video-{lesson.lesson_id}",
            help=t("It begins with https:// and opens in a new tab."),
        )
        sent = st.form_submit_button(t("Save"), type=theme.call_to_action(), icon=":material/save:")
    if sent:
        with feedback.sentences():
            with services().work() as session:
                lesson_editing.save_lesson(session, principal, lesson.lesson_id, typed, video or "")
            feedback.done(t("The lesson is saved."))
    if lesson.content.strip():
        with st.expander(t("As learners see it"), icon=":material/visibility:"):
            st.markdown(lesson.content)


def files(lesson: EditedLesson, principal: Principal, t: Language) -> None:
    """The files that are there, each with its removal, and a field for more."""
    with st.container(border=True):
        st.subheader(t("Files"), anchor=False)
        for file in lesson.files:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(file.name), width="stretch")
                st.caption(size(file.size_bytes, t), width="content")
                if st.button(t("Remove"), key=f"remove-file-{file.file_id}"):
                    _remove(lesson, file.name, principal, t)
        with st.form(f"files-{lesson.lesson_id}", clear_on_submit=True, border=False):
            chosen = st.file_uploader(
                t("Add a file, at most {most} MB", most=t.number(LARGEST_FILE_BYTES // 2**20)),
                type=list(ENDINGS),
                max_upload_size=LARGEST_FILE_BYTES // 2**20,
                key=f"upload-{lesson.lesson_id}",
            )
            sent = st.form_submit_button(t("Add"), icon=":material/upload_file:")
        if sent and chosen is not None:
            _add(lesson, chosen.name, chosen.getvalue(), principal, t)


def _add(
    lesson: EditedLesson, name: str, content: bytes, principal: Principal, t: Language
) -> None:
    folder = services().settings.lesson_files_dir
    with feedback.sentences():
        with services().work() as session:
            lesson_files.add(session, principal, lesson.lesson_id, name, content, folder)
        feedback.done(t("The file is added."))


def _remove(lesson: EditedLesson, name: str, principal: Principal, t: Language) -> None:
    with feedback.sentences():
        with services().work() as session:
            lesson_files.remove(session, principal, lesson.lesson_id, name)
        feedback.done(t("The file is removed."))

"""What those who teach a course write into its lessons."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import study_queries
from core.courses.course_page import key_of
from core.courses.lesson_content import video_address
from core.courses.lesson_schemas import FileOfLesson
from core.errors import Invalid, NotFound

CHANGED = "lesson.changed"
LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class EditedLesson:
    """A lesson as its editor shows it."""

    lesson_id: int
    course_id: int
    course_title: str
    module_title: str
    title: str
    content: str
    video_url: str | None
    files: tuple[FileOfLesson, ...]


def edited_lesson(session: Session, principal: Principal, lesson_id: int | str) -> EditedLesson:
    """A lesson of a course that the person teaches; NotFound for every other."""
    principal.require(Area.COHORTS)
    key = key_of(lesson_id)
    found = study_queries.taught_lesson(session, principal, key)
    if found is None:
        raise NotFound(lesson_id=key)
    lesson, module, course = found
    return EditedLesson(
        lesson_id=key,
        course_id=course.id,
        course_title=course.title,
        module_title=module.title,
        title=lesson.title,
        content=lesson.content,
        video_url=lesson.video_url,
        files=tuple(
            FileOfLesson(f.id, f.name, f.media_type, f.size_bytes)
            for f in study_queries.files_of(session, key)
        ),
    )


def save_lesson(
    session: Session, principal: Principal, lesson_id: int, content: str, video: str
) -> None:
    """Write a lesson's Markdown text and its video's address.

    Raises NotFound as above, VideoAddress, and Invalid for a text over 100,000 characters.
    """
    principal.require(Area.COHORTS)
    found = study_queries.taught_lesson(session, principal, lesson_id, for_change=True)
    if found is None:
        raise NotFound(lesson_id=lesson_id)
    if len(content) > LONGEST_TEXT:
        raise Invalid(field="content", reason=f"> {LONGEST_TEXT}")
    lesson = found[0]
    lesson.content, lesson.video_url = content, video_address(video)
    trail.record(session, principal.user_id, CHANGED, f"lesson/{lesson_id}")
    session.flush()

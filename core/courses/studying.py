"""What a learner does in a lesson: open it, read it, spend time; and what is seen of that later."""

from datetime import date

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.courses import enrolment_queries, finishing, quiz_queries, repository, study_queries
from core.courses.activity import counted_seconds
from core.courses.course_page import key_of
from core.courses.lesson_schemas import FileOfLesson, LessonPage, StudyDay
from core.courses.models import Enrollment, LessonCompletion, Module
from core.courses.service import summary
from core.courses.study_models import LessonVisit, StudyClock, StudyTime
from core.errors import NotFound
from core.events import outbox

LESSON_OPENED = "lesson.opened"


def lesson_page(
    session: Session, principal: Principal, enrollment_id: int | str, lesson_id: int | str
) -> LessonPage:
    """One lesson of an enrolment that the person may see; NotFound for every other."""
    principal.require(Area.MY_COURSES)
    key, lesson_key = key_of(enrollment_id), key_of(lesson_id)
    found = enrolment_queries.visible_enrolment(session, principal, key)
    if found is None:
        raise NotFound(enrollment_id=key)
    enrolment, course, learner = found
    links = study_queries.lessons_in_order(session, [course.id])[course.id]
    place = next((n for n, one in enumerate(links) if one.lesson_id == lesson_key), None)
    lesson = study_queries.lesson_with_content(session, lesson_key)
    if place is None or lesson is None:
        raise NotFound(lesson_id=lesson_key)
    completion = session.get(LessonCompletion, (key, lesson_key))
    quiz = quiz_queries.quiz_of_lesson(session, lesson_key)
    return LessonPage(
        enrollment_id=key,
        learner=learner,
        is_own=enrolment.user_id == principal.user_id,
        course=summary(course),
        status=enrolment.status,
        module_title=session.get_one(Module, lesson.module_id).title,
        lesson_id=lesson_key,
        title=lesson.title,
        content=lesson.content,
        video_url=lesson.video_url,
        expected_minutes=lesson.expected_minutes,
        is_required=lesson.is_required,
        completed_at=completion.completed_at if completion else None,
        files=_files(session, lesson_key),
        before=links[place - 1] if place else None,
        after=links[place + 1] if place + 1 < len(links) else None,
        place=place + 1,
        lessons=len(links),
        seconds=study_queries.seconds_in_lesson(session, key, lesson_key),
        quiz_id=quiz[0].assessment_id if quiz else None,
        awaits_quiz=finishing.awaits_quiz(session, key, lesson_key),
    )


def note_activity(
    session: Session, principal: Principal, enrollment_id: int, lesson_id: int
) -> None:
    """Note that the person did something in a lesson of their own, and count the time before it.

    The first time begins the enrolment and is an event. Nothing is noted in an enrolment that
    has ended. Raises NotFound for somebody else's enrolment or a lesson of another course.
    """
    principal.require(Area.MY_COURSES)
    study_queries.lock_person(session, principal.user_id)
    enrolment = repository.own_enrolment_for_change(session, principal, enrollment_id)
    if enrolment is None or not repository.lesson_belongs(session, lesson_id, enrolment.course_id):
        raise NotFound(enrollment_id=enrollment_id, lesson_id=lesson_id)
    if not enrolment.status.is_open:
        return
    finishing.begin(session, enrolment)
    _visit(session, enrolment, lesson_id)
    _count(session, principal.user_id, enrolment, lesson_id)


def study_log(session: Session, principal: Principal, enrollment_id: int | str) -> list[StudyDay]:
    """What an enrolment did, day by day (UTC), the latest first; days without anything are absent.

    Raises NotFound where the person may not see the enrolment.
    """
    principal.require(Area.MY_COURSES)
    key = key_of(enrollment_id)
    if enrolment_queries.visible_enrolment(session, principal, key) is None:
        raise NotFound(enrollment_id=key)
    which = study_queries.of_enrolment(key)
    return days(
        study_queries.seconds_by_day(session, which), study_queries.lessons_by_day(session, which)
    )


def days(seconds: dict[date, int], lessons: dict[date, int]) -> list[StudyDay]:
    """Time and lessons by day, put together, the latest day first."""
    every = sorted({*seconds, *lessons}, reverse=True)
    return [StudyDay(day, seconds.get(day, 0), lessons.get(day, 0)) for day in every]


def _files(session: Session, lesson_id: int) -> tuple[FileOfLesson, ...]:
    found = study_queries.files_of(session, lesson_id)
    return tuple(FileOfLesson(f.id, f.name, f.media_type, f.size_bytes) for f in found)


def _visit(session: Session, enrolment: Enrollment, lesson_id: int) -> None:
    now = clock.now()
    visit = session.get(LessonVisit, (enrolment.id, lesson_id))
    if visit is not None:
        visit.last_at = now
        return
    key = {"enrollment_id": enrolment.id, "lesson_id": lesson_id}
    session.add(LessonVisit(**key, first_at=now, last_at=now))
    told = {"course_id": enrolment.course_id, "lesson_id": lesson_id}
    outbox.record(session, LESSON_OPENED, f"enrollment/{enrolment.id}", told)


def _count(session: Session, user_id: int, enrolment: Enrollment, lesson_id: int) -> None:
    """Add the gap since the last action to the lesson that it was done in."""
    now = clock.now()
    last = study_queries.study_clock(session, user_id)
    if last is None:
        last = StudyClock(
            user_id=user_id, enrollment_id=enrolment.id, lesson_id=lesson_id, last_at=now
        )
        session.add(last)
        return
    seconds = counted_seconds(now - last.last_at)
    if seconds:
        _add(session, last, seconds)
    last.enrollment_id, last.lesson_id, last.last_at = enrolment.id, lesson_id, now


def _add(session: Session, last: StudyClock, seconds: int) -> None:
    day = last.last_at.date()
    row = session.get(StudyTime, (last.enrollment_id, last.lesson_id, day))
    if row is None:
        key = {"enrollment_id": last.enrollment_id, "lesson_id": last.lesson_id, "day": day}
        session.add(StudyTime(**key, seconds=seconds))
    else:
        row.seconds += seconds

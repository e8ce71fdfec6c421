"""Opening lessons and the time that counts, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from core import clock
from core.accounts.access import Principal, Role
from core.courses import lesson_editing, lesson_files, study_queries, studying
from core.courses.errors import LessonFileMissing, VideoAddress
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.service import my_courses
from core.courses.study_models import LessonFile
from core.db import reading, unit_of_work
from core.errors import Forbidden, NotFound
from core.events.models import Event
from tests.core.courses.records import course, enrol, lesson_ids, person, teaches

START = datetime(2026, 3, 2, 23, 50, tzinfo=UTC)
PDF = b"%PDF-1.7 handout"


@dataclass
class School:
    engine: Engine
    ana: Principal
    ben: Principal
    teacher: Principal
    taught: Course
    own: Enrollment
    lessons: list[int]

    def at(self, moment: datetime, lesson: int) -> None:
        """Ana does something in a lesson at that moment."""
        with moment_of(moment), unit_of_work(self.engine) as session:
            studying.note_activity(session, self.ana, self.own.id, self.lessons[lesson])

    def page(self, who: Principal, lesson: int) -> studying.LessonPage:
        with reading(self.engine) as session:
            return studying.lesson_page(session, who, self.own.id, self.lessons[lesson])


@contextmanager
def moment_of(moment: datetime) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment)
        yield


@pytest.fixture
def school(engine: Engine) -> School:
    with unit_of_work(engine) as session:
        ana, ben = person(session, "Ana", Role.LEARNER), person(session, "Ben", Role.LEARNER)
        teacher = person(session, "Tess", Role.INSTRUCTOR)
        taught = course(session, "A1", [1, 2, 1])
        teaches(session, teacher, taught)
        own = enrol(session, ana, taught)
        own.status = EnrollmentStatus.ENROLLED
        return School(engine, ana, ben, teacher, taught, own, lesson_ids(taught))


def test_the_first_opening_begins_the_enrolment_and_is_one_event(school: School) -> None:
    school.at(START, 0)
    school.at(START + timedelta(seconds=30), 0)
    with reading(school.engine) as session:
        assert EnrollmentStatus.ACTIVE is session.get_one(Enrollment, school.own.id).status
        told = list(session.scalars(select(Event.type).order_by(Event.id)))
    assert ["enrollment.begun", "lesson.opened"] == told


def test_time_between_actions_counts_where_it_was_spent_and_at_most_five_minutes(
    school: School,
) -> None:
    school.at(START, 0)
    school.at(START + timedelta(minutes=2), 1)
    school.at(START + timedelta(minutes=32), 1)

    assert [120, 300] == [school.page(school.ana, n).seconds for n in (0, 1)]
    with reading(school.engine) as session:
        (day,) = studying.study_log(session, school.ana, school.own.id)
    assert (START.date(), 420, 0) == (day.day, day.seconds, day.lessons)


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400), timedelta(hours=-1)])
def test_a_clock_that_jumps_adds_nothing(school: School, jump: timedelta) -> None:
    school.at(START, 0)
    school.at(START + jump, 0)
    school.at(START + jump + timedelta(seconds=10), 0)
    assert 10 == school.page(school.ana, 0).seconds


def test_an_ended_enrolment_counts_no_more_time(school: School) -> None:
    with unit_of_work(school.engine) as session:
        session.get_one(Enrollment, school.own.id).status = EnrollmentStatus.WITHDRAWN
    school.at(START, 0)
    school.at(START + timedelta(minutes=1), 0)
    assert 0 == school.page(school.ana, 0).seconds


def test_a_lesson_is_seen_by_its_learner_and_its_teacher_and_by_nobody_else(
    school: School,
) -> None:
    assert (True, 2, 3) == (
        school.page(school.ana, 1).is_own,
        school.page(school.ana, 1).place,
        school.page(school.ana, 1).lessons,
    )
    assert not school.page(school.teacher, 1).can_complete
    with pytest.raises(NotFound):
        school.page(school.ben, 1)
    with unit_of_work(school.engine) as session, pytest.raises(NotFound):
        studying.note_activity(session, school.ben, school.own.id, school.lessons[0])
    with reading(school.engine) as session, pytest.raises(NotFound):
        studying.study_log(session, school.ben, school.own.id)


def test_a_lesson_of_another_course_is_not_there(school: School) -> None:
    with unit_of_work(school.engine) as session:
        (other,) = lesson_ids(course(session, "B1", [1]))
        with pytest.raises(NotFound):
            studying.lesson_page(session, school.ana, school.own.id, other)
        with pytest.raises(NotFound):
            studying.note_activity(session, school.ana, school.own.id, other)


def test_my_courses_go_on_where_the_learner_left_off(school: School) -> None:
    school.at(START, 1)
    with reading(school.engine) as session:
        (own,) = my_courses(session, school.ana)
    assert own.next_lesson is not None
    assert school.lessons[1] == own.next_lesson.lesson_id


def test_a_file_is_given_to_those_in_the_course_and_to_nobody_else(
    school: School, tmp_path: Path
) -> None:
    with unit_of_work(school.engine) as session:
        lesson_files.add(session, school.teacher, school.lessons[0], "a/b.pdf", b"%PDF-x", tmp_path)
        lesson_files.add(session, school.teacher, school.lessons[0], "b.pdf", PDF, tmp_path)
    (file,) = school.page(school.ana, 0).files
    assert ("b.pdf", "application/pdf", len(PDF)) == (file.name, file.media_type, file.size_bytes)
    with reading(school.engine) as session:
        assert PDF == lesson_files.content(session, school.ana, file.file_id, tmp_path)
        assert PDF == lesson_files.content(session, school.teacher, file.file_id, tmp_path)
        with pytest.raises(NotFound):
            lesson_files.content(session, school.ben, file.file_id, tmp_path)
    with unit_of_work(school.engine) as session:
        session.get_one(Enrollment, school.own.id).status = EnrollmentStatus.WITHDRAWN
    with reading(school.engine) as session, pytest.raises(NotFound):
        lesson_files.content(session, school.ana, file.file_id, tmp_path)


def test_a_file_whose_bytes_are_gone_is_told_by_name(school: School, tmp_path: Path) -> None:
    with unit_of_work(school.engine) as session:
        lesson_files.add(session, school.teacher, school.lessons[0], "b.pdf", PDF, tmp_path)
        key = session.scalars(select(LessonFile.id)).one()
        with pytest.raises(LessonFileMissing):
            lesson_files.content(session, school.ana, key, tmp_path / "elsewhere")
        lesson_files.remove(session, school.teacher, school.lessons[0], "b.pdf")
    assert () == school.page(school.ana, 0).files


def test_a_lesson_is_written_by_those_who_teach_it_alone(school: School) -> None:
    lesson = school.lessons[0]
    with unit_of_work(school.engine) as session:
        lesson_editing.save_lesson(session, school.teacher, lesson, "# Hi", "https://v.example/1")
        stranger = person(session, "Sten", Role.INSTRUCTOR)
        for other, fault in ((school.ana, Forbidden), (stranger, NotFound)):
            with pytest.raises(fault):
                lesson_editing.save_lesson(session, other, lesson, "", "")
        with pytest.raises(VideoAddress):
            lesson_editing.save_lesson(session, school.teacher, lesson, "", "ftp://v.example")
        with pytest.raises(NotFound):
            lesson_files.add(session, stranger, lesson, "b.pdf", PDF, Path("/nowhere"))
        edited = lesson_editing.edited_lesson(session, school.teacher, lesson)
    assert ("# Hi", "https://v.example/1") == (edited.content, edited.video_url)
    assert "# Hi" == school.page(school.ana, 0).content


def test_the_log_counts_the_minutes_that_a_source_told_with_a_completion(school: School) -> None:
    from core.courses.models import LessonCompletion

    with unit_of_work(school.engine) as session:
        session.add(
            LessonCompletion(
                enrollment_id=school.own.id,
                lesson_id=school.lessons[0],
                completed_at=START,
                time_spent_minutes=12,
            )
        )
    with reading(school.engine) as session:
        which = study_queries.of_person(school.ana)
        assert {START.date(): 720} == study_queries.seconds_by_day(session, which, START.date())
        later = START.date() + timedelta(days=1)
        assert {} == study_queries.seconds_by_day(session, which, later)
        assert {START.date(): 1} == study_queries.lessons_by_day(session, which, START.date())

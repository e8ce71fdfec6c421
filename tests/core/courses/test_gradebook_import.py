from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.courses.finishing import COURSE_COMPLETED as COMPLETED
from core.courses.gradebook import Form, Reason, percent
from core.courses.gradebook_export import export_gradebook
from core.courses.gradebook_import import (
    IMPORTED,
    ImportReport,
    import_gradebook,
    matches,
)
from core.courses.gradebook_reading import read_gradebook
from core.courses.gradebook_writing import Contents, Student, write_gradebook
from core.courses.models import (
    Assessment,
    AssessmentKind,
    Enrollment,
    EnrollmentStatus,
    LessonCompletion,
    Submission,
)
from core.db import reading, unit_of_work
from core.errors import NotFound
from core.events.models import Event
from tests.core.courses.records import assessed, course, enrol, hand_in, lesson_ids, person, teaches
from tests.core.courses.test_gradebook_reading import CANVAS, MOODLE_COMPLETION, MOODLE_GRADES


class School:
    """A course with an essay, an exam and two lessons; Ann Lee and Bob Roy are in it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.ina = person(session, "Ina", Role.INSTRUCTOR)
            made = course(session, "C1", [1, 1])
            teaches(session, self.ina, made)
            self.essay = assessed(session, made, "Essay", 1, 10).id
            self.exam = assessed(session, made, "Exam", 1, 20, AssessmentKind.EXAM).id
            self.course, self.lessons = made.id, lesson_ids(made)
            made.modules[0].lessons[0].title, made.modules[0].lessons[1].title = (
                "Welcome",
                "Practice",
            )
            self.enrolled = {}
            for first, last in (("Ann", "Lee"), ("Bob", "Roy")):
                who = person(session, first, Role.LEARNER)
                session.get_one(User, who.user_id).name = f"{first} {last}"
                self.enrolled[first] = enrol(session, who, made)

    def take(
        self,
        text: str | bytes,
        points: dict[str, Decimal] | None = None,
        who: Principal | None = None,
    ) -> ImportReport:
        book = read_gradebook(text.encode() if isinstance(text, str) else text)
        who = who or self.ina
        with unit_of_work(self.engine) as session:
            targets = matches(session, who, self.course, book)
            return import_gradebook(session, who, self.course, book, targets, points)

    def out(self, form: Form) -> bytes:
        with reading(self.engine) as session:
            return export_gradebook(session, self.ina, self.course, form)

    def scores(self) -> list[tuple[int, int, Decimal | None]]:
        with reading(self.engine) as session:
            rows = session.scalars(select(Submission).order_by(Submission.id))
            return [(one.enrollment_id, one.assessment_id, one.score) for one in rows]


@pytest.fixture
def school(engine: Engine) -> School:
    return School(engine)


def test_a_canvas_grade_book_is_kept_and_a_second_time_all_of_it_is_a_duplicate(
    school: School,
) -> None:
    first, second = school.take(CANVAS), school.take(CANVAS)

    assert (2, 0, 2) == (first.kept, first.duplicate, first.read)
    assert (0, 2, 2) == (second.kept, second.duplicate, second.read)
    ann, bob = (school.enrolled[name].id for name in ("Ann", "Bob"))
    assert [
        (ann, school.essay, Decimal(80)),
        (bob, school.exam, Decimal("77.5")),
    ] == school.scores()
    with reading(school.engine) as session:
        assert [IMPORTED] == [one.type for one in session.scalars(select(Event))]


def test_a_changed_score_replaces_the_one_before(school: School) -> None:
    school.take(CANVAS)
    told = school.take(CANVAS.replace("C1,40,", "C1,30,"))

    assert (1, 1, 1) == (told.kept, told.replaced, told.duplicate)
    assert Decimal(60) in [score for _, _, score in school.scores()]
    assert 2 == school.take(CANVAS.replace("C1,40,", "C1,30,")).duplicate


def test_unknown_students_are_listed_and_their_cells_counted_as_refused(school: School) -> None:
    told = school.take(CANVAS.replace("Roy, Bob", "Poe, Eve").replace("bob@", "eve@"))

    assert ("Poe, Eve",) == told.unknown
    assert [Reason.UNKNOWN_LEARNER] == [one.reason for one in told.refused]
    assert told.read == told.kept + told.duplicate + len(told.refused) == 2


def test_a_learner_is_found_by_name_where_only_one_has_it(school: School) -> None:
    text = CANVAS.replace("ann@example.org", "other").replace("bob@example.org", "")

    assert 2 == school.take(text).kept


def test_a_name_that_two_learners_have_is_refused_as_open(school: School) -> None:
    with unit_of_work(school.engine) as session:
        for one in school.enrolled.values():
            session.get_one(User, one.user_id).name = "Ann Lee"
    text = CANVAS.replace("ann@example.org", "")

    assert [Reason.AMBIGUOUS_LEARNER] == [one.reason for one in school.take(text).refused]


def test_a_learner_twice_in_a_file_is_said(school: School) -> None:
    line = CANVAS.splitlines()[3]
    told = school.take(CANVAS + line.replace(",40,", ",10,") + "\n")

    assert [Reason.TWICE] == [one.reason for one in told.refused]


def test_two_columns_for_one_piece_of_work_are_not_both_taken_over(school: School) -> None:
    book = read_gradebook(CANVAS.replace("N/A", "10").encode())
    for _ in range(2):
        with unit_of_work(school.engine) as session:
            targets = dict.fromkeys((one.heading for one in book.columns), school.essay)
            told = import_gradebook(session, school.ina, school.course, book, targets)
        assert [Reason.TWICE] == [one.reason for one in told.refused]
    assert 0 == told.kept


def test_real_grades_of_moodle_are_taken_once_full_marks_are_said(school: School) -> None:
    without = school.take(MOODLE_GRADES)
    assert [Reason.NO_POINTS] == [one.reason for one in without.refused]

    told = school.take(MOODLE_GRADES, {"Assignment: Essay (Real)": Decimal(50)})
    assert (1, 1) == (told.kept, told.duplicate)
    assert {Decimal(80), Decimal("77.5")} == {score for _, _, score in school.scores()}


def test_completions_of_moodle_are_kept_with_their_moments_and_without_one_refused(
    school: School,
) -> None:
    told = school.take(MOODLE_COMPLETION)

    assert (2, [Reason.NO_DATE]) == (told.kept, [one.reason for one in told.refused])
    with reading(school.engine) as session:
        done = {
            one.lesson_id: one.completed_at for one in session.scalars(select(LessonCompletion))
        }
    assert datetime(2026, 3, 2, 10, tzinfo=UTC) == done[school.lessons[0]]
    assert 2 == school.take(MOODLE_COMPLETION).duplicate


def test_a_lower_score_than_another_attempt_has_is_not_taken_over(school: School) -> None:
    with unit_of_work(school.engine) as session:
        work = session.get_one(Assessment, school.essay)
        for score in (90, 85):
            hand_in(session, school.enrolled["Ann"], work, 3, score)

    assert Reason.OTHER_ATTEMPT in [one.reason for one in school.take(CANVAS).refused]


def test_columns_that_are_nothing_of_the_course_are_left_out(school: School) -> None:
    told = school.take(CANVAS.replace("Exam (102)", "Project (102)"))

    assert (("Project (102)",), 1) == (told.left_out, told.read)


def test_nobody_takes_grades_over_into_another_instructors_course(school: School) -> None:
    with unit_of_work(school.engine) as session:
        ivo = person(session, "Ivo", Role.INSTRUCTOR)
    with pytest.raises(NotFound):
        school.take(CANVAS, who=ivo)
    with reading(school.engine) as session, pytest.raises(NotFound):
        export_gradebook(session, ivo, school.course, Form.CANVAS)


@pytest.mark.parametrize("form", Form)
def test_what_is_exported_and_imported_again_changes_nothing(school: School, form: Form) -> None:
    school.take(CANVAS)
    school.take(MOODLE_COMPLETION)
    before = school.scores()

    told = school.take(school.out(form))

    assert (0, ()) == (told.kept, told.refused)
    assert 2 == told.duplicate
    assert before == school.scores()


def test_a_learner_whose_name_would_be_a_formula_survives_the_round_trip(school: School) -> None:
    with unit_of_work(school.engine) as session:
        user = session.get_one(User, school.enrolled["Ann"].user_id)
        user.name, user.email, user.external_id = '=HYPERLINK("x")', None, "oulad:1"
    school.take(CANVAS.replace("ann@example.org", "oulad:1"))

    data = school.out(Form.CANVAS)

    assert b"\"'=HYPERLINK" in data
    assert 2 == school.take(data).duplicate


@given(score=st.decimals(0, 100, places=2))
def test_every_score_survives_the_round_trip_through_every_form(score: Decimal) -> None:
    student = Student(1, "Ann Lee", "ann@example.org", None, {5: score}, {})
    for form in (Form.CANVAS, Form.MOODLE_GRADES, Form.OPEN_EDX):
        book = read_gradebook(write_gradebook(form, Contents("C", {5: "Essay"}, {}), [student]))
        (column,) = book.columns
        assert column.points is not None
        assert score == percent(book.lines[0].cells[column.heading].text, column.points)


def test_who_has_everything_done_and_passed_with_a_grade_book_completes_the_course(
    school: School,
) -> None:
    school.take(MOODLE_COMPLETION)
    school.take(CANVAS.replace("EX", "19").replace(",40,", ",45,"))

    with reading(school.engine) as session:
        states = {
            name: session.get_one(Enrollment, one.id).status
            for name, one in school.enrolled.items()
        }
        told = [one.subject for one in session.scalars(select(Event)) if one.type == COMPLETED]
    assert EnrollmentStatus.COMPLETED == states["Ann"]
    assert states["Bob"].is_open
    assert [f"enrollment/{school.enrolled['Ann'].id}"] == told

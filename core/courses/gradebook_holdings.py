"""What a course holds while a grade book is compared with it, or written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.courses import authoring_queries, gradebook_queries
from core.courses.grade import best_score
from core.courses.gradebook import Line
from core.courses.gradebook_writing import Contents, person_key
from core.courses.models import Enrollment, Submission
from core.errors import NotFound


@dataclass
class Holdings:
    """What a course holds while cells are compared with it."""

    people: dict[str, list[Enrollment]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[tuple[int, int], list[Submission]] = field(
        default_factory=lambda: defaultdict(list)
    )
    done: set[tuple[int, int]] = field(default_factory=set)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def enrolments(self) -> list[Enrollment]:
        """Everybody's, each once."""
        return list({one.id: one for found in self.people.values() for one in found}.values())


def held(session: Session, course_id: int) -> Holdings:
    """The course's learners by what may identify them, with what they have done."""
    book = Holdings()
    for enrolment, user in gradebook_queries.learners(session, course_id):
        names = (user.email, user.external_id, person_key(user.id), _sorted_name(user.name))
        for key in dict.fromkeys(one.lower() for one in names if one):
            book.people[key].append(enrolment)
    for one in gradebook_queries.submissions(session, course_id):
        book.attempts[one.enrollment_id, one.assessment_id].append(one)
    for done in gradebook_queries.completions(session, course_id):
        book.done.add((done.enrollment_id, done.lesson_id))
    return book


def person_of(held: Holdings, line: Line) -> Enrollment | None:
    """Whose row it is: by address or key, else by a name that one learner only has."""
    for key in line.keys:
        if key in held.people and len(held.people[key]) == 1:
            return held.people[key][0]
    named = held.people.get(_sorted_name(line.name), [])
    return named[0] if len(named) == 1 else None


def is_ambiguous(held: Holdings, line: Line) -> bool:
    """Whether several learners have the row's name."""
    return len(held.people.get(_sorted_name(line.name), [])) > 1


def _sorted_name(name: str) -> str:
    """A name's words in an order of their own, so that "Lee, Ann" is "Ann Lee"."""
    words = sorted(name.lower().replace(",", " ").split())
    return "name:" + " ".join(words) if words else ""


def contents_of(session: Session, principal: Principal, course_id: int) -> Contents:
    """What of a course that the person may write is graded or completed. Raises NotFound."""
    principal.require(Area.COHORTS)
    course = authoring_queries.written_course(session, principal, course_id)
    if course is None:
        raise NotFound(course_id=course_id)
    return Contents(
        title=course.title,
        work={one.id: one.title for one in authoring_queries.assessments(session, course_id)},
        lessons={
            lesson.id: lesson.title
            for _, lesson in authoring_queries.contents(session, course_id)
            if lesson is not None
        },
    )


def best(attempts: Iterable[Submission]) -> Decimal | None:
    """The score that counts of several attempts."""
    return best_score([one.score for one in attempts])

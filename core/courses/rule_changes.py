"""Changing what counts in a course: what it would do to whom, and doing it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.campaigns.history import compared
from core.courses import authoring_queries, enrolment_queries, finishing, repository, rule_queries
from core.courses.authoring import course_for_writing, save
from core.courses.grade import Grade
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.rule_models import LessonGroup, RuleGroup, RuleLesson, RuleVersion
from core.courses.rules import Rules, require_sound
from core.courses.work import Attempt, graded_work
from core.errors import Conflict, NotFound
from core.events import outbox
from core.i18n import mark

CHANGED = "course.rules_changed"
_OVER = {EnrollmentStatus.COMPLETED, EnrollmentStatus.FAILED, EnrollmentStatus.WITHDRAWN}


class RulesChanged(Conflict):
    """Somebody changed what counts since the rules were opened."""

    code = "rules_changed"
    message = mark(
        "Somebody changed what counts in this course while you were editing. "
        "Nothing of yours was written; look at the rules as they are now."
    )


class Scope(StrEnum):
    """Whom new rules are for."""

    NEW = "new"  # those who enrol from now on
    ALL = "all"  # also everybody who is in the course


@dataclass(frozen=True, slots=True)
class Effect:
    """What new rules would make of one learner: progress in percent, and passing so far.

    None where nothing is required, or nothing graded.
    """

    enrollment_id: int
    learner: str
    before: int | None
    after: int | None
    passes_before: bool | None = None
    passes_after: bool | None = None

    @property
    def is_change(self) -> bool:
        """Whether any of the learner's numbers would be another one."""
        return (self.before, self.passes_before) != (self.after, self.passes_after)

    @property
    def falls(self) -> bool:
        """Whether the learner would lose progress."""
        return (self.after or 0) < (self.before or 0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What new rules would do if everybody in the course were moved to them.

    ``effects`` are those whose progress or passing would be another one; ``in_course`` counts
    who is in the course, ``ended`` those who have ended it and keep their rules in any case.
    """

    effects: tuple[Effect, ...]
    in_course: int
    ended: int
    pass_mark_before: int
    pass_mark_after: int


def current_rules(session: Session, principal: Principal, course_id: int) -> Rules:
    """The rules in force of a course that the person may write; NotFound for every other."""
    principal.require(Area.COHORTS)
    if authoring_queries.written_course(session, principal, course_id) is None:
        raise NotFound(course_id=course_id)
    return rule_queries.course_rules(session, [course_id])[course_id]


def preview(session: Session, principal: Principal, course_id: int, rules: Rules) -> Preview:
    """Whose progress new rules would change, and from what to what. Raises FaultyRules."""
    now = current_rules(session, principal, course_id)
    require_sound(rules, authoring_queries.lesson_ids(session, course_id))
    people = authoring_queries.enrolled_people(session, course_id)
    inside = [(enrolment, name) for enrolment, name in people if enrolment.status not in _OVER]
    under = rule_queries.rules_of(session, [enrolment for enrolment, _ in inside])
    completed = repository.completed_lessons(session, [enrolment.id for enrolment, _ in inside])
    grades = grades_so_far(session, [enrolment for enrolment, _ in inside])
    effects = (
        _effect(
            enrolment, name, under[enrolment.id], rules, completed.get(enrolment.id, set()), grades
        )
        for enrolment, name in inside
    )
    return Preview(
        effects=tuple(one for one in effects if one.is_change),
        in_course=len(inside),
        ended=len(people) - len(inside),
        pass_mark_before=now.pass_mark,
        pass_mark_after=rules.pass_mark,
    )


def change_rules(
    session: Session, principal: Principal, course_id: int, opened: int, rules: Rules, scope: Scope
) -> int:
    """Let new rules hold and keep the ones before for whom they still hold; their number.

    ``opened`` is the number of the rules that the person saw. Who has ended the course keeps
    the rules under which they did, and who meets the new ones completes it. Rules that count
    the same change nothing. Raises NotFound, FaultyRules, and RulesChanged where somebody
    else was faster.
    """
    course = course_for_writing(session, principal, course_id)
    require_sound(rules, authoring_queries.lesson_ids(session, course_id))
    now = rule_queries.course_rules(session, [course_id])[course_id]
    if now.number != opened:
        raise RulesChanged(number=now.number)
    if now.counts_as(rules) and scope is Scope.NEW:
        return now.number
    people = [one for one, _ in authoring_queries.enrolled_people(session, course_id)]
    moved = _assign(session, course, now, people, scope)
    _write(session, course, rules)
    changed = compared(_plain(session, course_id, now), _plain(session, course_id, rules))
    if people and not now.counts_as(rules):
        course.rule_number += 1
    save(session, principal, course, changed)
    _tell(session, principal, course, scope, len(moved))
    finishing.settle_all(session, moved)
    return course.rule_number


def grades_so_far(session: Session, enrolments: Sequence[Enrollment]) -> dict[int, Grade]:
    """The grade so far of each enrolment of one course."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    keys = [one.id for one in enrolments]
    rows = enrolment_queries.assessments_with_submissions(session, keys)
    for key, assessment, submission in rows:
        attempts[key].append((assessment, submission))
    # The start gives dates only, which no grade depends on.
    return {key: graded_work(clock.today(), attempts[key])[1] for key in keys}


def _effect(
    enrolment: Enrollment,
    name: str,
    old: Rules,
    new: Rules,
    done: set[int],
    grades: Mapping[int, Grade],
) -> Effect:
    grade = grades[enrolment.id]
    return Effect(
        enrolment.id,
        name,
        old.progress(done).percent,
        new.progress(done).percent,
        grade.passes(old.pass_mark),
        grade.passes(new.pass_mark),
    )


def _assign(
    session: Session, course: Course, now: Rules, people: Sequence[Enrollment], scope: Scope
) -> list[Enrollment]:
    """Point enrolments at the rules that they keep; those that move to the new ones."""
    keeping = [
        one
        for one in people
        if one.rule_version_id is None and (scope is Scope.NEW or one.status in _OVER)
    ]
    if keeping:
        version = _kept(session, course, now)
        for one in keeping:
            one.rule_version_id = version.id
    if scope is Scope.NEW:
        return []
    moving = [one for one in people if one.status not in _OVER]
    for one in moving:
        one.rule_version_id = None
    session.flush()
    return moving


def _kept(session: Session, course: Course, now: Rules) -> RuleVersion:
    version = rule_queries.kept_version(session, course.id, now.number)
    if version is not None:
        return version
    version = RuleVersion(
        course_id=course.id, number=now.number, pass_mark=now.pass_mark, kept_at=clock.now()
    )
    session.add(version)
    session.flush()
    rows: list[tuple[int, Decimal, int | None]] = [
        (lesson, weight, None) for lesson, weight in now.lessons.items()
    ]
    for number, group in enumerate(now.groups, 1):
        session.add(
            RuleGroup(
                rule_version_id=version.id,
                number=number,
                title=group.title,
                weight=group.weight,
                needed=group.needed,
            )
        )
        rows += [(lesson, group.weight, number) for lesson in sorted(group.lessons)]
    session.flush()
    for lesson, weight, place in rows:
        session.add(
            RuleLesson(
                rule_version_id=version.id, lesson_id=lesson, weight=weight, group_number=place
            )
        )
    session.flush()
    return version


def _write(session: Session, course: Course, rules: Rules) -> None:
    """Make rules the course's own."""
    course.pass_mark = rules.pass_mark
    for _, lesson in authoring_queries.contents(session, course.id):
        if lesson is not None:
            lesson.group_id, lesson.is_required = None, lesson.id in rules.lessons
            lesson.weight = rules.lessons.get(lesson.id, lesson.weight)
    session.flush()
    session.execute(delete(LessonGroup).where(LessonGroup.course_id == course.id))
    for group in rules.groups:
        row = LessonGroup(
            course_id=course.id, title=group.title, weight=group.weight, needed=group.needed
        )
        session.add(row)
        session.flush()
        for lesson_id in group.lessons:
            lesson = authoring_queries.lesson_of(session, course.id, lesson_id)
            if lesson is not None:
                lesson.group_id = row.id
    session.flush()


def _plain(session: Session, course_id: int, rules: Rules) -> Mapping[str, str | None]:
    titles = {
        lesson.id: lesson.title
        for _, lesson in authoring_queries.contents(session, course_id)
        if lesson is not None
    }
    texts = {"rules.pass_mark": str(rules.pass_mark)}
    for lesson, weight in rules.lessons.items():
        texts[f"rules.weight of {titles.get(lesson, lesson)}"] = f"{weight.normalize():f}"
    for group in rules.groups:
        names = ", ".join(sorted(titles.get(one, str(one)) for one in group.lessons))
        told = f"{group.needed}/{len(group.lessons)} × {group.weight.normalize():f}: {names}"
        texts[f"rules.group {group.title}"] = told
    return texts


def _tell(session: Session, principal: Principal, course: Course, scope: Scope, moved: int) -> None:
    subject = f"course/{course.id}"
    told = {"number": course.rule_number, "scope": scope.value, "moved": moved}
    trail.record(session, principal.user_id, CHANGED, subject, **told)
    outbox.record(session, CHANGED, subject, {"course_id": course.id, **told})
    session.flush()

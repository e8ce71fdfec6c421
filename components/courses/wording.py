"""A course's figures in words: what they were worked out from, and what is due."""

from decimal import Decimal

from components.labels import literal
from core.courses.due import DueItem
from core.courses.grade import Grade
from core.courses.models import AssessmentKind, EnrollmentStatus
from core.courses.progress import Progress
from core.courses.schemas import GroupState
from core.i18n import Language, mark

STATUS_NAMES = {
    EnrollmentStatus.ENROLLED: mark("Not begun"),
    EnrollmentStatus.ACTIVE: mark("In progress"),
    EnrollmentStatus.COMPLETED: mark("Completed"),
    EnrollmentStatus.FAILED: mark("Not passed"),
    EnrollmentStatus.WITHDRAWN: mark("Withdrawn"),
}
KIND_NAMES = {
    AssessmentKind.QUIZ: mark("Quiz"),
    AssessmentKind.ASSIGNMENT: mark("Assignment"),
    AssessmentKind.EXAM: mark("Exam"),
}


def lessons_counted(progress: Progress, t: Language) -> str:
    """The arithmetic behind a progress, with the weights where they make another share."""
    if progress.required == 0:
        return t("This course has no required lessons; completing it rests on the grade.")
    if not progress.weights_matter:
        return t(
            "{done} of {required} required lessons",
            done=t.number(progress.completed),
            required=t.number(progress.required),
        )
    return t(
        "{done} of {required} required lessons, {done_weight} of {required_weight} by weight",
        done=t.number(progress.completed),
        required=t.number(progress.required),
        done_weight=plain(progress.completed_weight, t),
        required_weight=plain(progress.required_weight, t),
    )


def group_counted(group: GroupState, t: Language) -> str:
    """How far a group of lessons is, of which some count together."""
    return t(
        "{group}: {done} done; {needed} of these {lessons} lessons count as one",
        group=literal(group.title),
        done=t.number(group.done),
        needed=t.number(group.needed),
        lessons=t.number(group.lessons),
    )


def grade_counted(grade: Grade, t: Language) -> str:
    """How much of a course's work the grade so far rests on."""
    if grade.pieces == 0:
        return t("This course has no graded work.")
    whole_percents = int(grade.graded_share * 100)  # 99.9% is not yet all of it
    return t.plural(
        "{graded} of {n} piece graded, {share} of the weight",
        "{graded} of {n} pieces graded, {share} of the weight",
        grade.pieces,
        graded=t.number(grade.graded),
        share=t.percent(Decimal(whole_percents) / 100, 0),
    )


def against_pass_mark(grade: Grade, pass_mark: int, t: Language) -> str:
    """The pass mark, and whether the grade so far reaches it."""
    passes = grade.passes(pass_mark)
    if passes is None:
        return t("Pass mark {pass_mark}", pass_mark=t.number(pass_mark))
    if passes:
        return t("Pass mark {pass_mark}: reached so far", pass_mark=t.number(pass_mark))
    return t("Pass mark {pass_mark}: not reached so far", pass_mark=t.number(pass_mark))


def grade_out_of_100(grade: Grade, t: Language) -> str:
    """The grade so far as a headline; a dash while nothing is graded."""
    if grade.percent is None:
        return t.number(None)
    return t("{points} of 100", points=t.number(grade.percent))


def due(item: DueItem, t: Language) -> str:
    """When a piece of work is due, or by how much it is overdue."""
    if item.days_left is None:
        return t("no date")
    day = t.date(item.due_on)
    if item.is_overdue:
        return t.plural(
            "{n} day overdue, was due {day}",
            "{n} days overdue, was due {day}",
            -item.days_left,
            day=day,
        )
    if item.days_left == 0:
        return t("due today")
    return t.plural("due in {n} day, {day}", "due in {n} days, {day}", item.days_left, day=day)


_LEVELS = {
    "beginner": mark("Beginner"),
    "intermediate": mark("Intermediate"),
    "advanced": mark("Advanced"),
}


def level(code: str, t: Language) -> str:
    """A course's level; one that the product does not know is its own name."""
    return t(_LEVELS[code]) if code in _LEVELS else literal(code)


def duration(seconds: int, t: Language) -> str:
    """Time in hours and minutes; what is under a minute is said so."""
    hours, minutes = divmod(seconds // 60, 60)
    if seconds < 60:
        return t("less than a minute") if seconds else t("{n} min", n=t.number(0))
    if not hours:
        return t("{n} min", n=t.number(minutes))
    return t("{hours} h {minutes} min", hours=t.number(hours), minutes=t.number(minutes))


def plain(value: Decimal, t: Language) -> str:
    """A weight or a score with the decimals it has."""
    exponent = value.normalize().as_tuple().exponent
    return t.number(value, max(0, -int(exponent)))

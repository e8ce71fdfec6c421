"""The parts of the editor; only the chosen one is drawn."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from components.course_editor import (
    enrol_list,
    enrol_one,
    gradebooks,
    lessons,
    modules,
    past,
    settings,
    what_counts,
    work,
)
from components.filters import read_any_language
from core.accounts.access import Principal
from core.courses import contents_editing, rule_changes
from core.courses.contents_editing import WrittenModule
from core.courses.course_editing import WrittenCourse
from core.courses.rules import Rules
from core.i18n import Language, mark
from wiring import services


class Part(StrEnum):
    """What of a course is written."""

    CONTENTS = "contents"
    RULES = "rules"
    WORK = "work"
    LEARNERS = "learners"
    GRADES = "grades"
    SETTINGS = "settings"
    HISTORY = "history"


_NAMES = {
    Part.CONTENTS: mark("Contents"),
    Part.RULES: mark("What counts"),
    Part.WORK: mark("Graded work"),
    Part.LEARNERS: mark("Learners"),
    Part.GRADES: mark("Grade books"),
    Part.SETTINGS: mark("Course"),
    Part.HISTORY: mark("History"),
}


def _learners(course: WrittenCourse, principal: Principal, t: Language) -> None:
    enrol_one.show(course, principal, t)
    enrol_list.show(course, principal, t)


_OTHERS: dict[Part, Callable[[WrittenCourse, Principal, Language], None]] = {
    Part.WORK: work.show,
    Part.LEARNERS: _learners,
    Part.GRADES: gradebooks.show,
    Part.SETTINGS: settings.show,
    Part.HISTORY: past.show,
}


def choose(t: Language) -> Part:
    """The part that the address or the person names; the contents at first."""
    read_any_language("part", list(Part), lambda part, to: to(_NAMES[part]), t)
    chosen = st.segmented_control(
        t("Part"),
        list(Part),
        default=Part.CONTENTS,
        required=True,
        format_func=lambda one: t(_NAMES[one]),
        key="part",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or Part.CONTENTS


def show(part: Part, course: WrittenCourse, principal: Principal, t: Language) -> None:
    """Draw one part."""
    if part is Part.CONTENTS:
        found, rules = _read(course, principal)
        lessons.overview(found, rules, t)
        with st.grid(2, min_column_width=320):
            modules.show(course, found, principal, t)
            lessons.show(course, found, principal, t)
    elif part is Part.RULES:
        found, rules = _read(course, principal)
        what_counts.show(course, found, rules, principal, t)
    else:
        _OTHERS[part](course, principal, t)


def _read(course: WrittenCourse, principal: Principal) -> tuple[list[WrittenModule], Rules]:
    with services().reading() as session:
        found = contents_editing.contents(session, principal, course.course_id)
        return found, rule_changes.current_rules(session, principal, course.course_id)

"""A course's modules and lessons, and marking a lesson as done."""

import streamlit as st

from components import feedback, links
from components.courses import wording
from components.labels import literal
from core.accounts.access import Principal
from core.courses import service
from core.courses.errors import EnrolmentEnded
from core.courses.schemas import CoursePage, LessonState, ModuleState
from core.i18n import Language
from wiring import services


def show(page: CoursePage, principal: Principal, t: Language) -> None:
    """Every module with its lessons; the first that is not done stands open."""
    if not any(module.lessons for module in page.modules):
        return
    st.subheader(t("Lessons"), anchor=False)
    reason = _why_not(page, t)
    if reason:
        st.caption(reason)
    current = next((one.module_id for one in page.modules if not one.is_done), None)
    weights = {one.weight for module in page.modules for one in module.lessons if one.is_required}
    for module in page.modules:
        with st.expander(
            _label(module, t),
            expanded=module.module_id == current,
            icon=_icon(module),
            key=f"module-{module.module_id}",
        ):
            for lesson in module.lessons:
                _lesson(page, lesson, principal, reason, tells_weight=len(weights) > 1, t=t)


def _label(module: ModuleState, t: Language) -> str:
    done = sum(1 for lesson in module.lessons if lesson.completed_at)
    return t(
        "{module}: {done} of {lessons} done",
        module=literal(module.title),
        done=t.number(done),
        lessons=t.number(len(module.lessons)),
    )


def _icon(module: ModuleState) -> str:
    done = module.is_done
    return ":material/check_circle:" if done else ":material/radio_button_unchecked:"


def _why_not(page: CoursePage, t: Language) -> str | None:
    """Why the reader may not mark lessons as done; None where they may."""
    if page.can_complete:
        return None
    if page.is_own:
        return EnrolmentEnded().sentence(t)
    return t("Only the learner can mark lessons as done.")


def _lesson(
    page: CoursePage,
    lesson: LessonState,
    principal: Principal,
    reason: str | None,
    *,
    tells_weight: bool,
    t: Language,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            links.to(
                "lesson",
                literal(lesson.title),
                enrolment=str(page.enrollment_id),
                lesson=str(lesson.lesson_id),
            )
        st.caption(_details(lesson, tells_weight=tells_weight, t=t), width="content")
        if lesson.completed_at:
            day = t.date(lesson.completed_at.date())
            st.markdown(f":material/check: {t('Done {day}', day=day)}", width="content")
        elif st.button(
            t("Mark as done"),
            key=f"done-{page.enrollment_id}-{lesson.lesson_id}",
            disabled=reason is not None,
            help=reason,
        ):
            _complete(page, lesson, principal, t)


def _details(lesson: LessonState, *, tells_weight: bool, t: Language) -> str:
    """What there is to know of a lesson: its weight, whether it is optional, how long it takes."""
    told = []
    if lesson.group:
        told.append(t("in {group}", group=literal(lesson.group)))
    elif not lesson.is_required:
        told.append(t("optional"))
    elif tells_weight:
        told.append(t("weight {weight}", weight=wording.plain(lesson.weight, t)))
    if lesson.expected_minutes is not None:
        told.append(t("about {minutes} min", minutes=t.number(lesson.expected_minutes)))
    return " · ".join(told)


def _complete(page: CoursePage, lesson: LessonState, principal: Principal, t: Language) -> None:
    with feedback.sentences():
        with services().work() as session:
            service.complete_lesson(session, principal, page.enrollment_id, lesson.lesson_id)
        feedback.done(t("Lesson marked as done."))

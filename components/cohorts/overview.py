"""A cohort at a glance: counts, how far learners came, each piece of work, the one before."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.charts import bars, card, cohort
from components.labels import literal
from core.courses.cohorts import LEAST, AssessmentFigures, CohortCounts, CohortOverview
from core.courses.models import AssessmentKind, EnrollmentStatus
from core.i18n import Language

_NARROWEST = 120


def kpis(overview: CohortOverview, t: Language) -> None:
    """The counts as cards, and in words what they leave out."""
    cards = _cards(overview, t)
    with st.grid(len(cards), min_column_width=_NARROWEST):
        for label, value, how in cards:
            st.metric(label, value, help=how, border=True, height="stretch")
    now = overview.now
    if overview.enrolled < LEAST:
        st.caption(
            t("Fewer than {n} learners: shares would speak of single people.", n=t.number(LEAST))
        )
    if now.left and overview.day >= 0:
        st.caption(
            t(
                "Day {day} of the course: {left} of {enrolled} have left.",
                day=t.number(overview.day),
                left=t.number(now.left),
                enrolled=t.number(now.enrolled),
            )
        )


def _cards(overview: CohortOverview, t: Language) -> tuple[tuple[str, str, str], ...]:
    """Label, value and how it is counted; a share of fewer than five learners is not told."""
    states = overview.statuses
    on_time = sum(one.on_time for one in overview.assessments if one.is_due)
    handed = sum(one.handed_in for one in overview.assessments if one.is_due)
    return (
        (t("Enrolled"), t.number(overview.enrolled), t("Everybody who ever enrolled.")),
        (
            t("In progress"),
            t.number(sum(count for state, count in states.items() if state.is_open)),
            t("Enrolments that have not ended."),
        ),
        (
            t("Completed"),
            t.percent(overview.rate(states[EnrollmentStatus.COMPLETED]), 0),
            t("Completed ÷ enrolled"),
        ),
        (
            t("Withdrawn"),
            t.percent(overview.rate(states[EnrollmentStatus.WITHDRAWN]), 0),
            t("Withdrawn ÷ enrolled"),
        ),
        (
            t("On time"),
            t.percent(on_time / handed if handed >= LEAST else None, 0),
            t("Handed in by the due date ÷ handed in, of work that is due"),
        ),
        (
            t("Mean grade"),
            t.number(overview.mean_grade),
            t("Mean of the grades so far, of 100; learners without one are left out."),
        ),
    )


def charts(overview: CohortOverview, t: Language) -> None:
    """The funnel and the pieces of work, each with its table."""
    left, right = st.columns(2, gap="medium")
    with left:
        card.show(
            t("How far learners came"),
            cohort.funnel(overview, t),
            "funnel",
            t,
            positions=t("Stage"),
            draw=bars.draw,
        )
    with right:
        if any(one.due_on for one in overview.assessments):
            card.show(
                t("Work handed in"),
                cohort.work(overview, t),
                "work",
                t,
                positions=t("Work"),
                draw=bars.draw,
            )
        else:
            st.info(t("No work of this course has a due date."))


def lessons(overview: CohortOverview, t: Language) -> None:
    """Where learners drop off, lesson by lesson, and how fast they went; absent without any."""
    if not any(one.completed for one in overview.lessons):
        return
    card.show(
        t("Drop-off by lesson"),
        cohort.lessons(overview, t),
        "lessons",
        t,
        positions=t("Lesson"),
        draw=bars.draw,
    )
    paced = [one for one in overview.lessons if one.median_day is not None]
    if paced:
        last = paced[-1]
        st.caption(
            t(
                "Pace: half of those who completed {lesson}, the last lesson that five or more "
                "completed, had done so by day {day} of the course.",
                lesson=literal(last.title),
                day=t.number(last.median_day),
            )
        )


def hardest(overview: CohortOverview, t: Language) -> None:
    """The piece of work with the lowest mean score, where five or more handed it in."""
    scored = [
        (one.mean_score, one.title)
        for one in overview.assessments
        if one.mean_score is not None and one.handed_in >= LEAST
    ]
    if len(scored) > 1:
        score, title = min(scored)
        told = t(
            "Hardest: {work}, with a mean score of {score} of 100.",
            work=literal(title),
            score=t.number(score),
        )
        st.caption(told)


def work(overview: CohortOverview, t: Language) -> None:
    """Every piece of work in figures."""
    if not overview.assessments:
        return
    with st.container(border=True):
        st.subheader(t("Work"), anchor=False)
        hardest(overview, t)
        _table(work_rows(overview, t), 2, t("Pieces of work and what became of them"))
        st.caption(
            t(
                "Missing counts those who were there on the due date. Banked scores were brought "
                "from an earlier course; nothing was handed in for them."
            )
        )


def _table(rows: list[dict[str, str]], labels: int, alt: str) -> None:
    """Rows of texts, those after the first ``labels`` columns to the right, as figures are."""
    right = st.column_config.TextColumn(alignment="right")
    figures = dict.fromkeys(list(rows[0])[labels:], right)
    st.dataframe(rows, hide_index=True, column_config=figures, alt=alt)


def work_headings(t: Language) -> tuple[str, ...]:
    """What is told of each piece of work, with units."""
    return (
        t("Work"),
        t("Due"),
        t("Handed in"),
        t("On time"),
        t("Late"),
        t("Median delay (days)"),
        t("Missing"),
        t("Banked"),
        t("Mean score (of 100)"),
    )


def work_rows(overview: CohortOverview, t: Language) -> list[dict[str, str]]:
    """The pieces of work as rows of texts."""
    return [
        dict(zip(work_headings(t), _work_cells(one, t), strict=True))
        for one in overview.assessments
    ]


def _work_cells(one: AssessmentFigures, t: Language) -> tuple[str, ...]:
    return (
        one.title,
        t.date(one.due_on),
        t.number(one.handed_in),
        t.number(one.on_time if one.due_on else None),
        t.number(one.late if one.due_on else None),
        t.number(one.median_days_late),
        t.number(one.missing),
        t.number(one.banked),
        t.number(one.mean_score),
    )


def comparison(overview: CohortOverview, t: Language) -> None:
    """This presentation beside the one before, at the same day of the course."""
    earlier = overview.earlier
    with st.container(border=True):
        st.subheader(t("Beside the presentation before"), anchor=False)
        if earlier is None:
            st.caption(
                t("Of the courses you may see, none is an earlier presentation of this one.")
            )
            return
        _table(
            comparison_rows(overview, t),
            1,
            t("This presentation and the one before at the same day"),
        )
        over = earlier.completed / earlier.enrolled if earlier.enrolled >= LEAST else None
        if earlier.is_over:
            st.caption(
                t(
                    "In the end, {share} completed {code}.",
                    share=t.percent(over, 0),
                    code=earlier.course.code,
                )
            )


def comparison_rows(overview: CohortOverview, t: Language) -> list[dict[str, str]]:
    """Both presentations as rows of texts."""
    told = sides(overview)
    return [
        {at_day(overview, t): one.label, **{code: one.told(counts, t) for code, counts in told}}
        for one in (measures(overview, t) if told else ())
    ]


def at_day(overview: CohortOverview, t: Language) -> str:
    """The comparison's heading: which day of the course both sides stand at."""
    return t("At day {day}", day=t.number(max(overview.day, 0)))


def sides(overview: CohortOverview) -> list[tuple[str, CohortCounts]]:
    """Both presentations by code; nothing where there is no earlier one."""
    earlier = overview.earlier
    if earlier is None:
        return []
    return [(overview.course.code, overview.now), (earlier.course.code, earlier.then)]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is compared: a share (0-1), or a number; named as in ``cohort_file``."""

    name: str
    label: str
    of: Callable[[CohortCounts], float | None]
    is_share: bool = False

    def told(self, counts: CohortCounts, t: Language) -> str:
        """The figure as it reads on the page."""
        value = self.of(counts)
        return t.percent(value, 0) if self.is_share else t.number(value)


def measures(overview: CohortOverview, t: Language) -> list[Measure]:
    """What is compared; pieces of work by their place in the course."""

    def share(part: int | None, whole: int) -> float | None:
        return part / whole if part is not None and whole >= LEAST else None

    def piece(place: int) -> Callable[[CohortCounts], float | None]:
        return lambda c: share(c.pieces[place] if place < len(c.pieces) else None, c.enrolled)

    def handed(counts: CohortCounts) -> float | None:
        return share(counts.handed_in, counts.expected)

    due = [
        one for one in overview.assessments if one.is_due and one.kind is not AssessmentKind.EXAM
    ]
    return [
        Measure("enrolled", t("Enrolled"), lambda c: c.enrolled),
        Measure("left", t("Left so far"), lambda c: share(c.left, c.enrolled), is_share=True),
        Measure("handed", t("Due work handed in"), handed, is_share=True),
        *(
            Measure(f"piece {n}", t("{work}: handed in", work=one.title), piece(n), is_share=True)
            for n, one in enumerate(due)
        ),
        Measure("score", t("Mean score (of 100)"), lambda c: c.mean_score),
    ]

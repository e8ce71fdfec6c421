"""The charts of a cohort: how far learners came, and what became of each piece of work."""

from components.charts.figure import Figure, Line, round_steps
from core.courses.cohorts import STAGES, CohortOverview, Stage
from core.i18n import Language, mark

_STAGES = {
    Stage.ENROLLED: mark("Enrolled"),
    Stage.BEGAN: mark("Began"),
    Stage.HALF: mark("Half of the work"),
    Stage.ALL: mark("All of the work"),
    Stage.COMPLETED: mark("Completed"),
}


def funnel(overview: CohortOverview, t: Language) -> Figure:
    """How many learners came how far."""
    counts = [overview.funnel[one] for one in STAGES]
    names = tuple(t(_STAGES[one]) for one in STAGES)
    texts = tuple(_told(count, overview, t) for count in counts)
    steps = round_steps(max(counts, default=0))
    return Figure(
        ticks=names,
        headings=names,
        lines=(Line(t("Learners"), tuple(map(float, counts)), texts, "first"),),
        steps=steps,
        step_texts=tuple(t.number(step) for step in steps),
        alt=t(
            "How far learners came: {values}",
            values=", ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True)),
        ),
    )


def work(overview: CohortOverview, t: Language) -> Figure:
    """Each piece of work: handed in on time, late, and missing once its day has come."""
    pieces = [one for one in overview.assessments if one.due_on is not None]
    names = tuple(one.title for one in pieces)
    rows = (
        (t("On time"), [one.on_time for one in pieces], "first"),
        (t("Late"), [one.late for one in pieces], "second"),
        (t("Missing"), [one.missing for one in pieces], "muted"),
    )
    steps = round_steps(
        max((one.on_time + one.late + (one.missing or 0) for one in pieces), default=0)
    )
    return Figure(
        ticks=names,
        headings=names,
        lines=tuple(
            Line(
                name,
                tuple(None if count is None else float(count) for count in counts),
                tuple(t.number(count) for count in counts),
                token,
            )
            for name, counts, token in rows
        ),
        steps=steps,
        step_texts=tuple(t.number(step) for step in steps),
        alt=t("Work handed in on time, late and missing, by piece of work"),
    )


def lessons(overview: CohortOverview, t: Language) -> Figure:
    """How many learners completed each lesson, in the course's order."""
    figures = overview.lessons
    names = tuple(one.title for one in figures)
    counts = [one.completed for one in figures]
    steps = round_steps(max(counts, default=0))
    texts = tuple(_told(count, overview, t) for count in counts)
    return Figure(
        ticks=tuple(t.number(number) for number in range(1, len(names) + 1)),
        headings=names,
        lines=(Line(t("Completed the lesson"), tuple(map(float, counts)), texts, "first"),),
        steps=steps,
        step_texts=tuple(t.number(step) for step in steps),
        alt=t("How many learners completed each lesson, in the course's order"),
    )


def _told(count: int, overview: CohortOverview, t: Language) -> str:
    rate = overview.rate(count)
    return t.number(count) if rate is None else f"{t.number(count)} ({t.percent(rate, 0)})"

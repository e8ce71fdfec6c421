"""A cohort as a file: what the screen shows, all its learners, and by which model.

Figures are numbers with their unit in the heading; what is undefined stays empty.
"""

from collections.abc import Collection, Sequence

from components.cohorts import learners, overview
from components.courses.wording import STATUS_NAMES
from components.exports import Cell, Export, Rows, Sheet
from core.courses import cohort_file
from core.courses.cohorts import LEAST, CohortOverview, RankedLearner, Ranking
from core.i18n import Language


def cohort(
    head: Sequence[tuple[str, str]], told: CohortOverview, ranking: Ranking, t: Language
) -> Export:
    """The learners as ranked, the pieces of work, and the presentation before.

    The learners stand by name, for whoever may see them; of counts, small ones are kept back.
    """
    withheld = cohort_file.withheld(told)
    ranked = (t("Ranked by"), learners.ranked_by(ranking, told.course, t))
    tables: list[tuple[str, Rows]] = [
        (t("Learners"), _learners(ranking, t)),
        (t("Work"), _work(told, withheld, t)),
        (t("Lessons"), _lessons(told, t)),
        (t("Presentation before"), _comparison(told, withheld, t)),
    ]
    sheets = tuple(Sheet(name, rows) for name, rows in tables if len(rows) > 1)
    return Export([*head, ranked, _small_counts(t)], sheets or (Sheet(*tables[0]),))


def _small_counts(t: Language) -> tuple[str, str]:
    return (
        t("kept back").capitalize(),
        t("Counts of one to four learners, and what would give such a count away."),
    )


def _learners(ranking: Ranking, t: Language) -> list[Sequence[Cell]]:
    """A row for each learner; risks and reasons only where a model answers."""
    with_risk = ranking.source is not None
    headings = [
        t("Learner"),
        *([_in_shares(t("Risk"), t)] if with_risk else []),
        t("Contact"),
        *([t("Why")] if with_risk else []),
        t("State"),
        t("Lessons done"),
        t("Lessons required"),
        t("Due work missing"),
        t("Work due"),
        t("Grade so far (of 100)"),
        t("Last active"),
    ]
    return [headings, *(_learner(one, with_risk, t) for one in ranking.learners)]


def _learner(one: RankedLearner, with_risk: bool, t: Language) -> list[Cell]:
    figures = one.figures
    return [
        one.name,
        *([_rounded(one.risk)] if with_risk else []),
        t("Yes") if one.is_within_capacity else t("No"),
        *(["; ".join(learners.reasons(one, t))] if with_risk else []),
        t(STATUS_NAMES[figures.status]),
        figures.lessons_done,
        figures.lessons_required,
        figures.missing,
        figures.due,
        _rounded(figures.grade),
        figures.last_active_on,
    ]


def _work(told: CohortOverview, withheld: Collection[str], t: Language) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [overview.work_headings(t)]
    for place, one in enumerate(told.assessments):
        figures: dict[str, float | None] = {
            "handed_in": one.handed_in,
            "on_time": one.on_time if one.due_on else None,
            "late": one.late if one.due_on else None,
            "median_days_late": one.median_days_late,
            "missing": one.missing,
            "banked": one.banked,
            "mean_score": one.mean_score,
        }
        shown = (
            _told(value, cohort_file.work(place, name), withheld, t)
            for name, value in figures.items()
        )
        rows.append((one.title, one.due_on, *shown))
    return rows


def _lessons(told: CohortOverview, t: Language) -> list[Sequence[Cell]]:
    """A row for each lesson; a count of one to four learners is not given away."""
    if not any(one.completed for one in told.lessons):
        return []
    rows: list[Sequence[Cell]] = [
        (t("Lesson"), t("Completed the lesson"), t("Day of the course (median)"))
    ]
    rows += [(one.title, few(one.completed, t), one.median_day) for one in told.lessons]
    return rows


def few(count: int, t: Language) -> Cell:
    """A count of learners, or that it is below five and therefore kept back."""
    return t("kept back") if 0 < count < LEAST else count


def _comparison(
    told: CohortOverview, withheld: Collection[str], t: Language
) -> list[Sequence[Cell]]:
    sides = overview.sides(told)
    if not sides:
        return []
    rows: list[Sequence[Cell]] = [(overview.at_day(told, t), *(code for code, _ in sides))]
    for one in overview.measures(told, t):
        label = _in_shares(one.label, t) if one.is_share else one.label
        shown = (
            _told(one.of(counts), cohort_file.side(of, one.name), withheld, t)
            for of, (_, counts) in zip((cohort_file.NOW, cohort_file.THEN), sides, strict=True)
        )
        rows.append((label, *shown))
    return rows


def _told(value: float | None, name: str, withheld: Collection[str], t: Language) -> Cell:
    """A figure, unless it is kept back; one that there is none of stays empty."""
    return _rounded(value) if value is None or name not in withheld else t("kept back")


def _in_shares(label: str, t: Language) -> str:
    return f"{label} ({t('share of 1')})"


def _rounded(value: float | None) -> float | None:
    """Not more decimals than a figure means; a count stays a whole number."""
    return value if value is None or isinstance(value, int) else round(float(value), 4)

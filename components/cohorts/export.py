"""A cohort as a file: what the screen shows, all its learners, and by which model."""

from collections.abc import Sequence

from components.cohorts import learners, overview
from components.exports import Cell, Export, Sheet
from core.courses.cohorts import CohortOverview, Ranking
from core.i18n import Language


def cohort(
    head: Sequence[tuple[str, str]], told: CohortOverview, ranking: Ranking, t: Language
) -> Export:
    """The learners as ranked, the pieces of work, and the presentation before."""
    ranked = (t("Ranked by"), learners.ranked_by(ranking, told.course, t))
    tables = [
        (t("Learners"), [learners.cells(one, t) for one in ranking.learners]),
        (t("Work"), overview.work_rows(told, t)),
        (t("Presentation before"), overview.comparison_rows(told, t)),
    ]
    sheets = tuple(Sheet(name, _rows(rows)) for name, rows in tables if rows)
    return Export([*head, ranked], sheets or (Sheet(t("Learners"), [[""]]),))


def _rows(rows: Sequence[dict[str, str]]) -> list[Sequence[Cell]]:
    return [tuple(rows[0]), *(tuple(row.values()) for row in rows)]

"""Goals: what a campaign shall reach in a KPI over its whole run."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.campaigns.kpis import KPIS, Good, Kpi, Unit, written
from core.campaigns.models import GoalKpi
from core.errors import Invalid
from core.i18n import Language, mark

TARGET_DECIMALS = 4
TARGET_LIMIT = Decimal(10) ** 14  # what DECIMAL(18,4) holds
KPI_OF: dict[GoalKpi, Kpi] = {
    GoalKpi(kpi.key): kpi for kpi in KPIS if kpi.key in {goal.value for goal in GoalKpi}
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A KPI and its target: money in the campaign's currency, a share (0.02), ×, or a count.

    Sums (revenue, conversions, clicks) are over the campaign's whole run.
    """

    kpi: GoalKpi
    target: Decimal


class BadGoal(Invalid):
    """A target is not a positive number that can be kept exactly."""

    code = "bad_goal"
    message = mark("The goal for {kpi} must be above zero with at most {decimals} decimal places.")

    def sentence(self, language: Language) -> str:
        """The sentence with the KPI's name in the reader's language."""
        label = language(KPI_OF[GoalKpi(self.data["kpi"])].label)
        return language(self.message, **{**self.data, "kpi": label})


class GoalAboveAll(BadGoal):
    """A rate cannot be more than all."""

    code = "goal_above_all"
    message = mark("The goal for {kpi} cannot be above 100%.")


class GoalTwice(BadGoal):
    """There is more than one goal for a KPI."""

    code = "goal_twice"
    message = mark("There can be one goal for {kpi} only.")


def is_at_most(kpi: GoalKpi) -> bool:
    """Whether the goal is to stay at or below the target, as for a cost."""
    return KPI_OF[kpi].good is Good.LOWER


def in_words(goal: Goal, currency: str, t: Language) -> str:
    """A goal as a reader sees it: "ROAS ≥ 3.50×"."""
    kpi = KPI_OF[goal.kpi]
    sign = "≤" if is_at_most(goal.kpi) else "≥"
    return f"{t(kpi.label)} {sign} {written(kpi, float(goal.target), currency, t)}"


def in_order(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """Goals in the order in which KPIs are named everywhere."""
    order = list(GoalKpi)
    return tuple(sorted(goals, key=lambda goal: order.index(goal.kpi)))


def require_sound_goals(goals: Iterable[Goal]) -> None:
    """Raise the BadGoal that names the first KPI whose goal breaks a rule."""
    seen = set()
    for kpi, target in ((goal.kpi, goal.target) for goal in goals):
        if kpi in seen:
            raise GoalTwice(field="goals", kpi=kpi.value)
        seen.add(kpi)
        if not target.is_finite() or not 0 < target < TARGET_LIMIT:
            raise BadGoal(field="goals", kpi=kpi.value, decimals=TARGET_DECIMALS)
        if target != round(target, TARGET_DECIMALS):
            raise BadGoal(field="goals", kpi=kpi.value, decimals=TARGET_DECIMALS)
        if KPI_OF[kpi].unit is Unit.SHARE and target > 1:
            raise GoalAboveAll(field="goals", kpi=kpi.value)

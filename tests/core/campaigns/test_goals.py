from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.goals import (
    KPI_OF,
    BadGoal,
    Goal,
    GoalAboveAll,
    GoalTwice,
    in_order,
    in_words,
    is_at_most,
    require_sound_goals,
)
from core.campaigns.kpis import Unit
from core.campaigns.models import GoalKpi
from core.i18n import language

EN = language("en")


def goal(kpi: GoalKpi, target: str) -> Goal:
    return Goal(kpi, Decimal(target))


def test_every_kpi_with_a_goal_is_a_kpi():
    assert set(GoalKpi) == set(KPI_OF)


def test_only_a_cost_is_to_stay_below_its_target():
    assert [GoalKpi.CPA] == [kpi for kpi in GoalKpi if is_at_most(kpi)]


def test_goals_are_written_with_their_sign_and_unit():
    written = [
        in_words(one, "USD", EN)
        for one in (
            goal(GoalKpi.ROAS, "3.5"),
            goal(GoalKpi.CPA, "12.5"),
            goal(GoalKpi.CVR, "0.025"),
            goal(GoalKpi.CONVERSIONS, "1500"),
        )
    ]
    assert ["ROAS ≥ 3.50×", "CPA ≤ $12.50", "CVR ≥ 2.50%", "Conversions ≥ 1,500"] == written


@pytest.mark.parametrize(
    ("goals", "error"),
    [
        ([goal(GoalKpi.ROAS, "0")], BadGoal),
        ([goal(GoalKpi.ROAS, "-1")], BadGoal),
        ([goal(GoalKpi.ROAS, "NaN")], BadGoal),
        ([goal(GoalKpi.ROAS, "1e14")], BadGoal),
        ([goal(GoalKpi.ROAS, "0.00001")], BadGoal),
        ([goal(GoalKpi.CTR, "1.01")], GoalAboveAll),
        ([goal(GoalKpi.CPA, "1"), goal(GoalKpi.CPA, "2")], GoalTwice),
    ],
)
def test_a_goal_that_breaks_a_rule_is_refused_by_name(goals, error):
    with pytest.raises(BadGoal) as raised:
        require_sound_goals(goals)

    assert error is type(raised.value)
    assert KPI_OF[goals[0].kpi].label in raised.value.sentence(EN)


@given(st.sampled_from(GoalKpi), st.decimals(min_value="0.0001", max_value="1", places=4))
def test_every_target_that_the_column_holds_is_sound(kpi, target):
    require_sound_goals([Goal(kpi, target)])


def test_goals_are_in_one_order_however_they_came():
    goals = [goal(kpi, "1") for kpi in reversed(GoalKpi)]

    assert list(GoalKpi) == [one.kpi for one in in_order(goals)]


def test_rates_are_shares():
    assert {GoalKpi.CVR, GoalKpi.CTR} == {kpi for kpi in GoalKpi if KPI_OF[kpi].unit is Unit.SHARE}

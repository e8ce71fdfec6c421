from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.campaigns.goals import Goal
from core.campaigns.merging import Clash, clashes, merged
from core.campaigns.models import GoalKpi
from tests.core.campaigns.records import PLAN

ROAS_3 = Goal(GoalKpi.ROAS, Decimal(3))
CPA_9 = Goal(GoalKpi.CPA, Decimal(9))


def test_fields_that_only_the_other_changed_are_taken_over():
    mine = replace(PLAN, budget=Decimal(2000))
    theirs = replace(PLAN, name="Summer", end_date=None)

    assert replace(theirs, budget=Decimal(2000)) == merged(PLAN, mine, theirs)


def test_a_field_that_both_changed_is_as_one_typed_it_and_told():
    mine, theirs = replace(PLAN, budget=Decimal(2000)), replace(PLAN, budget=Decimal(1800))

    assert mine == merged(PLAN, mine, theirs)
    assert (Clash("budget", "1500.25", "1800", "2000", True),) == clashes(PLAN, mine, theirs)


def test_a_field_that_only_the_other_changed_is_told_too():
    theirs = replace(PLAN, end_date=date(2026, 6, 30))

    told = clashes(PLAN, replace(PLAN, name="Summer"), theirs)
    assert (Clash("end_date", "2026-05-31", "2026-06-30", None, False),) == told


def test_both_typing_the_same_is_no_clash():
    same = replace(PLAN, budget=Decimal(2000))

    assert () == clashes(PLAN, same, replace(PLAN, budget=Decimal("2000.00")))


def test_goals_are_merged_one_kpi_at_a_time():
    base = replace(PLAN, goals=(ROAS_3,))
    mine = replace(PLAN, goals=(ROAS_3, CPA_9))
    theirs = replace(PLAN, goals=())

    assert (CPA_9,) == merged(base, mine, theirs).goals
    assert (Clash("goal.roas", "3", None, None, False),) == clashes(base, mine, theirs)


def plans():
    targets = st.sampled_from([Decimal(1), Decimal(2)])
    goals = st.dictionaries(st.sampled_from([GoalKpi.ROAS, GoalKpi.CPA]), targets)
    return st.builds(
        lambda name, budget, goals: replace(
            PLAN,
            name=name,
            budget=budget,
            goals=tuple(Goal(kpi, goals[kpi]) for kpi in GoalKpi if kpi in goals),
        ),
        st.sampled_from("abc"),
        targets,
        goals,
    )


@given(plans(), plans(), plans())
def test_a_merge_keeps_what_only_one_side_changed(base, mine, theirs):
    assert theirs == merged(base, base, theirs)
    assert mine == merged(base, mine, base)
    assert mine == merged(base, mine, mine)


@given(plans(), plans(), plans())
def test_without_a_clash_both_orders_of_merging_give_the_same(base, mine, theirs):
    if not any(clash.is_mine for clash in clashes(base, mine, theirs)):
        assert merged(base, theirs, mine) == merged(base, mine, theirs)

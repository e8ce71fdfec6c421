from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns import kpis
from core.campaigns.kpis import KPIS, Good, Totals, relative_change, written
from core.i18n import language

EN, ES = language("en"), language("es")

FULL = Totals(
    impressions=1000,
    clicks=50,
    spend=100.0,
    conversions=5.0,
    revenue=300.0,
    spend_with_conversions=100.0,
    clicks_with_conversions=50,
    spend_with_revenue=100.0,
)


def test_ratios_follow_their_formulas() -> None:
    assert kpis.roas(FULL) == 3.0
    assert kpis.cpa(FULL) == 20.0
    assert kpis.ctr(FULL) == 0.05
    assert kpis.cvr(FULL) == 0.1


def test_a_ratio_over_nothing_is_undefined_and_never_zero() -> None:
    empty = Totals()
    assert [kpis.roas(empty), kpis.cpa(empty), kpis.ctr(empty), kpis.cvr(empty)] == [None] * 4


def test_no_conversions_leave_the_cost_of_one_undefined_but_the_rate_zero() -> None:
    none = Totals(clicks=10, spend=5.0, conversions=0.0, clicks_with_conversions=10)
    assert kpis.cpa(none) is None
    assert kpis.cvr(none) == 0.0


def test_spend_of_rows_that_report_no_revenue_does_not_lower_roas() -> None:
    silent = Totals(spend=900.0, clicks=400)
    both = FULL + silent
    assert both.spend == 1000.0
    assert kpis.roas(both) == 3.0
    assert kpis.cpa(both) == 20.0


def test_a_sum_is_unreported_only_when_both_parts_are() -> None:
    assert (Totals() + Totals()).revenue is None
    assert (FULL + Totals()).revenue == 300.0


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [(110.0, 100.0, 0.1), (None, 1.0, None), (1.0, None, None), (1.0, 0.0, None)],
)
def test_change_is_relative_to_the_period_before(
    now: float | None, before: float | None, change: float | None
) -> None:
    found = relative_change(now, before)
    assert found == (None if change is None else pytest.approx(change))


def test_every_kpi_says_which_way_is_good() -> None:
    directions = {kpi.key: kpi.good for kpi in KPIS}
    assert directions == {
        "revenue": Good.HIGHER,
        "spend": Good.NEITHER,
        "roas": Good.HIGHER,
        "cpa": Good.LOWER,
        "conversions": Good.HIGHER,
        "cvr": Good.HIGHER,
        "clicks": Good.HIGHER,
        "ctr": Good.HIGHER,
        "impressions": Good.NEITHER,
    }


def test_an_undefined_kpi_is_written_as_a_dash_in_every_unit() -> None:
    assert {written(kpi, None, "USD", EN, short) for kpi in KPIS for short in (True, False)} == {
        "–"
    }


def test_kpis_are_written_in_the_reader_s_language() -> None:
    assert written(kpis.ROAS, 3.324, "USD", EN) == "3.32×"
    assert written(kpis.ROAS, 3.324, "USD", ES) == "3,32×"
    assert written(kpis.SPEND, 881_234.0, "USD", EN, short=True) == "$881K"
    assert written(kpis.CONVERSIONS, 5.5, "USD", EN) == "5.5"
    assert written(kpis.CTR, 0.0512, "USD", EN) == "5.12%"


def test_a_course_is_per_day_for_sums_and_as_it_is_for_ratios() -> None:
    assert kpis.SPEND.course(FULL, 4) == 25.0
    assert kpis.ROAS.course(FULL, 4) == 3.0
    assert kpis.SPEND.course(None, 4) is None


amounts = st.floats(0, 1e9)
reported = st.one_of(st.none(), amounts)
some_totals = st.builds(
    Totals, st.integers(0, 10**12), st.integers(0, 10**9), amounts, reported, reported
)


@given(some_totals, some_totals)
def test_adding_is_symmetric_and_nothing_changes_nothing(one: Totals, other: Totals) -> None:
    assert one + other == other + one
    assert one + Totals() == one


def test_decimals_are_written_like_floats() -> None:
    assert written(kpis.SPEND, float(Decimal("946.34")), "USD", EN) == "$946.34"


def test_what_the_ratios_leave_out_is_said_and_silence_means_nothing() -> None:
    assert "" == kpis.coverage(FULL, EN)
    assert "" == kpis.coverage(Totals(spend=10.0), EN)
    half = replace(FULL, spend_with_conversions=50.0)
    assert (
        "Conversions are reported for 50.0% of the spend only; CPA and CVR cover that part."
        == kpis.coverage(half, EN)
    )
    assert "CPA, CVR and ROAS cover" in kpis.coverage(replace(half, spend_with_revenue=50.0), EN)
    nearly = replace(half, spend_with_revenue=99.99)
    assert kpis.coverage(nearly, EN).endswith(
        "Revenue is reported for 99.9% of the spend only; ROAS covers that part."
    )


def test_help_names_the_base_of_each_ratio() -> None:
    assert "spend of rows that report conversions ÷ conversions" in kpis.CPA.formula
    assert "clicks of rows that report conversions" in kpis.CVR.formula
    assert "spend of rows that report revenue" in kpis.ROAS.formula

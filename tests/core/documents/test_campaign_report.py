from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.campaigns.periods import Span
from core.documents.errors import NoCampaignData
from core.documents.model import Chart, ChartKind, DocumentModel, Table
from core.i18n import MISSING, language
from tests.core.documents.made import (
    CAMPAIGNS,
    START,
    campaign,
    draft,
    measures,
    report_figures,
    text_of,
    values,
)

BEFORE = measures("1000", "4000", 52)


def tables(model: DocumentModel, section: str) -> list[Table]:
    found = next(one for one in model.sections if one.name == section)
    return [block for block in found.blocks if isinstance(block, Table)]


def chart_of(model: DocumentModel) -> Chart:
    return next(block for one in model.sections for block in one.blocks if isinstance(block, Chart))


def test_the_summary_compares_with_the_period_before() -> None:
    text = text_of(draft(report_figures(previous=BEFORE)))
    assert "Spend rose by 50.4% to €1,504.00, from €1,000.00 in the period before." in text
    assert "Revenue rose by 27.5% to €5,100.00, from €4,000.00 in the period before." in text
    assert "Conversions stayed level at 52; before, there were 52." in text
    assert "ROAS of 3.39× reached the target of 3.00×." in text


def test_without_a_period_before_nothing_is_compared() -> None:
    made = draft(report_figures())
    assert "Spend was €1,504.00; there is no earlier period to compare it with." in text_of(made)
    assert "so nothing is compared" in text_of(made)
    (key_figures,) = tables(made.model, "key_figures")
    assert {MISSING} == {row[3] for row in key_figures.rows}


def test_what_is_not_reported_is_a_dash_with_its_reason() -> None:
    made = draft(report_figures(campaigns=(campaign(1, "Only", measures("10", None, None)),)))
    (key_figures,) = tables(made.model, "key_figures")
    shown = {row[0]: row[1] for row in key_figures.rows}
    assert [MISSING] * 5 == [shown[m] for m in ("Revenue", "ROAS", "Conversions", "CPA", "CVR")]
    text = text_of(made)
    assert "ROAS: the platforms report no revenue" in text
    assert "CPA: the platforms report no conversions" in text
    assert "reached the target" not in text


def test_no_conversions_is_another_reason_than_none_reported() -> None:
    made = draft(report_figures(campaigns=(campaign(1, "Only", measures("10", "0", 0)),)))
    assert "CPA: there were no conversions" in text_of(made)


def test_revenue_of_a_part_of_the_spend_is_said_to_be_so() -> None:
    mixed = (CAMPAIGNS[1], campaign(3, "Untracked", measures("100", None, None)))
    made = draft(report_figures(campaigns=mixed))
    assert "Revenue is reported for 75.0% of the spend only; ROAS covers that part." in text_of(
        made
    )
    assert "The return on ad spend (ROAS) was 5.00×." in text_of(made)


def test_conversions_of_a_part_of_the_spend_are_said_to_be_so() -> None:
    mixed = (CAMPAIGNS[1], campaign(3, "Untracked", measures("100", "50", None)))
    text = text_of(draft(report_figures(campaigns=mixed)))
    assert (
        "Conversions are reported for 75.0% of the spend only; CPA and CVR cover that part." in text
    )
    assert "Spend with conversions reported" in text
    assert "spend where conversions are reported ÷ conversions" in text


def test_the_campaigns_that_stand_out_are_named() -> None:
    silent = campaign(3, "Silent", measures("50", "0", 0))
    text = text_of(draft(report_figures(campaigns=(*CAMPAIGNS, silent))))
    assert "Shoes & socks <autumn> took the largest part of the spend: €1,204.00" in text
    assert "The best return came from Brand, with a ROAS of 5.00×" in text
    assert "One campaign spent €50.00 without a single conversion." in text


def test_the_campaign_table_is_by_spend_and_adds_up() -> None:
    (table,) = tables(draft(report_figures()).model, "by_campaign")
    assert ["Shoes & socks <autumn>", "Brand", "Total"] == [row[0] for row in table.rows]
    assert ["€1,204.00", "€300.00", "€1,504.00"] == [row[2] for row in table.rows]
    assert table.has_total


def test_a_platform_is_called_as_pages_call_it() -> None:
    linked = replace(campaign(1, "Only", measures("10", "0", 0)), platform="linkedin_ads")
    (table,) = tables(draft(report_figures(campaigns=(linked,))).model, "by_campaign")
    assert "LinkedIn Ads" == table.rows[0][1]


def test_other_currencies_are_named_and_left_out() -> None:
    text = text_of(draft(report_figures(other_currencies=("GBP", "USD"))))
    assert "Figures in other currencies (GBP, USD) are left out" in text


def test_the_trend_is_told_from_two_weeks_on() -> None:
    long, short = draft(report_figures(days=14)), draft(report_figures(days=13))
    assert "Spend rose within the period: €50.00 a day in its second half" in text_of(long)
    assert "within the period" not in text_of(short)


def test_one_day_is_drawn_as_a_column() -> None:
    made = draft(report_figures(days=1))
    chart = chart_of(made.model)
    assert ChartKind.COLUMN is chart.kind
    assert (START,) == chart.days
    assert "Sep 1, 2026 · amounts in EUR" in made.model.subtitle


def test_many_days_are_drawn_as_daily_averages_of_weeks() -> None:
    chart = chart_of(draft(report_figures(days=140)).model)
    assert 20 == len(chart.days)
    assert Decimal(43) == chart.series[0].values[0]
    assert "Spend and revenue, average per day, by week" == chart.title


def test_days_beyond_the_data_are_neither_drawn_nor_averaged() -> None:
    asked = Span(START, date(2026, 9, 30))
    made = draft(report_figures(days=14), period=asked)
    assert 14 == len(chart_of(made.model).days)
    assert "The data ends on Sep 14, 2026; later days are empty." in text_of(made)


def test_no_data_gives_no_document() -> None:
    with pytest.raises(NoCampaignData) as refused:
        draft(report_figures(campaigns=()))
    assert "nothing in EUR from Sep 1, 2026" in refused.value.sentence(language("en"))


def test_values_are_text_whatever_they_look_like() -> None:
    form = values(title="A & B <c> {{7*7}}", remarks="=1+1\n{% if x %} & <b>")
    text = text_of(draft(report_figures(), form))
    for typed in ("A & B <c> {{7*7}}", "=1+1", "{% if x %} & <b>"):
        assert typed in text


def test_the_annex_names_query_parameters_generation_and_the_datas_dates() -> None:
    text = text_of(draft(report_figures(previous=BEFORE)))
    assert "SELECT 1 -- totals" in text
    assert 'Parameters: ["EUR", 20260901]' in text
    assert "generation 7" in text
    assert "runs from Jan 1, 2026 to Sep 28, 2026" in text
    assert "0f" * 32 in text


def test_every_measure_of_the_key_figures_is_in_the_ledger() -> None:
    (totals,) = [
        one for one in draft(report_figures()).ledger.as_records() if one["source"] == "totals"
    ]
    told = {figure["name"] for figure in totals["figures"] if figure["aspect"] == "this period"}
    expected = {"Spend", "Revenue", "ROAS", "Conversions", "CPA", "Impressions", "Clicks"}
    assert expected | {"CTR", "CVR"} == told


def test_the_summary_has_its_own_sections() -> None:
    made = draft(report_figures(previous=BEFORE), slug="campaign-summary")
    names = [section.name for section in made.model.sections]
    assert ["headlines", "headline_figures", "small_chart", "largest_campaigns", "sources"] == names
    assert "Spend stayed within the budget of €2,000.00: 75.2% of it was used." in text_of(made)


def test_a_budget_can_be_overspent() -> None:
    made = draft(
        report_figures(), values("campaign-summary", budget="1000"), slug="campaign-summary"
    )
    assert "Spend went over the budget of €1,000.00: 150.4% of it was used." in text_of(made)


def test_the_report_speaks_spanish() -> None:
    text = text_of(draft(report_figures(previous=BEFORE), code="es"))
    assert "El gasto subió un 50,4" in text
    assert "1504,00\u00a0€" in text or "1.504,00\u00a0€" in text
    assert "Resumen" in text
    assert "Every figure" not in text


@pytest.mark.parametrize("share", [1, len(CAMPAIGNS)])
def test_sample_figures_are_said_to_be_made_up_however_few(share: int) -> None:
    sample = tuple(replace(one, is_sample=True) for one in CAMPAIGNS[:share])
    made = draft(report_figures(campaigns=sample + CAMPAIGNS[share:]))
    assert made.is_sample
    assert "With figures of the sample world, which are made up" in made.model.subtitle


def test_a_currency_that_is_not_given_is_said_so() -> None:
    made = draft(report_figures(), values(currency="XXX"))
    assert "the source names no currency" in text_of(made)
    assert "XXX" not in text_of(made)

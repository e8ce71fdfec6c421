from datetime import date, timedelta
from pathlib import Path

import pytest

from components import campaign_export, queries
from core.campaigns.periods import Span
from core.campaigns.schemas import Dimension, View
from core.i18n import language
from data.lake import KEPT_GENERATIONS, GenerationGone
from tests.components.campaign_page import MARKETER, use
from tests.data.marts.facts import Campaign, Fact, publish

DAY = date(2026, 11, 22)
VIEW = View(Span(DAY, DAY), "USD")


def publish_many(folder: Path, count: int) -> None:
    for spend in range(1, count + 1):
        publish(folder, [Campaign(1, "Brand")], [Fact(1, DAY, spend=float(spend))])


def test_an_answer_is_of_the_generation_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    warehouse = publish(tmp_path, [Campaign(1, "Brand")], [Fact(1, DAY, spend=7.0)])
    use(monkeypatch, tmp_path, warehouse)
    publish_many(tmp_path, 1)
    spends = [queries.campaign_overview(MARKETER, generation, VIEW).now for generation in (1, 2)]
    assert [7.0, 1.0] == [totals.spend for totals in spends if totals]


def test_an_export_holds_all_rows_of_the_generation_that_was_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    many = [Campaign(n, f"Campaign {n}") for n in range(150)]
    warehouse = publish(tmp_path, many, [Fact(one.id, DAY) for one in many])
    use(monkeypatch, tmp_path, warehouse)
    publish_many(tmp_path, 1)
    asked = (MARKETER, 1, VIEW, Dimension.CAMPAIGN)
    assert 100 == len(queries.campaign_breakdown(*asked).slices)
    assert 150 == len(queries.campaign_export(*asked).slices)


def test_a_generation_whose_files_are_gone_is_named_though_it_was_read_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    warehouse = publish(tmp_path, [Campaign(1, "Brand")], [Fact(1, DAY)])
    use(monkeypatch, tmp_path, warehouse)
    queries.campaign_overview(MARKETER, 1, VIEW)
    publish_many(tmp_path, KEPT_GENERATIONS)
    with pytest.raises(GenerationGone):
        queries.campaign_export(MARKETER, 1, VIEW, Dimension.CAMPAIGN)


def test_the_export_of_a_page_holds_every_section_against_both_comparisons(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    facts = [Fact(1, DAY - timedelta(days=ago), spend=1.0 + ago) for ago in range(400)]
    use(monkeypatch, tmp_path, publish(tmp_path, [Campaign(1, "Brand")], facts))
    page = queries.campaign_page(MARKETER, 1, VIEW, tuple(Dimension), with_days=True)
    names = [sheet.name for sheet in campaign_export.sheets(page, language("en"))]
    assert names == [
        "Days", "Platform", "KPIs", "Over time", "Funnel", "Type", "Campaign", "Audience",
        "Creative", "Day of week",
    ]  # fmt: skip
    kpis = campaign_export.sheets(page, language("en"))[2].rows
    assert [1.0, 2.0, -0.5, 366.0, -0.997268] == [row[2] for row in kpis[1:]]
    assert ("Spend (USD)", "Period before", "Last year") == (kpis[0][2], kpis[2][0], kpis[4][0])

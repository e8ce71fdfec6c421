from datetime import date
from pathlib import Path

import pytest

from components import queries
from core.campaigns.periods import Span
from core.campaigns.schemas import Dimension, View
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

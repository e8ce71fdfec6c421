from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.campaigns.periods import Span
from core.documents.figures import Scope
from data.marts.documents import DocumentMart, rows_sha256
from data.warehouse.reader import Snapshot, Warehouse
from tests.data.marts.facts import Campaign, Fact, publish

LAST = date(2026, 11, 22)
WEEK = Span(LAST - timedelta(days=6), LAST)
CAMPAIGNS = [
    Campaign(2**59 + 1, "Brand"),
    Campaign(2, "Untracked", platform="microsoft_ads"),
    Campaign(3, "Euro", platform="facebook_ads", is_sample=True),
]


def facts() -> list[Fact]:
    """Brand over three weeks, Untracked over one without revenue, Euro on one day in euros."""
    brand = [Fact(2**59 + 1, LAST - timedelta(days=ago), spend=0.1) for ago in range(21)]
    untracked = [
        Fact(2, LAST - timedelta(days=ago), spend=20.0, revenue=None, conversions=None)
        for ago in range(7)
    ]
    return [*brand, *untracked, Fact(3, LAST, currency="EUR", spend=5.0)]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return publish(tmp_path / "lake", CAMPAIGNS, facts())


def scope(currency: str = "USD", ids: Sequence[int] = (), days: Span = WEEK) -> Scope:
    return Scope(days, tuple(ids), currency)


def test_amounts_are_exact_and_only_of_one_currency(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope())
    assert Decimal("140.7") == told.totals.spend
    assert Decimal("210") == told.totals.revenue
    assert Decimal("0.7") == told.totals.spend_with_revenue
    assert Decimal("300") == told.totals.roas
    assert ("EUR",) == told.other_currencies


def test_the_chosen_campaigns_alone_are_counted(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope(ids=[2**59 + 1]))
    assert Decimal("0.7") == told.totals.spend
    assert [2**59 + 1] == [one.campaign_id for one in told.campaigns]
    assert () == told.other_currencies


def test_what_no_platform_reports_stays_unknown(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope(ids=[2]))
    assert None is told.totals.revenue
    assert None is told.totals.conversions
    assert None is told.totals.roas
    assert {None} == {day.revenue for day in told.daily}


def test_the_period_before_is_of_equal_length_and_ends_a_day_earlier(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope(ids=[2**59 + 1]))
    assert told.previous is not None
    assert Decimal("0.7") == told.previous.spend
    assert [20261109, 20261115] == list(told.sources["previous"].parameters[1:3])


def test_half_a_period_before_is_no_comparison(warehouse: Warehouse) -> None:
    long = Span(LAST - timedelta(days=13), LAST)
    assert None is DocumentMart(warehouse).report(scope(days=long)).previous
    assert None is DocumentMart(warehouse).report(scope("EUR")).previous


def test_days_and_campaigns_add_up_to_the_totals(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope())
    assert told.totals.spend == sum(day.spend or 0 for day in told.daily)
    assert told.totals.spend == sum(one.measures.spend or 0 for one in told.campaigns)
    assert ["Untracked", "Brand"] == [one.name for one in told.campaigns]
    assert sorted(day.day for day in told.daily) == [day.day for day in told.daily]


def test_a_period_without_rows_is_empty_and_nothing_is_zero(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope(days=Span(date(2020, 1, 1), date(2020, 1, 7))))
    assert ((), ()) == (told.daily, told.campaigns)
    assert None is told.totals.spend
    assert LAST == told.data_until


def test_an_empty_warehouse_answers_too(tmp_path: Path) -> None:
    told = DocumentMart(Warehouse(tmp_path / "lake")).report(scope())
    assert (0, None, ()) == (told.generation, told.data_from, told.campaigns)


def test_sample_campaigns_are_marked(warehouse: Warehouse) -> None:
    (euro,) = DocumentMart(warehouse).report(scope("EUR")).campaigns
    assert euro.is_sample


def test_a_sources_query_gives_the_same_rows_again(warehouse: Warehouse) -> None:
    told = DocumentMart(warehouse).report(scope())
    for source in told.sources.values():
        rows = warehouse.at(told.generation).rows(source.query, list(source.parameters))
        assert (source.rows, source.rows_sha256) == (len(rows), rows_sha256(rows))


class Moving:
    """A warehouse on which a new generation appears after every query."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self.now = warehouse.generation()
        self.asked: list[int] = []

    def generation(self) -> int:
        return self.now

    def at(self, generation: int) -> Snapshot:
        self.asked.append(generation)
        self.now += 1
        return self._warehouse.at(generation)


def test_all_figures_of_a_report_are_of_one_generation(warehouse: Warehouse) -> None:
    moving = Moving(warehouse)
    told = DocumentMart(moving).report(scope())
    assert [told.generation] == moving.asked


def test_rows_that_differ_have_another_checksum() -> None:
    rows: list[tuple[Any, ...]] = [(1, Decimal("0.10"), None)]
    assert rows_sha256(rows) == rows_sha256([(1, Decimal("0.10"), None)])
    assert rows_sha256(rows) != rows_sha256([(1, Decimal("0.11"), None)])

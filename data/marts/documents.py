"""Campaign figures for documents: exact amounts, each with the query that gave them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core.campaigns.periods import Span
from core.documents.figures import (
    CampaignFigures,
    DayFigures,
    Measures,
    ReportFigures,
    Scope,
    Source,
)
from data.marts.days import date_id, day_of

Row = tuple[Any, ...]

# In the order of Measures' fields; a sum of nothing is NULL, which reads "not reported".
_SUMS = """sum(f.impressions)::BIGINT AS impressions,
    sum(f.clicks)::BIGINT AS clicks,
    sum(f.spend)::DECIMAL(38, 4) AS spend,
    sum(f.conversions)::DECIMAL(38, 4) AS conversions,
    sum(f.conversions_value)::DECIMAL(38, 4) AS revenue,
    (sum(f.spend) FILTER (f.conversions_value IS NOT NULL))::DECIMAL(38, 4) AS spend_with_revenue,
    (sum(f.spend) FILTER (f.conversions IS NOT NULL))::DECIMAL(38, 4) AS spend_with_conversions,
    (sum(f.clicks) FILTER (f.conversions IS NOT NULL))::BIGINT AS clicks_with_conversions"""

_CHOSEN = "(len(?::BIGINT[]) = 0 OR list_contains(?::BIGINT[], f.campaign_id))"
_WHERE = f"f.currency = ? AND f.date_id BETWEEN ? AND ? AND {_CHOSEN}"

TOTALS = f"""SELECT {_SUMS}
FROM fact_campaign_performance AS f
WHERE {_WHERE}"""

DAILY = f"""SELECT f.date_id, sum(f.spend)::DECIMAL(38, 4) AS spend,
    sum(f.conversions_value)::DECIMAL(38, 4) AS revenue
FROM fact_campaign_performance AS f
WHERE {_WHERE}
GROUP BY f.date_id
ORDER BY f.date_id"""

CAMPAIGNS = f"""SELECT f.campaign_id, any_value(c.campaign_name) AS name,
    any_value(c.platform) AS platform, bool_and(c.is_sample) AS is_sample,
    {_SUMS}
FROM fact_campaign_performance AS f JOIN dim_campaign AS c USING (campaign_id)
WHERE {_WHERE}
GROUP BY f.campaign_id
ORDER BY spend DESC, f.campaign_id"""

COVERAGE = f"""SELECT f.currency, min(f.date_id) AS first_day, max(f.date_id) AS last_day,
    count(*) FILTER (f.date_id BETWEEN ? AND ?) AS rows_in_period
FROM fact_campaign_performance AS f
WHERE {_CHOSEN}
GROUP BY f.currency
ORDER BY f.currency"""


class Generation(Protocol):
    """One generation of the warehouse."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """Rows of one query."""


class Versioned(Protocol):
    """The part of the warehouse this mart reads."""

    def generation(self) -> int:
        """The number of the current generation."""

    def at(self, generation: int) -> Generation:
        """The warehouse as one generation holds it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A query's rows and where they came from."""

    rows: list[Row]
    source: Source


class DocumentMart:
    """Implements :class:`core.documents.ports.Figures` on the warehouse."""

    def __init__(self, warehouse: Versioned) -> None:
        self._warehouse = warehouse

    def report(self, scope: Scope) -> ReportFigures:
        """All figures of a scope and of the period before, from one generation."""
        generation = self._warehouse.generation()
        warehouse = self._warehouse.at(generation)
        answers = {
            "totals": _ask(warehouse, TOTALS, _scoped(scope, scope.period)),
            "previous": _ask(warehouse, TOTALS, _scoped(scope, scope.period.before)),
            "daily": _ask(warehouse, DAILY, _scoped(scope, scope.period)),
            "campaigns": _ask(warehouse, CAMPAIGNS, _scoped(scope, scope.period)),
            "coverage": _ask(warehouse, COVERAGE, _covering(scope)),
        }
        return _report(generation, scope, answers)


def _ask(warehouse: Generation, sql: str, params: list[Any]) -> _Answer:
    rows = warehouse.rows(sql, params)
    return _Answer(rows, Source(sql, tuple(params), len(rows), rows_sha256(rows)))


def rows_sha256(rows: Sequence[Row]) -> str:
    """A checksum of a query's rows: JSON, decimals and dates as text, in the query's order."""
    text = json.dumps(rows, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scoped(scope: Scope, days: Span) -> list[Any]:
    chosen = list(scope.campaign_ids)
    return [scope.currency, date_id(days.start), date_id(days.end), chosen, chosen]


def _covering(scope: Scope) -> list[Any]:
    chosen = list(scope.campaign_ids)
    return [date_id(scope.period.start), date_id(scope.period.end), chosen, chosen]


def _report(generation: int, scope: Scope, answers: dict[str, _Answer]) -> ReportFigures:
    coverage = {row[0]: row for row in answers["coverage"].rows}
    own = coverage.get(scope.currency)
    first = day_of(own[1]) if own else None
    reaches_back = first is not None and first <= scope.period.before.start
    before = Measures(*answers["previous"].rows[0])
    return ReportFigures(
        generation=generation,
        data_from=first,
        data_until=day_of(own[2]) if own else None,
        totals=Measures(*answers["totals"].rows[0]),
        previous=before if reaches_back else None,
        daily=tuple(DayFigures(day_of(row[0]), *row[1:]) for row in answers["daily"].rows),
        campaigns=tuple(
            CampaignFigures(row[0], row[1], row[2], Measures(*row[4:]), is_sample=row[3])
            for row in answers["campaigns"].rows
        ),
        other_currencies=tuple(
            code for code, row in coverage.items() if code != scope.currency and row[3]
        ),
        sources={name: answer.source for name, answer in answers.items()},
    )

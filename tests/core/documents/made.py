"""Reports made from figures at hand, for tests of documents."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.campaigns.periods import Span
from core.documents.composing import Reading, compose
from core.documents.drafts import Assignment, Draft
from core.documents.figures import (
    CampaignFigures,
    DayFigures,
    Measures,
    ReportFigures,
    Scope,
    Source,
)
from core.documents.form import check
from core.documents.house import DEFAULT_HOUSE, House
from core.documents.ports import Figures
from core.documents.templates import BUILTIN_TEMPLATES
from core.documents.types import DOCUMENT_TYPES
from core.i18n import language
from tests.core.documents.examples import EXAMPLES

START = date(2026, 9, 1)
CREATED = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)
TEMPLATES = {template.slug: template for template in BUILTIN_TEMPLATES}


def measures(spend: str, revenue: str | None = None, conversions: int | None = 10) -> Measures:
    """Sums of one campaign; without revenue or conversions nothing is reported."""
    amount = Decimal(spend)
    return Measures(
        impressions=10_000,
        clicks=500,
        spend=amount,
        conversions=None if conversions is None else Decimal(conversions),
        revenue=None if revenue is None else Decimal(revenue),
        spend_with_revenue=None if revenue is None else amount,
        spend_with_conversions=None if conversions is None else amount,
        clicks_with_conversions=None if conversions is None else 500,
    )


def campaign(number: int, name: str, told: Measures) -> CampaignFigures:
    return CampaignFigures(number, name, "google_ads", told)


CAMPAIGNS = (
    campaign(1, "Shoes & socks <autumn>", measures("1204", "3600", 40)),
    campaign(2, "Brand", measures("300", "1500", 12)),
)


def report_figures(
    days: int = 28,
    campaigns: tuple[CampaignFigures, ...] = CAMPAIGNS,
    previous: Measures | None = None,
    **changed: Any,
) -> ReportFigures:
    """Figures of a period that starts with :data:`START`, spend and revenue growing by day."""
    told = [one.measures for one in campaigns]
    has_revenue = any(one.revenue is not None for one in told)
    daily = tuple(
        DayFigures(
            START + timedelta(days=day),
            Decimal(40 + day),
            Decimal(100 + 5 * day) if has_revenue else None,
        )
        for day in range(days)
    )
    values: dict[str, Any] = {
        "generation": 7,
        "data_from": date(2026, 1, 1),
        "data_until": START + timedelta(days=days - 1),
        "totals": added(told),
        "previous": previous,
        "daily": daily if campaigns else (),
        "campaigns": campaigns,
        "other_currencies": (),
        "sources": {
            key: Source(f"SELECT 1 -- {key}", ("EUR", 20260901), 1, "0f" * 32)
            for key in ("totals", "previous", "daily", "campaigns", "coverage")
        },
    }
    return ReportFigures(**(values | changed))


def added(told: list[Measures]) -> Measures:
    """The sums of several; what none reports stays unknown."""
    sums: dict[str, Any] = {}
    for name in Measures.__slots__:
        known = [value for one in told if (value := getattr(one, name)) is not None]
        sums[name] = sum(known) if known else None
    return Measures(**sums)


def values(slug: str = "campaign-report", **changed: Any) -> dict[str, Any]:
    """What a checked form holds."""
    common: dict[str, Any] = {
        "title": "Autumn report",
        "period": {"start": "2026-09-01", "end": "2026-09-28"},
        "currency": "EUR",
        "campaigns": [],
        "reader_name": "Ana Pérez",
    }
    own = {"roas_target": "3", "remarks": None} if slug == "campaign-report" else {"budget": "2000"}
    return common | own | changed


def draft(
    figures: ReportFigures,
    form: Mapping[str, Any] | None = None,
    *,
    slug: str = "campaign-report",
    code: str = "en",
    period: Span | None = None,
) -> Draft:
    """A report written from figures at hand."""
    form = form or values(slug)
    last = START + timedelta(days=max(len(figures.daily), 1) - 1)
    scope = Scope(period or Span(START, last), (), form["currency"])
    template = TEMPLATES[slug]
    assignment = Assignment(form, template.rules, "Jo Writer", CREATED, language(code))
    return compose(assignment, DOCUMENT_TYPES[template.document_type], Reading(scope, figures))


def example(
    slug: str, code: str, house: House = DEFAULT_HOUSE, **changed: Any
) -> tuple[Draft, dict[str, Any]]:
    """A document of any template from its filled form, and the form's checked values."""
    template = TEMPLATES[slug]
    form = check(template.variables, EXAMPLES[slug][code] | changed)
    spec = DOCUMENT_TYPES[template.document_type]
    assignment = Assignment(form, template.rules, "Jo Writer", CREATED, language(code), house)
    read = None
    if spec.tells_campaign_figures(template.sections):
        figures = report_figures(previous=measures("1000", "4000", 52))
        read = Reading(Scope(Span(START, START + timedelta(days=27)), (), "EUR"), figures)
    return compose(assignment, spec, read), form


def text_of(made: Draft) -> str:
    """Everything a reader of the document sees."""
    return "\n".join(text for _, text in made.model.texts())


class FiguresAtHand(Figures):
    """A warehouse that always answers the same, and remembers what it was asked."""

    def __init__(self, figures: ReportFigures) -> None:
        self.figures = figures
        self.asked: list[Scope] = []

    def report(self, scope: Scope) -> ReportFigures:
        self.asked.append(scope)
        return self.figures

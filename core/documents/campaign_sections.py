"""The sections of a campaign report: words, tables and the chart under their headings."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.campaigns.platforms import platform_name
from core.documents import measures
from core.documents.campaign_chart import spend_and_revenue
from core.documents.campaign_sentences import (
    budget_sentence,
    campaign_sentences,
    comparison,
    coverage_sentences,
    peak_sentence,
    target_sentence,
    trend_sentences,
)
from core.documents.campaign_telling import Telling, say_before, say_change, say_now
from core.documents.figures import CampaignFigures, ratio
from core.documents.ledger import Unit
from core.documents.measures import HEADLINES, MEASURES, Measure
from core.documents.model import Block, Bullets, Column, Paragraph, Section, Table, TextStyle
from core.i18n import mark

LARGEST = 3  # campaigns on the summary, which is one page and its sources
SMALL_CHART_MM = 46
WHOLE_UNITS_FROM = 10_000  # from this amount on, a narrow column drops the cents


def summary(telling: Telling) -> Section:
    """The report in a few sentences: what changed, whether targets were met, what stands out."""
    lead = " ".join(comparison(telling, m) for m in (measures.SPEND, measures.REVENUE))
    bullets = (*_further_comparisons(telling), *target_sentence(telling))
    blocks: tuple[Block, ...] = (Paragraph(lead, TextStyle.LEAD),)
    if bullets:
        blocks = (*blocks, Bullets(bullets))
    return Section("summary", telling.t("Summary"), (*blocks, *_coverage(telling)))


def headlines(telling: Telling) -> Section:
    """The one-page summary's words: spend, revenue, and the budget."""
    lead = " ".join(comparison(telling, m) for m in (measures.SPEND, measures.REVENUE))
    items = (*budget_sentence(telling), *peak_sentence(telling))
    blocks: tuple[Block, ...] = (Paragraph(lead, TextStyle.LEAD),)
    if items:
        blocks = (*blocks, Bullets(items))
    return Section("headlines", telling.t("In short"), (*blocks, *_coverage(telling)))


def key_figures(telling: Telling) -> Section:
    """All nine measures beside the period before."""
    blocks = _measure_table(telling, MEASURES)
    return Section("key_figures", telling.t("Key figures"), blocks)


def headline_figures(telling: Telling) -> Section:
    """The five measures of the one-page summary."""
    blocks = _measure_table(telling, HEADLINES)
    return Section("headline_figures", telling.t("Key figures"), blocks)


def course(telling: Telling) -> Section:
    """Spend and revenue over time: the chart, and how it moved."""
    words = " ".join((*trend_sentences(telling), *peak_sentence(telling)))
    chart = spend_and_revenue(telling)
    blocks: tuple[Block, ...] = (chart, Paragraph(words)) if words else (chart,)
    return Section("course", telling.t("Spend and revenue over time"), blocks)


def small_chart(telling: Telling) -> Section:
    """The summary's chart, without words of its own."""
    chart = replace(spend_and_revenue(telling), height_mm=SMALL_CHART_MM)
    return Section("small_chart", telling.t("Spend and revenue over time"), (chart,))


def by_campaign(telling: Telling) -> Section:
    """Every campaign with its figures, and what stands out among them."""
    words = " ".join(campaign_sentences(telling))
    table = _campaign_table(telling, _by_spend(telling), telling.t("Figures by campaign"))
    blocks: tuple[Block, ...] = (Paragraph(words), table) if words else (table,)
    return Section("by_campaign", telling.t("Campaigns"), blocks)


def largest_campaigns(telling: Telling) -> Section:
    """The campaigns with most spend, for the one-page summary."""
    top = _by_spend(telling)[:LARGEST]
    caption = telling.t("The campaigns with most spend")
    table = _campaign_table(telling, top, caption, with_platform=False)
    return Section("largest_campaigns", telling.t("Largest campaigns"), (table,))


def remarks(telling: Telling) -> Section:
    """The author's own words, as they were typed; no section without any."""
    lines = (telling.values.get("remarks") or "").split("\n")
    blocks = tuple(Paragraph(line) for line in lines if line.strip())
    return Section("remarks", telling.t("Remarks"), blocks)


def _further_comparisons(telling: Telling) -> tuple[str, ...]:
    """ROAS, conversions and CPA; without revenue or conversions their ratios go unsaid."""
    totals = telling.figures.totals
    told: list[Measure] = [measures.CONVERSIONS]
    if totals.revenue is not None:
        told.insert(0, measures.ROAS)
    if totals.conversions is not None:
        told.append(measures.CPA)
    return tuple(comparison(telling, measure) for measure in told)


def _coverage(telling: Telling) -> tuple[Block, ...]:
    words = " ".join(coverage_sentences(telling))
    return (Paragraph(words, TextStyle.NOTE),) if words else ()


def _measure_table(telling: Telling, told: Sequence[Measure]) -> tuple[Block, ...]:
    t = telling.t
    table = Table(
        caption=t("Key figures and how they changed"),
        columns=(
            Column(t("Measure"), 0.31),
            Column(t("This period"), 0.25, is_number=True),
            Column(t("Period before"), 0.25, is_number=True),
            Column(t("Change"), 0.19, is_number=True),
        ),
        rows=tuple(
            (
                t(measure.name),
                say_now(telling, measure),
                say_before(telling, measure),
                say_change(telling, measure),
            )
            for measure in told
        ),
    )
    return (table, *_reasons(telling, told))


def _reasons(telling: Telling, told: Sequence[Measure]) -> tuple[Block, ...]:
    """Why a figure of this period is shown as "–"."""
    t, totals = telling.t, telling.figures.totals
    missing = [
        t("{measure}: {reason}", measure=t(measure.name), reason=t(measure.reason(totals)))
        for measure in told
        if telling.now(measure) is None
    ]
    if not missing:
        return ()
    text = t("“–” means that a figure cannot be given. {reasons}.", reasons="; ".join(missing))
    return (Paragraph(text, TextStyle.NOTE),)


def _by_spend(telling: Telling) -> list[CampaignFigures]:
    return sorted(
        telling.figures.campaigns,
        key=lambda campaign: (-(campaign.measures.spend or Decimal(0)), campaign.name),
    )


def _campaign_table(
    telling: Telling, rows: Sequence[CampaignFigures], caption: str, with_platform: bool = True
) -> Table:
    """A row for each campaign; a total below them when they are all there are."""
    has_total = len(rows) == len(telling.figures.campaigns) and len(rows) > 1
    names = [telling.ledger.label(row.name) for row in rows]
    told = [names, _platforms(telling, rows)] if with_platform else [names]
    figures = [_column(telling, rows, measure) for measure in HEADLINES]
    figures.insert(1, _share_column(telling, rows))
    cells: list[tuple[str, ...]] = list(zip(*told, *figures, strict=True))
    if has_total:
        cells.append(_total_row(telling, len(told)))
    return Table(caption, _campaign_columns(telling, with_platform), tuple(cells), has_total)


def _campaign_columns(telling: Telling, with_platform: bool) -> tuple[Column, ...]:
    t = telling.t
    platform, name = (0.135, 0.215) if with_platform else (0, 0.35)
    return (
        Column(t("Campaign"), name),
        *((Column(t("Platform"), platform),) if with_platform else ()),
        Column(t("Spend"), 0.135, is_number=True),
        Column(t("Of total"), 0.085, is_number=True),
        Column(t("Revenue"), 0.14, is_number=True),
        Column(t("ROAS"), 0.08, is_number=True),
        Column(t("Conv."), 0.08, is_number=True),
        Column(t("CPA"), 0.13, is_number=True),
    )


def _platforms(telling: Telling, rows: Sequence[CampaignFigures]) -> list[str]:
    return [telling.ledger.label(platform_name(row.platform)) for row in rows]


def _column(telling: Telling, rows: Sequence[CampaignFigures], measure: Measure) -> list[str]:
    values = [measure.value(row.measures) for row in rows]
    return telling.ledger.column(
        measure.name,
        values,
        measure.unit,
        "campaigns",
        aspect=mark("by campaign"),
        formula=measure.formula,
        digits=_narrow_digits(telling, measure),
    )


def _share_column(telling: Telling, rows: Sequence[CampaignFigures]) -> list[str]:
    total = telling.figures.totals.spend
    return telling.ledger.column(
        measures.SPEND.name,
        [ratio(row.measures.spend, total) for row in rows],
        Unit.SHARE,
        "campaigns",
        aspect=mark("share by campaign"),
        formula=mark("spend ÷ spend of all"),
    )


def _total_row(telling: Telling, labels: int) -> tuple[str, ...]:
    ledger = telling.ledger
    totals = [
        ledger.say(
            measure.name,
            telling.now(measure),
            measure.unit,
            "totals",
            aspect=mark("this period"),
            formula=measure.formula,
            digits=_narrow_digits(telling, measure),
        )
        for measure in HEADLINES
    ]
    whole = ledger.say(
        measures.SPEND.name,
        Decimal(1),
        Unit.SHARE,
        "campaigns",
        aspect=mark("share of all"),
        formula=mark("spend ÷ spend of all"),
        digits=0,
    )
    return (telling.t("Total"), *[""] * (labels - 1), totals[0], whole, *totals[1:])


def _narrow_digits(telling: Telling, measure: Measure) -> int | None:
    """Amounts of a narrow column lose their cents when they are large; CPA keeps them."""
    if measure not in (measures.SPEND, measures.REVENUE):
        return measure.digits
    largest = max(telling.figures.totals.spend or 0, telling.figures.totals.revenue or 0)
    return 0 if largest >= WHOLE_UNITS_FROM else None

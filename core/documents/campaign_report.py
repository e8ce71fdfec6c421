"""The campaign report: from a form's values and the warehouse's figures to a document."""

from collections.abc import Callable, Mapping

from core.documents import annex, campaign_sections
from core.documents.campaign_telling import Telling
from core.documents.drafts import Assignment, Draft
from core.documents.errors import NoCampaignData
from core.documents.figures import ReportFigures, Scope
from core.documents.form import period_of
from core.documents.ledger import Ledger
from core.documents.model import DocumentModel, Labels, Section
from core.documents.ports import Figures
from core.i18n import NO_CURRENCY

SECTIONS: Mapping[str, Callable[[Telling], Section]] = {
    "summary": campaign_sections.summary,
    "headlines": campaign_sections.headlines,
    "key_figures": campaign_sections.key_figures,
    "headline_figures": campaign_sections.headline_figures,
    "course": campaign_sections.course,
    "small_chart": campaign_sections.small_chart,
    "by_campaign": campaign_sections.by_campaign,
    "largest_campaigns": campaign_sections.largest_campaigns,
    "remarks": campaign_sections.remarks,
}


def build(assignment: Assignment, figures: Figures) -> Draft:
    """Write the report; raises :class:`NoCampaignData` when there is nothing to report."""
    scope = scope_of(assignment)
    return compose(assignment, scope, figures.report(scope))


def scope_of(assignment: Assignment) -> Scope:
    """The figures that the form's values ask for."""
    values = assignment.values
    return Scope(period_of(values["period"]), tuple(values["campaigns"]), values["currency"])


def compose(assignment: Assignment, scope: Scope, figures: ReportFigures) -> Draft:
    """Write the report from figures at hand; equal inputs give an equal document."""
    t = assignment.language
    if not figures.daily:
        raise NoCampaignData(
            currency=scope.currency,
            start=t.date(scope.period.start),
            end=t.date(scope.period.end),
        )
    ledger = Ledger(t, scope.currency, figures.sources)
    telling = Telling(t, ledger, scope, figures, assignment.values)
    written = [SECTIONS[name](telling) for name in assignment.sections]
    told = tuple(section for section in written if section.blocks)
    model = DocumentModel(
        title=assignment.values["title"],
        subtitle=_subtitle(assignment, telling),
        author=assignment.author,
        language=t.code,
        created=assignment.created,
        labels=Labels(page=t("Page"), footer=assignment.values["title"]),
        sections=(*told, annex.sources(ledger, figures, t)),
    )
    return Draft(model, ledger, figures.generation, _tells_sample(figures))


def _tells_sample(figures: ReportFigures) -> bool:
    return any(campaign.is_sample for campaign in figures.campaigns)


def _subtitle(assignment: Assignment, telling: Telling) -> tuple[str, ...]:
    """Who it is for, which days and money it covers, and when it was made."""
    t = assignment.language
    period = telling.scope.period
    reader = assignment.values.get("reader_name")
    start, end = telling.ledger.day(period.start), telling.ledger.day(period.end)
    currency = t("amounts in {currency}", currency=telling.scope.currency)
    if telling.scope.currency == NO_CURRENCY:
        currency = t("the source names no currency")
    author = telling.ledger.label(assignment.author)
    days = start if period.days == 1 else t("{start} to {end}", start=start, end=end)
    sample = _tells_sample(telling.figures)
    made = telling.ledger.day(assignment.created.date())
    return (
        *((t("For {reader}", reader=reader),) if reader else ()),
        f"{days} · {currency}",
        t("Made by {author} on {day}", author=author, day=made),
        *((t("With figures of the sample world, which are made up"),) if sample else ()),
    )

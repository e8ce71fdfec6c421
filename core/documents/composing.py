"""Composing a document of any type: its sections in order, its sources, its frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.documents import annex
from core.documents.campaign_telling import Telling
from core.documents.drafts import Assignment, Draft
from core.documents.errors import NoCampaignData
from core.documents.figures import ReportFigures, Scope
from core.documents.form import period_of
from core.documents.ledger import Ledger
from core.documents.model import DocumentModel, Envelope, Labels, Layout, Section
from core.documents.ports import Figures
from core.documents.writing import FORM, Writing, form_source
from core.i18n import NO_CURRENCY

FormSection = Callable[[Writing], Section]
CampaignSection = Callable[[Telling], Section]


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """One document type: how it is laid out and saved, and the sections it can have.

    ``formats`` are file endings, the first the one a document is kept in. A section is
    written from the form alone or from campaign figures.
    """

    layout: Layout
    formats: tuple[str, ...]
    form_sections: Mapping[str, FormSection]
    campaign_sections: Mapping[str, CampaignSection]
    subtitle: Callable[[Writing], tuple[str, ...]]
    envelope: Callable[[Writing], Envelope] | None = None

    def tells_campaign_figures(self, sections: tuple[str, ...]) -> bool:
        """Whether one of the sections reads the warehouse."""
        return any(name in self.campaign_sections for name in sections)


@dataclass(frozen=True, slots=True)
class Reading:
    """Campaign figures with the scope they were asked for."""

    scope: Scope
    figures: ReportFigures


def build(assignment: Assignment, spec: TypeSpec, figures: Figures) -> Draft:
    """Compose a document; raises :class:`NoCampaignData` when there is nothing to report."""
    return compose(assignment, spec, read(assignment, spec, figures))


def read(assignment: Assignment, spec: TypeSpec, figures: Figures) -> Reading | None:
    """The figures that the form's values ask for; ``None`` for a document of the form alone."""
    if not spec.tells_campaign_figures(assignment.sections):
        return None
    scope = scope_of(assignment)
    return Reading(scope, figures.report(scope))


def scope_of(assignment: Assignment) -> Scope:
    """The figures that the form's values ask for."""
    values = assignment.values
    return Scope(period_of(values["period"]), tuple(values["campaigns"]), values["currency"])


def compose(assignment: Assignment, spec: TypeSpec, read: Reading | None) -> Draft:
    """Compose from figures at hand; equal inputs give an equal document."""
    writing, telling = _begin(assignment, read)
    written = [_section(name, spec, writing, telling) for name in assignment.sections]
    kept = [_paged(section, assignment) for section in written if section.blocks]
    sources = annex.sections(
        writing, read.figures if read else None, assignment.rules.annex, spec.layout
    )
    model = _frame(assignment, spec, writing, telling, (*kept, *sources))
    generation = read.figures.generation if read else 0
    return Draft(model, writing.ledger, generation, tells_sample(read))


def tells_sample(read: Reading | None) -> bool:
    """Whether some of the figures are made up."""
    return read is not None and any(one.is_sample for one in read.figures.campaigns)


def _begin(assignment: Assignment, read: Reading | None) -> tuple[Writing, Telling | None]:
    """A ledger with its sources, and what sections are written from."""
    t, values = assignment.language, assignment.values
    sources = {FORM: form_source(values)}
    if read is not None:
        _require_data(assignment, read)
        sources = {**read.figures.sources, **sources}
    ledger = Ledger(t, str(values.get("currency") or NO_CURRENCY), sources)
    writing = Writing(t, ledger, values, assignment.created.date())
    telling = Telling(t, ledger, read.scope, read.figures, values) if read else None
    return writing, telling


def _require_data(assignment: Assignment, read: Reading) -> None:
    if read.figures.daily:
        return
    t, period = assignment.language, read.scope.period
    raise NoCampaignData(
        currency=read.scope.currency, start=t.date(period.start), end=t.date(period.end)
    )


def _section(name: str, spec: TypeSpec, writing: Writing, telling: Telling | None) -> Section:
    if telling is not None and name in spec.campaign_sections:
        return spec.campaign_sections[name](telling)
    return spec.form_sections[name](writing)


def _paged(section: Section, assignment: Assignment) -> Section:
    if section.name in assignment.rules.pages:
        return replace(section, starts_page=True)
    return section


def _frame(
    assignment: Assignment,
    spec: TypeSpec,
    writing: Writing,
    telling: Telling | None,
    sections: tuple[Section, ...],
) -> DocumentModel:
    t, title = assignment.language, assignment.values["title"]
    rules = assignment.rules
    return DocumentModel(
        title=title,
        subtitle=(*spec.subtitle(writing), *_about(assignment, writing, telling, spec)),
        author=assignment.author,
        language=t.code,
        created=assignment.created,
        labels=Labels(page=t("Page"), footer=title, contents=t("Table of contents")),
        sections=sections,
        layout=spec.layout,
        has_cover=rules.has_cover,
        has_contents=rules.has_contents,
        house=assignment.house,
        envelope=spec.envelope(writing) if spec.envelope else None,
    )


def _about(
    assignment: Assignment, writing: Writing, telling: Telling | None, spec: TypeSpec
) -> tuple[str, ...]:
    """Which days and money a document covers, who made it and when."""
    if spec.layout is Layout.MESSAGE:
        return ()
    t, ledger = assignment.language, writing.ledger
    day = ledger.day(assignment.created.date())
    made = t("Made by {author} on {day}", author=ledger.label(assignment.author), day=day)
    if telling is None:
        return (made,)
    sample = any(one.is_sample for one in telling.figures.campaigns)
    warning = (t("With figures of the sample world, which are made up"),) if sample else ()
    return (_covered(telling), made, *warning)


def _covered(telling: Telling) -> str:
    """The days and the money that a document tells."""
    t, period, ledger = telling.t, telling.scope.period, telling.ledger
    start, end = ledger.day(period.start), ledger.day(period.end)
    days = start if period.days == 1 else t("{start} to {end}", start=start, end=end)
    currency = t("amounts in {currency}", currency=telling.scope.currency)
    if telling.scope.currency == NO_CURRENCY:
        currency = t("the source names no currency")
    return f"{days} · {currency}"

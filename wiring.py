"""The one place that knows all parts: settings become an engine, a lake, marts and job handlers."""

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core import clock, db
from core.accounts import mail, passwords
from core.accounts import service as accounts
from core.accounts.access import Principal
from core.accounts.hashing import BcryptHasher
from core.accounts.ports import Mailer, PasswordHasher
from core.alerts.webhook import Network, networks
from core.campaigns.completions import CompletionFigures
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.planning import plan_budget
from core.campaigns.ports import CampaignFigures, ReportedCampaigns, SuggestionFigures
from core.campaigns.response_ports import CampaignHistory, Responses
from core.campaigns.told_twice import SourceFigures
from core.campaigns.watch_ports import WatchFigures
from core.courses.cohorts import CohortFigures
from core.courses.ports import FinishForecasts, RiskScores
from core.documents.ports import Figures
from core.documents.templates import ensure_builtin_templates
from core.i18n import Language
from core.jobs import queue
from core.jobs.models import Job, JobKind
from core.jobs.worker import Handler, Progress
from core.keyring import load_or_create
from core.migrations import schema
from core.registry import scorecards
from core.registry.schemas import Family
from core.settings import Settings
from core.track_record.ports import TrackFigures
from data.lake import Lake
from data.marts.campaigns import CampaignMart
from data.marts.cohorts import CohortMart
from data.marts.completions import CompletionMart
from data.marts.documents import DocumentMart
from data.marts.history import HistoryMart, fingerprint
from data.marts.reported_campaigns import ReportedCampaignMart
from data.marts.suggestions import SuggestionMart
from data.marts.told_twice import SourceMart
from data.marts.track_record import TrackMart
from data.marts.watch import WatchMart
from data.pipeline.records import pseudonym
from data.warehouse.reader import Warehouse
from ml.cache import ModelCache
from ml.completion_risk.answering import ChampionRisks
from ml.finish_forecast.answering import ChampionForecasts
from ml.models import MODELS
from ml.response.store import ResponseStore


@dataclass(frozen=True)
class Services:
    """What an edge needs: open a unit of work, ask a mart, read a setting."""

    settings: Settings
    engine: Engine
    hasher: PasswordHasher
    mailer: Mailer
    warehouse: Warehouse
    report_figures: Figures
    risk_scores: RiskScores
    finish_forecasts: FinishForecasts
    models: ModelCache
    responses: Responses
    model_families: tuple[Family, ...] = tuple(one.family for one in MODELS)

    def reading(self) -> AbstractContextManager[Session]:
        """A session for queries only."""
        return db.reading(self.engine)

    def work(self) -> AbstractContextManager[Session]:
        """A session that commits once, at the end of the block."""
        return db.unit_of_work(self.engine)

    def campaign_figures(self, generation: int) -> CampaignFigures:
        """Campaign figures of one generation; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)  # its views may be remembered, its files gone
        return CampaignMart(self.warehouse.at(generation))

    def source_figures(self, generation: int) -> SourceFigures:
        """Which reports tell campaigns' days; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return SourceMart(self.warehouse.at(generation))

    def reported_campaigns(self, generation: int) -> ReportedCampaigns:
        """Campaigns as one generation knows them; ``GenerationGone`` once it is not kept."""
        self.warehouse.manifest(generation)
        return ReportedCampaignMart(self.warehouse.at(generation))

    def suggestion_figures(self, generation: int) -> SuggestionFigures:
        """What suggestions are made from; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return SuggestionMart(self.warehouse.at(generation))

    def campaign_history(self, generation: int) -> CampaignHistory:
        """Spend and revenue over time of one generation; ``GenerationGone`` once it is not kept."""
        self.warehouse.manifest(generation)
        return HistoryMart(self.warehouse.at(generation))

    def history_fingerprint(self, generation: int) -> str:
        """The same for all generations that tell the same of campaigns' spend and revenue."""
        return fingerprint(self.warehouse.manifest(generation))

    def watch_figures(self, generation: int) -> WatchFigures:
        """Campaigns day by day of one generation; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return WatchMart(self.warehouse.at(generation))

    def track_figures(self, generation: int) -> TrackFigures:
        """What suggestions are judged by; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return TrackMart(self.warehouse.at(generation))

    def cohort_figures(self, generation: int) -> CohortFigures:
        """Courses' learners of one generation; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return CohortMart(self.warehouse.at(generation))

    def completion_figures(self, generation: int) -> CompletionFigures:
        """Campaigns' learners of one generation; ``GenerationGone`` once it is no longer kept."""
        self.warehouse.manifest(generation)
        return CompletionMart(self.warehouse.at(generation))

    def note_use(self, principal: Principal) -> None:
        """Write down that a session was used; a busy or full database may miss one note."""
        try:
            with self.work() as session:
                accounts.note_use(session, principal)
        except OperationalError as error:
            structlog.get_logger().warning("use_not_noted", reason=str(error.orig))

    @property
    def webhook_networks(self) -> tuple[Network, ...]:
        """Networks besides the internet that webhooks may reach."""
        return networks(self.settings.webhook_networks)

    @property
    def cookie_secret(self) -> str:
        """What signs the web's own cookies; the same on all replicas when SECRET_KEY is set."""
        given = self.settings.secret_key
        if given is not None:
            return given.get_secret_value()
        return load_or_create(self.settings.home / "keys" / "cookies").hex()

    @property
    def calendar_key(self) -> bytes:
        """The key that signs the addresses of calendars."""
        return load_or_create(self.settings.home / "keys" / "calendars")

    @property
    def pseudonym_key(self) -> bytes:
        """The key under which people appear in the warehouse."""
        return load_or_create(self.settings.home / "keys" / "pseudonyms")

    def certificate(self, principal: Principal, enrollment_id: int, t: Language) -> bytes:
        """The PDF of an enrolment's certificate, issued if nobody has asked for it before."""
        from core.courses import certificate_document, certificates
        from core.documents import house_setting, page_layout

        with self.work() as session:
            made = certificates.issue(session, principal, enrollment_id)
            house = house_setting.current(session)
            told = certificate_document.document(made, self.settings.base_url, house, t)
        return page_layout.pdf(told)

    def xapi_lines(self, session: Session, since: datetime | None) -> Iterator[str]:
        """What learners did since then as xAPI statements, a line of JSON each."""
        from core.courses import xapi_export
        from core.courses.xapi import Place

        key = self.pseudonym_key
        place = Place(self.settings.base_url)
        told = xapi_export.statements(session, place, partial(pseudonym, key=key), since)
        return map(xapi_export.line, told)


@cache
def services() -> Services:
    """The services of this process, made from its environment on first use."""
    return build(Settings())


def build(settings: Settings) -> Services:
    """Wire one installation."""
    warehouse = Warehouse(settings.lake_dir)
    models = ModelCache(settings.models_dir)
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else None
    return Services(
        settings=settings,
        engine=db.connect(settings.records_url),
        hasher=BcryptHasher(),
        mailer=mail.mailer(smtp_url, settings.mail_from, settings.outbox_dir),
        warehouse=warehouse,
        report_figures=DocumentMart(warehouse),
        risk_scores=ChampionRisks(warehouse, models),
        finish_forecasts=ChampionForecasts(warehouse, models),
        models=models,
        responses=ResponseStore(settings.response_dir),
    )


def prepare(services: Services) -> None:
    """Bring the records to what this version needs; quick when they already are."""
    if not schema.is_current(services.engine):
        schema.upgrade(services.engine)
    with services.work() as session:
        schema.take_turn(session.connection())
        ensure_builtin_templates(session)


def set_up(services: Services, name: str, email: str, password: str) -> int:
    """Make the first administrator of an empty installation and give back their id."""
    made = passwords.hashed(services.hasher, password, about=(name, email))
    with services.work() as session:
        return accounts.set_up_first_administrator(session, name, email, made)


def job_handlers(services: Services) -> Mapping[JobKind, Handler]:
    """A handler for each kind of job; for workers and commands."""
    # Imported here and below, because no page needs what it takes to import and to render.
    from data import job_handlers

    settings = services.settings
    platform = job_handlers.Platform(
        engine=services.engine,
        lake=Lake(settings.lake_dir),
        uploads_dir=settings.uploads_dir,
        quarantine_dir=settings.quarantine_dir,
        pseudonym_key=services.pseudonym_key,
        max_import_bytes=settings.max_import_mb * 2**20,
    )
    publishing = {
        kind: _looked_at_after(services, handler)
        for kind, handler in job_handlers.handlers(platform).items()
    }
    return {
        **publishing,
        **_model_handlers(services),
        **_alert_handlers(services),
        JobKind.JUDGE_SUGGESTIONS: partial(_judge_suggestions, services),
        JobKind.MAKE_DOCUMENT: partial(_make_document, services),
        JobKind.MAKE_BATCH: partial(_make_batch, services),
    }


def _looked_at_after(services: Services, publish: Handler) -> Handler:
    """A publication after which campaigns are looked at, their responses learned anew where
    their figures changed, and drift is measured; a killed one does that again."""
    from core.track_record import closing
    from ml.completion_risk import drift

    def perform(job: Job, progress: Progress) -> dict[str, Any]:
        result = publish(job, progress)
        with services.work() as session:
            queue.ensure_waiting(session, JobKind.WATCH_CAMPAIGNS)
            if _tells_something_new(services):
                queue.ensure_waiting(session, JobKind.FIT_RESPONSE)
        closing.ask_for_judging(services.engine)
        drift.measure_champions(services.engine, services.warehouse, services.models)
        return result

    return perform


def _tells_something_new(services: Services) -> bool:
    """Whether the campaigns' figures are others than those that responses were learned from."""
    generation = services.warehouse.generation()
    told = services.history_fingerprint(generation)
    newest = map(services.responses.newest, services.campaign_history(generation).currencies())
    return any(mark is None or mark.fingerprint != told for mark in newest)


def _alert_handlers(services: Services) -> Mapping[JobKind, Handler]:
    from core.alerts import sending, watching

    settings = services.settings
    ways = sending.Ways(services.mailer, settings.base_url, services.webhook_networks)

    def watch(_job: Job, _progress: Progress) -> dict[str, Any]:
        figures = services.watch_figures(services.warehouse.generation())
        return watching.watch_campaigns(services.engine, figures, clock.today())

    def send(_job: Job, _progress: Progress) -> dict[str, Any]:
        return sending.send_waiting(services.engine, ways)

    return {JobKind.WATCH_CAMPAIGNS: watch, JobKind.SEND_ALERTS: send}


def _judge_suggestions(services: Services, _job: Job, _progress: Progress) -> dict[str, Any]:
    from core.track_record.closing import judge_due

    figures = services.track_figures(services.warehouse.generation())
    return judge_due(services.engine, figures)


def _model_handlers(services: Services) -> Mapping[JobKind, Handler]:
    from ml import job_handlers
    from ml.model_work import Places
    from ml.registry import Store

    settings = services.settings
    store = Store(settings.model_store_url, settings.model_artifacts_dir)
    places = Places(settings.lake_dir, settings.models_dir, store)
    return job_handlers.handlers(job_handlers.Workshop(services.engine, places))


def evaluate(
    family: str, folder: Path, day: int, test_presentation: str, seed: int, progress: Progress
) -> dict[str, Any]:
    """Train and test a family on a folder, in a process of its own; nothing is kept."""
    from ml import own_process

    (model,) = [one for one in MODELS if one.family.name == family]
    options = {
        "folder": folder,
        "day": day,
        "test_presentation": test_presentation,
        "seed": seed,
    }
    result: dict[str, Any] = own_process.run(model.evaluate, options, progress)
    return result


@dataclass(frozen=True, slots=True)
class HistoryFiles:
    """The files a budget suggestion is learned from; the last two may be absent."""

    history: Path
    outcome: Path | None = None
    lift_tests: Path | None = None


@dataclass(frozen=True, slots=True)
class BudgetQuestion:
    """What a budget suggestion from files is asked for."""

    files: HistoryFiles
    horizon_days: int
    limits: BudgetLimits
    attribution_sd: float
    seed: int


def suggest_budget(asked: BudgetQuestion) -> dict[str, Any]:
    """Learn from files alone and plan the next horizon; plain values, with the seconds it took."""
    from data import history_files
    from ml.response.fit import fit

    begun = time.perf_counter()
    files = asked.files
    history = history_files.read(files.history, files.outcome, files.lift_tests)
    respond = partial(fit, attribution_sd=asked.attribution_sd, seed=asked.seed)
    answer = plan_budget(history, asked.horizon_days, asked.limits, respond).as_dict()
    return {**answer, "seconds": round(time.perf_counter() - begun, 3)}


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """What a document from a file of values is asked for."""

    template: str
    values: Path
    file_format: str
    language: str
    author: str
    is_exact: bool = False


def document_templates() -> list[dict[str, Any]]:
    """Every template of the product with its variables, as plain JSON."""
    from core.documents import at_once

    return at_once.templates()


def document_from_values(services: Services, asked: DocumentAsked) -> tuple[bytes, dict[str, Any]]:
    """A document from a file of values, and what is said of it; no bytes while a gate is closed."""
    from core.documents import at_once, house_setting
    from core.documents.office import Office

    values = at_once.read_values(asked.values)
    is_by_office = asked.is_exact and asked.file_format == "pdf"
    ending = "docx" if is_by_office else asked.file_format
    wanted = at_once.Asked(asked.template, values, ending, asked.language, asked.author)
    with services.reading() as session:
        house = house_setting.current(session)
    made = at_once.make(wanted, services.report_figures, house)
    content = Office().pdf(made.content) if is_by_office and made.content else made.content
    return content, made.told


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """What documents from a table are asked for."""

    template: str
    rows: Path
    out: Path
    file_format: str
    language: str
    author: str


def documents_from_table(
    services: Services, asked: BatchAsked, progress: Progress
) -> dict[str, Any]:
    """The documents of a table in a zip; the counts by result, with the seconds it took."""
    from core.documents import house_setting
    from core.documents.batch import at_once

    with services.reading() as session:
        house = house_setting.current(session)
    wanted = at_once.Asked(asked.template, asked.file_format, asked.language, asked.author)
    begun = time.perf_counter()
    told = at_once.make(wanted, asked.rows, asked.out, services.report_figures, house, progress)
    return {**told, "seconds": round(time.perf_counter() - begun, 3)}


def scorecard(
    services: Services, worlds: int, seed: int, progress: Progress
) -> list[dict[str, Any]]:
    """Score the budget optimizer in simulated worlds, and keep the scores for the Models page."""
    from ml.scorecard.scoring import as_rows
    from ml.scorecard.scoring import scorecard as play

    scores = as_rows(play(worlds, seed, progress))
    with services.work() as session:
        scorecards.keep(session, worlds, seed, scores)
    return scores


def _make_document(services: Services, job: Job, progress: Progress) -> dict[str, Any]:
    """Make a document, and have its fact published."""
    from core.documents.making import make_document

    result = make_document(
        services.engine,
        job.id,
        job.payload,
        progress,
        figures=services.report_figures,
        documents_dir=services.settings.documents_dir,
    )
    with services.work() as session:
        queue.ensure_waiting(session, JobKind.SYNC)
    return result


def _make_batch(services: Services, job: Job, progress: Progress) -> dict[str, Any]:
    from core.documents.batch.service import make_batch

    return make_batch(
        services.engine,
        job,
        progress,
        figures=services.report_figures,
        batches_dir=services.settings.batches_dir,
    )

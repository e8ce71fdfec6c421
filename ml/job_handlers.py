"""The jobs of models. Only a worker or a command imports this: each works in its own process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.db import reading, unit_of_work
from core.errors import NotFound
from core.jobs.models import Job, JobKind
from core.jobs.worker import Handler, Progress
from core.registry import answering, recording, repository
from core.registry.errors import ChampionChanged, NotPromotable
from core.registry.models import ModelVersion
from ml import model_work, own_process
from ml.model_work import Order, Places
from ml.models import MODELS, Trainable
from ml.promotion import standing_against
from ml.registry import Logged
from ml.response.work import learn_responses

Runner = Callable[[Callable[..., Any], Mapping[str, Any], Progress], Any]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the jobs work on."""

    engine: Engine
    places: Places
    models: Sequence[Trainable] = MODELS
    run: Runner = own_process.run


def handlers(workshop: Workshop) -> Mapping[JobKind, Handler]:
    """A handler for each kind of job; doing one twice has the effect of doing it once."""
    return {
        JobKind.TRAIN_MODEL: partial(_train, workshop),
        JobKind.PROMOTE_MODEL: partial(_promote, workshop),
        JobKind.ROLL_BACK_MODEL: partial(_roll_back, workshop),
        JobKind.FIT_RESPONSE: partial(_fit_response, workshop),
    }


def _train(workshop: Workshop, job: Job, progress: Progress) -> dict[str, Any]:
    asked = job.payload
    (model,) = [one for one in workshop.models if one.family.name == asked["family"]]
    # Ids alone come again where the records are begun anew and the model store is not.
    key = f"{job.id} of {job.created_at.isoformat()}"
    order = Order(asked["name"], asked["day"], asked["seed"], key)
    options = {"places": workshop.places, "model": model, "order": order}
    logged: Logged = workshop.run(model_work.train, options, progress)
    with unit_of_work(workshop.engine) as session:
        row = recording.record_version(
            session, logged.version, logged.run_id, logged.record, trained_by=job.created_by
        )
        _judge(session, row)
        return {
            "name": row.name,
            "version": row.version,
            "algorithm": row.algorithm,
            "metrics": row.metrics,
            "compared": row.compared,
            "objections": row.objections,
        }


def _promote(workshop: Workshop, job: Job, progress: Progress) -> dict[str, Any]:
    name, version = job.payload["name"], job.payload["version"]
    with unit_of_work(workshop.engine) as session:
        row = _recorded(session, name, version)
        _judge(session, row)
    if row.objections:
        raise NotPromotable(name=name, version=version)
    return _let_answer(workshop, job, row, progress, is_roll_back=False)


def _roll_back(workshop: Workshop, job: Job, progress: Progress) -> dict[str, Any]:
    name, version = job.payload["name"], job.payload["version"]
    with reading(workshop.engine) as session:
        row = _recorded(session, name, version)
        answers = answering.champion(repository.promotions(session, name))
    if answers not in (version, job.payload["instead_of"]):
        raise ChampionChanged(name=name)
    return _let_answer(workshop, job, row, progress, is_roll_back=True)


def _fit_response(workshop: Workshop, _job: Job, progress: Progress) -> dict[str, Any]:
    found: dict[str, Any] = workshop.run(learn_responses, {"places": workshop.places}, progress)
    return found


def _let_answer(
    workshop: Workshop, job: Job, row: ModelVersion, progress: Progress, *, is_roll_back: bool
) -> dict[str, Any]:
    """Switch to a version, then keep that it answers, unless that is kept already."""
    told = {
        "name": row.name,
        "algorithm": row.algorithm,
        "trained_at": row.trained_at.isoformat(),
    }
    options = {"places": workshop.places, "version": Logged(row.version, row.run_id, told)}
    workshop.run(model_work.promote, options, progress)
    with unit_of_work(workshop.engine) as session:
        if answering.champion(repository.promotions(session, row.name)) != row.version:
            recording.record_promotion(
                session, row.name, row.version, is_roll_back=is_roll_back, by=job.created_by
            )
            for one in repository.all_of(session, row.name):
                _judge(session, one)
    return {"name": row.name, "version": row.version}


def _judge(session: Session, row: ModelVersion) -> None:
    """Keep what speaks against a version while the present champion answers."""
    number = answering.champion(repository.promotions(session, row.name))
    champion = None if number is None else repository.recorded(session, row.name, number)
    recording.record_objections(row, [one.as_dict() for one in standing_against(row, champion)])


def _recorded(session: Session, name: str, version: int) -> ModelVersion:
    row = repository.recorded(session, name, version)
    if row is None:
        raise NotFound(name=name, version=version)
    return row

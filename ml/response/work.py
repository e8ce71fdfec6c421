"""What the job does that learns responses, in a process of its own."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core import clock
from core.campaigns.learned import HORIZONS, Lesson, ResponseMark
from core.campaigns.optimizer.pivot import NoRowsOfCampaigns
from core.i18n import mark
from data.marts.history import HistoryMart, fingerprint
from data.warehouse.reader import Warehouse
from ml import registry
from ml.model_work import Places
from ml.response.learning import learn
from ml.response.store import ResponseStore

Progress = Callable[[float, str], None]

EXPERIMENT = "response"
READING = mark("Reading the history")
LEARNING = mark("Learning what more or less spend brings")
LOGGING = mark("Logging the run")
_SEED = 1
_MEMORY_MB = 1024


@dataclass(frozen=True, slots=True)
class _Learning:
    """One currency of one generation, and where its response goes."""

    mart: HistoryMart
    kept: ResponseStore
    mark: ResponseMark


def learn_responses(places: Places, progress: Progress) -> dict[str, Any]:
    """Learn every currency of the current generation that is not kept whole already.

    A response is kept before its run is logged: the page needs it, and the model store may be
    away. Doing it again ends what was ended from outside.
    """
    warehouse = Warehouse(places.lake_dir, memory_mb=_MEMORY_MB)
    generation = warehouse.generation()
    told = fingerprint(warehouse.manifest(generation))
    mart = HistoryMart(warehouse.at(generation))
    kept = ResponseStore(places.responses_dir)
    currencies = mart.currencies()
    learned = []
    for number, currency in enumerate(currencies):
        asked = _Learning(mart, kept, ResponseMark(currency, generation, told))
        share = _part(progress, number, len(currencies))
        found = _learned(asked, share)
        if found is not None:
            share(0.8, LOGGING)
            _log(places.store, found, kept.lesson(found))
            learned.append(currency)
    kept.sweep(currencies)
    return {"generation": generation, "currencies": learned}


def _part(progress: Progress, number: int, count: int) -> Progress:
    return lambda share, step: progress((number + share) / count, step)


def _learned(asked: _Learning, progress: Progress) -> ResponseMark | None:
    """The response of the same figures that is kept, or a new one; None without any rows."""
    newest = asked.kept.newest(asked.mark.currency)
    is_same = newest is not None and newest.fingerprint == asked.mark.fingerprint
    if newest is not None and is_same and asked.kept.is_sound(newest):
        return newest
    progress(0.0, READING)
    try:
        material = asked.mart.material(asked.mark.currency)
    except NoRowsOfCampaigns:
        return None
    progress(0.2, LEARNING)
    asked.kept.write(learn(material, asked.mark, _SEED, clock.now()))
    return asked.mark


def _log(store: registry.Store, mark: ResponseMark, lesson: Lesson) -> None:
    basis = asdict(lesson.basis)
    params = {
        "currency": mark.currency,
        "generation": mark.generation,
        "horizons": _listed(HORIZONS),
        "seed": lesson.seed,
        "attribution_sd": lesson.attribution_sd,
        "data_hash": lesson.data_hash,
        "has_outcome": lesson.has_outcome,
        "lift_tests": lesson.lift_tests,
        "period_days": lesson.period_days,
        "first_day": basis["first_day"],
        "last_day": basis["last_day"],
    }
    metrics = {"seconds": lesson.seconds, "days": float(lesson.basis.days)}
    key = f"{mark.currency} {mark.fingerprint} {lesson.data_hash[:16]}"
    registry.log_run(store, EXPERIMENT, key, params, metrics)


def _listed(values: Sequence[int]) -> str:
    return ", ".join(map(str, values))

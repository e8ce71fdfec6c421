"""What jobs do with models in a process of their own: train and log, or promote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core import clock
from core.i18n import mark
from data.damage import damage_named
from data.lake import Lake
from data.warehouse.reader import Warehouse
from ml import cache_writer, registry
from ml.cache import ModelCache
from ml.cache_writer import Package
from ml.models import Trainable
from ml.registry import Logged, Store

Progress = Callable[[float, str], None]

STARTING = mark("Starting the training")
LOGGING = mark("Logging the run")
FETCHING = mark("Fetching the version")
SWITCHING = mark("Letting it answer")
_TRAINING_SHARE = 0.9
_MEMORY_MB = 1024  # for the queries; what they find is small


@dataclass(frozen=True, slots=True)
class Places:
    """Where an installation keeps its data, its versions and the models that answer."""

    lake_dir: Path
    models_dir: Path
    store: Store

    @property
    def responses_dir(self) -> Path:
        """Where what was learned of campaigns' responses is kept."""
        return self.models_dir / "response"


@dataclass(frozen=True, slots=True)
class Order:
    """A training to do; ``job`` finds again what an interrupted attempt of it has logged."""

    name: str
    day: int
    seed: int
    job: str


def train(places: Places, model: Trainable, order: Order, progress: Progress) -> Logged:
    """Train, log and register; what an earlier attempt of the job registered is given back."""
    progress(0.0, STARTING)
    earlier = registry.logged_by(places.store, order.name, order.job)
    if earlier is not None:
        return earlier
    champion = ModelCache(places.models_dir).champion(order.name)
    warehouse = Warehouse(places.lake_dir, memory_mb=_MEMORY_MB)
    with damage_named(Lake(places.lake_dir)):
        trained = model.train(
            warehouse.at(warehouse.generation()).connection(),
            order.day,
            order.seed,
            progress=lambda share, step: progress(share * _TRAINING_SHARE, step),
            champion=champion.taking(model.features) if champion else None,
        )
    progress(_TRAINING_SHARE, LOGGING)
    return registry.log(
        places.store,
        trained,
        order.job,
        measured_against=champion.version if champion else None,
        trained_at=clock.now(),
    )


def promote(places: Places, version: Logged, progress: Progress) -> None:
    """Write the version's files, point the alias at it, let it answer; in that order.

    Ended anywhere, the version before or this one answers, whole, and doing it again ends it.
    """
    progress(0.1, FETCHING)
    onnx, served = registry.served_files(places.store, version.run_id)
    package = Package(
        name=version.record["name"],
        version=version.version,
        algorithm=version.record["algorithm"],
        trained_at=datetime.fromisoformat(version.record["trained_at"]),
        onnx=onnx,
        served=served,
    )
    with cache_writer.writing(places.models_dir, package.name):
        digest = cache_writer.write(places.models_dir, package)
        progress(0.8, SWITCHING)
        registry.set_champion(places.store, package.name, package.version)
        cache_writer.point(places.models_dir, package.name, package.version, digest)

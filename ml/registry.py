"""The model store: MLflow runs, registered versions and their aliases.

The only module that imports MLflow, and it does so inside its functions: whoever needs
them runs in a process of its own.
"""

import importlib.metadata
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import AppError
from core.i18n import mark
from ml.artifact import TrainedModel
from ml.cache import MODEL, SERVED, scorer

CHAMPION = "champion"
_RECORD, _CARD, _AUDIT = "record.json", "model-card.md", "audit.json"
_SERVING = ("onnx", "onnxruntime", "numpy")
_RECORDED = (
    "name",
    "algorithm",
    "seed",
    "data_hash",
    "trained_on",
    "tested_on",
    "metrics",
    "compared",
    "baselines",
    "audit",
    "card",
)


class VersionUnknown(AppError):
    """The model store does not hold the version."""

    code = "model_version_unknown"
    status = 404
    message = mark("The model store holds no version {version} of {name}. Train it again.")


@dataclass(frozen=True, slots=True)
class Store:
    """Where runs and versions are kept; ``artifacts`` is None where a server keeps the files."""

    url: str
    artifacts: Path | None

    def client(self) -> Any:
        """An MLflow client of this store."""
        os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
        import mlflow

        mlflow.set_tracking_uri(self.url)
        return mlflow.MlflowClient()


@dataclass(frozen=True, slots=True)
class Logged:
    """A registered version: its run, and what the records keep of it."""

    version: int
    run_id: str
    record: Mapping[str, Any]


def log(
    store: Store,
    model: TrainedModel,
    job: str,
    *,
    measured_against: int | None,
    trained_at: datetime,
) -> Logged:
    """Log a training as a run and register its model as a new version.

    The registered model is the ONNX graph that will answer; the native models lie beside it.
    ``measured_against`` is the version that answered meanwhile.
    """
    client = store.client()
    import mlflow

    told = {"trained_at": trained_at.isoformat(), "measured_against": measured_against}
    record = plain({**_record(model), **told})
    with mlflow.start_run(
        experiment_id=_experiment(store, client, model.name), tags={"job": job}
    ) as run:
        mlflow.log_params(_params(model))
        mlflow.log_metrics(dict(_metrics(model)))
        _log_files(model, record)
        _log_native(model)
        source = _log_onnx(model).model_uri
    registered = mlflow.register_model(source, model.name, tags={"job": job})
    return Logged(int(registered.version), run.info.run_id, record)


def logged_by(store: Store, name: str, job: str) -> Logged | None:
    """The version that an earlier attempt of this job registered, if it came so far.

    Runs that an attempt left open are marked as killed.
    """
    client = store.client()
    for run in _open_runs(client, name, job):
        client.set_terminated(run.info.run_id, "KILLED")
    found = client.search_model_versions(f"name = '{name}' and tags.job = '{job}'")
    if not found:
        return None
    record = json.loads(_artifact(client, found[0].run_id, _RECORD))
    return Logged(int(found[0].version), found[0].run_id, record)


def log_run(
    store: Store,
    experiment: str,
    key: str,
    params: Mapping[str, Any],
    metrics: Mapping[str, float],
) -> str:
    """Log a run without a model; its id. One that bears the key and is whole is kept as it is."""
    client = store.client()
    for run in _open_runs(client, experiment, key):
        client.set_terminated(run.info.run_id, "KILLED")
    found = _experiment(store, client, experiment)
    finished = f"tags.job = '{key}' and attributes.status = 'FINISHED'"
    for run in client.search_runs([found], finished, max_results=1):
        return str(run.info.run_id)
    import mlflow

    with mlflow.start_run(experiment_id=found, tags={"job": key}) as begun:
        mlflow.log_params({name: str(value) for name, value in params.items()})
        mlflow.log_metrics(dict(metrics))
    return str(begun.info.run_id)


def served_files(store: Store, run_id: str) -> tuple[bytes, dict[str, Any]]:
    """The ONNX graph of a run, and what is served with it."""
    client = store.client()
    return _artifact(client, run_id, MODEL), json.loads(_artifact(client, run_id, SERVED))


def set_champion(store: Store, name: str, version: int) -> None:
    """Point the alias at a version. Raises :class:`VersionUnknown`."""
    from mlflow.exceptions import MlflowException

    try:
        store.client().set_registered_model_alias(name, CHAMPION, str(version))
    except MlflowException as fault:
        if fault.error_code != "RESOURCE_DOES_NOT_EXIST":
            raise
        raise VersionUnknown(name=name, version=version) from fault


def _experiment(store: Store, client: Any, name: str) -> str:
    found = client.get_experiment_by_name(name)
    if found is not None:
        return str(found.experiment_id)
    place = store.artifacts.as_uri() if store.artifacts else None
    return str(client.create_experiment(name, artifact_location=place))


def _open_runs(client: Any, name: str, job: str) -> list[Any]:
    experiment = client.get_experiment_by_name(name)
    if experiment is None:
        return []
    asked = f"tags.job = '{job}' and attributes.status = 'RUNNING'"
    return list(client.search_runs([experiment.experiment_id], asked))


def _artifact(client: Any, run_id: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return Path(client.download_artifacts(run_id, name, folder)).read_bytes()


def _record(model: TrainedModel) -> dict[str, Any]:
    return {key: getattr(model, key) for key in _RECORDED}


def plain(value: Any) -> Any:
    """The value as JSON can hold it; what is not a number becomes None."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _params(model: TrainedModel) -> dict[str, str]:
    told = {**model.parameters, "seed": model.seed, "data_hash": model.data_hash}
    return dict(_flat("", told))


def _flat(head: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{head}{key}.", value)
        else:
            yield f"{head}{key}", str(value)


def _metrics(model: TrainedModel) -> Iterator[tuple[str, float]]:
    for owner, metrics in {"": model.metrics, **model.compared}.items():
        for name, value in metrics.items():
            if math.isfinite(value):
                yield f"{owner}.{name}" if owner else name, value


def _log_files(model: TrainedModel, record: Mapping[str, Any]) -> None:
    import mlflow

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / MODEL).write_bytes(model.onnx)
        (folder / _CARD).write_text(model.card, encoding="utf-8")
        for file, told in ((SERVED, model.served), (_AUDIT, model.audit), (_RECORD, record)):
            (folder / file).write_text(json.dumps(plain(told), indent=2), encoding="utf-8")
        mlflow.log_artifacts(name)


def _log_onnx(model: TrainedModel) -> Any:
    import mlflow.onnx
    import onnx

    return mlflow.onnx.log_model(
        onnx.load_from_string(model.onnx),
        name="onnx",
        signature=_signature(model),
        input_example=model.example,
        pip_requirements=_pinned(*_SERVING),
        onnx_execution_providers=["CPUExecutionProvider"],
    )


def _log_native(model: TrainedModel) -> None:
    for name, part in model.native.items():
        options = {
            "name": name,
            "signature": _signature(model),
            "input_example": model.example,
        }
        if type(part).__module__.startswith("keras."):
            import mlflow.tensorflow

            mlflow.tensorflow.log_model(
                part, pip_requirements=_pinned("tensorflow-cpu", "tensorflow", "keras"), **options
            )
        else:
            _log_sklearn(part, options)


def _log_sklearn(part: Any, options: Mapping[str, Any]) -> None:
    import mlflow.sklearn
    import skops.io

    made_here = skops.io.get_untrusted_types(data=skops.io.dumps(part))
    mlflow.sklearn.log_model(
        part,
        serialization_format="skops",  # unlike a pickle, it runs no code when it is read
        skops_trusted_types=made_here,
        pip_requirements=_pinned("scikit-learn", "skops", "numpy"),
        **options,
    )


def _signature(model: TrainedModel) -> Any:
    from mlflow.models import infer_signature

    return infer_signature(model.example, scorer(model.onnx)(model.example))


def _pinned(*names: str) -> list[str]:
    """Requirements at the versions that are here; MLflow would take half a minute to find them."""
    found = {
        one.metadata["Name"].lower(): one.version for one in importlib.metadata.distributions()
    }
    return [f"{name}=={found[name]}" for name in names if name in found]

"""Which version the model store's alias points at, as MLflow's own pages show it."""

from ml.registry import CHAMPION, Store


def champion(store: Store, name: str) -> int | None:
    """The version that the alias points at; None before the first promotion."""
    from mlflow.exceptions import MlflowException  # here: most tests beside it need no MLflow

    try:
        return int(store.client().get_model_version_by_alias(name, CHAMPION).version)
    except MlflowException as fault:
        if fault.error_code not in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            raise
        return None

"""Keeps what trainings and promotions did, in the transaction of the job that did it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.audit import trail
from core.registry import repository
from core.registry.models import ModelPromotion, ModelVersion

_AS_TOLD = (
    "name",
    "algorithm",
    "seed",
    "data_hash",
    "trained_on",
    "metrics",
    "compared",
    "audit",
    "card",
)


def record_version(
    session: Session,
    version: int,
    run_id: str,
    told: Mapping[str, Any],
    *,
    trained_by: int | None,
) -> ModelVersion:
    """Keep a trained version, once; ``told`` is the training's own record of it."""
    found = repository.recorded(session, told["name"], version)
    if found is not None:
        return found
    row = ModelVersion(
        **{key: told[key] for key in _AS_TOLD},
        version=version,
        run_id=run_id,
        tested_on={
            **told["tested_on"],
            "baselines": list(told["baselines"]),
            "champion": told["measured_against"],
        },
        objections=[],
        trained_at=datetime.fromisoformat(told["trained_at"]),
        trained_by=trained_by,
    )
    repository.add(session, row)
    trail.record(session, trained_by, "model.trained", f"model/{row.name}/{version}", seed=row.seed)
    return row


def record_promotion(
    session: Session, name: str, version: int, *, is_roll_back: bool, by: int | None
) -> None:
    """Keep that a version began to answer."""
    repository.add(
        session,
        ModelPromotion(
            name=name,
            version=version,
            is_roll_back=is_roll_back,
            promoted_at=clock.now(),
            promoted_by=by,
        ),
    )
    action = "model.rolled_back" if is_roll_back else "model.promoted"
    trail.record(session, by, action, f"model/{name}/{version}")


def record_objections(row: ModelVersion, objections: Sequence[dict[str, Any]]) -> None:
    """Keep what speaks against a version now."""
    row.objections = list(objections)

"""What administrators do with models: look at versions, train, promote, roll back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.audit import trail
from core.errors import Forbidden, NotFound
from core.jobs import queue
from core.jobs.models import Job, JobKind
from core.registry import answering, repository
from core.registry.errors import ModelBusy, NothingBefore, NotPromotable
from core.registry.models import ModelVersion
from core.registry.schemas import Family, RowsUsed, Version

JOBS = (JobKind.TRAIN_MODEL, JobKind.PROMOTE_MODEL, JobKind.ROLL_BACK_MODEL)
_SHOWN = 100


def list_versions(session: Session, principal: Principal, family: Family) -> list[Version]:
    """The newest versions of a family, newest first; for administrators."""
    names = [name for _, name in family.models]
    champions = {name: answering.stack(repository.promotions(session, name)) for name in names}
    rows = repository.versions(session, principal, names, _SHOWN)
    return [_shown(row, champions[row.name]) for row in rows]


def request_training(
    session: Session, principal: Principal, family: Family, day: int, seed: int
) -> Job:
    """Queue a training for one day. Raises :class:`ModelBusy` while one is open."""
    _require(principal)
    name = family.model(day)
    if name is None:
        raise NotFound(family=family.name, day=day)
    _require_free(session, JobKind.TRAIN_MODEL, name)
    payload = {"name": name, "family": family.name, "day": day, "seed": seed}
    return _queue(session, principal, JobKind.TRAIN_MODEL, payload)


def request_promotion(session: Session, principal: Principal, name: str, version: int) -> Job:
    """Queue a promotion. Raises :class:`NotPromotable` where something speaks against it."""
    _require(principal)
    row = repository.version(session, principal, name, version)
    if row.objections:
        raise NotPromotable(name=name, version=version)
    _require_free_to_change(session, name)
    return _queue(session, principal, JobKind.PROMOTE_MODEL, {"name": name, "version": version})


def request_roll_back(session: Session, principal: Principal, name: str) -> Job:
    """Queue the return to the champion before. Raises :class:`NothingBefore`.

    The job names both versions, so that doing it twice goes back once.
    """
    _require(principal)
    champions = answering.stack(repository.promotions(session, name))
    if len(champions) < 2:
        raise NothingBefore(name=name)
    _require_free_to_change(session, name)
    payload = {"name": name, "version": champions[-2], "instead_of": champions[-1]}
    return _queue(session, principal, JobKind.ROLL_BACK_MODEL, payload)


def _require(principal: Principal) -> None:
    if not principal.sees_all(Area.MODELS):
        raise Forbidden(area=Area.MODELS.value)


def _require_free_to_change(session: Session, name: str) -> None:
    for kind in (JobKind.PROMOTE_MODEL, JobKind.ROLL_BACK_MODEL):
        _require_free(session, kind, name)


def _require_free(session: Session, kind: JobKind, name: str) -> None:
    if any(payload["name"] == name for payload in queue.open_payloads(session, kind)):
        raise ModelBusy(name=name)


def _queue(session: Session, principal: Principal, kind: JobKind, payload: dict[str, Any]) -> Job:
    job = queue.enqueue(session, kind, payload, created_by=principal.user_id)
    trail.record(session, principal.user_id, f"job.{kind.value}", f"job/{job.id}", **payload)
    return job


def _shown(row: ModelVersion, champions: Sequence[int]) -> Version:
    is_champion = champions[-1:] == [row.version]
    return Version(
        name=row.name,
        version=row.version,
        algorithm=row.algorithm,
        trained_at=row.trained_at,
        seed=row.seed,
        data_hash=row.data_hash,
        trained_on=_rows(row.trained_on),
        tested_on=_rows(row.tested_on),
        metrics=row.metrics,
        compared=row.compared,
        baselines=row.tested_on.get("baselines", ()),
        audit=row.audit,
        objections=row.objections,
        card=row.card,
        is_champion=is_champion,
        has_predecessor=is_champion and len(champions) > 1,
    )


def _rows(told: Mapping[str, Any]) -> RowsUsed:
    return RowsUsed(
        courses=told.get("courses", ()),
        first_start=_day(told.get("first_start")),
        last_start=_day(told.get("last_start")),
        rows=told["rows"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

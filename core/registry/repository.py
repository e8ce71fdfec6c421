"""All queries of trained models; they decide who sees them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, false, select, true
from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.errors import NotFound
from core.registry.models import ModelPromotion, ModelVersion


def versions(
    session: Session, principal: Principal, names: Sequence[str], limit: int
) -> list[ModelVersion]:
    """The newest versions under these names that the person may see, newest first."""
    query = _visible(principal).where(ModelVersion.name.in_(names))
    return list(session.scalars(query.order_by(ModelVersion.id.desc()).limit(limit)))


def version(session: Session, principal: Principal, name: str, number: int) -> ModelVersion:
    """A version the person may see, else :class:`NotFound`."""
    query = _visible(principal).where(ModelVersion.name == name, ModelVersion.version == number)
    found = session.scalar(query)
    if found is None:
        raise NotFound(name=name, version=number)
    return found


def recorded(session: Session, name: str, number: int) -> ModelVersion | None:
    """A version, whoever asks."""
    query = select(ModelVersion).where(ModelVersion.name == name, ModelVersion.version == number)
    return session.scalar(query)


def all_of(session: Session, name: str) -> list[ModelVersion]:
    """Every version under a name, whoever asks."""
    return list(session.scalars(select(ModelVersion).where(ModelVersion.name == name)))


def promotions(session: Session, name: str) -> list[ModelPromotion]:
    """Every time a version of a name began to answer, oldest first."""
    query = select(ModelPromotion).where(ModelPromotion.name == name)
    return list(session.scalars(query.order_by(ModelPromotion.id)))


def add(session: Session, record: Any) -> None:
    """Keep a new record."""
    session.add(record)
    session.flush()


def _visible(principal: Principal) -> Select[ModelVersion]:
    sees = true() if principal.sees_all(Area.MODELS) else false()
    return select(ModelVersion).where(sees)

"""The budget optimizer's scorecard: what it did in worlds whose truth is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.registry.models import ScorecardRecord

SHOWN = "optimizer"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The latest run: ``worlds`` of each kind, and a score for each kind and method."""

    made_at: datetime
    worlds: int
    seed: int
    scores: Sequence[Mapping[str, Any]]


def latest(session: Session, principal: Principal) -> Scorecard | None:
    """The newest scorecard; None where none was made yet."""
    principal.require(Area.MODELS)
    row = session.scalar(select(ScorecardRecord).order_by(ScorecardRecord.id.desc()).limit(1))
    return Scorecard(row.made_at, row.worlds, row.seed, row.scores) if row else None


def keep(session: Session, worlds: int, seed: int, scores: Sequence[Mapping[str, Any]]) -> None:
    """Keep a run beside those before it."""
    session.add(
        ScorecardRecord(
            made_at=clock.now(), worlds=worlds, seed=seed, scores=[dict(score) for score in scores]
        )
    )

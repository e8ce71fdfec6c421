"""How far the learners of now are from those that the version that answers learned from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.registry.models import ModelDrift, ModelVersion

LEAST_LEARNERS = 100
"""Of fewer learners chance alone gives an index that would pass for a change."""

SOME, MUCH = 0.1, 0.25
"""From here on a distribution is said to have moved somewhat, or much.

A rule of thumb, not a test: N. Siddiqi, Credit Risk Scorecards, Wiley 2006.
"""


class Moved(StrEnum):
    """What the rule of thumb says of an index."""

    LITTLE = "little"
    SOMEWHAT = "somewhat"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Measured:
    """Population stability indices of the scores and of the features; None of too few learners.

    ``by_chance`` is about what the scores' index would be where nothing moved.
    """

    learners: int
    scores: float | None = None
    by_chance: float | None = None
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """What was measured of a version, and when the data that it was measured on is of."""

    data_at: datetime
    measured: Measured


def said_of(index: float) -> Moved:
    """What the rule of thumb says of an index."""
    if index >= MUCH:
        return Moved.MUCH
    return Moved.SOMEWHAT if index >= SOME else Moved.LITTLE


def keep(
    session: Session,
    name: str,
    version: int,
    generation: int,
    data_at: datetime,
    found: Measured,
) -> None:
    """Keep what was measured of a recorded version, in place of what was before.

    A version that the records do not know, as after they were begun anew, is passed over.
    """
    recorded = session.scalar(
        select(ModelVersion.id)
        .where(ModelVersion.name == name, ModelVersion.version == version)
        .with_for_update()  # two workers may have measured at once
    )
    if recorded is None:
        return
    session.merge(
        ModelDrift(
            version_id=recorded,
            generation=generation,
            data_at=data_at,
            measured_at=clock.now(),
            learners=found.learners,
            scores=found.scores,
            by_chance=found.by_chance,
            features=dict(found.features),
        )
    )


def latest(session: Session, principal: Principal, name: str, version: int) -> Drift | None:
    """What was measured last of a version; None where nothing was."""
    principal.require(Area.MODELS)
    query = select(ModelDrift).join(ModelVersion, ModelVersion.id == ModelDrift.version_id)
    row = session.scalar(query.where(ModelVersion.name == name, ModelVersion.version == version))
    if row is None:
        return None
    return Drift(row.data_at, Measured(row.learners, row.scores, row.by_chance, row.features))

"""Answers what course pages ask of the model: the champion's risks in a published generation."""

from collections.abc import Sequence
from functools import partial

from core.courses.ports import AnswerSource, CohortRisk, OwnRisk
from data.warehouse.reader import Warehouse
from data.warehouse.snapshots import DAYS
from ml.artifact import Scorer
from ml.cache import ModelCache
from ml.completion_risk import serving
from ml.completion_risk.features import FEATURES
from ml.completion_risk.names import name_of


class ChampionRisks:
    """Risks by the versions that answer now; follows promotions and generations by itself."""

    def __init__(self, warehouse: Warehouse, models: ModelCache) -> None:
        self._warehouse = warehouse
        self._models = models

    def days(self) -> Sequence[int]:
        """Days of a course for which a version answers, in order; empty before the first."""
        return [day for day in DAYS if self.version(day) is not None]

    def version(self, day: int) -> int | None:
        """The version that answers for a day now, None where none does."""
        return self._models.version(name_of(day))

    def score(self, generation: int, course_id: int, day: int) -> CohortRisk | None:
        """Risks of a course's enrolments on a day; None where no version can answer for it."""
        answering = self._answering(day)
        if answering is None:
            return None
        source, score = answering
        ids, rows = serving.snapshot(self._warehouse.at(generation), course_id, day)
        return CohortRisk(
            source=source,
            risks=serving.risks(ids, rows, score),
            reasons=partial(serving.reasons, ids, rows, score),
        )

    def own(self, generation: int, course_id: int, enrollment_id: int, day: int) -> OwnRisk | None:
        """One enrolment's risk with its reasons; the others are read for their middle only."""
        answering = self._answering(day)
        if answering is None:
            return None
        source, score = answering
        ids, rows = serving.snapshot(self._warehouse.at(generation), course_id, day)
        if enrollment_id not in ids:
            return None
        own = rows[[ids.index(enrollment_id)]]
        (risk,) = serving.risks([enrollment_id], own, score).values()
        told = serving.reasons(ids, rows, score, [enrollment_id])[enrollment_id]
        return OwnRisk(risk, tuple(told), source)

    def _answering(self, day: int) -> tuple[AnswerSource, Scorer] | None:
        """The version that answers for a day, and what it scores rows by."""
        champion = self._models.champion(name_of(day))
        score = champion.taking(FEATURES) if champion else None
        if champion is None or score is None:
            return None
        return AnswerSource(champion.name, champion.version, champion.trained_at, day), score

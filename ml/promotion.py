"""The promotion rule: what speaks against letting a version answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from core.i18n import mark
from core.registry.models import ModelVersion
from ml.artifact import Metrics

CHAMPION = "champion"
_WHOLE = "earlier_learners"  # the whole cohort's spread, which an interval must be narrower than
_COVERS = (0.72, 0.88)  # of an interval meant to hold 80%
_DIGITS = 6  # of what ONNX Runtime and the native model agree on

_LOWER_AUC = mark("Its AUC of {auc} is not above the {other_auc} of {other}.")
_WORSE_BRIER = mark("Its Brier score of {brier} is worse than the {other_brier} of {other}.")
_WORSE_INTERVAL = mark(
    "Its interval score of {score} days is not below the {other_score} of {other}."
)
_WIDER = mark("Its interval of {width} days is not narrower than the {other_width} of {other}.")
_COVERAGE = mark("Its 80% interval holds {coverage}; it must be from {least} to {most}.")
_NO_INTERVAL = mark("The interval score of {other} is not known on its test set.")
_UNMEASURED = mark("The AUC or the Brier score of {other} is not known on its test set.")

_NOT_COMPARED = mark(
    "It was not compared with version {version}, which answers now. Train again to compare them."
)


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason against a promotion: a marked message, and its values."""

    message: str
    data: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON, for the records."""
        return {"message": self.message, "data": dict(self.data)}


def objections(
    metrics: Metrics, baselines: Mapping[str, Metrics], champion: Metrics | None = None
) -> list[Objection]:
    """Everything that speaks against a promotion; empty where the version may answer.

    All metrics are of the same test set. A version must beat every baseline and the champion.
    It beats another when its AUC is higher and its Brier score is not higher, both to six
    decimals. AUC says whether the right learners come first, which is what the page ranks by;
    the Brier score keeps probabilities honest, so that a better order is not bought with them.
    A tie does not beat: changing what answers has a price, and must bring something.
    An interval beats another when its interval score is lower; besides, it must hold about
    what it promises, and be narrower than the whole cohort's.
    """
    others = dict(baselines) if champion is None else {**baselines, CHAMPION: champion}
    if "interval_score" in metrics:
        return list(_against_interval(metrics, others))
    return [one for name, other in others.items() for one in _against(metrics, name, other)]


def standing_against(version: ModelVersion, champion: ModelVersion | None) -> list[Objection]:
    """What speaks against a recorded version while ``champion`` answers.

    The champion counts as it did on the version's own test rows: measured there, or trained
    and tested on the very same data. One that was never measured on them stands against it,
    unless it could not be: what needs inputs that are not there any more cannot answer either.
    """
    compared: Mapping[str, Metrics] = version.compared
    baselines = {name: compared.get(name, {}) for name in version.tested_on["baselines"]}
    if champion is None or champion.version == version.version:
        return objections(version.metrics, baselines)
    if version.tested_on["champion"] == champion.version:
        return objections(version.metrics, baselines, compared.get(CHAMPION))
    if version.data_hash == champion.data_hash:
        return objections(version.metrics, baselines, champion.metrics)
    stale = Objection(_NOT_COMPARED, {"version": champion.version})
    return [*objections(version.metrics, baselines), stale]


def _against(metrics: Metrics, name: str, other: Metrics) -> Iterator[Objection]:
    auc, brier = _rounded(metrics, "auc"), _rounded(metrics, "brier")
    other_auc, other_brier = _rounded(other, "auc"), _rounded(other, "brier")
    if auc is None or brier is None or other_auc is None or other_brier is None:
        yield Objection(_UNMEASURED, {"other": name})
        return
    if auc <= other_auc:
        yield Objection(_LOWER_AUC, {"auc": auc, "other_auc": other_auc, "other": name})
    if brier > other_brier:
        yield Objection(_WORSE_BRIER, {"brier": brier, "other_brier": other_brier, "other": name})


def _against_interval(metrics: Metrics, others: Mapping[str, Metrics]) -> Iterator[Objection]:
    coverage, score = _rounded(metrics, "coverage_80"), _rounded(metrics, "interval_score")
    least, most = _COVERS
    if coverage is None or not least <= coverage <= most:
        yield Objection(_COVERAGE, {"coverage": coverage, "least": least, "most": most})
    for name, other in others.items():
        other_score = _rounded(other, "interval_score")
        if score is None or other_score is None:
            yield Objection(_NO_INTERVAL, {"other": name})
        elif score >= other_score:
            told = {"score": score, "other_score": other_score, "other": name}
            yield Objection(_WORSE_INTERVAL, told)
    width, whole = _rounded(metrics, "width_days"), others.get(_WHOLE, {}).get("width_days")
    if width is not None and whole is not None and width >= whole:
        yield Objection(_WIDER, {"width": width, "other_width": whole, "other": _WHOLE})


def _rounded(metrics: Metrics, name: str) -> float | None:
    value = metrics.get(name)
    return round(value, _DIGITS) if value is not None and isfinite(value) else None

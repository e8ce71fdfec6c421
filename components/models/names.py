"""Names that readers know for what models, their candidates and their measures are called."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import Language, mark
from core.registry.schemas import Family

DIGITS = 3

_FAMILIES = {
    "completion-risk": mark("Risk of failing or withdrawing"),
    "finish-forecast": mark("Day of the last required work"),
}
_ALGORITHMS = {
    "hist_gradient_boosting": mark("Gradient boosting"),
    "keras": mark("Neural network"),
    "blend": mark("Mean of both"),
    "module_prior": mark("Module's rate so far"),
    "logistic_regression": mark("Logistic regression"),
    "champion": mark("The version that answered"),
    "earlier_learners": mark("All earlier learners"),
    "earlier_presentations": mark("Earlier presentations"),
}
_OF_CHANCES = {
    "auc": mark("AUC"),
    "pr_auc": mark("PR-AUC"),
    "brier": mark("Brier score"),
    "ece": mark("ECE"),
    "precision_at_10": mark("Precision at 10%"),
    "recall_at_10": mark("Recall at 10%"),
    "precision_at_15": mark("Precision at 15%"),
    "recall_at_15": mark("Recall at 15%"),
}
_OF_DAYS = {
    "coverage_80": mark("Held by the 80% interval"),
    "width_days": mark("Width (days)"),
    "interval_score": mark("Interval score (days)"),
    "error_days": mark("Error of the middle (days)"),
}
_IN_LIST = 4
_ATTRIBUTES = {
    "gender": mark("Gender"),
    "age_band": mark("Age"),
    "disability": mark("Disability"),
    "imd_band": mark("Deprivation of the area"),
    "highest_education": mark("Education before"),
    "region": mark("Region"),
}


def family_name(family: str, t: Language) -> str:
    """What a family of models estimates; its code where nothing better is known."""
    return t(_FAMILIES.get(family, family))


def measures(metrics: Mapping[str, float | None]) -> Mapping[str, str]:
    """The measures by which a version is judged, with their marked headings, weightiest first."""
    return _OF_DAYS if "interval_score" in metrics else _OF_CHANCES


def in_list(metrics: Mapping[str, float | None]) -> Mapping[str, str]:
    """The few measures that a list of versions has room for."""
    return dict(list(measures(metrics).items())[:_IN_LIST])


def measured(name: str, value: float | None, t: Language) -> str:
    """A measure as it is written: days to a tenth, everything else to three digits."""
    return t.number(value, 1 if name in _OF_DAYS and name != "coverage_80" else DIGITS)


def algorithm_name(algorithm: str, t: Language) -> str:
    """A candidate's or a baseline's name."""
    return t(_ALGORITHMS.get(algorithm, algorithm))


def attribute_name(attribute: str, t: Language) -> str:
    """What groups of learners differ in."""
    return t(_ATTRIBUTES.get(attribute, attribute))


def model_name(name: str, families: Sequence[Family], t: Language) -> str:
    """A registered model by what it estimates and on which day of a course."""
    for family in families:
        for day, model in family.models:
            if model == name:
                told = family_name(family.name, t)
                return t("{model}, day {day}", model=told, day=t.number(day))
    return name


def told(objection: Mapping[str, Any], t: Language) -> str:
    """What speaks against a version, as a sentence."""
    values = {key: _value(key, value, t) for key, value in objection["data"].items()}
    return t(objection["message"], **values)


def _value(key: str, value: Any, t: Language) -> str:
    if key == "other":
        return f"“{algorithm_name(value, t)}”"
    return t.number(value, DIGITS if isinstance(value, float) else 0)

"""Names that readers know for what models, their candidates and their measures are called."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import Language, mark
from core.registry.schemas import Family

DIGITS = 3

_FAMILIES = {"completion-risk": mark("Risk of failing or withdrawing")}
_ALGORITHMS = {
    "hist_gradient_boosting": mark("Gradient boosting"),
    "keras": mark("Neural network"),
    "blend": mark("Mean of both"),
    "module_prior": mark("Module's rate so far"),
    "logistic_regression": mark("Logistic regression"),
    "champion": mark("The version that answered"),
}
MEASURES = {
    "auc": mark("AUC"),
    "pr_auc": mark("PR-AUC"),
    "brier": mark("Brier score"),
    "ece": mark("ECE"),
    "precision_at_10": mark("Precision at 10%"),
    "recall_at_10": mark("Recall at 10%"),
    "precision_at_15": mark("Precision at 15%"),
    "recall_at_15": mark("Recall at 15%"),
}
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

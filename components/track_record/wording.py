"""Words for suggestions, their states and their gains."""

from core.campaigns.optimizer.suggestion import Kind, Measure
from core.i18n import MISSING, Language, mark
from core.track_record.calibration import agrees
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted, Gain

_KINDS = {
    Kind.BUDGET: mark("Budget"),
    Kind.AUDIENCE: mark("Audiences"),
    Kind.CREATIVE: mark("Creatives"),
    Kind.TIMING: mark("Days of the week"),
}
_CONTROLS = {
    "others": mark("the campaigns outside the plan"),
    "business": mark("the business's other revenue"),
}


def kind_name(kind: Kind, t: Language) -> str:
    """What a suggestion is about."""
    return t(_KINDS[kind])


def title(record: Accepted, t: Language) -> str:
    """A suggestion in a few words, with the day on which it began."""
    return f"{kind_name(record.kind, t)}, {t.date(record.first_day)}"


def state(record: Accepted, t: Language) -> str:
    """Where a suggestion stands, in a few words."""
    match record.status:
        case AcceptedStatus.WITHDRAWN:
            return t("Withdrawn")
        case AcceptedStatus.OPEN:
            return t("Open until {day}", day=t.date(record.last_day))
    told = agrees(record)
    if told is None:
        return t("Cannot be judged")
    return t("As predicted") if told else t("Not as predicted")


def share(gain: Gain | None, t: Language) -> str:
    """A gain with its 90% interval, as shares."""
    if gain is None:
        return MISSING
    return t(
        "{mean} ({low} to {high})",
        mean=t.percent(gain.mean, 1, signed=True),
        low=t.percent(gain.p05, 1, signed=True),
        high=t.percent(gain.p95, 1, signed=True),
    )


def money(gain: Gain | None, currency: str, t: Language) -> str:
    """A gain with its 90% interval, in money; missing where revenue is not told."""
    if gain is None or gain.money is None:
        return MISSING
    if gain.money_p05 is None:
        return t.money(gain.money, currency, 0)
    return t(
        "{mean} ({low} to {high})",
        mean=t.money(gain.money, currency, 0),
        low=t.money(gain.money_p05, currency, 0),
        high=t.money(gain.money_p95, currency, 0),
    )


def amount(value: float | None, measure: Measure, currency: str, t: Language) -> str:
    """A plan's amount: money over the horizon, or a share."""
    if value is None:
        return MISSING
    if measure is Measure.MONEY:
        return t.money(value, currency, 0)
    return t.percent(value, 1)


def controls(names: tuple[str, ...], t: Language) -> str:
    """What the comparison leaned on besides the days before, as a list."""
    return ", ".join(t(_CONTROLS[one]) if one in _CONTROLS else one for one in names)

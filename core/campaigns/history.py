"""What a change of a campaign changed: plain texts before and after, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.campaigns.plan import CampaignPlan

GOAL_FIELD = "goal."  # followed by the KPI's key
STATUS_FIELD = "status"
_PLAIN_FIELDS = (
    "name",
    "platform",
    "account_id",
    "external_id",
    "campaign_type",
    "budget",
    "currency",
    "start_date",
    "end_date",
    "industry",
    "description",
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its value before and after as plain text; ``None`` where there is none."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change of a campaign, which thereby became ``version``.

    ``by`` is a name, ``None`` for somebody whose account is gone; ``user_id`` is theirs.
    No fields: it was created.
    """

    version: int
    at: datetime
    by: str | None
    user_id: int | None
    fields: tuple[FieldChange, ...]


def plain(plan: CampaignPlan) -> dict[str, str | None]:
    """A plan as texts by field, the same for equal values whatever their digits."""
    texts = {field: _text(getattr(plan, field)) for field in _PLAIN_FIELDS}
    texts["budget"] = f"{plan.budget.normalize():f}"
    goals = {GOAL_FIELD + goal.kpi: f"{goal.target.normalize():f}" for goal in plan.goals}
    return texts | goals


def differences(before: CampaignPlan, after: CampaignPlan) -> tuple[FieldChange, ...]:
    """The fields whose values differ, in the order of the form."""
    return compared(plain(before), plain(after))


def compared(
    before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> tuple[FieldChange, ...]:
    """The fields whose texts differ; a missing one counts as ``None``."""
    fields = dict.fromkeys([*before, *after])
    return tuple(
        FieldChange(field, before.get(field), after.get(field))
        for field in fields
        if before.get(field) != after.get(field)
    )


def currencies(past: Sequence[PastChange], now: str) -> list[tuple[str, str]]:
    """The campaign's currency before and after each change; ``past`` has the newest first.

    ``now`` is its currency today: amounts of the history are in the one of their time.
    """
    found = []
    for change in past:
        moved = next((one for one in change.fields if one.field == "currency"), None)
        before = moved.before if moved and moved.before else now
        found.append((before, now))
        now = before
    return found


def kept(fields: tuple[FieldChange, ...]) -> list[dict[str, Any]]:
    """Field changes as the record keeps them."""
    return [{"field": one.field, "before": one.before, "after": one.after} for one in fields]


def read(fields: list[dict[str, Any]]) -> tuple[FieldChange, ...]:
    """Field changes from what the record keeps."""
    return tuple(FieldChange(one["field"], one["before"], one["after"]) for one in fields)


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""Two people changed the same plan: what becomes of both changes."""

from dataclasses import dataclass, fields
from typing import Any

from core.campaigns.goals import Goal, in_order
from core.campaigns.history import FieldChange, differences, plain
from core.campaigns.models import GoalKpi
from core.campaigns.plan import CampaignPlan


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that the other person changed while one was editing.

    ``mine`` is what was typed, ``None`` with ``is_mine`` false where one left it alone.
    """

    field: str
    before: str | None
    theirs: str | None
    mine: str | None
    is_mine: bool


def clashes(base: CampaignPlan, mine: CampaignPlan, theirs: CampaignPlan) -> tuple[Clash, ...]:
    """What the other changed since ``base``, and what was typed over it.

    A field that both changed to the same value is no clash.
    """
    typed = {change.field: change for change in differences(base, mine)}
    same = plain(mine)
    return tuple(
        _clash(change, typed.get(change.field))
        for change in differences(base, theirs)
        if change.field not in typed or same.get(change.field) != change.after
    )


def merged(base: CampaignPlan, mine: CampaignPlan, theirs: CampaignPlan) -> CampaignPlan:
    """The plan as saved now, with the fields on it that one changed oneself since ``base``."""
    values: dict[str, Any] = {
        field.name: _of(field.name, base, mine, theirs) for field in fields(CampaignPlan)
    }
    return CampaignPlan(**values | {"goals": _goals(base, mine, theirs)})


def _clash(theirs: FieldChange, mine: FieldChange | None) -> Clash:
    return Clash(
        field=theirs.field,
        before=theirs.before,
        theirs=theirs.after,
        mine=mine.after if mine else None,
        is_mine=mine is not None,
    )


def _of(name: str, base: CampaignPlan, mine: CampaignPlan, theirs: CampaignPlan) -> Any:
    own = getattr(mine, name)
    return getattr(theirs, name) if own == getattr(base, name) else own


def _goals(base: CampaignPlan, mine: CampaignPlan, theirs: CampaignPlan) -> tuple[Goal, ...]:
    """Goals merged one KPI at a time: one person's ROAS does not undo the other's CPA."""
    was, own, other = ({goal.kpi: goal for goal in plan.goals} for plan in (base, mine, theirs))
    chosen = (other.get(kpi) if own.get(kpi) == was.get(kpi) else own.get(kpi) for kpi in GoalKpi)
    return in_order(goal for goal in chosen if goal is not None)

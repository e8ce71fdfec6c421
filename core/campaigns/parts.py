"""The creatives and the audiences of a campaign: added, changed, removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal
from core.campaigns import repository
from core.campaigns.details import in_lines
from core.campaigns.history import FieldChange
from core.campaigns.models import Audience, Campaign, Creative
from core.campaigns.plan import CampaignChanged
from core.campaigns.saving import save
from core.campaigns.service import load
from core.errors import Conflict, Invalid, NotFound
from core.i18n import mark

NAME_LIMIT = 200
KIND_LIMIT = 50


class PartOf(StrEnum):
    """What may belong to a campaign; also the field's name in its history."""

    CREATIVE = "creative"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A creative or an audience as it is planned; only a creative has a ``kind``."""

    name: str
    details: Mapping[str, Any] = field(default_factory=dict)
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A creative or an audience as it stands."""

    part_id: int
    plan: PartPlan


class BadName(Invalid):
    """A creative or an audience without a name, or with too long a one."""

    code = "bad_name"
    message = mark("Give it a name of 1 to {limit} characters.")


class BadKind(Invalid):
    """A creative without a kind, or with too long a one."""

    code = "bad_kind"
    message = mark("Say of what kind it is in 1 to {limit} characters.")


class PartExists(Conflict):
    """The campaign has one of this name already."""

    code = "part_exists"
    message = mark("This campaign already has “{name}”. Give it another name.")


def parts(session: Session, principal: Principal, campaign_id: int, of: PartOf) -> list[Part]:
    """The campaign's creatives or audiences, by name."""
    principal.require(Area.CAMPAIGNS)
    rows = _rows(session, principal, campaign_id, of)
    return [Part(row.id, _plan(row)) for row in rows]


def creative_kinds(session: Session, principal: Principal) -> list[str]:
    """The kinds of creative that campaigns have so far."""
    principal.require(Area.CAMPAIGNS)
    return list(repository.creative_kinds(session, principal))


def add_part(
    session: Session, principal: Principal, campaign_id: int, of: PartOf, plan: PartPlan
) -> None:
    """Give a campaign another creative or audience. Raises Invalid, or PartExists."""
    campaign = load(session, principal, campaign_id)
    plan = _sound(plan, of)
    _require_free(session, principal, campaign, of, plan.name)
    creative = of is PartOf.CREATIVE
    row = Creative(campaign_id=campaign.id) if creative else Audience(campaign_id=campaign.id)
    _put(row, plan)
    session.add(row)
    save(session, principal, campaign, (FieldChange(of, None, _told(plan)),))


def change_part(
    session: Session,
    principal: Principal,
    campaign_id: int,
    of: PartOf,
    part_id: int,
    plan: PartPlan,
    seen: PartPlan,
) -> None:
    """Change a creative or an audience that still is as the person has ``seen`` it.

    Raises CampaignChanged when it no longer is, NotFound when it is gone, Invalid, PartExists.
    """
    campaign = load(session, principal, campaign_id)
    row = _as_seen(session, principal, campaign, of, part_id, seen)
    plan = _sound(plan, of)
    if plan == seen:
        return
    if plan.name != row.name:
        _require_free(session, principal, campaign, of, plan.name)
    _put(row, plan)
    save(session, principal, campaign, (FieldChange(of, _told(seen), _told(plan)),))


def remove_part(
    session: Session,
    principal: Principal,
    campaign_id: int,
    of: PartOf,
    part_id: int,
    seen: PartPlan,
) -> None:
    """Take away a creative or an audience that still is as the person has ``seen`` it."""
    campaign = load(session, principal, campaign_id)
    session.delete(_as_seen(session, principal, campaign, of, part_id, seen))
    save(session, principal, campaign, (FieldChange(of, _told(seen), None),))


def _rows(
    session: Session, principal: Principal, campaign_id: int, of: PartOf
) -> Sequence[Creative | Audience]:
    if of is PartOf.CREATIVE:
        return repository.creatives(session, principal, campaign_id)
    return repository.audiences(session, principal, campaign_id)


def _as_seen(
    session: Session,
    principal: Principal,
    campaign: Campaign,
    of: PartOf,
    part_id: int,
    seen: PartPlan,
) -> Creative | Audience:
    rows = _rows(session, principal, campaign.id, of)
    row = next((one for one in rows if one.id == part_id), None)
    if row is None:
        raise NotFound(part_id=part_id)
    if _plan(row) != seen:
        raise CampaignChanged(campaign_id=campaign.id)
    return row


def _require_free(
    session: Session, principal: Principal, campaign: Campaign, of: PartOf, name: str
) -> None:
    taken = {one.plan.name for one in parts(session, principal, campaign.id, of)}
    if name in taken:
        raise PartExists(name=name)


def _sound(plan: PartPlan, of: PartOf) -> PartPlan:
    kind = (plan.kind or "").strip() if of is PartOf.CREATIVE else None
    plan = replace(plan, name=plan.name.strip(), kind=kind)
    if not 1 <= len(plan.name) <= NAME_LIMIT:
        raise BadName(field="name", limit=NAME_LIMIT)
    if kind is not None and not 1 <= len(kind) <= KIND_LIMIT:
        raise BadKind(field="kind", limit=KIND_LIMIT)
    return plan


def _plan(row: Creative | Audience) -> PartPlan:
    if isinstance(row, Creative):
        return PartPlan(row.name, row.details, row.kind)
    return PartPlan(row.name, row.criteria)


def _put(row: Creative | Audience, plan: PartPlan) -> None:
    row.name = plan.name
    if isinstance(row, Creative):
        row.kind, row.details = plan.kind or "", dict(plan.details)
    else:
        row.criteria = dict(plan.details)


def _told(plan: PartPlan) -> str:
    """A part in one text for the history: its name, kind and details."""
    lines = in_lines(plan.details).splitlines()
    return " · ".join([plan.name, *([plan.kind] if plan.kind else []), *lines])

"""What a person does with suggestions: accept one, withdraw it, look at all of them."""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.campaigns.optimizer.suggestion import Measure
from core.errors import NotFound
from core.events import outbox
from core.track_record import repository
from core.track_record.errors import AlreadyJudged, NothingToAccept
from core.track_record.models import AcceptedStatus, AcceptedSuggestion
from core.track_record.schemas import Accepted, Change, Proposal, read_gain, read_judgement

SHOWN = 200


def accept(session: Session, principal: Principal, proposal: Proposal) -> int:
    """Record that a suggestion was accepted; the same one a second time changes nothing.

    Gives the record's id. The plan begins on the next day, or after the last day that the
    data tells, whichever is later. Raises NothingToAccept.
    """
    principal.require(Area.CAMPAIGNS)
    if all(one.now == one.then for one in proposal.plan):
        raise NothingToAccept(field="plan")
    known = repository.by_key(session, proposal.key)
    if known is not None:
        return known.id
    row = _row(principal, proposal)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # a second click was quicker
        known = repository.by_key(session, proposal.key)
        if known is None:
            raise
        return known.id
    _tell(session, principal, "suggestion.accepted", row)
    return row.id


def withdraw(session: Session, principal: Principal, accepted_id: int) -> None:
    """Take a suggestion back before it is judged; a second time changes nothing.

    Raises AlreadyJudged, and NotFound where there is none that the person may see.
    """
    principal.require(Area.CAMPAIGNS)
    row = repository.one(session, principal, accepted_id)
    if row is None:
        raise NotFound(accepted_id=accepted_id)
    if row.status is AcceptedStatus.JUDGED:
        raise AlreadyJudged(accepted_id=accepted_id)
    if row.status is AcceptedStatus.OPEN:
        row.status, row.withdrawn_at, row.key = AcceptedStatus.WITHDRAWN, clock.now(), None
        _tell(session, principal, "suggestion.withdrawn", row)


def track_record(session: Session, principal: Principal, limit: int = SHOWN) -> list[Accepted]:
    """The accepted suggestions with what came of them, the latest first."""
    principal.require(Area.CAMPAIGNS)
    return [told(row, name) for row, name in repository.accepted(session, principal, limit)]


def told(row: AcceptedSuggestion, accepted_by: str | None = None) -> Accepted:
    """A record as plain values."""
    predicted = dict(row.predicted)
    of, about = predicted.pop("of"), predicted.pop("campaign_ids")
    return Accepted(
        id=row.id,
        kind=row.kind,
        status=row.status,
        scope=row.scope,
        currency=row.currency,
        first_day=row.first_day,
        last_day=row.last_day,
        horizon_days=row.horizon_days,
        predicted=read_gain(predicted),
        of=of,
        campaign_ids=None if about is None else tuple(about),
        plan=tuple(Change(**{**one, "measure": Measure(one["measure"])}) for one in row.plan),
        constraints=tuple(row.constraints),
        generation=row.generation,
        seed=row.seed,
        is_sample=row.is_sample,
        accepted_by=accepted_by,
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
        judged_at=row.judged_at,
        judgement=read_judgement(row.judgement) if row.judgement else None,
    )


def _row(principal: Principal, proposal: Proposal) -> AcceptedSuggestion:
    about = proposal.campaign_ids
    extra = {"of": dict(proposal.of), "campaign_ids": None if about is None else list(about)}
    return AcceptedSuggestion(
        key=proposal.key,
        kind=proposal.kind,
        status=AcceptedStatus.OPEN,
        scope=proposal.scope,
        currency=proposal.currency,
        first_day=max(clock.today(), proposal.data_day) + timedelta(days=1),
        horizon_days=proposal.horizon_days,
        predicted={**asdict(proposal.predicted), **extra},
        plan=[asdict(one) for one in proposal.plan],
        constraints=[dict(one) for one in proposal.constraints],
        generation=proposal.generation,
        seed=proposal.seed,
        is_sample=proposal.is_sample,
        accepted_by=principal.user_id,
        accepted_at=clock.now(),
    )


def _tell(session: Session, principal: Principal, what: str, row: AcceptedSuggestion) -> None:
    subject = f"suggestion/{row.id}"
    trail.record(session, principal.user_id, what, subject, kind=row.kind.value)
    details = {
        "kind": row.kind.value,
        "scope": row.scope,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
    }
    outbox.record(session, what, subject, details)

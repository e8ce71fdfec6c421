"""What a person does with the views they saved: name one, find it again, delete it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.saved_views import repository
from core.saved_views.errors import BadViewName, TooManyViews
from core.saved_views.models import SavedView

NAME_LIMIT = 100
MOST_VIEWS = 50
Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class NamedView:
    """A page's filters under a name: each parameter of its address with its values."""

    view_id: int
    name: str
    query: dict[str, list[str]]


def own_views(session: Session, principal: Principal, area: Area) -> list[NamedView]:
    """The person's views of an area's page, by name."""
    principal.require(area)
    rows = repository.own(session, principal, area.value)
    return [NamedView(row.id, row.name, parse_qs(row.query)) for row in rows]


def save_view(
    session: Session, principal: Principal, area: Area, name: str, query: Query
) -> NamedView:
    """Keep filters under a name; a view of that name is replaced.

    Raises BadViewName or TooManyViews.
    """
    principal.require(area)
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LIMIT:
        raise BadViewName(field="name", limit=NAME_LIMIT)
    rows = repository.own(session, principal, area.value)
    row = next((row for row in rows if row.name == name), None)
    if row is None:
        if len(rows) >= MOST_VIEWS:
            raise TooManyViews(limit=MOST_VIEWS)
        row = SavedView(
            user_id=principal.user_id, page=area.value, name=name, created_at=clock.now()
        )
        session.add(row)
    row.query = urlencode(query, doseq=True)
    session.flush()
    return NamedView(row.id, row.name, parse_qs(row.query))


def forget_view(session: Session, principal: Principal, area: Area, view_id: int) -> None:
    """Delete one of the person's views; another person's stays untouched."""
    principal.require(area)
    repository.forget(session, principal, view_id)

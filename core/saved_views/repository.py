"""All queries of saved views; everybody reaches their own only."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.saved_views.models import SavedView


def own(session: Session, principal: Principal, page: str) -> Sequence[SavedView]:
    """The person's views of a page, by name."""
    query = select(SavedView).where(SavedView.user_id == principal.user_id, SavedView.page == page)
    return session.scalars(query.order_by(SavedView.name, SavedView.id)).all()


def forget(session: Session, principal: Principal, view_id: int) -> None:
    """Delete one of the person's views."""
    session.execute(
        delete(SavedView).where(SavedView.id == view_id, SavedView.user_id == principal.user_id)
    )

"""Queries that find whom a row of a list names."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.accounts.access import Principal
from core.accounts.models import User
from core.campaigns.models import Campaign
from core.courses.models import Course, Enrollment
from core.courses.repository import may_see_learners

_PERSON = "person:"
_LONGEST_ID = 18


def people_by_email(session: Session, email: str) -> Sequence[User]:
    """The active person with this address (lower case), as a list."""
    return session.scalars(select(User).where(User.email == email, User.is_active)).all()


def people_by_key(session: Session, key: str) -> Sequence[User]:
    """The active person of this number here, or of this name in another source, as a list."""
    number = key.removeprefix(_PERSON)
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
        query = select(User).where(User.id == int(number), User.is_active)
    else:
        query = select(User).where(User.external_id == key, User.is_active)
    return session.scalars(query).all()


def learners_named(session: Session, principal: Principal, name: str) -> Sequence[User]:
    """Learners of this name in courses whose learners the person may see; two at most."""
    seen = (
        select(Enrollment.user_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(may_see_learners(principal))
    )
    query = select(User).where(
        func.lower(User.name) == " ".join(name.split()).lower(),
        User.is_active,
        User.id.in_(seen),
    )
    return session.scalars(query.limit(2)).all()


def campaign_named(session: Session, named: str) -> int | None:
    """The one campaign with this number of its platform, or this name; None for none or more."""
    for column in (Campaign.external_id, Campaign.name):
        found = session.scalars(select(Campaign.id).where(column == named).limit(2)).all()
        if len(found) == 1:
            return found[0]
    return None

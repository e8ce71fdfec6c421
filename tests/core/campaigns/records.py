"""People who plan campaigns, and a plan, for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.campaigns.models import CampaignType
from core.campaigns.plan import CampaignPlan
from core.db import unit_of_work

PLAN = CampaignPlan(
    name="Spring courses",
    platform="google_ads",
    account_id="123",
    external_id="77",
    campaign_type=CampaignType.SEARCH,
    budget=Decimal("1500.25"),
    currency="USD",
    start_date=date(2026, 3, 1),
    end_date=date(2026, 5, 31),
)


def person(engine: Engine, name: str, *roles: Role) -> Principal:
    """Somebody whom the records know; a marketer when no role is named."""
    email = f"{name.lower()}@example.org"
    with unit_of_work(engine) as session:
        user = User(email=email, name=name, created_at=datetime(2026, 1, 1, tzinfo=UTC))
        session.add(user)
        session.flush()
        return Principal(user.id, name, email, frozenset(roles or {Role.MARKETER}))

"""A campaign as it is planned: what must hold before it becomes a record."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_territory_currencies, list_currencies

from core.campaigns.goals import Goal, in_order, require_sound_goals
from core.campaigns.models import CampaignStatus, CampaignType
from core.errors import Conflict, Invalid
from core.i18n import NO_CURRENCY, Language, mark

BUDGET_DECIMALS = 4
BUDGET_LIMIT = Decimal(10) ** 14  # what DECIMAL(18,4) holds
_LENGTHS = {"name": 200, "platform": 50, "account_id": 100, "external_id": 100, "industry": 100}
LABELS = {
    "name": mark("Name"),
    "platform": mark("Platform"),
    "account_id": mark("Account number"),
    "external_id": mark("Number at the ad platform"),
    "industry": mark("Industry"),
}


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a person writes down to plan a campaign; ``budget`` is in ``currency``."""

    name: str
    platform: str
    account_id: str
    external_id: str
    campaign_type: CampaignType
    budget: Decimal
    currency: str
    start_date: date
    end_date: date | None = None
    industry: str | None = None
    description: str | None = None
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """A campaign as it stands; ``version`` must be given back to change it."""

    campaign_id: int
    plan: CampaignPlan
    status: CampaignStatus
    is_sample: bool
    version: int
    created_at: datetime
    updated_at: datetime


class BadLength(Invalid):
    """A text of the plan is empty or too long."""

    code = "bad_length"
    message = mark("Write between 1 and {limit} characters in the field “{field}”.")

    def sentence(self, language: Language) -> str:
        """The sentence with the field's label in the reader's language."""
        label = language(LABELS[self.data["field"]])
        return language(self.message, limit=self.data["limit"], field=label)


class BadBudget(Invalid):
    """The budget is not a positive amount that can be kept exactly."""

    code = "bad_budget"
    message = mark(
        "The budget must be an amount above zero with at most {decimals} decimal places."
    )


class UnknownCurrency(Invalid):
    """The currency is not one of ISO 4217."""

    code = "unknown_currency"
    message = mark("“{currency}” is not a currency code. Use three letters, such as USD or EUR.")


class EndsBeforeStart(Invalid):
    """The last day lies before the first."""

    code = "ends_before_start"
    message = mark("The campaign must end on or after the day it starts.")


class CampaignChanged(Conflict):
    """Somebody changed the campaign after the person had read it."""

    code = "campaign_changed"
    message = mark("Somebody changed this campaign in the meantime. Look at it again first.")


class CampaignExists(Conflict):
    """Another record already stands for this campaign of the ad platform."""

    code = "campaign_exists"
    message = mark("There is already a campaign {external_id} in this account of {platform}.")


@cache
def currencies(on: date) -> tuple[str, ...]:
    """The codes of the currencies that are legal tender somewhere on a day, in order."""
    countries = [code for code in map(str, Locale("en").territories) if len(code) == 2]
    found = (get_territory_currencies(code, start_date=on) for code in countries)
    return tuple(sorted({code for codes in found for code in codes}))


def tidied(plan: CampaignPlan) -> CampaignPlan:
    """The plan without spaces around its texts; what is optional and empty is not there."""
    return replace(
        plan,
        name=plan.name.strip(),
        platform=plan.platform.strip(),
        account_id=plan.account_id.strip(),
        external_id=plan.external_id.strip(),
        industry=(plan.industry or "").strip() or None,
        description=(plan.description or "").strip() or None,
        goals=in_order(plan.goals),
    )


def require_sound(plan: CampaignPlan) -> None:
    """Raise the Invalid error that names the first field which breaks a rule."""
    for field, limit in _LENGTHS.items():
        text = getattr(plan, field)
        if text is not None and not 1 <= len(text.strip()) <= limit:
            raise BadLength(field=field, limit=limit)
    if not _is_amount(plan.budget):
        raise BadBudget(field="budget", decimals=BUDGET_DECIMALS)
    if plan.currency == NO_CURRENCY or plan.currency not in list_currencies():
        raise UnknownCurrency(field="currency", currency=plan.currency)
    if plan.end_date is not None and plan.end_date < plan.start_date:
        raise EndsBeforeStart(field="end_date")
    require_sound_goals(plan.goals)


def _is_amount(budget: Decimal) -> bool:
    if not budget.is_finite() or not 0 < budget < BUDGET_LIMIT:
        return False
    return budget == round(budget, BUDGET_DECIMALS)

"""What a campaign report says in words; which sentence is true is decided by the figures."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from core.campaigns.periods import Span
from core.documents import measures
from core.documents.campaign_telling import Telling, average, say_before, say_change, say_now
from core.documents.figures import CampaignFigures, DayFigures, ratio
from core.documents.form import number_of
from core.documents.ledger import Unit, Value
from core.documents.measures import Measure
from core.documents.wording import (
    BUDGET,
    COMPARISONS,
    LEVEL_TREND,
    TARGET,
    TRENDS,
    change_of,
)
from core.i18n import mark

BEST_RETURN_FLOOR = Decimal("0.05")  # share of spend below which a high ROAS is luck, not news
TREND_DAYS = 14  # a shorter period is too short for two halves to be compared


def comparison(telling: Telling, measure: Measure) -> str:
    """One measure against the period before."""
    change = change_of(telling.now(measure), telling.before(measure))
    return telling.t(
        COMPARISONS[measure.key][change],
        now=say_now(telling, measure),
        before=say_before(telling, measure),
        change=say_change(telling, measure, magnitude=True),
        reason=telling.t(measure.reason(telling.figures.totals)),
    )


def target_sentence(telling: Telling) -> Iterator[str]:
    """Whether the ROAS reached the form's target, where both are known."""
    target = number_of(telling.values.get("roas_target"))
    roas = telling.figures.totals.roas
    if target is not None and roas is not None:
        shown = telling.t.number(target, 2) + "×"
        said = say_now(telling, measures.ROAS)
        yield telling.t(TARGET[roas >= target], roas=said, target=shown)


def budget_sentence(telling: Telling) -> Iterator[str]:
    """How much of the form's budget was spent."""
    budget = number_of(telling.values.get("budget"))
    spend = telling.figures.totals.spend
    if budget is not None and spend is not None:
        share = telling.ledger.say(
            measures.SPEND.name,
            spend / budget,
            Unit.SHARE,
            "totals",
            aspect=mark("share of the budget"),
            formula=mark("spend ÷ budget"),
        )
        amount = telling.t.money(budget, telling.scope.currency)
        yield telling.t(BUDGET[spend <= budget], budget=amount, share=share)


def trend_sentences(telling: Telling) -> Iterator[str]:
    """How spend and revenue moved between the halves of the period."""
    span = telling.observed
    if span.days < TREND_DAYS:
        return
    for measure, of_day in _DAILY:
        early, late = half_averages(telling.figures.daily, span, of_day)
        change = change_of(late, early, LEVEL_TREND)
        if change in TRENDS[measure.key]:
            yield telling.t(
                TRENDS[measure.key][change],
                early=_half(telling, measure, early, mark("average per day, first half")),
                late=_half(telling, measure, late, mark("average per day, second half")),
            )


_DAILY: tuple[tuple[Measure, Callable[[DayFigures], Decimal | None]], ...] = (
    (measures.SPEND, lambda day: day.spend),
    (measures.REVENUE, lambda day: day.revenue),
)


def _half(telling: Telling, measure: Measure, value: Value, aspect: str) -> str:
    return telling.ledger.say(
        measure.name,
        value,
        Unit.MONEY,
        "daily",
        aspect=aspect,
        formula=mark("sum of the days ÷ number of days"),
    )


def half_averages(
    daily: Sequence[DayFigures], span: Span, of_day: Callable[[DayFigures], Decimal | None]
) -> tuple[Decimal | None, Decimal | None]:
    """Average per day of the first and the second half; an odd middle day is left out."""
    half = span.days // 2
    halves: list[Decimal | None] = []
    for first in (0, span.days - half):
        days = range(first, first + half)
        values = [of_day(day) for day in daily if (day.day - span.start).days in days]
        halves.append(average(values, half))
    return halves[0], halves[1]


def peak_sentence(telling: Telling) -> Iterator[str]:
    """The day with most revenue, where revenue is reported."""
    days = telling.figures.daily
    if len(days) < 2:
        return
    best = max((day for day in days if day.revenue), key=_revenue_then_early, default=None)
    if best is not None:
        amount = _peak(telling, measures.REVENUE, best.revenue)
        yield telling.t(
            "The strongest day was {day}, with {amount} in revenue.",
            day=telling.ledger.day(best.day),
            amount=amount,
        )


def _revenue_then_early(day: DayFigures) -> tuple[Decimal, int]:
    return day.revenue or Decimal(0), -day.day.toordinal()


def _peak(telling: Telling, measure: Measure, value: Value) -> str:
    return telling.ledger.say(
        measure.name, value, Unit.MONEY, "daily", aspect=mark("strongest day")
    )


def campaign_sentences(telling: Telling) -> Iterator[str]:
    """What stands out among the campaigns; nothing when there is only one."""
    campaigns = telling.figures.campaigns
    spend = telling.figures.totals.spend
    if len(campaigns) < 2 or not spend:
        return
    yield _largest(telling, campaigns, spend)
    yield from _best_return(telling, campaigns, spend)
    yield from _without_conversion(telling, campaigns)


def _largest(telling: Telling, campaigns: Sequence[CampaignFigures], total: Decimal) -> str:
    largest = max(campaigns, key=lambda campaign: campaign.measures.spend or Decimal(0))
    say = telling.ledger.say
    name = measures.SPEND.name
    spend = largest.measures.spend
    aspect = mark("largest campaign")
    return telling.t(
        "{campaign} took the largest part of the spend: {amount}, which is {share}.",
        campaign=telling.ledger.label(largest.name),
        amount=say(name, spend, Unit.MONEY, "campaigns", aspect=aspect),
        share=say(
            name,
            ratio(spend, total),
            Unit.SHARE,
            "campaigns",
            aspect=mark("largest campaign, share"),
            formula=mark("spend ÷ spend of all"),
        ),
    )


def _best_return(
    telling: Telling, campaigns: Sequence[CampaignFigures], total: Decimal
) -> Iterator[str]:
    floor = total * BEST_RETURN_FLOOR
    rated = [c for c in campaigns if c.measures.roas and (c.measures.spend or 0) >= floor]
    if len(rated) < 2:
        return
    best = max(rated, key=lambda campaign: campaign.measures.roas or Decimal(0))
    say = telling.ledger.say
    yield telling.t(
        "The best return came from {campaign}, with a ROAS of {roas}, "
        "among the campaigns with at least {floor} of the spend.",
        campaign=telling.ledger.label(best.name),
        roas=say(
            measures.ROAS.name,
            best.measures.roas,
            Unit.RATIO,
            "campaigns",
            aspect=mark("best campaign"),
            formula=measures.ROAS.formula,
        ),
        floor=say(
            mark("Smallest share of spend considered for the best return"),
            BEST_RETURN_FLOOR,
            Unit.SHARE,
            "",
            digits=0,
        ),
    )


def _without_conversion(telling: Telling, campaigns: Sequence[CampaignFigures]) -> Iterator[str]:
    silent = [c.measures for c in campaigns if c.measures.spend and c.measures.conversions == 0]
    if not silent:
        return
    say = telling.ledger.say
    name = mark("Campaigns without a conversion")
    say(name, len(silent), Unit.COUNT, "campaigns")
    amount = say(
        name,
        sum((m.spend or Decimal(0) for m in silent), Decimal(0)),
        Unit.MONEY,
        "campaigns",
        aspect=mark("spend"),
    )
    yield telling.t.plural(
        "One campaign spent {amount} without a single conversion.",
        "{n} campaigns together spent {amount} without a single conversion.",
        len(silent),
        amount=amount,
    )


def coverage_sentences(telling: Telling) -> Iterator[str]:
    """What the figures leave out, so that nobody reads more into them than they hold."""
    yield from _revenue_coverage(telling)
    yield from _conversions_coverage(telling)
    figures, period, t = telling.figures, telling.scope.period, telling.t
    if figures.data_until is not None and figures.data_until < period.end:
        last = telling.ledger.day(figures.data_until)
        yield t("The data ends on {day}; later days are empty.", day=last)
    if figures.previous is None:
        yield t("The data does not cover the whole period before, so nothing is compared.")
    if figures.other_currencies:
        others = ", ".join(figures.other_currencies)
        yield t(
            "Figures in other currencies ({currencies}) are left out; "
            "amounts in different currencies are never added.",
            currencies=others,
        )


def _revenue_coverage(telling: Telling) -> Iterator[str]:
    totals = telling.figures.totals
    share = ratio(totals.spend_with_revenue, totals.spend)
    if totals.revenue is not None and share is not None and share < 1:
        said = telling.ledger.say(
            mark("Spend with revenue reported"),
            share,
            Unit.SHARE,
            "totals",
            aspect=mark("share of spend"),
            formula=mark("spend with revenue ÷ spend"),
        )
        yield telling.t(
            "Revenue is reported for {share} of the spend only; ROAS covers that part.", share=said
        )


def _conversions_coverage(telling: Telling) -> Iterator[str]:
    totals = telling.figures.totals
    share = ratio(totals.spend_with_conversions, totals.spend)
    if totals.conversions is not None and share is not None and share < 1:
        said = telling.ledger.say(
            mark("Spend with conversions reported"),
            share,
            Unit.SHARE,
            "totals",
            aspect=mark("share of spend"),
            formula=mark("spend with conversions ÷ spend"),
        )
        yield telling.t(
            "Conversions are reported for {share} of the spend only; CPA and CVR cover that part.",
            share=said,
        )

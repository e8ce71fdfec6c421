"""The report's chart: spend and revenue over the days of the period."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from core.campaigns.periods import Grain, Span
from core.documents import measures
from core.documents.campaign_telling import Telling, average
from core.documents.charting import money_format
from core.documents.figures import DayFigures
from core.documents.ledger import Unit
from core.documents.model import Chart, ChartKind, Series
from core.i18n import mark

LINE_FROM = 4  # fewer points make a line that says nothing; columns say it better

_GRAINS = {
    Grain.DAY: mark("by day"),
    Grain.WEEK: mark("average per day, by week"),
    Grain.FOUR_WEEKS: mark("average per day, by four weeks"),
}
# [$-409] and [$-C0A] keep month names and separators in the document's language elsewhere too.
_DAY_FORMATS = {"en": "[$-409]mmm d", "es": "[$-C0A]d mmm"}
_MONTH_FORMATS = {"en": "[$-409]mmm yyyy", "es": "[$-C0A]mmm yyyy"}


def spend_and_revenue(telling: Telling) -> Chart:
    """One point a day, or the daily average of a week or four weeks when days are many."""
    t, span = telling.t, telling.observed
    bins = span.bins
    series = [_series(telling, bins, measures.SPEND.name, lambda day: day.spend)]
    if telling.figures.totals.revenue is not None:
        series.append(_series(telling, bins, measures.REVENUE.name, lambda day: day.revenue))
    grain = t(_GRAINS[span.grain])
    names = t("Spend and revenue") if len(series) > 1 else series[0].name
    formats = _DAY_FORMATS if span.grain is Grain.DAY else _MONTH_FORMATS
    return Chart(
        title=t("{what}, {grain}", what=names, grain=grain),
        alt=_alt(telling, series, names, grain),
        kind=ChartKind.LINE if len(bins) >= LINE_FROM else ChartKind.COLUMN,
        categories=tuple(one.start for one in bins),
        series=tuple(series),
        number_format=money_format(telling.scope.currency, t),
        date_format=formats[t.code],
    )


def _series(
    telling: Telling,
    bins: Sequence[Span],
    name: str,
    of_day: Callable[[DayFigures], Decimal | None],
) -> Series:
    """One value a bin: a day's own, or the average of its days; a bin without data is a gap."""
    by_day = {day.day: of_day(day) for day in telling.figures.daily}
    values = [
        average([value for day, value in by_day.items() if one.start <= day <= one.end], one.days)
        for one in bins
    ]
    telling.ledger.column(
        name,
        values,
        Unit.MONEY,
        "daily",
        aspect=_GRAINS[telling.observed.grain],
        formula=""
        if len(bins) == telling.observed.days
        else mark("sum of the days ÷ number of days"),
    )
    return Series(telling.t(name), tuple(values))


def _alt(telling: Telling, series: Sequence[Series], names: str, grain: str) -> str:
    """The chart in words: what, from when to when, and between which amounts each line runs."""
    t, ledger, span = telling.t, telling.ledger, telling.observed
    what = t(
        "Chart of {names}, {grain}, from {start} to {end}.",
        names=names,
        grain=grain,
        start=ledger.day(span.start),
        end=ledger.day(span.end),
    )
    return " ".join([what, *(_range(telling, one) for one in series)])


def _range(telling: Telling, series: Series) -> str:
    values = [value for value in series.values if value is not None]
    low, high = (telling.t.money(edge(values), telling.scope.currency) for edge in (min, max))
    return telling.t("{name}: between {low} and {high}.", name=series.name, low=low, high=high)

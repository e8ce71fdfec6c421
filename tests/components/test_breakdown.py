from components import breakdown
from core.campaigns.kpis import Totals
from core.campaigns.schemas import Breakdown, Dimension, Slice
from core.i18n import language

EN = language("en")
WHOLE = Totals(spend=130_000.0)


def cut(comparable: bool = True) -> Breakdown:
    now = Totals(
        spend=22_800.75,
        revenue=65_953.61,
        conversions=100.0,
        spend_with_conversions=6_789.0,
        spend_with_revenue=26_093.0,
    )
    before = Totals(revenue=52_401.0)
    one = Slice("google_ads", "google_ads", now, before, (0.0, 206.98))
    return Breakdown(Dimension.PLATFORM, (one,), 1, comparable)


def test_figures_are_rounded_to_what_the_columns_show_and_never_cut_off() -> None:
    (row,) = breakdown.table(cut(), WHOLE, EN).to_pylist()
    assert row == {
        "name": "Google Ads",
        "spend": 22_801.0,
        "share": 0.175,
        "revenue": 65_954.0,
        "change": 0.259,
        "roas": 2.53,
        "cpa": 67.89,
        "trend": [0.0, 206.98],
    }


def test_what_is_undefined_stays_undefined() -> None:
    one = Slice(None, None, Totals(), None, ())
    (row,) = breakdown.table(Breakdown(Dimension.TYPE, (one,), 1, True), Totals(), EN).to_pylist()
    assert [None] * 4 == [row[key] for key in ("share", "revenue", "change", "cpa")]


def test_an_unknown_currency_is_named_as_one() -> None:
    columns = breakdown._columns(cut(), WHOLE, "XXX", EN)
    assert "Spend (currency not given)" == columns["spend"]["label"]

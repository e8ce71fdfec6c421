import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.charts.echarts import option
from components.charts.figure import Figure, Line, round_steps
from components.charts.spend_revenue import axis_texts, spend_and_revenue
from components.theme import Tokens
from core.campaigns.kpis import Totals
from core.campaigns.periods import Span
from core.campaigns.schemas import Overview, Point, View
from core.i18n import language

TOKENS = Tokens("#111111", "#222222", "#333333", "#444444", "#555555")
ES = language("es")
NBSP = "\u00a0"
LAST = date(2026, 11, 22)


def overview(days: int, compared: bool = True) -> Overview:
    """Spend of 1,000 and revenue of 2,000 a day, with the first day missing."""
    span = Span(LAST - timedelta(days=days - 1), LAST)
    figures = Totals(spend=1000.0, revenue=2000.0)
    points = tuple(
        Point(one, None if position == 0 else figures, figures if compared else None)
        for position, one in enumerate(span.bins)
    )
    before = figures if compared else None
    return Overview(View(span, "EUR"), figures, before, points, shows_sample=False)


@given(st.floats(1e-6, 1e12))
def test_steps_are_few_start_at_zero_and_reach_the_largest(largest: float) -> None:
    steps = round_steps(largest)
    assert steps[0] == 0
    assert steps[-1] >= largest * 0.999
    assert 3 <= len(steps) <= 6


def test_a_figure_of_zeros_still_has_an_axis() -> None:
    assert round_steps(0.0) == (0.0, 1.0)


def test_the_option_is_plain_json_with_the_reader_s_numbers() -> None:
    made = option(spend_and_revenue(overview(7), ES), TOKENS)
    assert json.loads(json.dumps(made)) == made
    labels = [label.replace(NBSP, " ") for label in made["yAxis"][1]["data"]]
    assert labels == ["0 €", "500 €", "1 mil €", "1,5 mil €", "2 mil €"]
    assert made["yAxis"][0]["max"] == 2000.0
    texts = [text.replace(NBSP, " ") for text in made["dataset"]["source"][1][-3:]]
    assert texts == ["2.000,00 €", "1.000,00 €", "2.000,00 €"]


def test_a_gap_is_null_in_the_line_and_a_dash_in_the_tooltip() -> None:
    first = option(spend_and_revenue(overview(7), ES), TOKENS)["dataset"]["source"][0]
    assert first[2:4] == [None, None]
    assert first[5:7] == ["–", "–"]


def test_revenue_before_is_drawn_only_when_there_is_a_period_before() -> None:
    lines = [line.name for line in spend_and_revenue(overview(7), ES).lines]
    assert lines == ["Ingresos", "Gasto", "Ingresos anteriores"]
    assert len(spend_and_revenue(overview(7, compared=False), ES).lines) == 2


def test_the_revenue_before_is_dashed_in_line_and_legend() -> None:
    made = option(spend_and_revenue(overview(7), ES), TOKENS)
    assert [series["lineStyle"]["type"] for series in made["series"]] == [
        "solid",
        "solid",
        "dashed",
    ]
    icons = [entry["icon"] for entry in made["legend"]["data"]]
    assert icons[0] == icons[1] != icons[2]


def test_weeks_are_drawn_as_their_average_day() -> None:
    figure = spend_and_revenue(overview(365), ES)
    assert len(figure.ticks) == 52
    assert figure.lines[1].values[1] == pytest.approx(1000 / 7)


def test_a_name_is_never_read_as_html_in_the_tooltip() -> None:
    line = Line("<b>x</b>", (1.0,), ("1",), "first")
    figure = Figure(("a",), ("a",), (line,), (0.0, 1.0), ("0", "1"), "x")
    assert "&lt;b&gt;x&lt;/b&gt;" in option(figure, TOKENS)["tooltip"]["formatter"]


def test_the_chart_says_its_takeaway_to_those_who_do_not_see_it() -> None:
    assert spend_and_revenue(overview(7), ES).alt.replace(NBSP, " ") == (
        "Gasto de 1.000,00 € e ingresos de 2.000,00 € del 16 nov 2026 al 22 nov 2026"
    )


@pytest.mark.parametrize(
    ("values", "shown"),
    [((1.0,), True), ((None, 1.0, None, 2.0, 3.0), True), ((None, 1.0, 2.0), False)],
)
def test_a_value_without_neighbours_is_drawn_as_a_point(
    values: tuple[float | None, ...], shown: bool
) -> None:
    texts = tuple("" for _ in values)
    figure = Figure(texts, texts, (Line("x", values, texts, "first"),), (0.0, 1.0), ("0", "1"), "x")
    assert shown is option(figure, TOKENS)["series"][0]["showSymbol"]


def test_labels_of_an_axis_are_distinct_however_small_its_steps() -> None:
    texts = axis_texts(round_steps(0.012), "USD", language("en"))
    assert ("$0.000", "$0.005", "$0.010", "$0.015") == texts
    assert ("$0", "$500", "$1K") == axis_texts((0.0, 500.0, 1000.0), "USD", language("en"))


def test_days_are_written_as_everywhere_with_the_day_of_the_week() -> None:
    assert "Sun, Nov 22, 2026" == spend_and_revenue(overview(7), language("en")).headings[-1]

"""A response curve as it is drawn and told."""

from dataclasses import replace

import pytest

from components.charts import response_curve
from components.theme import Tokens
from core.campaigns.optimizer.curve import Curve, curve_of, next_unit, point
from core.i18n import language
from tests.ml.response.responses import learned

TOKENS = Tokens("#1f5fbf", "#c75b1c", "#616c8a", "#0b1220", "#e3e8ee")
EN = language("en")


@pytest.fixture(scope="module")
def curve() -> Curve:
    draws = learned().horizons[28].draws
    assert draws is not None
    return curve_of(draws, 1, 1.37)


def test_a_curve_rises_inside_its_band_and_passes_through_both_points(curve: Curve) -> None:
    means = [one.revenue.mean for one in curve.points]
    assert means == sorted(means)
    assert all(one.revenue.p05 <= one.revenue.mean <= one.revenue.p95 for one in curve.points)
    assert curve.then.spend == pytest.approx(1.37 * curve.now.spend)
    assert curve.now.revenue.mean < curve.then.revenue.mean


def test_points_are_what_the_draws_say_there() -> None:
    draws = learned().horizons[28].draws
    curve = curve_of(draws, 0, 1.0)
    assert curve.now == curve.then
    of_grid = next(one for one in curve.points if one.spend == pytest.approx(curve.now.spend))
    assert of_grid.revenue.mean == pytest.approx(point(draws, 0, 1.0).revenue.mean)
    assert all(one.p05 <= one.mean <= one.p95 for one in next_unit(draws))


def test_its_table_marks_today_and_the_suggestion(curve: Curve) -> None:
    figure = response_curve.figure(curve, "USD", EN)
    assert ["(today)", "(suggested)"] == [
        text.split(" ")[1] for text in figure.headings if " " in text
    ]
    assert ["Expected revenue", "5% are lower", "5% are higher"] == [
        line.name for line in figure.lines
    ]
    assert "Campaign 2" in figure.alt


@pytest.mark.parametrize(("times", "lines"), [(1.2, 1), (3.0, 0)])
def test_both_axes_begin_at_zero_and_the_end_of_what_was_seen_is_drawn(
    curve: Curve, times: float, lines: int
) -> None:
    curve = replace(curve, seen_most=times * curve.now.spend)
    figure = response_curve.figure(curve, "USD", EN)
    drawn = response_curve.described(curve, "USD", EN, figure, TOKENS)
    layout = drawn["layout"]
    assert (0, 0) == (layout["xaxis"]["range"][0], layout["yaxis"]["range"][0])
    assert [curve.seen_most] * lines == [shape["x0"] for shape in layout["shapes"]]
    assert "rgba(31,95,191,0.2)" == drawn["data"][1]["fillcolor"]

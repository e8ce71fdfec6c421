from math import isnan

from components import kpi_row


def test_a_gap_keeps_its_place_in_time() -> None:
    first, gap, last = kpi_row.line([1.0, None, 2.0])
    assert (1.0, 2.0) == (first, last)
    assert isnan(gap)


def test_what_was_never_reported_has_no_line() -> None:
    assert [] == kpi_row.line([None, None])

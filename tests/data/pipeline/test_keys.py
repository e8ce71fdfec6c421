from pathlib import Path

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.pipeline import keys
from tests.data.reports import Desk, row

TEXT = st.one_of(st.none(), st.text(st.characters(exclude_categories=["C"]), max_size=8))


def test_a_campaign_s_number_is_the_same_here_and_in_the_warehouse(desk: Desk) -> None:
    desk.rows(row(account_id="ñ7", campaign_id="=1"))
    assert [(keys.campaign_id("google_ads", "ñ7", "=1"),)] == desk.warehouse.rows(
        "SELECT campaign_id FROM fact_campaign_performance"
    )


def test_a_campaign_s_number_never_changes() -> None:
    assert 743077988154696646 == keys.campaign_id("facebook_ads", "1700252260223815", "not given")


@settings(max_examples=30, deadline=None)
@given(one=st.tuples(TEXT, TEXT), other=st.tuples(TEXT, TEXT))
def test_joined_texts_are_equal_only_where_every_text_is(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None]
) -> None:
    first, second = (ibis.to_sql(keys.joined([*map(literal, texts)]), dialect="duckdb")
                     for texts in (one, other))  # fmt: skip
    with duckdb.connect() as connection:
        (found,) = connection.execute(f"SELECT ({first}) = ({second})").fetchall()[0]
    assert found == ([text or "" for text in one] == [text or "" for text in other])


def literal(text: str | None) -> object:
    return ibis.null("string") if text is None else ibis.literal(text)


@pytest.mark.parametrize(
    "changed", ["date_day", "platform", "account_id", "campaign_id", "device", "ad_id"]
)
def test_every_dimension_makes_a_row_of_its_own(desk: Desk, changed: str) -> None:
    first = row(device="mobile", ad_id="1", ad_name="Boots")
    second = {**first, changed: "2025-02-01" if changed == "date_day" else "other"}
    assert 2 == desk.rows(first, second).kept


def test_names_and_other_measures_do_not(desk: Desk, tmp_path: Path) -> None:
    first = row(ad_id="1", ad_name="Boots", video_views="5", _fivetran_synced="2025-01-01")
    second = {**first, "ad_name": "Shoes", "video_views": "9", "_fivetran_synced": "2025-01-02"}
    desk.rows(first)
    report = desk.rows(second)
    assert (1, 1) == (report.kept, report.replaced)

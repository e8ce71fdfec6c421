from decimal import Decimal
from pathlib import Path

import pytest

from tests.data.reports import NOW, Desk, read, row
from tests.data.warehouse.integrity import broken_grains, broken_references

# A row of Facebook's report by ad, which names no campaign.
BY_AD = {
    "ad_id": "1", "date": "2025-01-15", "account_id": "7", "impressions": 1000,
    "inline_link_clicks": 10, "spend": "10",
}  # fmt: skip


def facts(desk: Desk) -> list[tuple]:
    return desk.warehouse.rows(
        """SELECT campaign_name, date_id, f.currency, impressions, clicks, spend, conversions
           FROM fact_campaign_performance AS f JOIN dim_campaign USING (campaign_id)
           ORDER BY ALL"""
    )


def test_a_row_of_the_report_is_a_fact_with_its_dimensions(desk: Desk) -> None:
    report = desk.rows(row(currency="eur", campaign_type="Search"))
    assert (1, 1, 0, 0) == (report.rows_read, report.kept, report.duplicate, report.quarantined)
    assert [("Winter", 20250115, "EUR", 1000, 10, Decimal("12.5"), Decimal("1.5"))] == facts(desk)
    assert [("google_ads", "7", "Shop", "100", "search", False)] == desk.warehouse.rows(
        """SELECT platform, account_id, account_name, external_id, campaign_type, is_sample
           FROM dim_campaign"""
    )


def test_the_report_counts_and_adds_up_what_the_warehouse_holds(desk: Desk) -> None:
    report = desk.rows(row(), row(date_day="2025-01-16", spend="0.25"))
    assert {
        "file": "report.csv",
        "rows_read": 2,
        "kept": 2,
        "duplicate": 0,
        "replaced": 0,
        "quarantined": 0,
        "reasons": {},
        "totals": {"spend": 12.75, "clicks": 20, "impressions": 2000, "conversions": 3.0},
    }.items() <= report.as_dict().items()


def test_spend_on_one_day_is_summed_over_the_dimensions(desk: Desk) -> None:
    desk.rows(row(device="mobile"), row(device="desktop", spend="7.50"))
    assert [("Winter", 20250115, "XXX", 2000, 20, Decimal("20"), Decimal("3"))] == facts(desk)


def test_the_same_file_again_is_all_duplicates_with_the_same_totals(desk: Desk) -> None:
    rows = [row(campaign_id=str(number)) for number in range(5)]
    first = desk.rows(*rows)
    again = desk.rows(*rows)
    assert (5, 0) == (first.kept, first.duplicate)
    assert (0, 5, 0) == (again.kept, again.duplicate, again.quarantined)
    assert first.totals == again.totals
    assert 1 == desk.warehouse.generation()


def test_the_order_of_columns_does_not_make_a_new_row(desk: Desk) -> None:
    desk.rows(row(device="mobile", network="search"))
    turned = dict(reversed(row(network="search", device="mobile").items()))
    assert 1 == desk.rows(turned).duplicate


def test_an_equal_row_twice_in_one_file_counts_once(desk: Desk) -> None:
    report = desk.rows(row(), row())
    assert (1, 1) == (report.kept, report.duplicate)
    assert Decimal("12.5") == report.totals.spend


def test_new_figures_of_a_held_row_replace_it(desk: Desk) -> None:
    desk.rows(row(), row(campaign_id="101"))
    report = desk.rows(row(spend="13.75", clicks=11))
    assert (1, 1, 0) == (report.kept, report.replaced, report.duplicate)
    assert (Decimal("13.75"), 11) == (report.totals.spend, report.totals.clicks)
    assert [(Decimal("26.25"),)] == desk.warehouse.rows(
        "SELECT sum(spend) FROM fact_campaign_performance"
    )


def test_a_renamed_campaign_is_restated_and_not_counted_twice(desk: Desk) -> None:
    desk.rows(row())
    report = desk.rows(row(campaign_name="Spring"))
    assert (1, 1) == (report.kept, report.replaced)
    assert [("Spring", 20250115)] == [fact[:2] for fact in facts(desk)]


def test_a_later_file_of_one_call_restates_an_earlier_one(desk: Desk) -> None:
    old = desk.file("old.csv", [row(), row(campaign_id="101")])
    new = desk.file("new.csv", [row(spend="20")])
    first, second = desk.take(old, new)
    assert (2, 0) == (first.kept, first.replaced)
    assert (1, 1) == (second.kept, second.replaced)
    assert Decimal("32.5") == first.totals.spend
    assert 1 == desk.lake.generation()


def test_different_figures_for_one_key_in_one_file_are_all_refused(desk: Desk) -> None:
    report = desk.rows(row(), row(spend="99"), row(campaign_id="101"))
    assert (1, 2, {"conflicting_rows": 2}) == (report.kept, report.quarantined, report.reasons)


@pytest.mark.parametrize(
    "second",
    [
        row(source_relation="other"),
        row(device="mobile"),
        row(currency="USD"),
    ],
    ids=["another relation", "another breakdown", "another currency column"],
)
def test_a_campaign_day_is_never_added_up_from_two_reports(desk: Desk, second: dict) -> None:
    desk.rows(row())
    report = desk.rows(second, {**second, "date_day": "2025-01-16"})
    assert (1, {"other_source": 1}) == (report.kept, report.reasons)
    assert [20250115, 20250116] == [fact[1] for fact in facts(desk)]


def test_two_relations_in_one_file_are_not_added_up_either(desk: Desk) -> None:
    report = desk.rows(row(), row(source_relation="other", spend="1"))
    assert (1, {"other_source": 1}) == (report.kept, report.reasons)
    assert Decimal("12.5") == report.totals.spend


def test_another_kind_of_report_does_not_add_to_a_held_campaign_day(desk: Desk) -> None:
    desk.rows(row())
    google = {
        "customer_id": "7", "id": "100", "date": "2025-01-15", "device": "MOBILE",
        "cost_micros": 5_000_000, "clicks": 1, "impressions": 2,
    }  # fmt: skip
    report = desk.take(desk.file("google.csv", [google]))[0]
    assert {"other_source": 1} == report.reasons


def test_conversions_that_no_row_reports_stay_unknown(desk: Desk) -> None:
    bare = {name: value for name, value in row().items() if not name.startswith("conversions")}
    report = desk.rows(bare)
    assert report.totals.conversions is None
    assert [(None, None)] == desk.warehouse.rows(
        "SELECT conversions, conversions_value FROM fact_campaign_performance"
    )


def test_cost_in_millionths_is_kept_exactly(desk: Desk) -> None:
    rows = [
        {"customer_id": "7", "id": "1", "date": "2025-01-01", "device": device,
         "cost_micros": 333_333, "clicks": 1, "impressions": 2, "interaction_event_types": "[]"}
        for device in ("MOBILE", "DESKTOP", "TABLET")
    ]  # fmt: skip
    report = desk.rows(*rows)
    assert Decimal("0.999999") == report.totals.spend


def test_the_history_of_a_google_campaign_names_it_whenever_it_comes(desk: Desk) -> None:
    stats = desk.file(
        "stats.csv",
        [{"customer_id": "7", "id": "1", "date": "2025-01-01", "cost_micros": 1, "clicks": 1,
          "impressions": 1}],
    )  # fmt: skip
    history = desk.file(
        "history.csv",
        [
            {"id": "1", "updated_at": updated, "name": name, "customer_id": "7",
             "advertising_channel_type": kind, "status": "ENABLED"}
            for updated, name, kind in (
                ("2025-02-01T10:00:00", "New name", "VIDEO"),
                ("2025-01-01T10:00:00.5", "Old name", "SEARCH"),
            )
        ],
    )  # fmt: skip
    desk.take(stats)
    names = "SELECT campaign_name, campaign_type FROM dim_campaign"
    assert [("1", None)] == desk.warehouse.rows(names)
    report = desk.take(history)[0]
    assert [("New name", "video")] == desk.warehouse.rows(names)
    assert (2, "describes", None) == (report.kept, report.fate, report.totals.spend)
    assert 2 == desk.take(history)[0].duplicate


def test_days_of_several_years_are_all_held_and_each_day_is_a_date(desk: Desk) -> None:
    desk.rows(row(date_day="2023-12-31"), row(date_day="2024-02-29"), row(date_day="2025-01-01"))
    desk.rows(row(date_day="2024-02-29", spend="1"), row(date_day="2026-07-01"))
    assert 4 == len(facts(desk))
    assert [(20230101, 20261231, 1461)] == desk.warehouse.rows(
        "SELECT min(date_id), max(date_id), count(*) FROM dim_date"
    )
    assert [(2024, 1, 2, 9, 4, False, None)] == desk.warehouse.rows(
        """SELECT year, quarter, month, week, day_of_week, is_weekend, is_holiday
           FROM dim_date WHERE date_id = 20240229"""
    )
    assert ([], []) == (broken_grains(desk.warehouse), broken_references(desk.warehouse))


def test_years_that_an_import_does_not_touch_share_their_files(desk: Desk) -> None:
    desk.rows(row(date_day="2024-05-01"), row(date_day="2025-05-01"))
    before = desk.lake.manifest()
    desk.rows(row(date_day="2025-06-01"))
    after = desk.lake.manifest()
    for table in ("ads_rows", "fact_campaign_performance"):
        assert before.parts(table)[0] == after.parts(table)[0]
        assert before.parts(table)[1] != after.parts(table)[1]


def test_sample_rows_are_marked(desk: Desk) -> None:
    desk.take(desk.file("sample.csv", [row()]), is_sample=True)
    assert [(True, NOW)] == desk.warehouse.rows("SELECT is_sample, created_at FROM dim_campaign")


def test_files_of_one_call_are_shown_under_their_own_names(desk: Desk) -> None:
    path = desk.file("3f2a.csv", [row()])
    assert "Ads March.csv" == desk.take(path, names={path: "Ads March.csv"})[0].file


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marked_and_wide_encodings_are_read(desk: Desk, encoding: str) -> None:
    text = desk.file("plain.csv", [row(campaign_name="Campaña ✓")]).read_text(encoding="utf-8")
    report = desk.take(desk.bytes("wide.csv", text.encode(encoding)))[0]
    assert 1 == report.kept
    assert [("Campaña ✓",)] == desk.warehouse.rows("SELECT campaign_name FROM dim_campaign")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_recognised(desk: Desk, delimiter: str) -> None:
    assert 1 == desk.take(desk.file("report.csv", [row()], delimiter))[0].kept


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_a_missing_last_one_lose_nothing(desk: Desk, end: str) -> None:
    lines = desk.file("plain.csv", [row(), row(campaign_id="2")]).read_text().splitlines()
    text = end.join([lines[0], lines[1], "", lines[2]])
    report = desk.take(desk.bytes("ends.csv", text.encode()))[0]
    assert (2, 2) == (report.rows_read, report.kept)


def test_mixed_line_ends_and_blanks_before_the_header_lose_nothing(desk: Desk) -> None:
    lines = desk.file("plain.csv", [row(), row(campaign_id="2", clicks=-1)]).read_text().split()
    text = f"\r\n\n{lines[0]}\r\n{lines[1]}\n{lines[2]}\r\n"
    report = desk.take(desk.bytes("ends.csv", text.encode()))[0]
    assert (2, 1, {"negative": 1}) == (report.rows_read, report.kept, report.reasons)


def test_a_campaign_s_day_is_not_added_to_a_report_that_names_no_campaigns(desk: Desk) -> None:
    desk.take(desk.file("ads.csv", [BY_AD]))
    unified = row(platform="facebook_ads", spend="10")
    other_day, other_account = {**unified, "date_day": "2025-01-16"}, {**unified, "account_id": "8"}
    report = desk.rows(unified, {**unified, "campaign_id": "101"}, other_day, other_account)
    assert (2, {"other_source": 2}) == (report.kept, report.reasons)
    assert Decimal("30") == sum(fact[5] for fact in facts(desk))


def test_a_report_that_names_no_campaigns_is_not_added_to_a_campaign_s_day(desk: Desk) -> None:
    unified = row(platform="facebook_ads", spend="10")
    desk.rows(unified, {**unified, "campaign_id": "101"})
    other_day, other_account = {**BY_AD, "date": "2025-01-16"}, {**BY_AD, "account_id": "8"}
    report = desk.take(desk.file("ads.csv", [BY_AD, other_day, other_account]))[0]
    assert (2, {"other_source": 1}) == (report.kept, report.reasons)
    assert Decimal("40") == sum(fact[5] for fact in facts(desk))


@pytest.mark.parametrize("is_named_first", [True, False])
def test_nor_are_such_two_reports_in_one_file(desk: Desk, is_named_first: bool) -> None:
    rows = [row(), row(source_relation="other", campaign_id="not given")]
    report = desk.rows(*(rows if is_named_first else reversed(rows)))
    assert (1, {"other_source": 1}) == (report.kept, report.reasons)
    assert 1 == len(facts(desk))


def test_large_spends_of_one_campaign_day_are_summed(desk: Desk) -> None:
    report = desk.rows(*(row(ad_group=str(at), spend="9e10") for at in range(12)))
    assert (12, Decimal("1080000000000")) == (report.kept, facts(desk)[0][5])


def test_an_apostrophe_in_the_home_is_only_a_letter(tmp_path: Path) -> None:
    (tmp_path / "o'brien").mkdir()
    desk = Desk(tmp_path / "o'brien")
    report = desk.rows(row(), row(campaign_id="101", spend="-1"))
    assert (1, 1, 1) == (report.kept, report.quarantined, len(facts(desk)))
    assert report.quarantine_path is not None
    assert 1 == len(read(report.quarantine_path))

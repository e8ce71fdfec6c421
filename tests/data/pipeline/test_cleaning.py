"""Refused rows that were corrected and come again are the same campaigns, days and rows."""

from typing import Any

import pytest

from tests.data.reports import Desk, Row, read, row


def corrected(desk: Desk, *rows: Row, **mends: Any) -> None:
    """Import rows that are refused, mend them in the quarantine file and import that."""
    path = desk.rows(*rows).quarantine_path
    assert path is not None
    mended = [{**refused, **mends} for refused in read(path)]
    assert len(rows) == desk.take(desk.file("corrected.csv", mended))[0].kept


@pytest.mark.parametrize("name", ["-Brand", "=Brand", "+Brand", "@Brand", "Brand", "'Brand"])
def test_a_corrected_row_is_of_the_same_campaign(desk: Desk, name: str) -> None:
    named = row(campaign_id=name, campaign_name=name, account_id=name)
    desk.rows(named)
    corrected(desk, {**named, "date_day": "2025-01-16", "spend": "ten"}, spend="10")
    assert [(name, name, name)] == desk.warehouse.rows(
        "SELECT external_id, campaign_name, account_id FROM dim_campaign"
    )


def test_a_number_beside_the_corrected_one_is_read_without_its_apostrophe(desk: Desk) -> None:
    corrected(desk, row(conversions_value="-3", spend="ten"), spend="10")
    assert [(-3.0,)] == desk.warehouse.rows(
        "SELECT sum(conversions_value)::DOUBLE FROM fact_campaign_performance"
    )


def test_a_corrected_row_has_the_same_dimensions(desk: Desk) -> None:
    sound = row(**{"-device": "-phone"})
    assert 1 == desk.rows(sound).kept
    path = desk.rows({**sound, "spend": "ten"}).quarantine_path
    assert path is not None
    mended = [{**refused, "spend": sound["spend"]} for refused in read(path)]
    assert 1 == desk.take(desk.file("corrected.csv", mended))[0].duplicate


def test_an_apostrophe_is_kept_in_any_other_report(desk: Desk) -> None:
    desk.rows(row(campaign_name="'-Brand"))
    assert [("'-Brand",)] == desk.warehouse.rows("SELECT campaign_name FROM dim_campaign")


@pytest.mark.parametrize("currency", ["$$$", "123", "=1+", "ÄÖÜ", "us ", "USDX"])
def test_a_currency_is_three_letters(desk: Desk, currency: str) -> None:
    report = desk.rows(row(currency="usd"), row(campaign_id="101", currency=currency))
    assert (1, {"unknown_currency": 1}) == (report.kept, report.reasons)

"""A row that breaks a rule is quarantined with its reason; the sound rows are imported."""

from decimal import Decimal
from typing import Any

import pytest

from core.i18n import language
from data.lake import Publication
from data.pipeline.rules import REASONS, TITLES, sentence
from data.warehouse import build
from data.warehouse.build import connect
from tests.data.reports import Desk, read, row

BROKEN = {
    "missing_campaign": [{"campaign_id": "", "campaign_name": " "}],
    "missing_platform": [{"platform": ""}],
    "missing_date": [{"date_day": ""}],
    "unreadable_date": [{"date_day": "yesterday"}, {"date_day": "2025-02-30"}],
    "implausible_date": [{"date_day": "0025-01-15"}, {"date_day": "2525-01-15"}],
    "missing_number": [{"spend": ""}, {"clicks": " "}, {"impressions": ""}],
    "not_finite": [{"spend": "NaN"}, {"conversions": "-inf"}, {"clicks": "Infinity"}],
    "not_a_number": [{"spend": "1,234.50"}, {"clicks": "ten"}, {"spend": "$5"}, {"spend": "1_0"}],
    "not_whole": [{"clicks": "1.5"}, {"impressions": "0.1"}],
    "negative": [{"spend": "-0.01"}, {"clicks": "-1"}, {"impressions": "-5"}],
    "implausible": [{"clicks": "1000000000"}, {"spend": "1e30"}, {"conversions_value": "9e11"}],
    "too_long": [{"campaign_name": "x" * 256}, {"account_name": "é" * 300}],
    "line_break": [{"campaign_name": "Win\nter"}],
    "unknown_currency": [{"currency": "dollars"}],
}
CASES = [(code, change) for code, changes in BROKEN.items() for change in changes]


@pytest.mark.parametrize(
    ("code", "change"), CASES, ids=[f"{at} {code}" for at, (code, _) in enumerate(CASES)]
)
def test_it_is_refused_and_its_neighbours_are_kept(desk: Desk, code: str, change: dict) -> None:
    sound = row(currency="USD")
    report = desk.rows(sound, {**sound, **change}, {**sound, "campaign_id": "101"})
    assert (3, 2, {code: 1}) == (report.rows_read, report.kept, report.reasons)
    assert report.quarantine_path is not None
    (refused,) = read(report.quarantine_path)
    assert "3" == refused["_row"]
    assert refused["_reason"]


@pytest.mark.parametrize("code", ["en", "es"])
def test_every_reason_has_its_sentence_and_title(code: str) -> None:
    assert set(REASONS) == set(TITLES)
    for reason in REASONS:
        assert "{" not in sentence(f"{reason}:spend", language(code))
        assert language(code)(TITLES[reason])


def test_the_reason_is_written_in_the_reader_s_language(desk: Desk) -> None:
    path = desk.file("report.csv", [row(spend=-1)])
    report = desk.take(path, reader="es")[0]
    assert report.quarantine_path is not None
    assert "spend es negativo." == read(report.quarantine_path)[0]["_reason"]


def test_the_quarantine_has_the_original_columns_as_the_file_writes_them(desk: Desk) -> None:
    original = {"Date Day": "2025-01-15", **{k: v for k, v in row().items() if k != "date_day"}}
    report = desk.rows({**original, "spend": "abc", "Ad Group": "Boots"})
    assert report.quarantine_path is not None
    (refused,) = read(report.quarantine_path)
    assert ["_row", "_reason", *original, "Ad Group"] == list(refused)
    assert ("2025-01-15", "abc", "Boots") == (
        refused["Date Day"], refused["spend"], refused["Ad Group"],
    )  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_harmless_in_the_quarantine(desk: Desk, sign: str) -> None:
    report = desk.rows(row(account_name=f"{sign}cmd|' /C calc'!A0", spend="-5"))
    assert report.quarantine_path is not None
    (refused,) = read(report.quarantine_path)
    assert refused["account_name"] == f"'{sign}cmd|' /C calc'!A0"
    assert "'-5" == refused["spend"]


def test_a_formula_as_a_name_is_kept_as_text(desk: Desk) -> None:
    assert 1 == desk.rows(row(campaign_name="=1+1")).kept
    assert [("=1+1",)] == desk.warehouse.rows("SELECT campaign_name FROM dim_campaign")


def test_rows_of_another_length_are_quarantined_whole(desk: Desk) -> None:
    header = ",".join(row())
    line = ",".join(str(value) for value in row().values())
    text = f"{header}\n{line}\nshort,row\n\n{line},and,more\n"
    report = desk.take(desk.bytes("ragged.csv", text.encode()))[0]
    assert (3, 1, {"row_broken": 2}) == (report.rows_read, report.kept, report.reasons)
    assert report.quarantine_path is not None
    first, second = read(report.quarantine_path)
    assert ("3", "short,row") == (first["_row"], first["source_relation"])
    assert ("4", f"{line},and,more") == (second["_row"], second["source_relation"])


def test_a_row_of_megabytes_is_refused_like_any_malformed_one(desk: Desk) -> None:
    endless = row(campaign_name="x" * 900_000, account_name="y" * 900_000, account_id="z" * 900_000)
    report = desk.rows(row(), endless)
    assert (2, 1, {"row_broken": 1}) == (report.rows_read, report.kept, report.reasons)


def test_a_corrected_quarantine_file_can_be_imported(desk: Desk) -> None:
    report = desk.rows(row(), row(campaign_id="101", spend="ten"))
    assert report.quarantine_path is not None
    corrected = [{**refused, "spend": "10"} for refused in read(report.quarantine_path)]
    assert 1 == desk.take(desk.file("corrected.csv", corrected))[0].kept
    assert [(Decimal("22.5"),)] == desk.warehouse.rows(
        "SELECT sum(spend) FROM fact_campaign_performance"
    )


def test_the_quarantine_s_name_is_ours(desk: Desk) -> None:
    report = desk.take(desk.file("..%2F=evil.csv", [row(spend=-1)]))[0]
    assert report.quarantine_path is not None
    assert report.quarantine_path.parent == desk.folder / "quarantine"
    assert "evil" not in report.quarantine_path.name


def test_numbers_may_have_blanks_exponents_and_a_bare_point(desk: Desk) -> None:
    report = desk.rows(row(spend=" 144. "), row(campaign_id="2", spend="1.5e1", clicks="12.0"))
    assert (2, Decimal("159")) == (report.kept, report.totals.spend)


class Together:
    """A connection that refuses to insert many rows one at a time: that takes half a minute."""

    def __init__(self, publication: Publication) -> None:
        self._connection = connect(publication)

    def __enter__(self) -> "Together":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def executemany(self, query: str, rows: list[Any]) -> None:
        assert len(rows) < 100
        self._connection.executemany(query, rows)


def test_many_malformed_rows_are_put_aside_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "connect", Together)
    lines = [",".join(row()), ",".join(str(value) for value in row().values())]
    lines += [f"short,{at}" for at in range(1000)]
    report = desk.take(desk.bytes("ragged.csv", "\n".join(lines).encode()))[0]
    assert (1001, {"row_broken": 1000}) == (report.rows_read, report.reasons)
    assert report.quarantine_path is not None
    refused = read(report.quarantine_path)
    assert [str(at + 3) for at in range(1000)] == [line["_row"] for line in refused]
    assert "short,999" == refused[-1]["source_relation"]

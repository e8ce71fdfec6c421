import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.errors import AppError
from data import history_files

_HEADER = (
    "source_relation,date_day,platform,account_id,account_name,campaign_id,campaign_name,clicks,"
    "impressions,spend,conversions,conversions_value"
)


def _row(day: str, campaign: str, spend: str, value: str) -> str:
    return f"x,{day},google_ads,1,Acme,{campaign},{campaign},5,50,{spend},1,{value}"


def _written(folder: Path, rows: list[str], header: str = _HEADER, name: str = "H.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def _season(weeks: int = 60) -> list[str]:
    rng = np.random.default_rng(1)
    rows = []
    for week in range(weeks):
        day = str(date(2023, 1, 2) + timedelta(days=7 * week))
        for campaign, worth in (("a", 30.0), ("b", 60.0), ("c", 45.0)):
            spend = 100 * float(np.exp(0.4 * rng.standard_normal()))
            value = worth * spend**0.5 * float(np.exp(0.1 * rng.standard_normal()))
            rows.append(_row(day, campaign, f"{spend:.2f}", f"{value:.2f}"))
    return rows


def test_rows_of_one_campaign_and_day_are_summed(tmp_path: Path):
    header = f"{_HEADER},ad_group_id"
    rows = [
        _row("2024-01-01", "a", "2.5", "4") + ",g1",
        _row("2024-01-01", "a", "1.5", "1") + ",g2",
    ]
    history = history_files.read(_written(tmp_path, rows, header))
    assert history.spend.tolist() == [[4.0]]
    assert history.attributed.tolist() == [[5.0]]


def test_the_same_row_twice_counts_once(tmp_path: Path):
    rows = [_row("2024-01-01", "a", "2.5", "4")] * 2
    assert history_files.read(_written(tmp_path, rows)).spend.tolist() == [[2.5]]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (
            [_row("2024-01-01", "a", "2.5", "4"), _row("2024-01-01", "a", "9", "4")],
            "duplicate_days",
        ),
        ([_row("01/02/2024", "a", "2.5", "4")], "bad_cells"),
        ([_row("2024-01-01", "a", "-2.5", "4")], "bad_cells"),
        ([_row("2024-01-01", "a", "2.5", "-4")], "bad_cells"),
        ([_row("2024-01-01", "a", "nan", "4")], "bad_cells"),
        ([_row("2024-01-01", "a", "", "4")], "bad_cells"),
    ],
)
def test_what_cannot_be_counted_is_named(tmp_path: Path, rows: list[str], code: str):
    with pytest.raises(AppError) as caught:
        history_files.read(_written(tmp_path, rows))
    assert caught.value.code == code


def test_two_currencies_are_refused(tmp_path: Path):
    rows = [
        _row("2024-01-01", "a", "1", "4") + ",EUR",
        _row("2024-01-01", "b", "1", "4") + ",USD",
    ]
    with pytest.raises(history_files.SeveralCurrencies):
        history_files.read(_written(tmp_path, rows, f"{_HEADER},currency"))


def test_missing_columns_are_listed(tmp_path: Path):
    path = _written(tmp_path, ["2024-01-01,a"], "date_day,campaign_id")
    with pytest.raises(history_files.ColumnsMissing) as caught:
        history_files.read(path)
    assert caught.value.data["columns"] == "spend, conversions_value"


def test_further_numbers_of_an_outcome_are_controls_and_texts_are_not(tmp_path: Path):
    history = _written(
        tmp_path, [_row("2024-01-01", "a", "1", "4"), _row("2024-01-02", "a", "1", "4")]
    )
    rows = ["2024-01-01,10,1,0.5,sun", "2024-01-02,12,2,1,rain"]
    outcome = _written(tmp_path, rows, "date,revenue,orders,price,weather", "O.csv")
    told = history_files.read(history, outcome).outcome
    assert told is not None
    assert told.control_names == ("price",)
    assert told.controls[:, 0].tolist() == [0.5, 1.0]
    assert told.revenue.tolist() == [10.0, 12.0]


def _suggested(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "suggest", "budget", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_command_prints_the_whole_total_divided_within_its_bounds(tmp_path: Path):
    path = _written(tmp_path, _season())
    done = _suggested("--history", str(path), "--horizon-days", "56", "--json")
    answer = json.loads(done.stdout)
    assert set(answer) == {"allocation", "expected_uplift", "binding", "roi", "seconds"}
    now = {one["campaign_id"]: one["current_spend"] for one in answer["allocation"]}
    then = {one["campaign_id"]: one["suggested_spend"] for one in answer["allocation"]}
    assert sum(then.values()) == pytest.approx(sum(now.values()))
    assert all(0.5 * now[one] - 1e-6 <= then[one] <= 1.5 * now[one] + 1e-6 for one in now)
    gain = answer["expected_uplift"]
    assert gain["p05"] <= gain["mean"] <= gain["p95"]
    assert 0 <= gain["p_gain"] <= 1
    assert {one["campaign_id"] for one in answer["roi"]} == {"a", "b", "c"}


def test_the_command_explains_a_budget_that_no_plan_can_keep(tmp_path: Path):
    path = _written(tmp_path, _season())
    done = _suggested("--history", str(path), "--horizon-days", "56", "--total", "1")
    assert done.returncode == 1
    assert "is below" in done.stderr
    assert done.stdout == ""

"""The parts of the suite hold every test exactly once, and a failure of one is not overlooked."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests import side_by_side
from tests.side_by_side import PARTS, command, told

ROOT = Path(__file__).parents[1]


def collected(part: str) -> list[Path]:
    """The test files a part runs, by its own arguments."""
    folders = [ROOT / one for one in PARTS[part] if not one.startswith("--")]
    ignored = [ROOT / one.removeprefix("--ignore=") for one in PARTS[part] if one.startswith("--")]
    files = [path for folder in folders for path in folder.rglob("test_*.py")]
    return [path for path in files if not any(path.is_relative_to(one) for one in ignored)]


def test_every_test_file_is_in_exactly_one_part() -> None:
    held = Counter(file for part in PARTS for file in collected(part))
    assert dict.fromkeys((ROOT / "tests").rglob("test_*.py"), 1) == held


def test_every_folder_of_a_part_is_there() -> None:
    assert all((ROOT / folder).is_dir() for folder in side_by_side.WAITING)


def test_failed_parts_are_shown_last_and_end_the_command_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 1 == told({"first": (2, "1 failed in 1s"), "second": (0, "5 passed in 2s")})
    assert ["second: passed", "5 passed in 2s", "first: failed", "1 failed in 1s"] == [
        line for line in capsys.readouterr().out.splitlines() if line
    ]


def test_all_parts_passed_is_success() -> None:
    assert 0 == told({"first": (0, ""), "second": (0, "")})


def test_parts_run_at_once_and_their_output_is_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(part: str) -> list[str]:
        return [sys.executable, "-c", f"print({part!r} * 9000); raise SystemExit({len(part)} > 13)"]

    monkeypatch.setattr(side_by_side, "command", said)
    assert 1 == side_by_side.main()
    shown = capsys.readouterr().out
    assert all(part * 9000 in shown for part in PARTS)


def test_a_part_is_an_ordinary_pytest_run() -> None:
    assert all([sys.executable, "-m", "pytest"] == command(part)[:3] for part in PARTS)

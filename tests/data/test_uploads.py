import io
from pathlib import Path

import pytest

from data import uploads


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.csv", "report.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".hidden", "hidden"),
        ("a;b|c\n.csv", "a_b_c_.csv"),
        ("Kampagne – März.csv", "Kampagne _ März.csv"),
        ("..", "upload"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_cannot_leave_its_folder(tmp_path: Path, name: str, kept: str) -> None:
    path = uploads.save(tmp_path, name, io.BytesIO(b"a,b\n"))
    assert path.name == kept
    assert path.parent.parent == tmp_path
    assert path.read_bytes() == b"a,b\n"


def test_two_files_of_one_name_do_not_meet(tmp_path: Path) -> None:
    first = uploads.save(tmp_path, "a.csv", io.BytesIO(b"1"))
    uploads.save(tmp_path, "a.csv", io.BytesIO(b"2"))
    assert first.read_bytes() == b"1"


def test_a_finished_upload_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    path = uploads.save(tmp_path / "uploads", "a.csv", io.BytesIO(b"1"))
    outside = tmp_path / "mine" / "b.csv"
    outside.parent.mkdir()
    outside.write_bytes(b"2")
    uploads.discard(tmp_path / "uploads", path)
    uploads.discard(tmp_path / "uploads", outside)
    assert not path.parent.exists()
    assert outside.exists()

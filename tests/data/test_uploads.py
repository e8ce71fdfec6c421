import errno
import io
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock
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
        ("報" * 500, "報" * 40),
    ],
)
def test_a_name_cannot_leave_its_folder(tmp_path: Path, name: str, kept: str) -> None:
    path = uploads.save(tmp_path, name, io.BytesIO(b"a,b\n"))
    assert path.name == kept
    assert path.parent.parent == tmp_path
    assert path.read_bytes() == b"a,b\n"


def test_what_a_full_disk_cut_off_takes_no_room(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="space"):
        uploads.save(tmp_path, "report.csv", Full())
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_one_name_do_not_meet(tmp_path: Path) -> None:
    first = uploads.save(tmp_path, "a.csv", io.BytesIO(b"1"))
    uploads.save(tmp_path, "a.csv", io.BytesIO(b"2"))
    assert first.read_bytes() == b"1"


def test_uploads_that_nobody_needs_are_forgotten_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    ended, waiting = (uploads.save(folder, "a.csv", io.BytesIO(b"1")) for _ in range(2))
    direct, outside = folder / "b.csv", tmp_path / "mine" / "c.csv"
    outside.parent.mkdir()
    for path in (direct, outside):
        path.write_bytes(b"2")
    uploads.sweep(folder, [waiting], clock.now() + timedelta(hours=2))
    left = [path.exists() for path in (ended, waiting, direct, outside)]
    assert left == [False, True, True, True]


def test_an_upload_may_wait_an_hour_for_its_import_to_be_queued(tmp_path: Path) -> None:
    path = uploads.save(tmp_path, "a.csv", io.BytesIO(b"1"))
    uploads.sweep(tmp_path, [], clock.now() + timedelta(minutes=50))
    assert path.exists()


def test_before_the_first_upload_there_is_nothing_to_forget(tmp_path: Path) -> None:
    uploads.sweep(tmp_path / "never made", [], clock.now())
    assert not (tmp_path / "never made").exists()

"""Archives that people upload, and those that mean harm."""

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from data.archives import ArchiveTooLarge, FileTwice, NotAnArchive, unpack

WANTED = frozenset({"courses.csv", "studentInfo.csv"})
CONTENT = b"code_module\nAAA\n"


def packed(tmp_path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    path = tmp_path / "courses.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def unpacked(archive: Path, max_bytes: int = 1 << 20) -> dict[str, bytes]:
    target = archive.parent / "unpacked"
    unpack(archive, "courses.zip", target, wanted=WANTED, max_bytes=max_bytes)
    return {path.name: path.read_bytes() for path in target.iterdir()}


@pytest.mark.parametrize(
    "name", ["courses.csv", "oulad/courses.csv", "a/b/courses.csv", "oulad\\courses.csv"]
)
def test_a_file_may_lie_at_the_top_or_in_a_folder(tmp_path: Path, name: str) -> None:
    assert unpacked(packed(tmp_path, (name, CONTENT))) == {"courses.csv": CONTENT}


def test_whatever_else_an_archive_holds_is_left_out(tmp_path: Path) -> None:
    others = [(f"{number}.csv", CONTENT) for number in range(1000)]
    hidden = [("__MACOSX/courses.csv", b""), ("._courses.csv", b""), ("courses.csv/", b"")]
    assert unpacked(packed(tmp_path, ("courses.csv", CONTENT), *others, *hidden)) == {
        "courses.csv": CONTENT
    }


@pytest.mark.parametrize("name", ["../../courses.csv", "/etc/courses.csv", "..\\..\\courses.csv"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    assert unpacked(packed(tmp_path, (name, CONTENT))) == {"courses.csv": CONTENT}
    assert {path.name for path in tmp_path.iterdir()} == {"courses.zip", "unpacked"}
    assert not (tmp_path.parent / "courses.csv").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("courses.csv")
    link.external_attr = 0o120777 << 16
    assert unpacked(packed(tmp_path, (link, b"/etc/passwd"))) == {}


def test_a_bomb_is_refused_and_stopped_early(tmp_path: Path) -> None:
    bomb = packed(tmp_path, ("courses.csv", b"0" * 50_000_000))
    assert bomb.stat().st_size < 100_000
    with pytest.raises(ArchiveTooLarge) as refused:
        unpacked(bomb, max_bytes=1 << 20)
    assert refused.value.data == {"file": "courses.zip", "limit": 1}
    assert (tmp_path / "unpacked" / "courses.csv").stat().st_size <= 3 << 20


def test_files_that_are_too_large_together_are_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("courses.csv", b"0" * 600), ("studentInfo.csv", b"0" * 600))
    with pytest.raises(ArchiveTooLarge):
        unpacked(archive, max_bytes=1000)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("courses.csv", b"0" * 50_000_000))
    content = archive.read_bytes()
    archive.write_bytes(content.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 10)))
    with pytest.raises((ArchiveTooLarge, NotAnArchive)):
        unpacked(archive, max_bytes=1 << 20)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("a/courses.csv", CONTENT), ("b/courses.csv", CONTENT))
    with pytest.raises(FileTwice) as refused:
        unpacked(archive)
    assert refused.value.data == {"file": "courses.zip", "name": "courses.csv"}


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "courses.zip").write_bytes(content)
    with pytest.raises(NotAnArchive) as refused:
        unpacked(tmp_path / "courses.zip")
    assert refused.value.data == {"file": "courses.zip"}


def test_an_encrypted_archive_is_named(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("courses.csv", CONTENT))
    content = bytearray(archive.read_bytes())
    content[6] |= 1  # the flag of the entry's own header
    content[content.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    with pytest.raises(NotAnArchive):
        unpacked(archive)


def test_a_damaged_archive_is_named_wherever_the_damage_is(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    noise = io.BytesIO(bytes(chance.randrange(256) for _ in range(300)) * 3)
    sound = packed(tmp_path, ("courses.csv", noise.getvalue())).read_bytes()
    for round in range(300):
        broken = bytearray(sound)
        broken[chance.randrange(len(broken))] = chance.randrange(256)
        folder = tmp_path / str(round)
        folder.mkdir()
        (folder / "courses.zip").write_bytes(broken)
        try:
            found = unpacked(folder / "courses.zip", max_bytes=1000)
        except (NotAnArchive, ArchiveTooLarge):
            continue
        assert found in ({}, {"courses.csv": noise.getvalue()})

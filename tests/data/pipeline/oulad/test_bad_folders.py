"""A folder that cannot be imported is refused as a whole, by name; nothing is written."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.accounts.models import User
from core.courses.models import Course, Submission
from core.errors import AppError
from data.pipeline.faults import (
    BrokenEncoding,
    BrokenQuotes,
    DuplicateColumn,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    MissingColumns,
    NoRows,
    NotText,
)
from data.pipeline.oulad import writing
from data.pipeline.oulad.files import FILES
from tests.data.pipeline.oulad.folders import Office, course, small, write

HEADER = b"id_assessment,id_student,date_submitted,is_banked,score\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "folder", small())


def assert_nothing_written(office: Office) -> None:
    assert office.rows(select(func.count(User.id))) == [(0,)]
    assert office.rows(select(func.count(Course.id))) == [(0,)]
    assert office.lake.generation() == 0


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_a_missing_file_is_named(desk_office: Office, folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink()
    with pytest.raises(FileMissing) as refused:
        desk_office.take_folder(folder)
    assert refused.value.data == {"file": f"{name}.csv"}
    assert_nothing_written(desk_office)


def test_a_folder_that_is_not_there_is_told_by_its_first_file(
    desk_office: Office, tmp_path: Path
) -> None:
    with pytest.raises(FileMissing):
        desk_office.take_folder(tmp_path / "elsewhere")
    assert_nothing_written(desk_office)


@pytest.mark.parametrize(
    ("file", "column"), [(file.name, column) for file in FILES for column in file.columns]
)
def test_a_missing_column_is_named(
    desk_office: Office, folder: Path, file: str, column: str
) -> None:
    rows = [{k: v for k, v in row.items() if k != column} for row in small()[file]]
    write(folder, {file: rows})
    with pytest.raises(MissingColumns) as refused:
        desk_office.take_folder(folder)
    assert refused.value.data["file"] == f"{file}.csv"
    assert refused.value.data["missing"] == column
    assert_nothing_written(desk_office)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileEmpty),
        (HEADER, NoRows),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, NotText),
        (HEADER + b"1,10,18,0,\xff\xfe78\n", BrokenEncoding),
        (HEADER + b'1,"10,18,0,78\n1,11,18,0,78\n', BrokenQuotes),
        (HEADER.replace(b"score", b"score,score") + b"1,10,18,0,78,79\n", DuplicateColumn),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(
    desk_office: Office, folder: Path, content: bytes, fault: type[AppError]
) -> None:
    (folder / "studentAssessment.csv").write_bytes(content)
    with pytest.raises(fault) as refused:
        desk_office.take_folder(folder)
    assert refused.value.data["file"] == "studentAssessment.csv"
    assert_nothing_written(desk_office)


def test_a_file_that_is_too_large_is_refused(desk_office: Office, folder: Path) -> None:
    with (folder / "studentInfo.csv").open("a") as file:
        file.truncate(1_100_000_000)  # a hole: no bytes on the disk
    with pytest.raises(FileTooLarge):
        desk_office.take_folder(folder)
    assert_nothing_written(desk_office)


def test_a_fault_while_writing_publishes_nothing_and_another_import_ends_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(writing, "write_submissions", stop)
        with pytest.raises(OSError, match="full"):
            office.take(small())
    assert office.lake.generation() == 0
    assert office.rows(select(func.count(Submission.id))) == [(0,)]
    if office.engine.dialect.name == "postgresql":  # one transaction; on SQLite, many short ones
        assert_nothing_written(office)
    office.take(small())
    assert office.lake.generation() == 1
    counts = [office.rows(select(func.count(one.id)))[0][0] for one in (User, Course, Submission)]
    assert counts == [2, 1, 3]


def test_another_encoding_and_another_delimiter_are_read(desk_office: Office, folder: Path) -> None:
    path = folder / "studentInfo.csv"
    path.write_text(path.read_text().replace(",", ";"), encoding="utf-16")
    assert desk_office.take_folder(folder)["studentInfo"].kept == 2


def test_further_columns_are_passed_over(desk_office: Office) -> None:
    files = {**small(), "courses": [course(note="x")]}
    assert desk_office.take(files)["courses"].kept == 1


def test_attributes_that_a_folder_lacks_are_absent(desk_office: Office) -> None:
    files = small()
    files["studentInfo"] = [
        {k: v for k, v in row.items() if k not in ("gender", "imd_band")}
        for row in files["studentInfo"]
    ]
    assert desk_office.take(files)["studentInfo"].kept == 2


def test_lists_of_clicks_are_set_aside_unread(desk_office: Office, folder: Path) -> None:
    (folder / "vle.csv").write_bytes(b"\0")
    (folder / "studentVle.csv").write_bytes(b"\0")
    told = desk_office.take_folder(folder)
    assert [told[name].as_dict()["fate"] for name in ("vle", "studentVle")] == ["set aside"] * 2
    assert told["vle"].rows_read == 0
    assert told["vle"].note.startswith("Lists and counts of clicks are not imported")

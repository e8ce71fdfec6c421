"""Imports as jobs: an upload is there until the import is recorded as ended."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core import clock
from core.db import reading, unit_of_work
from core.jobs import lease, queue, worker
from core.jobs.models import Job, JobKind, JobStatus
from data import uploads
from data.job_handlers import Platform, handlers
from data.lake import Lake
from tests.data.pipeline.oulad.folders import small, write
from tests.data.reports import Desk, row


@pytest.fixture
def platform(engine: Engine, tmp_path: Path) -> Platform:
    return Platform(
        engine=engine,
        lake=Lake(tmp_path / "lake"),
        uploads_dir=tmp_path / "uploads",
        quarantine_dir=tmp_path / "quarantine",
        pseudonym_key=b"key",
        max_import_bytes=2**20,
    )


def upload(platform: Platform, content: bytes) -> tuple[Path, int]:
    """A queued import of a file: where it lies, and the job."""
    path = uploads.save(platform.uploads_dir, "report.csv", io.BytesIO(content))
    payload = {"files": [{"name": "report.csv", "path": str(path)}], "language": "en"}
    with unit_of_work(platform.engine) as session:
        return path, queue.enqueue(session, JobKind.IMPORT_ADS, payload, created_by=None).id


def load(platform: Platform, job_id: int) -> Job:
    with reading(platform.engine) as session:
        return session.get_one(Job, job_id)


def test_an_import_whose_worker_is_killed_before_it_is_recorded_is_done_again(
    platform: Platform, desk: Desk
) -> None:
    _, job_id = upload(platform, desk.file("report.csv", [row()]).read_bytes())
    with unit_of_work(platform.engine) as session:
        job = lease.claim(session, "killed")
    assert job is not None
    handlers(platform)[JobKind.IMPORT_ADS](job, lambda _share, _step: None)
    with clock.moved(timedelta(hours=2)):
        assert worker.run_one(platform.engine, handlers(platform))
    job = load(platform, job_id)
    assert job.status is JobStatus.SUCCEEDED
    assert job.result is not None
    assert job.result["files"][0]["duplicate"] == 1


def test_uploads_go_once_their_import_has_ended_well_or_not(platform: Platform, desk: Desk) -> None:
    sound, _ = upload(platform, desk.file("report.csv", [row()]).read_bytes())
    faulty, job_id = upload(platform, b"")
    for _ in range(2):
        worker.run_one(platform.engine, handlers(platform))
    assert load(platform, job_id).status is JobStatus.FAILED
    waiting, _ = upload(platform, b"")
    with clock.moved(timedelta(hours=2)):
        worker.run_now(platform.engine, handlers(platform), JobKind.SYNC, {})
    assert [path.exists() for path in (sound, faulty, waiting)] == [False, False, True]


def zipped(folder: Path) -> bytes:
    """A folder's files as an archive, in one folder of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"oulad/{path.name}")
    return packed.getvalue()


def upload_courses(platform: Platform, content: bytes) -> tuple[Path, int]:
    """A queued import of an archive: where it lies, and the job."""
    path = uploads.save(platform.uploads_dir, "oulad.zip", io.BytesIO(content))
    payload = {"archive": str(path), "name": "oulad.zip", "language": "en"}
    with unit_of_work(platform.engine) as session:
        return path, queue.enqueue(session, JobKind.IMPORT_OULAD, payload, created_by=None).id


def test_an_uploaded_archive_of_courses_is_imported_and_swept(
    platform: Platform, tmp_path: Path
) -> None:
    content = zipped(write(tmp_path / "folder", small()))
    path, job_id = upload_courses(platform, content)
    waiting, _ = upload_courses(platform, content)
    assert worker.run_one(platform.engine, handlers(platform))
    job = load(platform, job_id)
    assert (job.status, job.error) == (JobStatus.SUCCEEDED, None)
    assert job.result is not None
    assert {told["file"]: told["kept"] for told in job.result["files"]} == {
        "courses.csv": 1,
        "assessments.csv": 3,
        "studentInfo.csv": 2,
        "studentRegistration.csv": 2,
        "studentAssessment.csv": 3,
    }
    with clock.moved(timedelta(hours=2)):
        worker.run_now(platform.engine, handlers(platform), JobKind.SYNC, {})
    assert [path.exists(), waiting.exists()] == [False, True]
    assert [one for one in platform.uploads_dir.iterdir() if one != waiting.parent] == []


def test_an_archive_that_is_none_ends_the_job_with_a_sentence(platform: Platform) -> None:
    _, job_id = upload_courses(platform, b"no archive")
    worker.run_one(platform.engine, handlers(platform))
    job = load(platform, job_id)
    assert job.error is not None
    assert (job.status, job.error["code"]) == (JobStatus.FAILED, "not_an_archive")
    assert job.error["data"] == {"file": "oulad.zip"}


def test_an_archive_that_lacks_a_file_names_it(platform: Platform, tmp_path: Path) -> None:
    folder = write(tmp_path / "folder", small())
    (folder / "studentInfo.csv").unlink()
    _, job_id = upload_courses(platform, zipped(folder))
    worker.run_one(platform.engine, handlers(platform))
    job = load(platform, job_id)
    assert job.error is not None
    assert (job.error["code"], job.error["data"]) == ("file_missing", {"file": "studentInfo.csv"})


def cut(path: Path) -> None:
    """Keep the first half of a file, as a copy that ended early does."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    """Change bytes in a file's middle; its mark at both ends stays."""
    content = bytearray(path.read_bytes())
    content[40:-200] = bytes(255 - one for one in content[40:-200])
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, garble, Path.unlink], ids=["cut", "garbled", "lost"])
def test_a_damaged_file_of_the_lake_ends_an_import_by_its_name(
    platform: Platform, desk: Desk, damage: Callable[[Path], None]
) -> None:
    upload(platform, desk.file("report.csv", [row(spend=1)]).read_bytes())
    worker.run_one(platform.engine, handlers(platform))
    (file,) = platform.lake.files.glob("ads_rows-*")
    damage(file)
    _, job_id = upload(platform, desk.file("report.csv", [row(spend=2)]).read_bytes())
    worker.run_one(platform.engine, handlers(platform))
    job = load(platform, job_id)
    assert job.error is not None
    assert (job.status, job.error["code"]) == (JobStatus.FAILED, "lake_damaged")
    assert job.error["data"] == {"file": f"files/{file.name}"}

"""What a person may ask of the data platform: each request is checked, recorded and queued."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from core.accounts.access import Area, Principal, Role
from core.audit import trail
from core.errors import Forbidden
from core.jobs import queue
from core.jobs.errors import NoFileChosen, SampleWorldBusy
from core.jobs.models import Job, JobKind

_SAMPLE = (JobKind.LOAD_SAMPLE, JobKind.REMOVE_SAMPLE, JobKind.ADVANCE_SAMPLE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits for its import: the name its owner gave it, and where it lies."""

    name: str
    path: str


def import_ads(
    session: Session,
    principal: Principal,
    uploads: Sequence[Upload],
    language: str,
    choices: Mapping[str, Any] | None = None,
) -> Job:
    """Queue the import of ad exports; for everyone who opens the Data page.

    Reasons in the files of refused rows are written in ``language``; ``choices`` are what the
    person said where the files leave it open: ``dates`` and ``rates``.
    """
    principal.require(Area.DATA)
    if not uploads:
        raise NoFileChosen(field="files")
    payload: dict[str, Any] = {
        "files": [asdict(upload) for upload in uploads],
        "language": language,
    }
    if choices:
        payload["choices"] = dict(choices)
    names = [upload.name for upload in uploads]
    return _queue(session, principal, JobKind.IMPORT_ADS, payload, files=names)


def import_oulad(session: Session, principal: Principal, upload: Upload, language: str) -> Job:
    """Queue the import of courses and their learners, a zip; for those who see all data.

    Reasons in the files of refused rows are written in ``language``.
    """
    if not principal.sees_all(Area.DATA):
        raise Forbidden(area=Area.DATA.value)
    payload = {"archive": upload.path, "name": upload.name, "language": language}
    return _queue(session, principal, JobKind.IMPORT_OULAD, payload, files=[upload.name])


def sync(session: Session, principal: Principal) -> Job:
    """Queue a new generation from the records; for those who see all data."""
    if not principal.sees_all(Area.DATA):
        raise Forbidden(area=Area.DATA.value)
    return _queue(session, principal, JobKind.SYNC, {})


def load_sample(session: Session, principal: Principal) -> Job:
    """Queue the loading of the sample world; for administrators."""
    return _sample(session, principal, JobKind.LOAD_SAMPLE)


def remove_sample(session: Session, principal: Principal) -> Job:
    """Queue the removal of everything that is marked as sample; for administrators."""
    return _sample(session, principal, JobKind.REMOVE_SAMPLE)


def advance_sample(session: Session, principal: Principal, days: int) -> Job:
    """Queue that the sample world is played on by some days; for administrators."""
    return _sample(session, principal, JobKind.ADVANCE_SAMPLE, {"days": days})


def _sample(
    session: Session, principal: Principal, kind: JobKind, payload: dict[str, Any] | None = None
) -> Job:
    if Role.ADMIN not in principal.roles:
        raise Forbidden(area=Area.DATA.value)
    if queue.any_open(session, _SAMPLE):
        raise SampleWorldBusy(kind=kind.value)
    return _queue(session, principal, kind, payload or {})


def _queue(
    session: Session,
    principal: Principal,
    kind: JobKind,
    payload: dict[str, Any],
    **details: Any,
) -> Job:
    job = queue.enqueue(session, kind, payload, created_by=principal.user_id)
    trail.record(session, principal.user_id, f"job.{kind.value}", f"job/{job.id}", **details)
    return job

"""Files of lessons: kept once by their hash, and given only to those who may see the lesson."""

import hashlib
import os
import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.courses import study_queries
from core.courses.errors import LessonFileMissing
from core.courses.lesson_content import file_name, media_type
from core.courses.study_models import LessonFile
from core.errors import NotFound

ADDED = "lesson_file.added"
REMOVED = "lesson_file.removed"


def add(
    session: Session, principal: Principal, lesson_id: int, name: str, content: bytes, folder: Path
) -> None:
    """Add a file to a lesson of a course that the person teaches; one of the name is replaced.

    Raises NotFound for every other lesson, FileTooLarge and UnknownFileKind.
    """
    _taught(session, principal, lesson_id)
    kept_name = file_name(name)
    kind = media_type(kept_name, content)
    digest = hashlib.sha256(content).hexdigest()
    _keep(_path(folder, digest), content)
    _forget(session, lesson_id, kept_name)
    made = LessonFile(
        lesson_id=lesson_id,
        name=kept_name,
        media_type=kind,
        size_bytes=len(content),
        sha256=digest,
        added_at=clock.now(),
    )
    session.add(made)
    trail.record(session, principal.user_id, ADDED, f"lesson/{lesson_id}", name=kept_name)
    session.flush()


def remove(session: Session, principal: Principal, lesson_id: int, name: str) -> None:
    """Take a file away from a lesson; its bytes stay for whoever else has the same."""
    _taught(session, principal, lesson_id)
    _forget(session, lesson_id, name)
    trail.record(session, principal.user_id, REMOVED, f"lesson/{lesson_id}", name=name)


def content(session: Session, principal: Principal, file_id: int, folder: Path) -> bytes:
    """A file's bytes, for those who may see its lesson; NotFound for everybody else."""
    principal.require(Area.MY_COURSES)
    file = study_queries.visible_file(session, principal, file_id)
    if file is None:
        raise NotFound(file_id=file_id)
    try:
        return _path(folder, file.sha256).read_bytes()
    except FileNotFoundError:
        raise LessonFileMissing(name=file.name) from None


def _taught(session: Session, principal: Principal, lesson_id: int) -> None:
    principal.require(Area.COHORTS)
    if study_queries.taught_lesson(session, principal, lesson_id, for_change=True) is None:
        raise NotFound(lesson_id=lesson_id)


def _forget(session: Session, lesson_id: int, name: str) -> None:
    for file in study_queries.files_of(session, lesson_id):
        if file.name == name:
            session.delete(file)
    session.flush()


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _keep(path: Path, content: bytes) -> None:
    """Write the bytes whole or not at all; the same bytes are there already."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)

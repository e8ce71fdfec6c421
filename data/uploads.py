"""Uploaded files on their way to an import."""

import re
import shutil
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

_UNSAFE = re.compile(r"[^\w.\- ]+")
_LONGEST = 120  # bytes; a system's longest name has twice as many
_YOUNG = timedelta(hours=1)


def save(folder: Path, name: str, stream: BinaryIO) -> Path:
    """Keep an uploaded file in a folder of its own; its name loses whatever a path could abuse."""
    safe = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).lstrip(".")
    safe = safe.encode()[:_LONGEST].decode(errors="ignore") or "upload"
    path = folder / uuid.uuid4().hex / safe
    path.parent.mkdir(parents=True)
    try:
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
    except OSError:
        shutil.rmtree(path.parent, ignore_errors=True)  # what a full disk needs most is room
        raise
    return path


def sweep(folder: Path, needed: Iterable[Path], now: datetime) -> None:
    """Forget every upload that is not among the needed files and is older than an hour.

    A younger one may wait for its import to be queued. Files that lie directly in
    ``folder`` are nobody's upload and are left alone.
    """
    kept = {path.parent.name for path in needed}
    for upload in folder.glob("*/"):
        if upload.name not in kept and now - _since(upload) > _YOUNG:
            shutil.rmtree(upload, ignore_errors=True)


def _since(upload: Path) -> datetime:
    """When the upload was made; never, where another worker has just forgotten it."""
    try:
        return datetime.fromtimestamp(upload.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)

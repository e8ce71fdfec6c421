"""Uploaded files on their way to an import."""

import re
import shutil
import uuid
from pathlib import Path
from typing import BinaryIO

_UNSAFE = re.compile(r"[^\w.\- ]+")


def save(folder: Path, name: str, stream: BinaryIO) -> Path:
    """Keep an uploaded file in a folder of its own; its name loses whatever a path could abuse."""
    safe = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).lstrip(".")[:120] or "upload"
    path = folder / uuid.uuid4().hex / safe
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file)
    return path


def discard(folder: Path, path: Path) -> None:
    """Forget an uploaded file after its import; a path outside ``folder`` is left alone."""
    if path.resolve().is_relative_to(folder.resolve()):
        shutil.rmtree(path.parent, ignore_errors=True)

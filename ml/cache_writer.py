"""Writes the files of the models that answer: a version is seen whole or not at all.

A version is a folder ``<name>/<version>/`` of files and a manifest with their SHA-256;
``<name>/current.json`` names the one that answers and its manifest's digest.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ml.cache import CURRENT, MANIFEST, MODEL, SERVED


@dataclass(frozen=True, slots=True)
class Package:
    """What is promoted: a version's files, and what readers are told of it."""

    name: str
    version: int
    algorithm: str
    trained_at: datetime
    onnx: bytes = field(repr=False)
    served: Mapping[str, Any] = field(repr=False)


def write(folder: Path, package: Package) -> str:
    """Put a version's files in place, whole or not at all; the manifest's SHA-256.

    A version that is there and sound stays as it is; a damaged one is replaced.
    """
    files = {
        MODEL: package.onnx,
        SERVED: json.dumps(package.served, sort_keys=True).encode(),
    }
    manifest = _manifest(package, files)
    place = folder / package.name / str(package.version)
    digest = hashlib.sha256(manifest).hexdigest()
    if not _is_sound(place, {**files, MANIFEST: manifest}):
        _place(place, {**files, MANIFEST: manifest})
    return digest


def point(folder: Path, name: str, version: int, manifest_digest: str) -> None:
    """Let a version that was written answer from now on."""
    told = {"version": version, "manifest_sha256": manifest_digest}
    draft = folder / name / f".{uuid.uuid4().hex}.draft"
    _write_file(draft, json.dumps(told).encode())
    os.replace(draft, folder / name / CURRENT)  # noqa: PTH105 - the drill counts this call
    _sync_folder(folder / name)


@contextmanager
def writing(folder: Path, name: str) -> Iterator[None]:
    """Hold a model's writer lock, and first remove what a killed writer left."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in place.glob(".*.draft"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        yield


def _manifest(package: Package, files: Mapping[str, bytes]) -> bytes:
    told = {
        "name": package.name,
        "version": package.version,
        "algorithm": package.algorithm,
        "trained_at": package.trained_at.isoformat(),
        "files": {
            file: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for file, content in files.items()
        },
    }
    return json.dumps(told, indent=2, sort_keys=True).encode()


def _is_sound(place: Path, files: Mapping[str, bytes]) -> bool:
    try:
        return all((place / file).read_bytes() == content for file, content in files.items())
    except OSError:
        return False


def _place(place: Path, files: Mapping[str, bytes]) -> None:
    draft = place.parent / f".{uuid.uuid4().hex}.draft"
    draft.mkdir(parents=True)
    for file, content in files.items():
        _write_file(draft / file, content)
    _sync_folder(draft)
    if place.exists():  # damaged: nobody could read it
        shutil.rmtree(place)
    os.replace(draft, place)  # noqa: PTH105 - the drill counts this call
    _sync_folder(place.parent)


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

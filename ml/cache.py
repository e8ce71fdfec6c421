"""The models that answer, as files beside the web process: written whole, read by digest.

A version is a folder ``<name>/<version>/`` of files and a manifest with their SHA-256;
``<name>/current.json`` names the version that answers and the manifest's own digest. Both
appear by one rename, so that a reader sees a version whole or not at all.
"""

import fcntl
import hashlib
import json
import os
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.artifact import Matrix, Scorer
from ml.damage import ModelDamaged, PointerDamaged

MODEL, SERVED, MANIFEST, CURRENT = "model.onnx", "served.json", "manifest.json", "current.json"
_LOADED = 8  # versions kept in memory; the least recently asked goes first


@dataclass(frozen=True, slots=True)
class Package:
    """What is promoted: a version's files, and what readers are told of it."""

    name: str
    version: int
    algorithm: str
    trained_at: datetime
    onnx: bytes = field(repr=False)
    served: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version in memory. ``score`` gives probabilities (n,) of float32 rows (n, features)."""

    name: str
    version: int
    algorithm: str
    trained_at: datetime
    served: Mapping[str, Any] = field(repr=False)
    score: Scorer = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Current:
    version: int
    manifest: str  # its SHA-256


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


class ModelCache:
    """Reads the models that answer; follows a promotion by itself, safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._current: dict[str, tuple[tuple[int, ...], _Current]] = {}
        self._loaded: OrderedDict[tuple[str, _Current], Loaded] = OrderedDict()

    def version(self, name: str) -> int | None:
        """The version that answers under a name, or None before the first promotion."""
        current = self._pointer(name)
        return current.version if current else None

    def champion(self, name: str) -> Loaded | None:
        """The version that answers under a name, loaded once; None before the first promotion.

        Raises :class:`ModelDamaged` where a file is not what its digest says.
        """
        current = self._pointer(name)
        if current is None:
            return None
        key = (name, current)
        with self._lock:  # so that many who ask at once load it once
            if key not in self._loaded:
                self._loaded[key] = _load(self._folder, name, current)
            self._loaded.move_to_end(key)
            while len(self._loaded) > _LOADED:
                self._loaded.popitem(last=False)
            return self._loaded[key]

    def _pointer(self, name: str) -> _Current | None:
        """Who answers; the file is read again only when another one has taken its place."""
        path = self._folder / name / CURRENT
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        known = self._current.get(name)
        if known is None or known[0] != stamp:
            known = (stamp, _read_pointer(path, name))
            self._current[name] = known
        return known[1]


def _read_pointer(path: Path, name: str) -> _Current:
    try:
        told = json.loads(path.read_bytes())
        return _Current(int(told["version"]), str(told["manifest_sha256"]))
    except (ValueError, KeyError, TypeError) as fault:
        raise PointerDamaged(name=name, file=CURRENT) from fault


def _load(folder: Path, name: str, current: _Current) -> Loaded:
    def read(file: str, digest: str) -> bytes:
        try:
            content = (folder / name / str(current.version) / file).read_bytes()
        except OSError as fault:
            raise ModelDamaged(name=name, version=current.version, file=file) from fault
        if hashlib.sha256(content).hexdigest() != digest:
            raise ModelDamaged(name=name, version=current.version, file=file)
        return content

    manifest = json.loads(read(MANIFEST, current.manifest))
    onnx, served = (read(file, manifest["files"][file]["sha256"]) for file in (MODEL, SERVED))
    return Loaded(
        name=name,
        version=current.version,
        algorithm=manifest["algorithm"],
        trained_at=datetime.fromisoformat(manifest["trained_at"]),
        served=json.loads(served),
        score=scorer(onnx),
    )


def scorer(onnx: bytes) -> Scorer:
    """A function from float32 rows (n, features) to probabilities (n,); one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    (given,) = session.get_outputs()

    def score(rows: Matrix) -> NDArray[np.float32]:
        (answer,) = session.run([given.name], {taken.name: np.asarray(rows, np.float32)})
        return np.asarray(answer, np.float32).reshape(len(rows))

    return score


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
        os.replace(place, place.parent / f".{uuid.uuid4().hex}.draft")  # noqa: PTH105
    os.replace(draft, place)  # noqa: PTH105 - the drill counts these calls
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

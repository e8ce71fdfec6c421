"""Reads the models that answer, from files beside the web process, each checked by its digest.

``<name>/current.json`` names the version that answers and its manifest's SHA-256; the manifest
holds that of every file. Both appear by one rename (``ml/cache_writer.py``).
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
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
class Loaded:
    """A version in memory. ``score`` gives answers (n,) or (n, k) of float32 rows (n, features)."""

    name: str
    version: int
    algorithm: str
    trained_at: datetime
    served: Mapping[str, Any] = field(repr=False)
    score: Scorer = field(repr=False)

    def taking(self, features: Sequence[str]) -> Scorer | None:
        """The scorer of rows with these features; None where the version needs others.

        A version learned from the features of its day; what rows hold may have changed since.
        """
        needed = self.served["features"]
        if not set(needed) <= set(features):
            return None
        columns = [features.index(name) for name in needed]
        return lambda rows: self.score(rows[:, columns])


@dataclass(frozen=True, slots=True)
class _Current:
    version: int
    manifest: str  # its SHA-256


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

    def answers(self, name: str, version: int) -> bool:
        """Whether this very version answers, from files that are sound."""
        try:
            champion = self.champion(name)
        except ModelDamaged:
            return False
        return champion is not None and champion.version == version

    def _pointer(self, name: str) -> _Current | None:
        """Who answers; the file is read again only when another one has taken its place."""
        path = self._folder / name / CURRENT
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        except OSError as fault:  # such as a folder that may not be opened
            raise PointerDamaged(name=name, file=CURRENT) from fault
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
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, OSError) as fault:
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
    """A function from float32 rows (n, features) to answers (n,) or (n, k); one thread."""
    import onnxruntime as ort  # its own modules export nothing by name

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    (given,) = session.get_outputs()

    def score(rows: Matrix) -> NDArray[np.float32]:
        (answer,) = session.run([given.name], {taken.name: np.asarray(rows, np.float32)})
        told = np.asarray(answer, np.float32).reshape(len(rows), -1)
        return told[:, 0] if told.shape[1] == 1 else told

    return score

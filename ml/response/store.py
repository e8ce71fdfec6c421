"""Keeps what was learned of campaigns' responses: one file a generation and currency.

A file appears by one rename, so that a reader finds a whole one or none. It is an ``.npz``:
each array is checked by the archive's own checksum when it is read.
"""

import os
import re
import threading
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from core import i18n
from core.campaigns.learned import HORIZONS, Learned, Lesson, Response, ResponseMark
from core.errors import AppError
from ml.response.packing import packed, unpacked

_NAME = re.compile(r"([0-9]{8,})-([A-Z]{3})-([0-9a-f]{16})\.npz")
_KEPT = 2  # of each currency: a page may still be reading the one before
_REMEMBERED = 8  # horizons kept in memory; the least recently asked goes first


class ResponseDamaged(AppError):
    """The file of what was learned is not whole; it gives no answer."""

    code = "response_damaged"
    status = 503
    message = i18n.mark(
        "The file {file}, which holds what was learned from the campaigns' history, is damaged. "
        "Learn anew; that writes it again."
    )


class ResponseGone(AppError):
    """What was learned has been replaced meanwhile."""

    code = "response_gone"
    status = 410
    message = i18n.mark("What was learned has been replaced by newer. Reload the page.")


class ResponseStore:
    """Implements :class:`~core.campaigns.response_ports.Responses`; safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._read: OrderedDict[tuple[ResponseMark, int], Learned] = OrderedDict()

    def newest(self, currency: str) -> ResponseMark | None:
        """The latest response of a currency; see the port."""
        found = [mark for mark in self._marks() if mark.currency == currency]
        return max(found, key=lambda mark: mark.generation, default=None)

    def read(self, mark: ResponseMark, horizon_days: int) -> Learned:
        """One horizon of a response; see the port. Its arrays must not be written to."""
        key = (mark, horizon_days)
        with self._lock:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        learned = self._load(mark, horizon_days)
        with self._lock:
            self._read[key] = learned
            while len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        return learned

    def is_sound(self, mark: ResponseMark) -> bool:
        """Whether the whole of a response can be read."""
        try:
            with zipfile.ZipFile(self._path(mark)) as archive:
                return archive.testzip() is None
        except (OSError, zipfile.BadZipFile, zlib.error):
            return False

    def lesson(self, mark: ResponseMark) -> Lesson:
        """What a response was learned from. Raises as :meth:`read` does."""
        return self.read(mark, HORIZONS[0]).lesson

    def write(self, response: Response) -> None:
        """Keep a response, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(response.mark)
        draft = path.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as file:
            file.write(packed(response))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(self._folder)

    def sweep(self, currencies: Sequence[str]) -> None:
        """Remove responses that newer ones replace, and what a killed writer left.

        Only the one job that writes may ask for it.
        """
        for draft in self._folder.glob("*.draft"):
            draft.unlink(missing_ok=True)
        marks = sorted(self._marks(), key=lambda mark: -mark.generation)
        for currency in {mark.currency for mark in marks}:
            of_currency = [mark for mark in marks if mark.currency == currency]
            for mark in of_currency[_KEPT if currency in currencies else 0 :]:
                self._path(mark).unlink(missing_ok=True)

    def _marks(self) -> list[ResponseMark]:
        names = (_NAME.fullmatch(path.name) for path in self._folder.glob("*.npz"))
        return [ResponseMark(found[2], int(found[1]), found[3]) for found in names if found]

    def _path(self, mark: ResponseMark) -> Path:
        return self._folder / f"{mark.generation:08d}-{mark.currency}-{mark.fingerprint}.npz"

    def _load(self, mark: ResponseMark, horizon_days: int) -> Learned:
        path = self._path(mark)
        try:
            with zipfile.ZipFile(path) as archive:
                return unpacked(archive, mark, horizon_days)
        except FileNotFoundError as missing:
            raise ResponseGone(file=path.name) from missing
        except (OSError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError) as fault:
            raise ResponseDamaged(file=path.name) from fault


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

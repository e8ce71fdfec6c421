"""Unpacks an uploaded archive into a folder: nothing outside it, and no more than it may hold."""

import errno
import struct
import zipfile
import zlib
from collections.abc import Collection
from lzma import LZMAError
from pathlib import Path, PurePosixPath

from core.errors import Invalid
from core.i18n import mark

_SYMLINK = 0o120000
_KIND = 0o170000
_CHUNK = 1 << 20
# What the library raises for an archive that is damaged, encrypted or packed in an unknown way.
_FAULTS = (
    zipfile.BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


class NotAnArchive(Invalid):
    """The file cannot be opened as a zip archive."""

    code = "not_an_archive"
    message = mark("{file} is not a zip archive, or is damaged. Zip the folder again.")


class ArchiveTooLarge(Invalid):
    """The archive would unpack to more than this installation reads."""

    code = "archive_too_large"
    status = 413
    message = mark("{file} unpacks to more than {limit} MB, which is more than is read.")


class FileTwice(Invalid):
    """Two files of one name lie in the archive; which of them is meant cannot be told."""

    code = "file_twice"
    message = mark("{file} holds {name} more than once. Zip one folder only.")


def unpack(
    archive: Path, name: str, target: Path, *, wanted: Collection[str], max_bytes: int
) -> None:
    """Unpack the wanted files of an archive, which has the given ``name``, into a new folder.

    They may lie at the top of the archive or in one folder. Links and whatever else it holds
    are left out. Sizes are counted while unpacking, since an archive may lie about them.
    """
    target.mkdir()
    try:
        with zipfile.ZipFile(archive) as source:
            left = max_bytes
            for file, entry in _chosen(source, name, wanted).items():
                left -= _write(source, entry, target / file, left)
                if left < 0:
                    raise ArchiveTooLarge(file=name, limit=max_bytes >> 20)
    except _FAULTS as fault:
        raise NotAnArchive(file=name) from fault
    except OSError as fault:
        if fault.errno not in (None, errno.EINVAL):
            raise  # such as a full disk; the others are places that the archive does not have
        raise NotAnArchive(file=name) from fault


def _chosen(
    source: zipfile.ZipFile, name: str, wanted: Collection[str]
) -> dict[str, zipfile.ZipInfo]:
    """The entries to unpack, by the bare name under which they are written."""
    chosen: dict[str, zipfile.ZipInfo] = {}
    for entry in source.infolist():
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        is_link = (entry.external_attr >> 16) & _KIND == _SYMLINK
        is_of_macos = path.name.startswith("._") or "__MACOSX" in path.parts
        if path.name not in wanted or entry.is_dir() or is_link or is_of_macos:
            continue
        if path.name in chosen:
            raise FileTwice(file=name, name=path.name)
        chosen[path.name] = entry
    return chosen


def _write(source: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, most: int) -> int:
    """Write an entry, at most one chunk beyond ``most``; gives its bytes."""
    written = 0
    with source.open(entry) as packed, path.open("wb") as file:
        while written <= most and (chunk := packed.read(_CHUNK)):
            file.write(chunk)
            written += len(chunk)
    return written

"""Unpacks an uploaded archive into a folder: nothing outside it, and no more than it may hold."""

import zipfile
from pathlib import Path, PurePosixPath

from core.errors import Invalid
from core.i18n import mark

MOST_ENTRIES = 100
_SYMLINK = 0o120000
_CHUNK = 1 << 20


class NotAnArchive(Invalid):
    """The file cannot be opened as a zip archive."""

    code = "not_an_archive"
    message = mark("{file} is not a zip archive, or is damaged. Zip the folder again.")


class ArchiveTooLarge(Invalid):
    """The archive would unpack to more than this installation reads."""

    code = "archive_too_large"
    status = 413
    message = mark(
        "{file} unpacks to more than {limit} MB or {entries} files, which is more than is read."
    )


def unpack(archive: Path, name: str, target: Path, max_bytes: int) -> Path:
    """Unpack the CSV files of an archive; gives the folder in which they lie.

    They may lie at the top of the archive or in one folder. Links, folders and other files
    are left out. Sizes are counted while unpacking, since an archive may lie about them.
    """
    try:
        with zipfile.ZipFile(archive) as source:
            entries = [entry for entry in source.infolist() if _is_wanted(entry)]
            if len(entries) > MOST_ENTRIES:
                raise ArchiveTooLarge(file=name, limit=max_bytes >> 20, entries=MOST_ENTRIES)
            left = max_bytes
            for entry in entries:
                left -= _write(source, entry, target, left)
                if left < 0:
                    raise ArchiveTooLarge(file=name, limit=max_bytes >> 20, entries=MOST_ENTRIES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        if isinstance(fault, OSError) and not isinstance(fault, FileNotFoundError):
            raise  # such as a full disk: no fault of the archive
        raise NotAnArchive(file=name) from fault
    return target


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    is_link = (entry.external_attr >> 16) & 0o170000 == _SYMLINK
    path = PurePosixPath(entry.filename)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not (entry.is_dir() or is_link or is_hidden) and path.suffix.lower() == ".csv"


def _write(source: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Write an entry under its bare name, at most one chunk beyond ``most``; gives its bytes."""
    written = 0
    path = target / PurePosixPath(entry.filename.replace("\\", "/")).name
    with source.open(entry) as packed, path.open("wb") as file:
        while written <= most and (chunk := packed.read(_CHUNK)):
            file.write(chunk)
            written += len(chunk)
    return written

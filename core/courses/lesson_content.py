"""What a lesson may hold: a video's address, and files whose bytes are what their name says."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from core.courses.errors import FileTooLarge, UnknownFileKind, VideoAddress

LARGEST_FILE_BYTES = 25 * 2**20
_LONGEST_ADDRESS = 500
_LONGEST_NAME = 200
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# The bytes with which a file of each kind begins, and its media type.
_BEGINNINGS: dict[str, tuple[tuple[bytes, ...], str]] = {
    ".pdf": ((b"%PDF-",), "application/pdf"),
    ".png": ((b"\x89PNG\r\n\x1a\n",), "image/png"),
    ".jpg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".jpeg": ((b"\xff\xd8\xff",), "image/jpeg"),
    ".gif": ((b"GIF87a", b"GIF89a"), "image/gif"),
    ".mp3": ((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "audio/mpeg"),
    ".zip": ((b"PK\x03\x04",), "application/zip"),
    **{ending: ((b"PK\x03\x04",), kind) for ending, kind in _OFFICE.items()},
}
_PLAIN = {".txt": "text/plain", ".md": "text/markdown", ".csv": "text/csv"}
ENDINGS = tuple(ending.lstrip(".") for ending in (*_BEGINNINGS, *_PLAIN))
"""Endings of the files a lesson takes."""


def video_address(typed: str) -> str | None:
    """The address of a video, None where nothing is typed; raises :class:`VideoAddress`.

    Only https, and no name or password in it: whoever may read the lesson would read them.
    """
    address = typed.strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        is_good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_good = False
    if not is_good or len(address) > _LONGEST_ADDRESS or any(c.isspace() for c in address):
        raise VideoAddress(address=address[:100])
    return address


def media_type(name: str, content: bytes) -> str:
    """The media type of a file, told by its ending and held against its first bytes.

    Raises :class:`FileTooLarge` and :class:`UnknownFileKind`.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise FileTooLarge(name=name[:100], most=LARGEST_FILE_BYTES // 2**20)
    ending = PurePosixPath(name).suffix.lower()
    if ending in _PLAIN and _is_text(content):
        return _PLAIN[ending]
    beginnings, kind = _BEGINNINGS.get(ending, ((), ""))
    begins = any(content.startswith(beginning) for beginning in beginnings)
    is_office = ending not in _OFFICE or b"[Content_Types].xml" in content
    if not begins or not is_office:
        raise UnknownFileKind(name=name[:100], endings=", ".join(ENDINGS))
    return kind


def file_name(given: str) -> str:
    """A file's name without folders and signs that no file system takes."""
    bare = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in bare if sign.isprintable() and sign not in ':*?"<>|').strip()
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[-_LONGEST_NAME:]


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content

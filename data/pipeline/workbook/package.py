"""The parts of a workbook's zip: opened and counted while unpacking, since sizes may lie."""

import errno
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from struct import error as struct_error
from typing import Any
from xml.parsers import expat

from data.pipeline.workbook.faults import WorkbookDamaged, WorkbookTooLarge

_CHUNK = 1 << 18
_MOST_PARTS = 5_000
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_ID = f"{_RELATIONSHIPS} id"
_FAULTS = (
    zipfile.BadZipFile, zlib.error, LZMAError, struct_error, EOFError, NotImplementedError,
    RuntimeError, expat.ExpatError, ValueError, KeyError, IndexError, OverflowError,
)  # fmt: skip

Attributes = dict[str, str]
Starts = Callable[[str, Attributes], None]
Ends = Callable[[str], None]
Texts = Callable[[str], None]


class Package:
    """An open workbook; ``left`` counts the bytes that may still be unpacked from it."""

    def __init__(self, source: zipfile.ZipFile, name: str, max_bytes: int) -> None:
        self._source, self._name = source, name
        self._limit = self._left = max_bytes
        if len(source.infolist()) > _MOST_PARTS:
            raise WorkbookDamaged(file=name)

    def has(self, part: str) -> bool:
        """Whether the workbook has this part."""
        return part in self._source.NameToInfo

    def parse(self, part: str, starts: Starts, ends: Ends, texts: Texts | None = None) -> None:
        """Send a part's XML to the handlers, by local names; definitions of types are refused."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, given: starts(_local(tag), given)
        parser.EndElementHandler = lambda tag: ends(_local(tag))
        parser.StartDoctypeDeclHandler = self._refuse
        if texts:
            parser.CharacterDataHandler = texts
        for chunk in self._chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def relations(self, part: str) -> dict[str, str]:
        """The parts that a part refers to inside the workbook, by the ids it uses for them."""
        folder, file = posixpath.split(part)
        found: dict[str, str] = {}

        def starts(tag: str, given: Attributes) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                path = posixpath.join("/", folder, given["Target"])
                found[given["Id"]] = posixpath.normpath(path).lstrip("/")

        self.parse(f"{folder}/_rels/{file}.rels", starts, ignored)
        return found

    def _chunks(self, part: str) -> Iterator[bytes]:
        with self._source.open(part) as packed:
            while chunk := packed.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise WorkbookTooLarge(file=self._name, limit=self._limit // 1_000_000)
                yield chunk

    def _refuse(self, *_: Any) -> None:
        raise WorkbookDamaged(file=self._name)


@contextmanager
def opened(path: Path, name: str, max_bytes: int) -> Iterator[Package]:
    """The workbook at ``path``; whatever its zip or XML is wrong with becomes a named fault."""
    try:
        with zipfile.ZipFile(path) as source:
            yield Package(source, name, max_bytes)
    except _FAULTS as fault:
        raise WorkbookDamaged(file=name) from fault
    except OSError as fault:
        if fault.errno not in (None, errno.EINVAL):
            raise  # such as a full disk
        raise WorkbookDamaged(file=name) from fault


def ignored(_tag: str) -> None:
    """A handler for what says nothing."""


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]

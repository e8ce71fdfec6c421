"""The packages that office files are: zips whose bytes do not depend on when they were made."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo, is_zipfile

from lxml import etree

_LEVEL = 4  # smaller files cost more time than they save


def undated(package: bytes) -> bytes:
    """The same package with every entry dated alike: the library writes the current time."""
    content = BytesIO()
    with (
        ZipFile(BytesIO(package)) as old,
        ZipFile(content, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as new,
    ):
        for name in old.namelist():
            entry = ZipInfo(name)
            new.writestr(entry, old.read(name), ZIP_DEFLATED, _LEVEL)
    return content.getvalue()


def canonical(content: bytes) -> bytes:
    """The XML of a package in canonical form, part after part by name.

    What is no package is its own canonical form. Equal contents are equal here also when a
    library packs or orders them in another way.
    """
    if not is_zipfile(BytesIO(content)):
        return content
    with ZipFile(BytesIO(content)) as package:
        names = sorted(name for name in package.namelist() if name.endswith((".xml", ".rels")))
        return b"\n".join(_canonical_part(name, package.read(name)) for name in names)


def _canonical_part(name: str, part: bytes) -> bytes:
    return name.encode() + b"\n" + bytes(etree.tostring(etree.fromstring(part), method="c14n"))

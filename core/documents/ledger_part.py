"""The ledger as XML, and as a part inside the files of office programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

NAMESPACE = "urn:trellis:ledger:1"
_XML = "application/xml"


def as_xml(records: Sequence[Mapping[str, Any]], generation: int) -> bytes:
    """Canonical XML of a ledger's records: each source with its query, parameters and figures."""
    root = etree.Element("ledger", nsmap={None: NAMESPACE}, generation=str(generation))
    for record in records:
        _source(root, record)
    return bytes(etree.tostring(root, method="c14n"))


def _source(root: Any, record: Mapping[str, Any]) -> None:
    source = etree.SubElement(
        root,
        "source",
        key=record["source"],
        currency=record["currency"],
        rows=str(record["rows"]),
        sha256=record["rows_sha256"],
    )
    etree.SubElement(source, "query").text = record["query"]
    for parameter in record["parameters"]:
        etree.SubElement(source, "parameter").text = _plain(parameter)
    for figure in record["figures"]:
        about = {key: figure[key] for key in ("name", "aspect", "unit", "formula")}
        element = etree.SubElement(source, "figure", about)
        for value in figure["values"]:
            etree.SubElement(element, "value").text = _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)


def add_ledger(part: Any, folder: str, ledger: bytes) -> None:
    """Put the ledger into a package, related to its main part."""
    item = Part(PackURI(f"{folder}/ledger.xml"), _XML, ledger, part.package)
    part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)

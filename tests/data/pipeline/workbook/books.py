"""Workbooks written by hand, in the parts that spreadsheets and platforms write."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"

# Style 1 is a day of Excel's own, style 2 one that a person made up, style 3 an amount of days.
STYLES = f"""<styleSheet {_MAIN}><numFmts count="2">
<numFmt numFmtId="164" formatCode="[$-409]mmm\\ d\\,\\ yyyy"/>
<numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
</styleSheet>"""


def text(words: str) -> str:
    """A cell that holds its own text, as Google and Meta write them."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c t="inlineStr"><is><t>{plain}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    """A cell of a number as the file stores it."""
    return f'<c s="{style}"><v>{value}</v></c>'


def rows(*lines: Sequence[str]) -> str:
    """A sheet of rows of cells."""
    inside = "".join(f"<row>{''.join(line)}</row>" for line in lines)
    return f"<worksheet {_MAIN}><sheetData>{inside}</sheetData></worksheet>"


def book(
    sheets: Mapping[str, str],
    *,
    hidden: Sequence[str] = (),
    properties: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of these sheets, and of further parts by their names."""
    state = dict.fromkeys(hidden, 'state="hidden"')
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}" {state.get(name, "")}/>'
        for at, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_WORKSHEET}" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in enumerate(sheets, 1)
    )
    files = {
        "xl/workbook.xml": f"<workbook {_MAIN} {_RELATED}>{properties}"
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{related}</Relationships>",
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return out.getvalue()

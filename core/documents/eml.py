"""Renders the document model as an e-mail: plain text and HTML, ready to be sent."""

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from core.documents import house_style
from core.documents.errors import UnsafeHeader
from core.documents.model import (
    Block,
    Bullets,
    Chart,
    DocumentModel,
    Envelope,
    Heading,
    Paragraph,
    Section,
    Table,
    TextStyle,
)


def render(model: DocumentModel, ledger: bytes = b"") -> bytes:
    """An .eml with both bodies; equal inputs give equal bytes.

    Raises :class:`UnsafeHeader` for a line break in what becomes a header: it would add
    headers of the writer's own. The ledger stays in the records; its checksum goes along.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(model.title)
    if model.envelope is not None:
        _address(message, model.envelope)
    message["Date"] = format_datetime(model.created)
    message["Content-Language"] = model.language
    if ledger:
        message["X-Ledger-SHA256"] = hashlib.sha256(ledger).hexdigest()
    message.set_content(plain_text(model))
    message.add_alternative(html_text(model), subtype="html")
    # A boundary by chance would make every file another one.
    message.set_boundary(f"part-{hashlib.sha256(plain_text(model).encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _address(message: EmailMessage, envelope: Envelope) -> None:
    message["To"] = _mailbox(envelope.to_name, envelope.to_address)
    if envelope.from_address:
        message["From"] = _mailbox(envelope.from_name, envelope.from_address)


def _mailbox(name: str, address: str) -> Address:
    return Address(display_name=_line(name), addr_spec=_line(address))


def _line(text: str) -> str:
    if any(char in text for char in "\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        raise UnsafeHeader()
    return text


def plain_text(model: DocumentModel) -> str:
    """The message for whoever reads text alone."""
    parts = [part for section in model.sections for part in _plain_section(section)]
    return "\n\n".join(parts) + "\n"


def _plain_section(section: Section) -> list[str]:
    title = [section.title.upper()] if section.title else []
    return [*title, *(text for block in section.blocks if (text := _plain(block)))]


def _plain(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return block.text
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case Table():
            heads = [column.title for column in block.columns]
            return "\n".join(_plain_row(heads, row) for row in block.rows)
        case Chart():
            return block.alt
        case _:
            return ""


def _plain_row(heads: list[str], row: tuple[str, ...]) -> str:
    """A row as "name: head value; head value", which reads without columns."""
    told = [f"{head} {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell]
    return f"{row[0]}: {'; '.join(told)}"


def html_text(model: DocumentModel) -> str:
    """The message as HTML, without anything that is fetched from elsewhere."""
    body = "".join(_html_section(section) for section in model.sections)
    style = (
        f"font-family:{model.house.typeface.value},Calibri,Arial,sans-serif;font-size:15px;"
        f"line-height:1.5;color:#{house_style.INK};max-width:640px"
    )
    return (
        f'<!doctype html><html lang="{model.language}"><head><meta charset="utf-8">'
        f"<title>{escape(model.title)}</title></head>"
        f'<body><div style="{style}">{body}</div></body></html>'
    )


def _html_section(section: Section) -> str:
    title = f'<h2 style="font-size:17px">{escape(section.title)}</h2>' if section.title else ""
    return title + "".join(map(_html, section.blocks))


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f'<h3 style="font-size:15px">{escape(block.text)}</h3>'
        case Paragraph():
            small = f' style="font-size:12px;color:#{house_style.QUIET}"'
            text = escape(block.text).replace("\n", "<br>")
            return f"<p{small if block.style is TextStyle.NOTE else ''}>{text}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
        case Table():
            return _html_table(block)
        case Chart():
            return f"<p>{escape(block.alt)}</p>"
        case _:
            return ""


def _html_table(table: Table) -> str:
    head = "".join(_cell("th", one.title, one.is_number) for one in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            _cell("td", cell, column.is_number)
            for cell, column in zip(row, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    caption = f'<caption style="display:none">{escape(table.caption)}</caption>'
    return (
        f'<table style="border-collapse:collapse;font-size:14px">{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(tag: str, text: str, is_number: bool) -> str:
    align = "right" if is_number else "left"
    style = f"text-align:{align};padding:4px 10px;border-bottom:1px solid #{house_style.LINE}"
    scope = ' scope="col"' if tag == "th" else ""
    return f'<{tag}{scope} style="{style}">{escape(text)}</{tag}>'

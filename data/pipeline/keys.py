"""Keys: which campaign a row is about, and which row it is."""

import hashlib

import ibis
import ibis.expr.types as ir

from data.pipeline.recognition import Layout

BETWEEN = "\x1f"


def campaign_id(platform: str, account_id: str, external_id: str) -> int:
    """The stable number of a campaign: the first 15 hex digits of an MD5 of what names it."""
    text = BETWEEN.join((platform, account_id, external_id))
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def campaign_id_column(rows: ir.Table) -> ir.IntegerValue:
    """The same as :func:`campaign_id`, for every row."""
    named = joined([rows.platform, rows.account_id, rows.external_id])
    return (ibis.literal("0x") + named.hexdigest("md5").substr(0, 15)).cast("int64")


def row_key(parts: list[ir.StringValue]) -> ir.Value:
    """The key of a row: a 128-bit hash of the source and all its dimension columns."""
    return joined(parts).hexdigest("md5").cast("uuid")


def joined(parts: list[ir.StringValue]) -> ir.StringValue:
    """Texts joined so that no two different rows give the same; a missing one is empty."""
    return ibis.literal(BETWEEN).join([part.fill_null("") for part in parts])


def pairs(texts: dict[str, ir.StringValue]) -> ir.StringValue:
    """``name=value`` of every text that is there, in the order given; "" where none is."""
    if not texts:
        return ibis.literal("")
    # Joining skips a missing text together with its name.
    return ibis.literal(BETWEEN).join([ibis.literal(f"{name}=") + texts[name] for name in texts])


def origin(layout: Layout, source_relation: ir.StringValue) -> ir.StringValue:
    """Which report told a row: its source, its relation, and by which columns it breaks down.

    Two reports of one campaign-day at different detail must not be added up either.
    """
    detail = ",".join(layout.dimensions)
    if layout.column("currency"):
        detail += "+currency"
    return ibis.literal(f"{layout.source.name}|") + source_relation + ibis.literal(f"|{detail}")

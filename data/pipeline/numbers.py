"""How a file that people export writes its numbers: with a decimal point or a decimal comma."""

from collections.abc import Iterable, Mapping
from enum import Enum

import ibis
import ibis.expr.types as ir

from data.pipeline.faults import NumbersInTwoFormats
from data.pipeline.headings import COMMA_WORDS, fold

_MARK = r"^(--?|–|—|n/a|N/A)$"  # how platforms write that they tell nothing
_LONGEST_MARK = 3
_NOISE = r"[\s\x{00A0}\x{202F}'’€$£¥%]|^[A-Z]{3}|[A-Z]{3}$"


class Decimals(Enum):
    """Which sign parts the decimals; the other one may part thousands."""

    STRICT = "strict"  # a point, and nothing that parts thousands: files that programs write
    POINT = "point"
    COMMA = "comma"


_COMMA_SHOWN = r"(,\d{1,2}|,\d{4,}|^-?0,\d+|\.\d{3},\d+|\.\d{3}\.\d{3})$"
_POINT_SHOWN = r"(\.\d{1,2}|\.\d{4,}|^-?0\.\d+|,\d{3}\.\d+|,\d{3},\d{3})$"


def evidence(columns: Iterable[str], table: str, sample: int) -> str:
    """SQL of the first texts in ``table`` that can only have a comma, or only a point.

    It gives one row: text with a decimal comma, its column, the same of a decimal point.
    """
    parts = [
        f"""SELECT '{name.replace("'", "''")}' AS name,
                regexp_replace("{name.replace('"', '""')}", '{_NOISE.replace("'", "''")}', '', 'g')
                AS text FROM (SELECT * FROM {table} LIMIT {sample})"""
        for name in columns
    ]
    return f"""SELECT any_value(text) FILTER (regexp_matches(text, '{_COMMA_SHOWN}')),
            any_value(name) FILTER (regexp_matches(text, '{_COMMA_SHOWN}')),
            any_value(text) FILTER (regexp_matches(text, '{_POINT_SHOWN}')),
            any_value(name) FILTER (regexp_matches(text, '{_POINT_SHOWN}'))
        FROM ({" UNION ALL ".join(parts)})"""


def agreed_decimals(
    found: tuple[str | None, str | None, str | None, str | None],
    *,
    file: str,
    headings: Iterable[str],
    delimiter: str,
) -> Decimals:
    """The one way a file writes numbers, from what :func:`evidence` found.

    Where every number is whole, "1,234" is read as the headings' language writes it. Raises
    :class:`NumbersInTwoFormats` where both signs part decimals.
    """
    comma, comma_column, point, point_column = found
    if comma is not None and point is not None:
        raise NumbersInTwoFormats(
            file=file, value=comma, column=comma_column, other=point, other_column=point_column
        )
    if comma is not None or point is not None:
        return Decimals.COMMA if comma is not None else Decimals.POINT
    is_foreign = delimiter == ";" or any(fold(name) in COMMA_WORDS for name in headings)
    return Decimals.COMMA if is_foreign else Decimals.POINT


def number(text: ir.StringValue, decimals: Decimals, kind: str) -> ir.Value:
    """A text as a number of type ``kind``, null where it is none; missing marks were taken off."""
    if decimals is Decimals.STRICT:
        plain = ibis.ifelse(text.contains("_"), ibis.null("string"), text)  # 1_000 is no number
        return plain.try_cast(kind)
    bare = text.re_replace(_NOISE, "")
    thousands, point = (",", r"\.") if decimals is Decimals.POINT else (r"\.", ",")
    is_written_so = bare.re_search(rf"^[-+]?(\d+|\d{{1,3}}({thousands}\d{{3}})+)({point}\d+)?$")
    needs_care = text.contains("_") | text.contains(",")
    rewritten = bare.replace(",", "")
    if decimals is Decimals.COMMA:
        needs_care = needs_care | text.contains(".")
        rewritten = bare.replace(".", "").replace(",", ".")
    # Most numbers need no care, and patterns are dear.
    plain = ibis.ifelse(needs_care, ibis.null("string"), text).try_cast(kind)
    slow = ibis.ifelse(is_written_so, rewritten, ibis.null("string")).try_cast(kind)
    return plain.coalesce(slow)


def without_marks(texts: Mapping[str, ir.StringValue]) -> dict[str, ir.StringValue]:
    """Texts, null where a mark says that there is nothing.

    A list of marks to compare with would become a join, which loses the order of the rows.
    """
    return {
        name: ibis.ifelse(
            text.length() > _LONGEST_MARK,
            text,
            ibis.ifelse(text.re_search(_MARK), ibis.null("string"), text),
        )
        for name, text in texts.items()
    }

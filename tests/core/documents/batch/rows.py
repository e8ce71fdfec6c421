"""Forms' values written as the cells of a table, and tables of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.documents.batch.cells import PARTS
from core.documents.batch.order import Order
from core.documents.house import DEFAULT_HOUSE
from core.documents.schemas import Variable, VariableKind
from tests.core.documents.examples import EXAMPLES
from tests.core.documents.made import TEMPLATES

LETTER = "follow-up-email"
AT = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)


def cells(variables: Sequence[Variable], values: Mapping[str, Any]) -> dict[str, str]:
    """One form as headings and cells."""
    told: dict[str, str] = {}
    for variable in variables:
        value = values.get(variable.name)
        if value is None:
            continue
        if variable.kind in PARTS:
            parts = value if isinstance(value, Mapping) else {PARTS[variable.kind][0]: value}
            told |= {f"{variable.name}.{part}": str(one) for part, one in parts.items() if one}
        elif variable.kind is VariableKind.TABLE:
            names = [column.name for column in variable.columns]
            lines = ["|".join(str(row.get(name) or "") for name in names) for row in value]
            told[variable.name] = "\n".join(lines)
        elif isinstance(value, list):
            told[variable.name] = ";".join(map(str, value))
        else:
            told[variable.name] = str(value)
    return told


def table(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows as a CSV file; a heading for each name that one of them has."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def letters(number: int, **changed: str) -> list[dict[str, str]]:
    """Rows of e-mails that are in order, each with a title of its own."""
    form = cells(TEMPLATES[LETTER].variables, EXAMPLES[LETTER]["en"]) | changed
    return [form | {"title": f"Letter {at}"} for at in range(1, number + 1)]


def order(slug: str = LETTER, ending: str = "eml", **changed: Any) -> Order:
    """What a batch of a template of the product is made with."""
    template = TEMPLATES[slug]
    values: dict[str, Any] = {
        "slug": slug,
        "version": template.version,
        "document_type": template.document_type,
        "variables": template.variables,
        "rules": template.rules,
        "ending": ending,
        "language": "en",
        "words": "en",
        "author": "Jo Writer",
        "created": AT,
        "house": DEFAULT_HOUSE,
    }
    return Order(**(values | changed))

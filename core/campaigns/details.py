"""What a creative says and whom an audience holds, as lines of "name: value" that people write."""

from collections.abc import Mapping
from typing import Any

from core.errors import Invalid
from core.i18n import mark

MOST_LINES = 50
NAME_LIMIT = 100
VALUE_LIMIT = 1000
_SIGN = ":"


class BadLine(Invalid):
    """A line is not a name and a value with a colon between them."""

    code = "bad_line"
    message = mark("Line {number} needs a name and a value with a colon between them.")


class LongLine(Invalid):
    """A name or a value is longer than can be kept."""

    code = "long_line"
    message = mark(
        "Line {number} is too long: a name has up to {name_limit} characters, "
        "a value up to {value_limit}."
    )


class NameTwice(Invalid):
    """Two lines have the same name."""

    code = "name_twice"
    message = mark("Two lines are named “{name}”. Put both values on one line.")


class TooManyLines(Invalid):
    """There are more lines than can be kept."""

    code = "too_many_lines"
    message = mark("There can be {most} lines at most.")


def in_lines(details: Mapping[str, Any]) -> str:
    """Details as text, a line each; a list's values are separated by commas."""
    return "\n".join(f"{name}{_SIGN} {_written(value)}" for name, value in details.items())


def from_lines(text: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """Details from text; empty lines are skipped. Raises the Invalid error of the first fault.

    A value still written as in ``before`` keeps what it was, so that the numbers and lists
    that other programs wrote do not turn into text.
    """
    details: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, value = _split(line, number)
        if name in details:
            raise NameTwice(field="details", name=name)
        is_same = name in before and _written(before[name]) == value
        details[name] = before[name] if is_same else value
    if len(details) > MOST_LINES:
        raise TooManyLines(field="details", most=MOST_LINES)
    return details


def _split(line: str, number: int) -> tuple[str, str]:
    name, sign, value = (part.strip() for part in line.partition(_SIGN))
    if not (name and sign and value):
        raise BadLine(field="details", number=number)
    if len(name) > NAME_LIMIT or len(value) > VALUE_LIMIT:
        raise LongLine(
            field="details", number=number, name_limit=NAME_LIMIT, value_limit=VALUE_LIMIT
        )
    return name, value


def _written(value: Any) -> str:
    """A value on one line, whatever spaces and breaks it has."""
    if isinstance(value, list):
        return ", ".join(_written(one) for one in value)
    return " ".join(str(value).split())

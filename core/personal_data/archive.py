"""A zip of everything held on one person: a JSON file a table, and a README in words."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import IO, Any

from sqlalchemy import ColumnElement, String, Table, cast, literal, or_, select
from sqlalchemy.orm import Session

from core.accounts.models import User
from core.accounts.throttle import account_subject
from core.courses.models import Enrollment
from core.i18n import Language, mark
from core.migrations import schema
from core.personal_data.errors import TooMuchHeld
from core.personal_data.held import HELD, SECRET, Held, Key

MOST_BYTES = 200 * 1024 * 1024
"""Of JSON, before it is compressed; some hundred times what a busy learner leaves in a year."""

_AT_ONCE = 1000
_README = mark(
    "Everything held on {name}, as of {moment}.\n\n"
    "Each file holds the rows of one table as JSON; times are UTC. Where a file's name ends in "
    "a column, such as contacts-made_by.json, it holds what this person did to things of "
    "others: when and to what, without others' data.\n\n"
    "Not in here: secrets that would let somebody sign in as the person; the files of lessons; "
    "documents' files, which History gives; the warehouse, which is made from these rows and "
    "holds no name; mails that were sent, and backups.\n\n"
    "Rows in each file:"
)


def write(session: Session, user: User, out: IO[bytes], moment: datetime, t: Language) -> int:
    """Write the archive; gives the number of rows. TooMuchHeld over ``MOST_BYTES``."""
    tables = schema.metadata().tables  # of every noun, also of those nobody has asked yet
    counts: dict[str, int] = {}
    written = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for held in HELD:
            with archive.open(_entry(held.file, moment), "w") as file:
                counts[held.file] = 0
                for part in _lines(session, user, tables[held.table], held):
                    written += file.write(part.encode())
                    counts[held.file] += part.startswith(("{", ",\n"))
                    if written > MOST_BYTES:
                        raise TooMuchHeld(megabytes=MOST_BYTES // 2**20)
        archive.writestr("README.txt", _readme(user, counts, moment, t))
    return sum(counts.values())


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _lines(session: Session, user: User, table: Table, held: Held) -> Iterator[str]:
    """A table's rows as the parts of a JSON list."""
    columns = [table.c[name] for name in held.only] or [
        column for column in table.c if (held.table, column.name) not in SECRET
    ]
    query = select(*columns).where(_is_theirs(table, user, held)).order_by(*table.primary_key)
    yield "[\n"
    separator = ""
    for row in session.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings():
        yield separator + json.dumps(dict(row), default=_plain, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def _is_theirs(table: Table, user: User, held: Held) -> ColumnElement[bool]:
    column = table.c[held.column]
    own = select(Enrollment.id).where(Enrollment.user_id == user.id)
    match held.key:
        case Key.PERSON:
            return column == user.id
        case Key.ENROLMENT:
            return column.in_(own)
        case Key.ACCOUNT:
            return column == account_subject(user.email or "")
        case Key.SUBJECT:
            named = own.with_only_columns(literal("enrollment/") + cast(Enrollment.id, String))
            return or_(column == f"user/{user.id}", column.in_(named))


def _plain(value: Any) -> Any:
    """What JSON has no form for, in one; anything unexpected is a fault of this code."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Enum():
            return value.value
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _readme(user: User, counts: dict[str, int], moment: datetime, t: Language) -> str:
    head = t(_README, name=user.name, moment=t.moment(moment))
    return "\n".join([head, *(f"  {file}: {count}" for file, count in counts.items()), ""])

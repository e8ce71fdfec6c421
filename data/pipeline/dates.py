"""In which way a file writes its dates; never guessed where it could be one of two."""

import re
from collections.abc import Sequence
from enum import Enum

from core.imports.choices import DateOrder
from data.pipeline.faults import AmbiguousDates, DatesInTwoFormats


class DateFormat(Enum):
    """A way to write a date: the pattern of its text, and how it is rewritten as year-month-day."""

    YEAR_FIRST = (r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([ T].*)?$", r"\1-\2-\3", "YYYY-MM-DD")
    COMPACT = (r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", "YYYYMMDD")
    DAY_FIRST = (r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([ T].*)?$", r"\3-\2-\1", "DD/MM/YYYY")
    MONTH_FIRST = (r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([ T].*)?$", r"\3-\1-\2", "MM/DD/YYYY")

    @property
    def pattern(self) -> str:
        """The regular expression that a date written so matches."""
        return self.value[0]

    @property
    def rewritten(self) -> str:
        """The replacement that makes year-month-day of it."""
        return self.value[1]

    @property
    def shown(self) -> str:
        """The format as people write it."""
        return self.value[2]


_ORDERS = {
    DateOrder.DAY_FIRST: DateFormat.DAY_FIRST,
    DateOrder.MONTH_FIRST: DateFormat.MONTH_FIRST,
}


def agreed_format(
    texts: Sequence[tuple[str, int]], *, file: str, column: str, order: DateOrder | None = None
) -> DateFormat:
    """The one format of a column, from its distinct texts and the first row of each.

    A text in no known format is left to the row's own rules. ``order`` is what a person said
    where the dates do not tell. Raises :class:`DatesInTwoFormats` where two are used and
    :class:`AmbiguousDates` where no date, and nobody, shows which of day and month comes first.
    """
    seen: dict[DateFormat, tuple[str, int]] = {}
    undecided: tuple[str, int] | None = None
    for text, row in sorted(texts, key=lambda pair: pair[1]):
        form = _format(text)
        if form:
            seen.setdefault(form, (text, row))
        elif _is_exchangeable(text):
            undecided = undecided or (text, row)
    if len(seen) > 1 or (undecided and set(seen) & {DateFormat.YEAR_FIRST, DateFormat.COMPACT}):
        raise _two_formats(seen, undecided, file, column)
    if not seen and undecided and order:
        return _ORDERS[order]
    if not seen and undecided:
        raise AmbiguousDates(file=file, value=undecided[0], row=undecided[1], column=column)
    return next(iter(seen), DateFormat.YEAR_FIRST)


def _format(text: str) -> DateFormat | None:
    """The only format a text can be in; None where it is no date or could be in two."""
    for form in (DateFormat.YEAR_FIRST, DateFormat.COMPACT):
        if re.match(form.pattern, text):
            return form
    parts = re.match(DateFormat.DAY_FIRST.pattern, text)
    if not parts:
        return None
    first, second = int(parts[1]), int(parts[2])
    if "." in text[:6] and first <= 31 and second <= 12:
        return DateFormat.DAY_FIRST  # nobody writes the month before the day with dots
    if first > 12 >= second:
        return DateFormat.DAY_FIRST
    return DateFormat.MONTH_FIRST if second > 12 >= first else None


def _is_exchangeable(text: str) -> bool:
    parts = re.match(DateFormat.DAY_FIRST.pattern, text)
    return parts is not None and int(parts[1]) <= 12 and int(parts[2]) <= 12


def _two_formats(
    seen: dict[DateFormat, tuple[str, int]],
    undecided: tuple[str, int] | None,
    file: str,
    column: str,
) -> DatesInTwoFormats:
    first, *others = seen.items()
    text, row = others[0][1] if others else undecided or first[1]
    return DatesInTwoFormats(file=file, value=text, row=row, column=column, other=first[0].shown)

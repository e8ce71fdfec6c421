"""In which way a file writes its dates; never guessed where it could be one of two."""

import re
from collections.abc import Sequence
from enum import Enum

from core.imports.choices import DateOrder
from data.pipeline.faults import AmbiguousDates, DatesInTwoFormats

_S = "[ \u00a0\u202f]"
_WEEKDAY = rf"(?:[^\d\s,]+,?{_S})?"
_WORD_FIRST = rf"^{_WEEKDAY}([^\d\s,.]+)\.?{_S}(\d{{1,2}})(?:st|nd|rd|th)?,?{_S}(\d{{4}})$"
_DAY_THEN_WORD = (
    rf"^{_WEEKDAY}(\d{{1,2}})(?:\.|er|º)?(?:{_S}|-)(?:de{_S})?"
    rf"([^\d\s,.-]+)\.?,?(?:{_S}|-)(?:de{_S})?(\d{{4}})$"
)


class DateFormat(Enum):
    """A way to write a date: the pattern of its text, and how it is rewritten as year-month-day.

    Where the month is a word, the rewritten text still has the word.
    """

    YEAR_FIRST = (r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([ T].*)?$", r"\1-\2-\3", "YYYY-MM-DD")
    COMPACT = (r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", "YYYYMMDD")
    DAY_FIRST = (r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([ T].*)?$", r"\3-\2-\1", "DD/MM/YYYY")
    MONTH_FIRST = (r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([ T].*)?$", r"\3-\1-\2", "MM/DD/YYYY")
    WORD_FIRST = (_WORD_FIRST, r"\3-\1-\2", "Jan 5, 2026")
    DAY_THEN_WORD = (_DAY_THEN_WORD, r"\3-\2-\1", "5 Jan 2026")

    @property
    def pattern(self) -> str:
        """The regular expression that a date written so matches."""
        return self.value[0]

    @property
    def rewritten(self) -> str:
        """The replacement that makes year-month-day of it."""
        return self.value[1]

    @property
    def has_words(self) -> bool:
        """Whether the month is a word."""
        return self in _WITH_WORDS

    @property
    def shown(self) -> str:
        """The format as people write it."""
        return self.value[2]


_WITH_WORDS = (DateFormat.WORD_FIRST, DateFormat.DAY_THEN_WORD)
_EXCHANGEABLE = {DateFormat.DAY_FIRST, DateFormat.MONTH_FIRST}
MONTHS = {
    1: ("jan", "jän", "ene"),
    2: ("feb", "fév", "fev"),
    3: ("mar", "mär", "mrz"),
    4: ("apr", "avr", "abr"),
    5: ("may", "mai"),
    6: ("jun", "juin"),
    7: ("jul", "juil"),
    8: ("aug", "aoû", "aou", "ago"),
    9: ("sep",),
    10: ("oct", "okt"),
    11: ("nov",),
    12: ("dec", "déc", "dez", "dic"),
}
"""How the words of months begin in English, French, German and Spanish, in small letters."""
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
    if len(seen) > 1 or (undecided and set(seen) - _EXCHANGEABLE):
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
    for form in _WITH_WORDS:
        if (words := re.match(form.pattern, text)) and any(map(_is_month, words.groups())):
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


def _is_month(word: str) -> bool:
    return word.lower().startswith(tuple(begin for begins in MONTHS.values() for begin in begins))

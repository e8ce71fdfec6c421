"""One field for each kind of variable; each gives the value as the form's rules read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from components.labels import currency_name
from core.campaigns.periods import Period, named
from core.campaigns.schemas import CampaignChoice, Choices
from core.courses.schemas import CourseSummary
from core.documents.schemas import TableColumn, TemplateSummary, Variable, VariableKind
from core.i18n import Language

WIDE = (
    VariableKind.LONG_TEXT,
    VariableKind.CAMPAIGNS,
    VariableKind.LIST,
    VariableKind.TABLE,
    VariableKind.CHOICE,
)
_CAMPAIGNS_OFFERED = 500
_BESIDE = 3  # answers that fit beside each other
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "MXN", "ARS", "COP", "CLP")
_NUMBERS = (VariableKind.NUMBER, VariableKind.MONEY, VariableKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form fills in from records: campaigns' choices, courses, people."""

    choices: Choices | None  # None for a template without campaign figures
    courses: Sequence[CourseSummary]
    people: Mapping[str, str]  # name → e-mail address
    draft: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field being drawn."""

    template: TemplateSummary
    variable: Variable
    offered: Offered
    t: Language

    @property
    def key(self) -> str:
        """The widget's key."""
        return f"{self.template.slug}-{self.variable.name}"

    @property
    def label(self) -> str:
        """The variable's name, marked where it may stay empty."""
        label = self.t(self.variable.label)
        return label if self.variable.required else self.t("{label} (optional)", label=label)

    @property
    def named(self) -> dict[str, Any]:
        """What every widget has: a key of its own, and the help of its variable."""
        help_text = self.t(self.variable.help) if self.variable.help else None
        return {"key": self.key, "help": help_text}

    def kept_parts(self, typed: str) -> Mapping[str, Any]:
        """The draft's person or course; one that was typed is a text, here the part ``typed``."""
        kept = self.offered.draft.get(self.variable.name) or {}
        return {typed: kept} if isinstance(kept, str) else kept

    def begin(self, usual: Any) -> None:
        """The value to begin with, the draft's where there is one; what is typed stays."""
        if self.key not in st.session_state:
            kept = self.offered.draft.get(self.variable.name)
            st.session_state[self.key] = usual if kept is None else kept


def value_of(field: Field) -> Any:
    """Draw a field and give its value."""
    return _WIDGETS[field.variable.kind](field)


def _text(field: Field) -> str:
    is_title = field.variable.name == "title"
    field.begin(field.t(field.template.name) if is_title else "")
    return str(st.text_input(field.label, max_chars=field.variable.max_length, **field.named))


def _long_text(field: Field) -> str:
    field.begin("")
    limit = field.variable.max_length
    return str(st.text_area(field.label, max_chars=limit, height=110, **field.named))


def _lines(field: Field) -> list[str]:
    kept = field.offered.draft.get(field.variable.name) or []
    if field.key not in st.session_state:
        st.session_state[field.key] = "\n".join(kept)
    typed = str(st.text_area(field.label, height=110, **field.named))
    return [line for line in typed.split("\n") if line.strip()]


def _number(field: Field) -> float | None:
    kept = field.offered.draft.get(field.variable.name)
    if field.key not in st.session_state:
        st.session_state[field.key] = None if kept is None else float(kept)
    chosen: float | None = st.number_input(field.label, step=1.0, format="%0.2f", **field.named)
    return chosen


def _day(field: Field) -> str | None:
    kept = field.offered.draft.get(field.variable.name)
    if field.key not in st.session_state:
        st.session_state[field.key] = None if kept is None else date.fromisoformat(kept)
    chosen = st.date_input(field.label, format="YYYY-MM-DD", **field.named)
    return chosen.isoformat() if isinstance(chosen, date) else None


def _choice(field: Field) -> str | None:
    t, labels = field.t, {one.value: one.label for one in field.variable.options}
    field.begin(field.variable.options[0].value)
    if len(labels) > _BESIDE:  # on a telephone the last ones would be out of sight
        picked: str | None = st.selectbox(
            field.label, list(labels), format_func=lambda value: t(labels[value]), **field.named
        )
        return picked
    chosen: str | None = st.segmented_control(
        field.label,
        list(labels),
        format_func=lambda value: t(labels[value]),
        required=True,
        **field.named,
    )
    return chosen


def _campaigns(field: Field) -> list[int]:
    choices = _choices(field).campaigns[:_CAMPAIGNS_OFFERED]
    kept = set(field.offered.draft.get(field.variable.name) or ())
    if field.key not in st.session_state:
        st.session_state[field.key] = [one for one in choices if one.campaign_id in kept]
    chosen: list[CampaignChoice] = st.multiselect(
        field.label,
        choices,
        format_func=lambda choice: choice.label,
        placeholder=field.t("Every campaign"),
        **field.named,
    )
    return [choice.campaign_id for choice in chosen]


def _period(field: Field) -> Any:
    data = _choices(field).currencies[0].span
    usual = named(Period.FOUR_WEEKS, data.end)
    kept = field.offered.draft.get(field.variable.name)
    if field.key not in st.session_state:
        days = (kept["start"], kept["end"]) if kept else None
        st.session_state[field.key] = (
            tuple(map(date.fromisoformat, days))
            if days
            else (max(usual.start, data.start), data.end)
        )
    chosen = st.date_input(field.label, format="YYYY-MM-DD", **field.named)
    is_whole = isinstance(chosen, tuple) and len(chosen) == 2
    return {"start": str(chosen[0]), "end": str(chosen[1])} if is_whole else None


def _currency(field: Field) -> str | None:
    choices = field.offered.choices
    is_own = choices is None or not field.template.tells_campaign_figures
    codes = list(_CURRENCIES) if is_own else [choice.code for choice in _choices(field).currencies]
    kept = field.offered.draft.get(field.variable.name)
    if field.key not in st.session_state:
        st.session_state[field.key] = kept if kept in codes else codes[0]
    chosen: str | None = st.selectbox(
        field.label, codes, format_func=lambda code: currency_name(code, field.t), **field.named
    )
    return chosen


def _course(field: Field) -> Any:
    """A course of the records with its days, or one whose title is typed."""
    known = {
        one.title if one.code in one.title else f"{one.title} ({one.code})": one
        for one in field.offered.courses
    }
    kept = field.kept_parts("title")
    titles = {one.code: label for label, one in known.items()}
    if field.key not in st.session_state:
        st.session_state[field.key] = titles.get(str(kept.get("code")), kept.get("title"))
    chosen = _chosen_or_typed(field, list(known))
    if chosen is None or chosen not in known:
        return chosen
    course = known[chosen]
    ends = course.start_date + timedelta(weeks=course.duration_weeks)
    days = {"starts_on": course.start_date.isoformat(), "ends_on": ends.isoformat()}
    return {"title": course.title, "code": course.code, **days}


def _person(field: Field) -> Any:
    """Somebody of the records with their address, or a name that is typed."""
    people = field.offered.people
    kept = field.kept_parts("name")
    if field.key not in st.session_state:
        st.session_state[field.key] = kept.get("name")
    chosen = _chosen_or_typed(field, list(people))
    if chosen is None or chosen not in people:
        return chosen
    return {"name": chosen, "email": people[chosen]}


def _chosen_or_typed(field: Field, known: list[str]) -> str | None:
    typed = st.session_state.get(field.key)
    options = known if typed is None or typed in known else [*known, typed]
    chosen: str | None = st.selectbox(
        field.label,
        options,
        accept_new_options=True,
        placeholder=field.t("Choose or type"),
        **field.named,
    )
    return chosen


def _table(field: Field) -> list[dict[str, Any]]:
    """Rows that are typed like a sheet; the draft's are there to begin with."""
    columns = field.variable.columns
    begun = f"{field.key}-begun"
    if begun not in st.session_state:
        st.session_state[begun] = _rows(columns, field.offered.draft.get(field.variable.name))
    st.markdown(field.label, help=field.named["help"])
    edited: list[dict[str, Any]] = st.data_editor(
        st.session_state[begun],
        key=field.key,
        hide_index=True,
        num_rows="dynamic",
        placeholder="",
        column_config={column.name: _column(column, field.t) for column in columns},
        alt=field.label,
    )
    return [row for one in edited if (row := _row(one))]


def _rows(
    columns: Sequence[TableColumn], rows: Sequence[Mapping[str, Any]] | None
) -> list[dict[str, Any]]:
    """The draft's rows, or an empty one to begin with."""
    nothing = {column.name: None for column in columns}
    return [_typed(columns, row) for row in rows or ()] or [nothing]


def _typed(columns: Sequence[TableColumn], row: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's row as the sheet holds it."""
    values: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.name)
        if value is not None and column.kind is VariableKind.DATE:
            value = date.fromisoformat(value)
        values[column.name] = value
    return values


def _row(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What was typed into a row; a day as text, an empty cell left out."""
    told = {str(name): value for name, value in row.items() if not _is_empty(value)}
    return {name: str(v) if isinstance(v, date) else v for name, v in told.items()}


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value != value


def _column(column: TableColumn, t: Language) -> Any:
    label = t(column.label)
    if column.kind is VariableKind.DATE:
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if column.kind in _NUMBERS:
        return st.column_config.NumberColumn(label, min_value=0)
    return st.column_config.TextColumn(label, max_chars=300)


def _choices(field: Field) -> Choices:
    """The choices of campaigns, which the page has before it draws such a template."""
    if field.offered.choices is None:
        raise LookupError(field.variable.name)
    return field.offered.choices


_WIDGETS: dict[VariableKind, Callable[[Field], Any]] = {
    VariableKind.TEXT: _text,
    VariableKind.LONG_TEXT: _long_text,
    VariableKind.NUMBER: _number,
    VariableKind.CAMPAIGNS: _campaigns,
    VariableKind.PERIOD: _period,
    VariableKind.CURRENCY: _currency,
    VariableKind.MONEY: _number,
    VariableKind.PERCENT: _number,
    VariableKind.DATE: _day,
    VariableKind.CHOICE: _choice,
    VariableKind.LIST: _lines,
    VariableKind.TABLE: _table,
    VariableKind.COURSE: _course,
    VariableKind.PERSON: _person,
    VariableKind.ADDRESS: _text,
}

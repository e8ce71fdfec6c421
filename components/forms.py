"""A form built from what a template declares: one widget for each kind of variable."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import theme
from components.labels import currency_name
from core.campaigns.periods import Period, named
from core.campaigns.schemas import CampaignChoice, Choices
from core.documents.errors import InvalidForm
from core.documents.schemas import TemplateSummary, Variable, VariableKind
from core.i18n import LANGUAGES, Language, language

Submit = Callable[[dict[str, Any], str], None]

_CAMPAIGNS_OFFERED = 500
_WIDE = (VariableKind.LONG_TEXT, VariableKind.CAMPAIGNS)


def show(template: TemplateSummary, choices: Choices, t: Language, submit: Submit) -> None:
    """Draw a template's form; on sending, ``submit`` gets the values and the language.

    A value the template does not take is answered by a sentence under its own field.
    """
    values: dict[str, Any] = {}
    below: dict[str, Any] = {}
    with st.form(f"form-{template.slug}", enter_to_submit=False):
        grid = st.grid(2, min_column_width=260)
        for variable in template.variables:
            wide = variable.kind in _WIDE
            with grid.cell(column_span="all") if wide else grid.cell():
                values[variable.name] = _WIDGETS[variable.kind](template, variable, choices, t)
                below[variable.name] = st.empty()
        with grid.cell():
            written_in = _language(template, t)
        sent = st.form_submit_button(
            t("Make document"), type=theme.call_to_action(), icon=":material/note_add:"
        )
    if sent:
        try:
            submit(_titled(values, template, t, written_in), written_in)
        except InvalidForm as refused:
            for fault in refused.data["faults"]:
                below[fault.name].error(fault.sentence(t), icon=":material/error:")


def _titled(
    values: dict[str, Any], template: TemplateSummary, t: Language, written_in: str
) -> dict[str, Any]:
    """The values, with a title nobody has touched in the language of the document."""
    if values.get("title") != t(template.name):
        return values
    return values | {"title": language(written_in)(template.name)}


def _label(variable: Variable, t: Language) -> str:
    label = t(variable.label)
    return label if variable.required else t("{label} (optional)", label=label)


def _named(template: TemplateSummary, variable: Variable, t: Language) -> dict[str, Any]:
    """What every widget has: a key of its own, and the help of its variable."""
    help_text = t(variable.help) if variable.help else None
    return {"key": f"{template.slug}-{variable.name}", "help": help_text}


def _text(template: TemplateSummary, variable: Variable, _: Choices, t: Language) -> str:
    typed: str = st.text_input(
        _label(variable, t),
        value=t(template.name) if variable.name == "title" else "",
        max_chars=variable.max_length,
        **_named(template, variable, t),
    )
    return typed


def _long_text(template: TemplateSummary, variable: Variable, _: Choices, t: Language) -> str:
    typed: str = st.text_area(
        _label(variable, t),
        max_chars=variable.max_length,
        height=110,
        **_named(template, variable, t),
    )
    return typed


def _number(template: TemplateSummary, variable: Variable, _: Choices, t: Language) -> float | None:
    return st.number_input(
        _label(variable, t),
        value=None,
        min_value=0.0,
        step=0.5,
        format="%.2f",
        **_named(template, variable, t),
    )


def _campaigns(
    template: TemplateSummary, variable: Variable, choices: Choices, t: Language
) -> list[int]:
    chosen: list[CampaignChoice] = st.multiselect(
        _label(variable, t),
        choices.campaigns[:_CAMPAIGNS_OFFERED],
        format_func=lambda choice: choice.label,
        placeholder=t("Every campaign"),
        **_named(template, variable, t),
    )
    return [choice.campaign_id for choice in chosen]


def _period(template: TemplateSummary, variable: Variable, choices: Choices, t: Language) -> Any:
    data = choices.currencies[0].span
    usual = named(Period.FOUR_WEEKS, data.end)
    chosen = st.date_input(
        _label(variable, t),
        (max(usual.start, data.start), data.end),
        format="YYYY-MM-DD",
        **_named(template, variable, t),
    )
    return chosen if isinstance(chosen, tuple) and len(chosen) == 2 else ()


def _currency(template: TemplateSummary, variable: Variable, choices: Choices, t: Language) -> str:
    chosen: str = st.selectbox(
        _label(variable, t),
        [choice.code for choice in choices.currencies],
        format_func=lambda code: currency_name(code, t),
        **_named(template, variable, t),
    )
    return chosen


def _language(template: TemplateSummary, t: Language) -> str:
    """The document's language, the reader's own to begin with."""
    offered = list(template.languages)
    chosen: str | None = st.segmented_control(
        t("Language of the document"),
        offered,
        default=t.code if t.code in offered else offered[0],
        required=True,
        format_func=lambda code: LANGUAGES.get(code, code),
        key=f"{template.slug}-language",
    )
    return chosen or offered[0]


_WIDGETS: dict[VariableKind, Callable[[TemplateSummary, Variable, Choices, Language], Any]] = {
    VariableKind.TEXT: _text,
    VariableKind.LONG_TEXT: _long_text,
    VariableKind.NUMBER: _number,
    VariableKind.CAMPAIGNS: _campaigns,
    VariableKind.PERIOD: _period,
    VariableKind.CURRENCY: _currency,
}

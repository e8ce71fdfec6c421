"""A suggestion as a card: what to do, why, how sure, on what it rests, what would change it."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow.lib as pa
import streamlit as st

from components import labels
from core.campaigns.optimizer.suggestion import (
    Action,
    Amount,
    Answer,
    Basis,
    Effect,
    Estimate,
    Kind,
    Measure,
    Remark,
    Suggestion,
    TooThin,
)
from core.campaigns.optimizer.wording import amount, say
from core.i18n import MISSING, Language, mark

_NARROWEST = 170
_ROWS_SHOWN = 25
_NEARLY = 0.99
_ROW_HEIGHT = 36


def show(
    answer: Answer, title: str, t: Language, accept: Callable[[Suggestion], None] | None = None
) -> None:
    """The card; ``accept`` draws the way to take the suggestion."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        if isinstance(answer, TooThin):
            too_thin(answer, t)
        else:
            _suggestion(answer, t, accept)


def too_thin(answer: TooThin, t: Language) -> None:
    """Why there is no suggestion, and how much more it takes."""
    st.info(t("There is too little data for a suggestion."), icon=":material/hourglass_empty:")
    _list(t("Why"), answer.reasons, "", t)
    _list(t("What it takes"), answer.needs, "", t)
    if answer.basis is not None:
        st.caption(rests_on(answer.basis, "", t))


def _suggestion(
    answer: Suggestion, t: Language, accept: Callable[[Suggestion], None] | None
) -> None:
    effect(answer.effect, answer.currency, t)
    st.markdown(labels.literal(say(answer.why, t, answer.currency)))
    actions(answer.actions, answer.currency, t)
    if accept is not None:
        accept(answer)
    remarks(answer, t)


def effect(found: Effect, currency: str, t: Language) -> None:
    """The expected gain with its interval, and how likely it is one at all."""
    with st.grid(3, min_column_width=_NARROWEST):
        money = None if found.money is None else t.money(found.money, currency, 0)
        st.metric(
            t("Expected gain"),
            t.percent(found.mean, 1, signed=True),
            money,
            delta_arrow="off",
            delta_color="off",
            help=say(found.of, t, currency),
            border=True,
            height="stretch",
        )
        st.metric(
            t("90% interval"),
            interval(found.p05, found.p95, t),
            help=t("With nine chances in ten the gain lies in it."),
            border=True,
            height="stretch",
        )
        st.metric(
            t("Probability of a gain"), chance(found.p_gain, t), border=True, height="stretch"
        )
    st.caption(labels.literal(t("Gain: a share {of}.", of=say(found.of, t, currency))))


def chance(share: float, t: Language) -> str:
    """A probability; draws never make anything certain."""
    if share > _NEARLY:
        return t("over {share}", share=t.percent(_NEARLY, 0))
    if share < 1 - _NEARLY:
        return t("under {share}", share=t.percent(1 - _NEARLY, 0))
    return t.percent(share, 0)


def interval(low: float, high: float, t: Language) -> str:
    """Both ends of an interval of shares, with their signs."""
    return f"{t.percent(low, 1, signed=True)} … {t.percent(high, 1, signed=True)}"


def actions(found: Sequence[Action], currency: str, t: Language) -> None:
    """What to change as a table: now, then, the change and why."""
    columns: dict[str, list[str]] = {}
    if any(one.group for one in found):
        columns[t("Campaign")] = [one.group for one in found]
    columns |= {
        (t("Campaign") if found[0].measure is Measure.MONEY else t("What")): [
            one.subject for one in found
        ],
        t("Now"): [_written(one.now, one.measure, currency, t) for one in found],
        t("Then"): [_written(one.then, one.measure, currency, t) for one in found],
        t("Change"): [_change(one, t) for one in found],
        t("Why"): [say(one.why, t, currency) if one.why else MISSING for one in found],
    }
    table(columns, t("What to do"), right=(t("Now"), t("Then"), t("Change")))


def table(columns: dict[str, list[str]], alt: str, right: Sequence[str] = ()) -> None:
    """Texts as a table that is as high as its rows, up to 25."""
    count = len(next(iter(columns.values()), []))
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(alignment="right") for name in right
    }
    st.dataframe(
        pa.table(columns),
        hide_index=True,
        height=(_ROWS_SHOWN + 1) * _ROW_HEIGHT if count > _ROWS_SHOWN else "content",
        row_height=_ROW_HEIGHT,
        column_config=config,
        placeholder=MISSING,
        alt=alt,
    )


def _written(value: float, measure: Measure, currency: str, t: Language) -> str:
    digits = 1 if measure is Measure.SHARE else 0
    if measure is Measure.MONEY:
        return t.money(value, currency, 0)
    return amount(Amount(value, measure, digits), t, currency)


def _change(one: Action, t: Language) -> str:
    """Shares change by points, everything else by a share of itself."""
    if one.measure is Measure.SHARE:
        points = t.number(100 * (one.then - one.now), 1)
        sign = "+" if one.then > one.now and not points.startswith("0.0") else ""
        return t("{points} points", points=sign + points)
    if one.now <= 0:
        return MISSING
    return t.percent(one.then / one.now - 1, 0, signed=True)


def remarks(answer: Suggestion, t: Language) -> None:
    """What it rests on, what limits it, what would change its mind, all that was compared."""
    st.caption(rests_on(answer.basis, answer.currency, t, _PER[answer.kind]))
    with st.grid(2, min_column_width=320):
        with st.container():
            _list(t("Limits"), answer.limits, answer.currency, t)
        with st.container():
            _list(t("What would change its mind"), answer.doubts, answer.currency, t)
    if answer.estimates:
        with st.expander(t("Everything that was compared"), icon=":material/table:"):
            _estimates(answer.estimates, answer.currency, t)


def rests_on(basis: Basis, currency: str, t: Language, per: str = "") -> str:
    """The days, conversions and range of spend that it was learned from.

    ``per`` is the marked name of the time that the range is of; without it no range is told.
    """
    told = [
        t(
            "Rests on {days}, {first} – {last}",
            days=t.plural("{n} day", "{n} days", basis.days),
            first=t.date(basis.first_day),
            last=t.date(basis.last_day),
        )
    ]
    if basis.conversions is not None:
        told.append(t("{n} conversions", n=t.number(basis.conversions)))
    if basis.spend_low is not None and basis.spend_high is not None and per:
        low, high = (t.money(one, currency, 0) for one in (basis.spend_low, basis.spend_high))
        told.append(t("spend {low} to {high} {per}", low=low, high=high, per=t(per)))
    return labels.literal(" · ".join(told))


def _list(title: str, said: Sequence[Remark], currency: str, t: Language) -> None:
    if said:
        lines = [f"- {labels.literal(say(one, t, currency))}" for one in said]
        st.markdown(f"**{title}**\n" + "\n".join(lines))


def _estimates(found: Sequence[Estimate], currency: str, t: Language) -> None:
    """Everything compared with its interval, one table for each thing that is measured."""
    for of in dict.fromkeys(one.of.message for one in found):
        rows = [one for one in found if one.of.message == of]
        said = say(rows[0].of, t, currency)
        st.caption(labels.literal(said))
        columns: dict[str, list[str]] = {}
        if any(one.group for one in rows):
            columns[t("Campaign")] = [one.group for one in rows]
        columns |= {
            t("What"): [one.subject for one in rows],
            t("Expected"): [_estimated(one, one.mean, currency, t) for one in rows],
            t("5% are lower"): [_estimated(one, one.p05, currency, t) for one in rows],
            t("5% are higher"): [_estimated(one, one.p95, currency, t) for one in rows],
        }
        if any(one.p_best is not None for one in rows):
            columns[t("Best with")] = [t.percent(one.p_best, 0) for one in rows]
        table(columns, said, right=[*columns][-3:])


def _estimated(one: Estimate, value: float, currency: str, t: Language) -> str:
    digits = {Measure.MONEY: 2, Measure.SHARE: 1, Measure.MULTIPLE: 2, Measure.COUNT: 2}
    return amount(Amount(value, one.measure, digits[one.measure]), t, currency)


_PER = {
    Kind.BUDGET: mark("a day or week"),
    Kind.AUDIENCE: mark("a week"),
    Kind.CREATIVE: mark("a week"),
    Kind.TIMING: mark("a day"),
}
TITLES = {
    Kind.AUDIENCE: mark("Audiences within campaigns"),
    Kind.CREATIVE: mark("Creatives within campaigns"),
    Kind.TIMING: mark("Days of the week"),
}

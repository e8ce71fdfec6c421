"""What a person asks of a budget plan; all of it in the address, so that a link shares it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import labels
from core.campaigns.learned import MOST
from core.campaigns.optimizer.limits import BudgetLimits
from core.campaigns.optimizer.response import ResponseDraws
from core.i18n import Language, mark

_PERCENT = 100
_USUAL = (50, 150)  # percent of today's spend
_STEPS = (0, 10, 20, 30, 50)  # percent; 0 stands for no limit
_CAUTION = (0, 25, 50, 75, 100)
_CAUTION_NAMES = {
    0: mark("Best on average"),
    25: mark("A little careful"),
    50: mark("Careful"),
    75: mark("Very careful"),
    100: mark("Cautious"),
}
_COLUMN = 260


def show(draws: ResponseDraws, held_spend: float, t: Language) -> BudgetLimits:
    """Draw the limits and give what they mean."""
    names = dict(zip(draws.campaign_ids, draws.names, strict=True))
    with st.expander(t("Limits of the plan"), icon=":material/tune:"):
        with st.grid(3, min_column_width=_COLUMN):
            total = _total(float(draws.spend.sum()) + held_spend, draws.currency, t)
            least, most = _range(t("Spend of each campaign, % of today"), "range", t)
            step = _step(t)
            caution = _caution(t)
            reserve = _reserve(t)
            locked = _campaigns(t("Keep as they are"), "keep", names, t)
            own = _campaigns(t("Limits of their own"), "own", names, t)
        by_campaign = _own(own, names, t)
        types = _types(draws, t)
    return BudgetLimits(
        least=least,
        most=most,
        by_campaign=by_campaign,
        locked=frozenset(locked),
        total=total,
        type_most=types,
        largest_step=step,
        reserve=reserve,
        caution=caution,
    )


def _total(today: float, currency: str, t: Language) -> float | None:
    unit = labels.currency_unit(currency, t)
    return st.number_input(
        t("Total over these days ({unit})", unit=unit),
        min_value=0.0,
        value=None,
        step=100.0,
        format="%.2f",
        placeholder=t("As today: {amount}", amount=t.money(today, currency, 0)),
        key="total",
        bind="query-params",
    )


def _range(label: str, key: str, t: Language) -> tuple[float, float]:
    low, high = st.slider(
        label,
        0,
        int(MOST * _PERCENT),
        _USUAL,
        step=5,
        format="%d%%",
        help=t("100% is today's spend."),
        key=key,
        bind="query-params",
    )
    return low / _PERCENT, high / _PERCENT


def _step(t: Language) -> float | None:
    chosen = st.select_slider(
        t("Largest step of a campaign"),
        _STEPS,
        value=0,
        format_func=lambda percent: t("none") if percent == 0 else t.percent(percent / 100, 0),
        help=t("No campaign's spend changes by more than this share of itself."),
        key="step",
        bind="query-params",
    )
    return chosen / _PERCENT if chosen else None


def _caution(t: Language) -> float:
    chosen = st.select_slider(
        t("Risk"),
        _CAUTION,
        value=0,
        format_func=lambda percent: t(_CAUTION_NAMES[percent]),
        help=t(
            "Best on average takes the plan with the largest expected gain; cautious the one "
            "whose worst tenth is best. That loses less often, for a smaller gain."
        ),
        key="caution",
        bind="query-params",
    )
    return float(chosen / _PERCENT)


def _reserve(t: Language) -> float:
    chosen = st.slider(
        t("Kept for experiments, % of the total"),
        0,
        30,
        0,
        step=5,
        format="%d%%",
        key="reserve",
        bind="query-params",
    )
    return float(chosen / _PERCENT)


def _campaigns(label: str, key: str, names: Mapping[str, str], t: Language) -> Sequence[str]:
    chosen: list[str] = st.multiselect(
        label,
        list(names),
        format_func=names.__getitem__,
        placeholder=t("No campaign"),
        key=key,
        bind="query-params",
    )
    return [one for one in chosen if one in names]


def _own(
    chosen: Sequence[str], names: Mapping[str, str], t: Language
) -> dict[str, tuple[float, float]]:
    if not chosen:
        return {}
    with st.grid(3, min_column_width=_COLUMN):
        return {
            one: _range(
                t("{campaign}, % of today", campaign=labels.literal(names[one])), f"own-{one}", t
            )
            for one in chosen
        }


def _types(draws: ResponseDraws, t: Language) -> dict[str, float]:
    """The most that each type may spend, where there is more than one."""
    known = sorted({one for one in draws.types if one})
    if len(known) < 2:
        return {}
    unit = labels.currency_unit(draws.currency, t)
    caps = {}
    with st.grid(3, min_column_width=_COLUMN):
        for kind in known:
            caps[kind] = st.number_input(
                t("At most for {type} ({unit})", type=labels.type_name(kind, t), unit=unit),
                min_value=0.0,
                value=None,
                step=100.0,
                format="%.2f",
                placeholder=t("No cap"),
                key=f"cap-{kind}",
                bind="query-params",
            )
    return {kind: cap for kind, cap in caps.items() if cap is not None}

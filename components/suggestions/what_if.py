"""Plans of one's own: move the spend of campaigns and see at once what that would bring."""

from collections.abc import Mapping

import streamlit as st

from components import labels, viewer
from components.suggestions.card import chance, interval
from core.accounts.access import Area
from core.campaigns.learned import MOST
from core.campaigns.optimizer.response import ResponseDraws
from core.campaigns.suggestions import OwnPlan, try_plan
from core.i18n import MISSING, Language

_FIRST_SHOWN = 6
_COLUMN = 260


def show(draws: ResponseDraws, suggested: Mapping[str, float], t: Language) -> None:
    """Sliders in a fragment, so that only this card runs again when one is moved."""

    def body() -> None:
        with st.container(border=True):
            st.subheader(t("What if"), anchor=False)
            _body(draws, suggested, t)

    st.fragment(viewer.checked(Area.CAMPAIGNS)(body), key="what-if")()


def _body(draws: ResponseDraws, suggested: Mapping[str, float], t: Language) -> None:
    names = dict(zip(draws.campaign_ids, draws.names, strict=True))
    place = st.container()
    chosen = st.multiselect(
        t("Campaigns to move"),
        list(names),
        default=_first(draws),
        format_func=names.__getitem__,
        key="what-if-campaigns",
        help=t("All others spend as today."),
    )
    with st.grid(3, min_column_width=_COLUMN):
        moved = {one: _slider(one, names[one], suggested, t) for one in chosen}
    with place:
        _told(try_plan(draws, moved), draws, t)


def _first(draws: ResponseDraws) -> list[str]:
    """The campaigns with most spend."""
    order = sorted(range(len(draws.names)), key=lambda c: -float(draws.spend[c]))
    return [draws.campaign_ids[c] for c in order[:_FIRST_SHOWN]]


def _slider(campaign: str, name: str, suggested: Mapping[str, float], t: Language) -> float:
    help_text = None
    if campaign in suggested:
        help_text = t("Suggested: {share}", share=t.percent(suggested[campaign], 0))
    percent = st.slider(
        labels.literal(name),
        0,
        int(MOST * 100),
        100,
        step=5,
        format="%d%%",
        help=help_text,
        key=f"what-if-{campaign}",
    )
    return percent / 100


def _told(plan: OwnPlan, draws: ResponseDraws, t: Language) -> None:
    """What the plan brings; of one that changes nothing there is no chance to tell."""
    today = float(draws.spend.sum())
    is_same = plan.uplift.p05 == plan.uplift.p95
    with st.grid(3, min_column_width=170):
        _metric(
            t("Spend"),
            t.money(plan.spend, draws.currency, 0),
            t.percent(plan.spend / today - 1, 1, signed=True) if today > 0 else None,
        )
        _metric(
            t("Expected gain"),
            t.percent(plan.uplift.mean, 1, signed=True),
            t.money(plan.gain.mean, draws.currency, 0),
        )
        _metric(t("Probability of a gain"), MISSING if is_same else chance(plan.p_gain, t))
    if is_same:
        st.caption(t("This is today's spend. Move a campaign to see what that brings."))
    else:
        between = interval(plan.uplift.p05, plan.uplift.p95, t)
        st.caption(t("90% interval of the gain: {interval}", interval=between))


def _metric(label: str, value: str, below: str | None = None) -> None:
    st.metric(
        label,
        value,
        below,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )

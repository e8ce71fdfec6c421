"""The curve of one campaign: what spend brings, with today's and the suggested point on it."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from components import labels
from components.charts import card, response_curve
from core.campaigns.optimizer.curve import curve_of
from core.campaigns.optimizer.response import ResponseDraws
from core.i18n import Language


def show(draws: ResponseDraws, then: Mapping[str, float], t: Language) -> None:
    """Choose a campaign, the one that changes most to begin with, and draw its curve."""
    by_change = sorted(
        range(len(draws.names)),
        key=lambda c: -abs(then[draws.campaign_ids[c]] - 1) * float(draws.spend[c]),
    )
    place = st.container()
    with st.container(width=360):
        chosen = st.selectbox(
            t("Campaign of the curve"),
            by_change,
            format_func=lambda c: draws.names[c],
            key="curve",
        )
    curve = curve_of(draws, chosen, then[draws.campaign_ids[chosen]])
    figure = response_curve.figure(curve, draws.currency, t)
    with place:
        card.show(
            t("What spend on {campaign} brings", campaign=labels.literal(curve.name)),
            figure,
            "response",
            t,
            positions=t("Spend over these days"),
            draw=partial(response_curve.draw, curve, draws.currency, t),
        )

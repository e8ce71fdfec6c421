"""The budget optimizer in simulated worlds whose truth is known, beside rules of thumb."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.accounts.access import Principal
from core.i18n import Language, mark
from core.registry import scorecards
from wiring import services

_KINDS = {
    "weekly": mark("5 campaigns, 104 weeks"),
    "weekly, wide bias": mark("5 campaigns, platforms far off"),
    "daily": mark("12 campaigns, 540 days"),
    "misspecified": mark("Worlds unlike the model"),
    "attribution only, wide bias": mark("Platforms' claims alone, far off"),
    "weekly, lift tests": mark("With one lift test a campaign"),
}
_METHODS = {
    "optimizer": mark("Optimizer"),
    "optimizer, cautious": mark("Optimizer, cautious"),
    "in proportion to ROAS": mark("In proportion to ROAS"),
    "best ROAS first": mark("Best ROAS first"),
}


def show(principal: Principal, t: Language) -> None:
    """The latest scorecard as a table, or how to make one."""
    st.header(t("Budget optimizer"), anchor=False)
    with services().reading() as session:
        card = scorecards.latest(session, principal)
    if card is None:
        st.info(
            t(
                "The budget optimizer was not scored on this server yet. The command "
                "{command} plays it through simulated worlds; that takes some minutes.",
                command="`python manage.py scorecard`",
            ),
            icon=":material/scoreboard:",
        )
        return
    st.caption(
        t(
            "{worlds} simulated worlds of each kind, played on {day}. Share: true gain of the "
            "plans ÷ the largest gain that was possible, over all worlds, with its standard error.",
            worlds=t.number(card.worlds),
            day=t.date(card.made_at.date()),
        )
    )
    st.dataframe(
        [_row(score, t) for score in card.scores],
        hide_index=True,
        alt=t("Each method's score in each kind of world"),
    )


def _row(score: Mapping[str, Any], t: Language) -> dict[str, str]:
    return {
        t("World"): t(_KINDS.get(score["kind"], score["kind"])),
        t("Method"): t(_METHODS.get(score["method"], score["method"])),
        t("Share of the possible gain"): f"{t.number(score['pooled_share'], 2)} "
        f"± {t.number(score['pooled_share_se'], 2)}",
        t("Median share"): t.number(score["median_share"], 2),
        t("Worse than today"): t.percent(score["worse_than_today"], 1),
        t("90% interval covers"): t.percent(score["coverage"], 0),
        t("Claimed − true gain"): t.percent(score["claim_error"], 1, signed=True),
    }

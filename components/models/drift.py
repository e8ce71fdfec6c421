"""Whether learners of now are still like those that the version that answers learned from."""

from typing import Any

import streamlit as st

from components.models.feature_names import feature_name
from core.accounts.access import Principal
from core.i18n import Language, mark
from core.registry import drift
from core.registry.drift import Drift, Moved
from core.registry.schemas import Version
from wiring import services

_SHOWN = 5
_DIGITS = 2

_SAID = {
    Moved.LITTLE: mark("Hardly moved"),
    Moved.SOMEWHAT: mark("Moved somewhat"),
    Moved.MUCH: mark("Moved much"),
}


def show(principal: Principal, version: Version, t: Language) -> None:
    """What was measured of the version, or why nothing was; only of one that estimates risks.

    Index and thresholds: N. Siddiqi, Credit Risk Scorecards, Wiley 2006 (a rule of thumb).
    """
    if not version.is_champion or "groups" not in version.audit:
        return
    with services().reading() as session:
        found = drift.latest(session, principal, version.name, version.version)
    if found is not None:
        _warn(found, t)
    with st.expander(t("Drift since the training"), icon=":material/trending_up:"):
        if "reference" not in version.audit:
            st.caption(t("This version kept nothing of what it learned from. Train again."))
        elif found is None:
            st.caption(t("Nothing was measured yet; that is done after the data is next renewed."))
        elif found.measured.scores is None:
            _too_few(found, t)
        else:
            _table(found, found.measured.scores, version.audit["reference"]["rows"], t)


def _warn(found: Drift, t: Language) -> None:
    scores = found.measured.scores
    if scores is not None and drift.said_of(scores) is Moved.MUCH:
        st.warning(
            t(
                "The estimated risks are spread otherwise than at the training. Look at the "
                "figures that moved most, and train again once courses of this kind have ended."
            ),
            icon=":material/trending_up:",
        )


def _too_few(found: Drift, t: Language) -> None:
    told = t.plural(
        "{n} learner of a course that runs now has come to this day; it takes {least}, as of "
        "fewer chance alone looks like a change. Data of {moment}.",
        "{n} learners of courses that run now have come to this day; it takes {least}, as of "
        "fewer chance alone looks like a change. Data of {moment}.",
        found.measured.learners,
        least=t.number(drift.LEAST_LEARNERS),
        moment=t.moment(found.data_at),
    )
    st.caption(told)


def _table(found: Drift, scores: float, learned: int, t: Language) -> None:
    """The estimated risk first, then the features that moved most."""
    features = sorted(found.measured.features.items(), key=lambda pair: -pair[1])[:_SHOWN]
    rows = [
        _row(t("Estimated risk"), scores, t),
        *(_row(feature_name(name, t), index, t) for name, index in features),
    ]
    column = st.column_config
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "psi": column.TextColumn(t("PSI"), alignment="right", width=60),
            "what": column.TextColumn(t("Estimated risk, and figures that moved most"), width=300),
            "said": column.TextColumn(t("Since the training"), width=150),
        },
        alt=t("How far the estimated risk and the figures that moved most are from the training's"),
    )
    st.caption(_meaning(found, learned, t))


def _row(what: str, index: float, t: Language) -> dict[str, Any]:
    return {"psi": t.number(index, _DIGITS), "what": what, "said": t(_SAID[drift.said_of(index)])}


def _meaning(found: Drift, learned: int, t: Language) -> str:
    return t(
        "{now} learners of courses that run now, on this day of their course, beside the {before} "
        "it learned from; data of {moment}. PSI, the population stability index, is 0 for equal "
        "distributions; by rule of thumb it tells of some change from {some} and of much from "
        "{much}. Chance alone would give the risk about {chance}. Read the risk first: figures "
        "that follow a course's timetable or its own average move with every other course.",
        now=t.number(found.measured.learners),
        before=t.number(learned),
        moment=t.moment(found.data_at),
        some=t.number(drift.SOME, _DIGITS),
        much=t.number(drift.MUCH, _DIGITS),
        chance=t.number(found.measured.by_chance, _DIGITS),
    )

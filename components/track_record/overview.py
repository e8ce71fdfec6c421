"""How suggestions did over all: counts, hit rate, gains, calibration."""

from collections.abc import Sequence

import streamlit as st

from components.charts import track_record as charts
from core.i18n import Language
from core.track_record.calibration import LEAST_FOR_CALIBRATION, Standing, standing
from core.track_record.carried_out import FOLLOWED
from core.track_record.schemas import Accepted

_NARROWEST = 140


def show(records: Sequence[Accepted], t: Language) -> None:
    """Cards with the rates, the chart of intervals, and calibration once it says something."""
    stands = standing(records, FOLLOWED)
    _cards(stands, t)
    if not stands.told:
        st.caption(
            t(
                "Nothing is judged yet. A suggestion is judged after the first import that tells "
                "the last day of its plan."
            )
        )
        return
    charts.intervals(records, t)
    if stands.told >= LEAST_FOR_CALIBRATION:
        charts.calibration(records, t)
        return
    st.caption(
        t(
            "{told} judged so far; calibration is shown from {least} on.",
            told=t.number(stands.told),
            least=t.number(LEAST_FOR_CALIBRATION),
        )
    )


def _cards(stands: Standing, t: Language) -> None:
    cards = (
        (t("Accepted"), t.number(stands.accepted), t("Suggestions that were not withdrawn.")),
        (t("Waiting"), t.number(stands.waiting), t("Their days are not all in the data yet.")),
        (
            t("As predicted"),
            _of(stands.as_predicted, stands.told, t),
            t(
                "What came agrees with the predicted 90% interval, allowing for how exactly it "
                "can be measured. Nine in ten are promised."
            ),
        ),
        (
            t("Brought more"),
            _of(stands.gained, stands.told, t),
            t(
                "The realised gain is above zero. Predicted on average: {chance}.",
                chance=t.percent(stands.expected_gain, 0),
            ),
        ),
        (
            t("Carried out"),
            _of(stands.followed, stands.told, t),
            t("At least half of the way from what was to what was planned."),
        ),
    )
    with st.grid(len(cards), min_column_width=_NARROWEST):
        for label, value, told in cards:
            st.metric(label, value, help=told, border=True, height="stretch")


def _of(count: int, told: int, t: Language) -> str:
    """A count of all; missing where there are none."""
    if not told:
        return t.percent(None)
    return t("{n} of {all}", n=t.number(count), all=t.number(told))

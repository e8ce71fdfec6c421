"""The list of accepted suggestions, and which one is looked at."""

from collections.abc import Sequence

import streamlit as st

from components.track_record import wording
from core.i18n import MISSING, Language
from core.track_record.schemas import Accepted


def show(records: Sequence[Accepted], t: Language) -> Accepted:
    """The list, the latest first; the one that is chosen, at first the latest."""
    st.subheader(t("Accepted suggestions"), anchor=False)
    column = st.column_config
    event = st.dataframe(
        [_row(one, t) for one in records],
        key="accepted",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            # Together as wide as the page is at 1280 pixels; the rest stands in the detail.
            "number": column.TextColumn(t("No."), width=42, pinned=True),
            "kind": column.TextColumn(t("About"), width=88),
            "state": column.TextColumn(t("State"), width=168),
            "predicted": column.TextColumn(t("Predicted, 90%"), width=176),
            "realised": column.TextColumn(t("Realised, 90%"), width=176),
            "carried": column.TextColumn(t("Carried out"), width=96, alignment="right"),
        },
        alt=t("Accepted suggestions with what was predicted and what came, the latest first"),
    )
    rows = event["selection"]["rows"]
    return records[rows[0]] if rows and rows[0] < len(records) else records[0]


def _row(record: Accepted, t: Language) -> dict[str, str]:
    reached = record.judgement.reached if record.judgement else None
    return {
        "number": f"#{record.id}",
        "kind": wording.kind_name(record.kind, t),
        "state": wording.state(record, t),
        "predicted": wording.share(record.predicted, t),
        "realised": wording.share(record.realised, t),
        "carried": MISSING if reached is None else t.percent(reached, 0),
    }

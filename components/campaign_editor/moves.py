"""A campaign's way through its states, with a second thought before a step without return."""

import streamlit as st

from components import feedback, labels, theme, viewer
from core.accounts.access import Area
from core.campaigns import service
from core.campaigns.models import CampaignStatus
from core.campaigns.plan import CampaignRecord
from core.campaigns.status import TRANSITIONS, is_final
from core.errors import AppError
from core.i18n import Language, mark
from wiring import services

_S = CampaignStatus
_REFUSED = "refused_move"
_ACTIONS = {
    _S.ACTIVE: (mark("Activate"), ":material/play_arrow:"),
    _S.PAUSED: (mark("Pause"), ":material/pause:"),
    _S.COMPLETED: (mark("Complete"), ":material/flag:"),
    _S.CANCELLED: (mark("Cancel the campaign"), ":material/block:"),
}
_DONE = {
    _S.ACTIVE: mark("The campaign is active."),
    _S.PAUSED: mark("The campaign is paused."),
    _S.COMPLETED: mark("The campaign is completed."),
    _S.CANCELLED: mark("The campaign is cancelled."),
}
_WARNINGS = {
    _S.COMPLETED: mark("A completed campaign cannot be activated again."),
    _S.CANCELLED: mark("A cancelled campaign cannot be activated again."),
}


def show(record: CampaignRecord, t: Language) -> None:
    """A button for each legal move, and why the last one was refused."""
    wanted = [status for status in CampaignStatus if status in TRANSITIONS[record.status]]
    with st.container(horizontal=True):
        for status in wanted:
            _move_button(record, status, t)
    if not wanted:
        st.caption(t("This campaign is over; its state stays as it is."))
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused, icon=":material/error:")


def _move_button(record: CampaignRecord, status: CampaignStatus, t: Language) -> None:
    label, icon = _ACTIONS[status]
    # What was seen goes with the click: a run reads the campaign anew before it asks buttons.
    seen = (record.campaign_id, status, record.version)
    key = f"move-{record.campaign_id}-{status}"
    if not is_final(status):
        st.button(t(label), key=key, icon=icon, on_click=_move, args=seen)
        return
    with st.popover(t(label), icon=icon):
        st.markdown(t(_WARNINGS[status]))
        st.button(
            t("Yes, for good"),
            key=key,
            type=theme.call_to_action(),
            on_click=_move,
            args=seen,
        )


@viewer.checked(Area.CAMPAIGNS)
def _move(campaign_id: int, wanted: CampaignStatus, version: int) -> None:
    t = viewer.words()
    try:
        with services().work() as session:
            service.change_status(session, viewer.principal(), campaign_id, wanted, version)
    except AppError as refused:
        st.session_state[_REFUSED] = labels.told(refused, t)
    else:
        feedback.later(t(_DONE[wanted]))

"""What a tab keeps of the plan it edits: as it was when the form was opened."""

from dataclasses import dataclass

import streamlit as st

from components import viewer
from core.campaigns.plan import CampaignRecord

_KEY = "held_plan"


@dataclass
class Held:
    """The plan behind the form.

    ``opened`` is what the form was filled from. ``agreed`` is the version whose differences
    the person has been shown. ``form`` numbers the form, so that a new one starts afresh.
    """

    opened: CampaignRecord
    form: int = 0
    agreed: int | None = None

    @property
    def name(self) -> str:
        """The beginning of the keys of the form's widgets."""
        return f"plan-{self.opened.campaign_id}-{self.form}"


def hold(now: CampaignRecord) -> Held:
    """What this tab holds; taken anew on arrival and for another plan."""
    held: Held | None = st.session_state.get(_KEY)
    arrived = viewer.is_first_look(f"plan-{now.campaign_id}")
    if held is None or arrived or held.opened.campaign_id != now.campaign_id:
        return renew(now)
    return held


def renew(now: CampaignRecord) -> Held:
    """Start the form afresh from the plan as it is now."""
    before: Held | None = st.session_state.get(_KEY)
    held = Held(now, form=before.form + 1 if before else 0)
    st.session_state[_KEY] = held
    return held


def forget() -> None:
    """Let the next run take the plan anew, after it was saved."""
    held: Held | None = st.session_state.get(_KEY)
    if held is not None:
        viewer.look_again(f"plan-{held.opened.campaign_id}")

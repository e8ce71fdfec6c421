"""What is done with creatives and audiences: callbacks that know what the person had seen."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components import feedback, labels, viewer
from components.campaign_editor import kinds
from core.accounts.access import Area
from core.campaigns import parts
from core.campaigns.details import from_lines
from core.campaigns.parts import PartOf, PartPlan
from core.campaigns.plan import CampaignChanged
from core.errors import AppError
from core.i18n import mark
from wiring import services


@dataclass
class Chosen:
    """The row that a tab changes, as the person has seen it last."""

    part_id: int
    seen: PartPlan


def _typed(key: str, before: PartPlan) -> PartPlan:
    """What stands in the form's fields. Raises the Invalid error of a bad line."""
    state = st.session_state
    kind = state.get(f"{key}-kind")
    return PartPlan(
        name=state[f"{key}-name"] or "",
        details=from_lines(state[f"{key}-details"] or "", before.details),
        kind=None if kind is None else kinds.code(kind),
    )


@viewer.checked(Area.CAMPAIGNS)
def add(campaign_id: int, of: PartOf, key: str) -> None:
    """Add what stands in the form."""

    def act() -> None:
        plan = _typed(key, PartPlan(""))
        with services().work() as session:
            parts.add_part(session, viewer.principal(), campaign_id, of, plan)

    _told(act, of, key, mark("Added."))


@viewer.checked(Area.CAMPAIGNS)
def change(campaign_id: int, of: PartOf, chosen: Chosen, key: str) -> None:
    """Save what stands in the form over the chosen row."""

    def act() -> None:
        plan = _typed(key, chosen.seen)
        with services().work() as session:
            parts.change_part(
                session, viewer.principal(), campaign_id, of, chosen.part_id, plan, chosen.seen
            )

    _told(lambda: _or_show(act, campaign_id, of, chosen), of, key, mark("Saved."))


@viewer.checked(Area.CAMPAIGNS)
def remove(campaign_id: int, of: PartOf, chosen: Chosen, key: str) -> None:
    """Remove the chosen row."""

    def act() -> None:
        with services().work() as session:
            parts.remove_part(
                session, viewer.principal(), campaign_id, of, chosen.part_id, chosen.seen
            )

    _told(lambda: _or_show(act, campaign_id, of, chosen), of, key, mark("Removed."))


def _or_show(act: Callable[[], None], campaign_id: int, of: PartOf, chosen: Chosen) -> None:
    """Act, or take note of what somebody else made of it, so that a second click means it."""
    try:
        act()
    except CampaignChanged:
        with services().reading() as session:
            found = parts.parts(session, viewer.principal(), campaign_id, of)
        now = next((one.plan for one in found if one.part_id == chosen.part_id), chosen.seen)
        chosen.seen = now
        raise


def _told(act: Callable[[], None], of: PartOf, key: str, said: str) -> None:
    t = viewer.words()
    try:
        act()
    except CampaignChanged:
        st.session_state[f"refused-{key}"] = t(
            "Somebody changed this in the meantime; the table shows what is saved now. "
            "Your input is kept: do it again to go ahead."
        )
    except AppError as refused:
        st.session_state[f"refused-{key}"] = labels.told(refused, t)
    else:
        st.session_state[_done_key(of)] = done(of) + 1
        st.session_state.pop(chosen_key(of), None)
        feedback.later(t(said))


def done(of: PartOf) -> int:
    """How many actions on these this tab has done."""
    count: int = st.session_state.get(_done_key(of), 0)
    return count


def _done_key(of: PartOf) -> str:
    return f"done-{of}"


def refusal(key: str) -> None:
    """Why the form's last action was refused, once."""
    if refused := st.session_state.pop(f"refused-{key}", None):
        st.error(refused, icon=":material/error:")


def chosen_key(of: PartOf) -> str:
    """Where a tab keeps the row it changes."""
    return f"chosen-{of}"

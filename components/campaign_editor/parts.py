"""The creatives and audiences of a plan: a table, one chosen row to change, one form to add."""

from collections.abc import Sequence

import streamlit as st
from pyarrow.lib import Table

from components import theme, viewer
from components.campaign_editor import kinds, part_actions
from components.campaign_editor.part_actions import Chosen
from components.labels import literal
from core.accounts.access import Principal
from core.campaigns import parts
from core.campaigns.details import in_lines
from core.campaigns.parts import Part, PartOf, PartPlan
from core.campaigns.plan import CampaignRecord
from core.i18n import MISSING, Language, mark
from wiring import services

_TITLES = {PartOf.CREATIVE: mark("Creatives"), PartOf.AUDIENCE: mark("Audiences")}
_ADD = {PartOf.CREATIVE: mark("Add a creative"), PartOf.AUDIENCE: mark("Add an audience")}
_NONE = {
    PartOf.CREATIVE: mark("No creative yet."),
    PartOf.AUDIENCE: mark("No audience yet."),
}
_LINES = {
    PartOf.CREATIVE: mark("What it says, a line each: headline: Learn at your own pace"),
    PartOf.AUDIENCE: mark("Who belongs to it, a line each: age: 25 to 44"),
}


def show(record: CampaignRecord, of: PartOf, principal: Principal, t: Language) -> None:
    """What the campaign has of these, with the ways to add, change and remove."""
    with services().reading() as session:
        found = parts.parts(session, principal, record.campaign_id, of)
        known = parts.creative_kinds(session, principal) if of is PartOf.CREATIVE else []
    offered = kinds.offered(known)
    with st.container(border=True, height="stretch"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.subheader(t(_TITLES[of]), anchor=False, width="content")
            with st.popover(t(_ADD[of]), icon=":material/add:"):
                _add_form(record, of, offered, t)
        if not found:
            st.caption(t(_NONE[of]))
            return
        chosen = _choose(record, of, found, t)
        if chosen is None:
            st.caption(t("Choose a row to change or remove it."))
        else:
            _change_form(record, of, chosen, offered, t)


def _choose(
    record: CampaignRecord, of: PartOf, found: Sequence[Part], t: Language
) -> Chosen | None:
    event = st.dataframe(
        Table.from_pylist([_row(part, of, t) for part in found]),
        # Another table after each action, so that nothing is chosen that nobody chose.
        key=f"{of}-{record.campaign_id}-{part_actions.done(of)}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        alt=t("{title} of this campaign", title=t(_TITLES[of])),
    )
    rows = event["selection"]["rows"]
    held: Chosen | None = st.session_state.get(part_actions.chosen_key(of))
    if not rows or rows[0] >= len(found):
        st.session_state.pop(part_actions.chosen_key(of), None)
        return None
    part = found[rows[0]]
    arrived = viewer.is_first_look(f"{of}-{part.part_id}")
    if held is None or arrived or held.part_id != part.part_id:
        held = Chosen(part.part_id, part.plan)
        st.session_state[part_actions.chosen_key(of)] = held
    return held


def _row(part: Part, of: PartOf, t: Language) -> dict[str, str]:
    kind = {t("Kind"): kinds.name(part.plan.kind or "", t)} if of is PartOf.CREATIVE else {}
    lines = "; ".join(in_lines(part.plan.details).splitlines())
    return {t("Name"): part.plan.name, **kind, t("Details"): lines or MISSING}


def _add_form(record: CampaignRecord, of: PartOf, offered: Sequence[str], t: Language) -> None:
    key = f"add-{of}-{record.campaign_id}-{part_actions.done(of)}"  # a new form after each
    empty = PartPlan("", {}, offered[0] if of is PartOf.CREATIVE else None)
    with st.form(key, border=False, enter_to_submit=False):
        _fields(key, of, empty, offered, t)
        st.form_submit_button(
            t("Add"),
            type=theme.call_to_action(),
            on_click=part_actions.add,
            args=(record.campaign_id, of, key),
        )
    part_actions.refusal(key)


def _change_form(
    record: CampaignRecord, of: PartOf, chosen: Chosen, offered: Sequence[str], t: Language
) -> None:
    key = f"{of}-{chosen.part_id}"
    what = (record.campaign_id, of, chosen, key)
    with st.form(f"{key}-form", enter_to_submit=False):
        st.markdown(f"**{literal(chosen.seen.name)}**")
        _fields(key, of, chosen.seen, offered, t)
        with st.container(horizontal=True):
            st.form_submit_button(
                t("Save"),
                key=f"{key}-save",
                type=theme.call_to_action(),
                on_click=part_actions.change,
                args=what,
            )
            st.form_submit_button(
                t("Remove"), key=f"{key}-remove", on_click=part_actions.remove, args=what
            )
    part_actions.refusal(key)


def _fields(key: str, of: PartOf, plan: PartPlan, offered: Sequence[str], t: Language) -> None:
    st.text_input(t("Name"), plan.name, max_chars=parts.NAME_LIMIT, key=f"{key}-name")
    if of is PartOf.CREATIVE:
        options = list(dict.fromkeys([plan.kind or offered[0], *offered]))
        st.selectbox(
            t("Kind"),
            options,
            format_func=lambda code: kinds.name(code, t),
            accept_new_options=True,
            key=f"{key}-kind",
        )
    st.text_area(
        t("Details"), in_lines(plan.details), height=90, key=f"{key}-details", help=t(_LINES[of])
    )

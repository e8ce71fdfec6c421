"""Saved views of the Campaigns page: the filters of the address under a name of one's own."""

import streamlit as st

from components import feedback, links, viewer
from core.accounts.access import Area, Principal
from core.i18n import Language
from core.saved_views import service
from core.saved_views.service import NAME_LIMIT, NamedView
from wiring import services

_KEY = "saved_views"


def menu(principal: Principal, t: Language) -> None:
    """A button whose box lists the person's views and takes a new one; read once it is opened."""
    box = st.popover(
        t("Views"),
        icon=":material/bookmark:",
        key=_KEY,
        on_change="rerun",
    )
    if not box.open:
        return
    with services().reading() as session:
        views = service.own_views(session, principal, Area.CAMPAIGNS)
    with box:
        if not views:
            st.caption(t("Save the filters you have set now, and find them again here."))
        for view in views:
            _row(view, t)
        _new(t)


def _row(view: NamedView, t: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        links.reopening("campaigns", view.name, view.query)
        st.button(
            t("Delete"),
            key=f"forget-{view.view_id}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_forget,
            args=(view.view_id,),
        )


def _new(t: Language) -> None:
    with st.form("save-view", border=False, clear_on_submit=True):
        name = st.text_input(t("Name of the view"), max_chars=NAME_LIMIT)
        saved = st.form_submit_button(t("Save these filters"))
    if saved:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        with feedback.sentences():
            with services().work() as session:
                who = viewer.principal()
                service.save_view(session, who, Area.CAMPAIGNS, name or "", query)
            feedback.done(t("The view is saved."))


@viewer.checked(Area.CAMPAIGNS)
def _forget(view_id: int) -> None:
    """Delete a view."""
    with services().work() as session:
        service.forget_view(session, viewer.principal(), Area.CAMPAIGNS, view_id)

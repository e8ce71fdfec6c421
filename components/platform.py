"""The state of the warehouse, its publication, and the sample world."""

import streamlit as st

from components import feedback, theme, viewer
from core.accounts.access import Area, Principal, Role
from core.i18n import Language
from core.jobs import requests
from data.manifest import Manifest
from wiring import services

_PLAYED_ON_DAYS = 28


def warehouse(principal: Principal) -> None:
    """When the warehouse was published; how much it holds for those who see all of it."""
    t = viewer.words()
    manifest = services().warehouse.manifest()
    with st.container(border=True):
        st.subheader(t("Warehouse"), anchor=False)
        if manifest.published_at is None:
            st.caption(t("Nothing was published yet. The first import publishes by itself."))
        else:
            _published(t, manifest)
        if principal.sees_all(Area.DATA):
            if manifest.published_at is not None:
                _tables(t, manifest)
            _publish(t, principal)


def _published(t: Language, manifest: Manifest) -> None:
    st.caption(
        t(
            "Generation {generation}, published {moment}",
            generation=t.number(manifest.generation),
            moment=t.moment(manifest.published_at),
        )
    )


def _tables(t: Language, manifest: Manifest) -> None:
    rows = [
        {t("Table"): name, t("Rows"): sum(part.rows for part in parts)}
        for name, parts in sorted(manifest.tables.items())
        if name.startswith(("dim_", "fact_"))
    ]
    with st.expander(t("Tables"), icon=":material/table:"):
        st.dataframe(
            rows,
            hide_index=True,
            column_config={t("Rows"): st.column_config.NumberColumn(format="localized")},
            alt=t("Tables of the warehouse with their rows"),
        )


def _publish(t: Language, principal: Principal) -> None:
    st.caption(
        t(
            "Imports, documents and campaign plans publish by themselves. What people do in "
            "their courses follows when you publish."
        )
    )
    if st.button(t("Publish records now"), icon=":material/publish:"):
        with feedback.sentences():
            with services().work() as session:
                requests.sync(session, principal)
            feedback.done(t("The publication has started."))


def sample_world(principal: Principal) -> None:
    """Load or remove the sample world; for administrators."""
    if Role.ADMIN not in principal.roles:
        return
    t = viewer.words()
    with st.container(border=True):
        st.subheader(t("Sample world"), anchor=False)
        st.caption(
            t(
                "24 campaigns over 540 days and 1,200 learners in six courses, each taught twice, "
                "all generated. "
                "Everything in it is marked as sample; removing it leaves your own data alone."
            )
        )
        with st.container(horizontal=True):
            if st.button(t("Load the sample world"), icon=":material/science:"):
                with feedback.sentences():
                    with services().work() as session:
                        requests.load_sample(session, principal)
                    feedback.done(t("The sample world is being loaded."))
            _play_on(principal, t)
            with st.popover(t("Remove the sample world"), icon=":material/delete:"):
                st.markdown(t("This removes every row that is marked as sample."))
                if st.button(t("Remove it"), type=theme.call_to_action()):
                    with feedback.sentences():
                        with services().work() as session:
                            requests.remove_sample(session, principal)
                        feedback.done(t("The sample world is being removed."))


def _play_on(principal: Principal, t: Language) -> None:
    """Let the sample world go on, so that what was accepted there can be judged."""
    with st.popover(t("Play on"), icon=":material/fast_forward:"):
        st.markdown(
            t(
                "New days are generated and imported. From the day after a suggestion was "
                "accepted, they respond to it."
            )
        )
        days = st.number_input(t("Days"), 1, 180, _PLAYED_ON_DAYS, key="sample-days")
        if st.button(t("Play on now"), type=theme.call_to_action()):
            with feedback.sentences():
                with services().work() as session:
                    requests.advance_sample(session, principal, int(days))
                feedback.done(t("The sample world is being played on."))

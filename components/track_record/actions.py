"""What can be done with an accepted suggestion: download it for the platforms, withdraw it."""

from functools import partial

import streamlit as st

from components import feedback, labels, queries, theme, viewer
from core.accounts.access import Area, Principal
from core.campaigns.optimizer.suggestion import Kind
from core.errors import AppError
from core.i18n import Language
from core.track_record import bulk, service
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Accepted
from wiring import services

_REFUSED = "refused_withdrawal"


def show(record: Accepted, t: Language) -> None:
    """The actions that are left for a suggestion."""
    if record.status is AcceptedStatus.WITHDRAWN:
        return
    with st.container(horizontal=True):
        if record.kind is Kind.BUDGET:
            _downloads(record, t)
        if record.status is AcceptedStatus.OPEN:
            _withdrawal(record, t)
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused, icon=":material/error:")


def _downloads(record: Accepted, t: Language) -> None:
    """One file a platform, made when somebody asks for it."""
    files = _files(record)
    if not files:
        return
    with st.popover(t("Budgets for the platforms"), icon=":material/download:"):
        st.caption(
            t(
                "Budgets a day, as each platform takes them in bulk. Look at what the platform "
                "shows before you apply it."
            )
        )
        for one in files:
            st.download_button(
                f"{labels.platform_name(one.platform, t)} ({t.number(one.campaigns)})",
                viewer.later(Area.CAMPAIGNS, partial(_bytes, record, one.platform)),
                file_name=f"budgets-{record.id}-{one.platform}.csv",
                mime="text/csv",
                on_click="ignore",
                type="tertiary",
                key=f"bulk-{record.id}-{one.platform}",
            )


def _bytes(record: Accepted, platform: str, _who: Principal) -> bytes:
    (text,) = [one.text for one in _files(record) if one.platform == platform]
    return text.encode("utf-8-sig")


def _files(record: Accepted) -> list[bulk.BulkFile]:
    figures = services().track_figures(queries.generation())
    return bulk.files(record, figures.campaigns(record.campaign_ids or ()))


def _withdrawal(record: Accepted, t: Language) -> None:
    with st.popover(t("Withdraw"), icon=":material/undo:"):
        st.markdown(t("It will not be judged. It stays on the list as withdrawn."))
        st.button(
            t("Withdraw it"),
            key=f"withdraw-{record.id}",
            type=theme.call_to_action(),
            on_click=_withdraw,
            args=(record.id,),
        )


@viewer.checked(Area.CAMPAIGNS)
def _withdraw(accepted_id: int) -> None:
    t = viewer.words()
    try:
        with services().work() as session:
            service.withdraw(session, viewer.principal(), accepted_id)
    except AppError as refused:
        st.session_state[_REFUSED] = labels.told(refused, t)
    else:
        feedback.later(t("The suggestion is withdrawn."))

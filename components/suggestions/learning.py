"""Whether it is known how campaigns respond: the state of that, and the way to learn anew."""

import streamlit as st

from components import feedback, jobs, suggestion_queries
from core.accounts.access import Area, Principal
from core.campaigns.learned import Learned
from core.campaigns.suggestions import request_learning
from core.errors import AppError
from core.i18n import Language
from core.jobs import queue
from core.jobs.models import JobKind, JobStatus
from wiring import services


def known(
    principal: Principal, generation: int, currency: str, horizon_days: int, t: Language
) -> Learned | None:
    """What was learned, with a word where it is older than the data; None where there is none.

    Learning that is under way shows how far it is; the page may be left meanwhile.
    """
    jobs.watch(Area.CAMPAIGNS, [JobKind.FIT_RESPONSE], keep=0)
    response = suggestion_queries.response(principal, currency)
    if response is None:
        _nothing_yet(principal, t)
        return None
    try:
        learned = suggestion_queries.learned(principal, response, horizon_days)
    except AppError as fault:
        st.error(fault.sentence(t), icon=":material/error:")
        _learn(principal, t)
        return None
    if suggestion_queries.is_current(response, generation):
        st.caption(_when(learned, t))
    else:
        _older(principal, learned, t)
    return learned


def _when(learned: Learned, t: Language) -> str:
    return t(
        "Learned {moment} from generation {generation} of the data.",
        moment=t.moment(learned.lesson.learned_at),
        generation=t.number(learned.mark.generation),
    )


def _nothing_yet(principal: Principal, t: Language) -> None:
    st.info(
        t(
            "How these campaigns respond to spend has not been learned yet. It is learned after "
            "each import by itself, or now; it takes seconds to a minute, and you may leave this "
            "page meanwhile."
        ),
        icon=":material/hourglass_empty:",
    )
    _learn(principal, t)


def _older(principal: Principal, learned: Learned, t: Language) -> None:
    day = t.date(learned.lesson.basis.last_day)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        told = t("The data has changed since: this rests on days up to {day}.", day=day)
        st.markdown(f":material/history: {_when(learned, t)} {told}", width="stretch")
        _learn(principal, t)


def _learn(principal: Principal, t: Language) -> None:
    """The way to learn anew, unless that is under way; and why it failed, where it did."""
    with services().reading() as session:
        latest = queue.recent(session, principal, [JobKind.FIT_RESPONSE], limit=1)
    if latest and latest[0].status in (JobStatus.QUEUED, JobStatus.RUNNING):
        return
    if latest and latest[0].status is JobStatus.FAILED:
        jobs.show(latest[0])
    if st.button(t("Learn now"), icon=":material/model_training:", key="learn"):
        with feedback.sentences():
            with services().work() as session:
                request_learning(session, principal)
            feedback.done(t("Learning is in the queue."))

"""Contacting a learner of the ranking: the message, the log, and what followed."""

import streamlit as st

from components import cohort_queries, feedback, labels, viewer
from components.labels import literal
from core.accounts.access import Area
from core.courses import contacting
from core.courses.cohorts import RankedLearner, Ranking
from core.courses.contact_models import Way
from core.courses.contacting import LONGEST, Followed, Logged
from core.courses.schemas import CourseSummary
from core.i18n import Language, mark
from ml.damage import ModelDamaged
from wiring import services

_WAYS = {Way.MAIL: mark("By mail"), Way.ELSEWHERE: mark("Made elsewhere, noted here")}
_SHOWN = 10  # contacts whose outcome is worked out; more of one learner is rare


def show(ranking: Ranking, of: CourseSummary, generation: int, t: Language) -> None:
    """The choice of a learner of the ranking's page, the form, and the log."""
    by_id = {one.figures.enrollment_id: one for one in ranking.learners}
    if not by_id:
        return
    with st.expander(t("Contact a learner"), icon=":material/forward_to_inbox:"):
        chosen = st.selectbox(
            t("Learner to contact"),
            list(by_id),
            format_func=lambda one: _named(by_id[one], t),
            key=f"contact-{of.course_id}",
        )
        known_day = ranking.source.day if ranking.source else None
        _form(by_id[chosen], known_day, t)
        _log(chosen, of, generation, t)


def _named(one: RankedLearner, t: Language) -> str:
    return f"{one.name} · {t('contact first')}" if one.is_within_capacity else one.name


def _form(one: RankedLearner, known_day: int | None, t: Language) -> None:
    enrolment = one.figures.enrollment_id
    with services().reading() as session:
        has_address = contacting.has_address(session, viewer.principal(), enrolment)
    ways = list(Way) if has_address else [Way.ELSEWHERE]
    if not has_address:
        st.caption(t("The records hold no address of this learner, so no mail can be sent."))
    key = f"contact-{enrolment}"
    with st.form(key, border=False):
        st.text_area(t("Message"), max_chars=LONGEST, key=f"{key}-text")
        st.radio(
            t("How"), ways, format_func=lambda way: t(_WAYS[way]), key=f"{key}-way", horizontal=True
        )
        st.form_submit_button(
            t("Contact"), on_click=_contact, args=(enrolment, one.risk, known_day, key)
        )


@viewer.checked(Area.COHORTS)
def _contact(enrolment: int, risk: float | None, known_day: int | None, key: str) -> None:
    text, way = st.session_state[f"{key}-text"], st.session_state[f"{key}-way"]
    with feedback.sentences():
        with services().work() as session:
            made = contacting.contact(
                session, viewer.principal(), enrolment, text, way, risk, known_day
            )
        st.session_state[f"{key}-text"] = ""
        _send(made)


@viewer.checked(Area.COHORTS)
def _send(contact_id: int) -> None:
    """Send what has not left, and note that it has; where it fails the log offers it again."""
    t = viewer.words()
    with feedback.sentences():
        with services().reading() as session:
            mail = contacting.unsent(session, viewer.principal(), contact_id)
        if mail is None:
            feedback.later(t("Noted in the log."))
            return
        services().mailer.send(mail)
        with services().work() as session:
            contacting.mark_sent(session, viewer.principal(), contact_id)
        feedback.later(t("Sent."))


def _log(enrolment: int, of: CourseSummary, generation: int, t: Language) -> None:
    with services().reading() as session:
        made = contacting.log(session, viewer.principal(), enrolment)
    if not made:
        st.caption(t("Nobody has contacted this learner from here."))
    for number, one in enumerate(made):
        with st.container(border=True, gap="small"):
            st.caption(_head(one, t))
            st.markdown(literal(one.text))
            if number < _SHOWN:
                st.caption(_outcome(one, of, generation, t))
            if one.way is Way.MAIL and one.sent_at is None:
                st.button(
                    t("Send"), key=f"send-{one.contact_id}", on_click=_send, args=(one.contact_id,)
                )


def _head(one: Logged, t: Language) -> str:
    told = [t.moment(one.made_at), literal(one.made_by or t("somebody who is gone"))]
    told.append(t(_WAYS[one.way]))
    if one.way is Way.MAIL:
        told.append(t("sent") if one.sent_at else t("not sent yet"))
    if one.risk is not None:
        told.append(t("risk then {risk}", risk=t.percent(one.risk, 0)))
    return " · ".join(told)


def _outcome(one: Logged, of: CourseSummary, generation: int, t: Language) -> str:
    try:
        risks = cohort_queries.risks_on(generation, of.course_id, one.known_day)
        with services().reading() as session:
            found = contacting.followed(session, viewer.principal(), one.contact_id, risks)
    except ModelDamaged as fault:
        return labels.told(fault, t)
    if one.risk is None:
        return f"{_own(found, t)} {t('No risk was known then: no comparison.')}"
    return f"{_own(found, t)} {_others(found, t)}"


def _own(found: Followed, t: Language) -> str:
    if found.has_acted:
        return t("Work handed in or a lesson done in the 14 days after.")
    if found.is_over:
        return t("Neither work handed in nor a lesson done in the 14 days after.")
    return t("Neither work handed in nor a lesson done so far; the 14 days are not over.")


def _others(found: Followed, t: Language) -> str:
    if found.similar is None or found.similar_acted is None:
        return t("Fewer than 5 similar learners were not contacted: no comparison.")
    return t(
        "Of {n} learners of the same fifth of the risk not contacted in the same days, {acted} did "
        "so: a comparison, not the contact's effect.",
        n=t.number(found.similar),
        acted=t.number(found.similar_acted),
    )

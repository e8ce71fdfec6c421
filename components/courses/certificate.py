"""The certificate of a course on its page: what is missing for it, or its download."""

from collections.abc import Sequence

import streamlit as st

from components import viewer
from components.courses import wording
from core import clock
from core.accounts.access import Area, Principal
from core.courses import certificates
from core.courses.certificates import Missing
from core.courses.models import EnrollmentStatus
from core.courses.schemas import CoursePage
from core.i18n import Language, language
from wiring import services


def show(page: CoursePage, principal: Principal, t: Language) -> None:
    """The part of the page; nothing once there can be no certificate any more."""
    if page.status.is_open and not page.course.has_ended(clock.today()):
        _not_yet(page, t)
    elif page.status is EnrollmentStatus.COMPLETED:
        _completed(page, principal, t)


def _not_yet(page: CoursePage, t: Language) -> None:
    told = missing(certificates.missing(page.progress, page.grade, page.pass_mark), page, t)
    with st.container(border=True, gap="small"):
        st.caption(t("Certificate"))
        st.markdown(
            f":material/workspace_premium: {t('Not yet. What is missing:')}\n\n"
            + "\n".join(f"- {one}" for one in told)
        )


def missing(found: Missing, page: CoursePage, t: Language) -> Sequence[str]:
    """What is missing, in words."""
    if found.is_empty:
        return [t("anything that counts: the course requires nothing so far")]
    told = []
    if found.lessons:
        told.append(t.plural("{n} required lesson", "{n} required lessons", found.lessons))
    if found.ungraded:
        told.append(
            t.plural(
                "a score for {n} piece of graded work",
                "a score for {n} pieces of graded work",
                found.ungraded,
            )
        )
    if found.is_below:
        told.append(
            t(
                "a grade of {pass_mark}; so far it is {grade}",
                pass_mark=t.number(page.pass_mark),
                grade=wording.grade_out_of_100(page.grade, t),
            )
        )
    return told or [t("nothing: the next step in the course completes it")]


def _completed(page: CoursePage, principal: Principal, t: Language) -> None:
    with services().reading() as session:
        is_due = certificates.is_due(session, principal, page.enrollment_id)
    with st.container(border=True, gap="small"):
        st.caption(t("Certificate"))
        if not is_due:
            st.markdown(
                t("Another system told that this course was completed, so none is issued here.")
            )
            return
        address = certificates.verify_address(services().settings.base_url)
        st.markdown(
            t(
                "A PDF with a code, by which anybody can check at {address} that it is valid.",
                address=f"[{address}]({address})",
            )
        )
        _download(page, t)


def _download(page: CoursePage, t: Language) -> None:
    wired, code = services(), t.code

    def content(principal: Principal) -> bytes:
        return wired.certificate(principal, page.enrollment_id, language(code))

    st.download_button(
        t("Certificate"),
        data=viewer.later(Area.MY_COURSES, content),
        file_name="certificate.pdf",
        mime="application/pdf",
        key="certificate",
        on_click="ignore",
        icon=":material/workspace_premium:",
    )

"""People as an administrator sees them: a list, an invitation, one person's roles and state."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import feedback, theme, viewer
from components.labels import literal
from core.accounts import administration, mail
from core.accounts.access import Principal, Role
from core.accounts.schemas import InvitationMade, Person
from core.i18n import MISSING, Language, mark
from wiring import services

PAGE_SIZE = 50

ROLE_NAMES = {
    Role.ADMIN: mark("Administrator"),
    Role.STAFF: mark("Staff"),
    Role.INSTRUCTOR: mark("Instructor"),
    Role.MARKETER: mark("Marketer"),
    Role.LEARNER: mark("Learner"),
}


def search(principal: Principal) -> list[Person]:
    """A search field and the people it finds, a page of them."""
    t = viewer.words()
    with st.container(horizontal=True), services().reading() as session:
        text = st.text_input(
            t("Search"), placeholder=t("Name or e-mail address"), key="q", bind="query-params"
        )
        total = administration.count_people(session, principal, search=text or "")
        offset = _page_number(t, total) * PAGE_SIZE
        found = administration.people(
            session, principal, search=text or "", limit=PAGE_SIZE, offset=offset
        )
    st.caption(t.plural("{n} person", "{n} people", total))
    return found


def _page_number(t: Language, total: int) -> int:
    pages = -(-total // PAGE_SIZE)
    if pages <= 1:
        return 0
    return st.number_input(t("Page"), min_value=1, max_value=pages, step=1, width=140) - 1


def choose(people: list[Person]) -> Person | None:
    """The list; the chosen person, if any."""
    t = viewer.words()
    event = st.dataframe(
        [_row(t, person) for person in people],
        key="people",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        alt=t("People with their roles and state"),
    )
    chosen = event["selection"]["rows"]
    return people[chosen[0]] if chosen and chosen[0] < len(people) else None


def _row(t: Language, person: Person) -> dict[str, str]:
    return {
        t("Name"): person.name,
        t("E-mail address"): person.email or MISSING,
        t("Roles"): ", ".join(t(ROLE_NAMES[role]) for role in sorted(person.roles)),
        t("State"): state(t, person),
        t("Last seen"): t.date(person.last_seen_at and person.last_seen_at.date()),
    }


def state(t: Language, person: Person) -> str:
    """A person's state in a word or two."""
    if not person.is_active:
        return t("Deactivated")
    if person.is_sample:
        return t("Sample")
    if person.email is None:
        return t("No sign-in")
    return t("Invited") if person.is_invited else t("Active")


def invite(principal: Principal) -> None:
    """A form that adds a person and sends them a single-use link."""
    t = viewer.words()
    with st.popover(
        t("Invite somebody"), icon=":material/person_add:", type=theme.call_to_action()
    ):
        with st.form("invite", clear_on_submit=True, border=False):
            email = st.text_input(t("E-mail address"), type="email", required=True)
            name = st.text_input(t("Name"), max_chars=200, required=True)
            roles = _role_picker(t, "invite-roles", frozenset())
            sent = st.form_submit_button(t("Send the invitation"), type=theme.call_to_action())
        if sent:
            with feedback.sentences():
                with services().work() as session:
                    made = administration.invite(session, principal, email or "", name or "", roles)
                _send(t, made)


def _role_picker(t: Language, key: str, roles: frozenset[Role]) -> list[Role]:
    return st.multiselect(
        t("Roles"),
        list(Role),
        default=sorted(roles),
        format_func=lambda role: t(ROLE_NAMES[role]),
        key=key,
    )


def _send(t: Language, made: InvitationMade) -> None:
    """Show the link, which is kept nowhere else, then send it."""
    link = f"{services().settings.base_url}/invite/{made.token}"
    st.markdown(t("The link works once, until {moment}.", moment=t.moment(made.expires_at)))
    st.code(link, language=None, wrap_lines=True)
    services().mailer.send(mail.invitation(t, made.name, made.email, link, made.expires_at))
    if services().settings.smtp_url is None:
        st.info(t("No mail server is set. Pass the link on yourself."), icon=":material/mail:")
    else:
        st.success(t("It was sent to {email}.", email=literal(made.email)), icon=":material/mail:")


def one(principal: Principal, person: Person) -> None:
    """One person: their roles, and what may be done about their access."""
    t = viewer.words()

    def button(label: str, **options: Any) -> bool:
        # Keyed by the person: the list may have moved under the row that was chosen, and a
        # click meant for one must never reach another.
        return st.button(label, key=f"{label}-{person.id}", **options)

    with st.container(border=True):
        st.subheader(literal(person.name), anchor=False)
        roles = _role_picker(t, f"roles-{person.id}", person.roles)
        with st.container(horizontal=True):
            same = set(roles) == person.roles
            if button(t("Save roles"), type=theme.call_to_action(), disabled=same):
                _act(t("Roles saved."), administration.set_roles, principal, person.id, roles)
            if button(t("End all sign-ins"), disabled=person.open_sessions == 0):
                _act(
                    t("All sign-ins have ended."),
                    administration.end_all_sessions,
                    principal,
                    person.id,
                )
            if person.is_active and button(t("Deactivate")):
                _act(t("Deactivated."), administration.deactivate, principal, person.id)
            if not person.is_active and button(t("Activate")):
                _act(t("Activated."), administration.activate, principal, person.id)
            if not person.is_sample and button(t("New link to set a password")):
                _renew(t, principal, person)


def _act(said: str, action: Callable[..., None], *arguments: object) -> None:
    """Do one action in a unit of work of its own and tell that it was done."""
    with feedback.sentences():
        with services().work() as session:
            action(session, *arguments)
        feedback.done(said)


def _renew(t: Language, principal: Principal, person: Person) -> None:
    with feedback.sentences():
        with services().work() as session:
            made = administration.new_link(session, principal, person.id)
        _send(t, made)

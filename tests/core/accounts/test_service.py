import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core import clock
from core.accounts import administration, lifetime, service
from core.accounts.access import Principal, Role
from core.accounts.errors import (
    AlreadySetUp,
    InvitationGone,
    TooManyTries,
    WrongCredentials,
    WrongPassword,
)
from core.accounts.models import FailedSignIn, Invitation, SignInSession, User
from core.accounts.schemas import SignedIn, Verified
from core.accounts.tokens import digest
from core.audit import trail
from core.db import reading, unit_of_work
from core.errors import AppError, Forbidden, NotFound
from tests.core.accounts.people import (
    HASHER,
    PASSWORD,
    administrator,
    first_administrator,
    hashed,
    joined,
    signed_in,
    stop_clock,
)


def failed_try(engine: Engine, email: str = "ada@example.org", address: str = "10.0.0.1") -> None:
    with unit_of_work(engine) as session:
        service.count_try(session, email, address)


def test_setting_up_makes_an_administrator_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        user_id = first_administrator(session)

    with unit_of_work(engine) as session, pytest.raises(AlreadySetUp):
        first_administrator(session, "eve@example.org")

    with reading(engine) as session:
        assert session.scalars(select(User.email)).all() == ["ada@example.org"]
        assert [entry.action for entry in trail.about(session, f"user/{user_id}")] == [
            "installation.set_up"
        ]


def test_of_two_who_set_up_at_once_one_becomes_administrator(engine: Engine) -> None:
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def set_up(email: str) -> None:
        start.wait()
        try:
            with unit_of_work(engine) as session:
                first_administrator(session, email)
            outcomes.append("made")
        except AppError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=set_up, args=(f"{n}@example.org",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already_set_up", "made"]


def test_signing_in_opens_a_session_whose_secret_is_not_kept(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        made = signed_in(session)

    with reading(engine) as session:
        assert service.principal_of(session, made.secret) == made.principal
        assert made.principal.roles == {Role.ADMIN}
        (row,) = session.scalars(select(SignInSession)).all()
        assert row.id == digest(made.secret)
        assert made.secret not in str(vars(row))


def test_finding_the_person_of_a_session_takes_one_query(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        administration.set_roles(session, admin, admin.user_id, list(Role))
        secret = signed_in(session).secret
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    with reading(engine) as session:
        principal = service.principal_of(session, secret)

    assert principal is not None
    assert principal.roles == set(Role)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "umbrella tunnel crisp viola"),
        ("nobody@example.org", PASSWORD),
        ("ada@example.org", ""),
        ("ada@example.org", "x" * 1000),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_pair_is_refused_without_telling_why(
    sqlite_engine: Engine, email: str, password: str
) -> None:
    with unit_of_work(sqlite_engine) as session:
        first_administrator(session)

    with reading(sqlite_engine) as session, pytest.raises(WrongCredentials) as refused:
        service.verify(session, HASHER, email, password)

    assert refused.value.data == {}


def test_an_address_is_found_however_its_letters_were_typed(engine: Engine) -> None:
    typed = " ADA\uff20example.org"  # a full-width at sign, as some keyboards write it
    with unit_of_work(engine) as session:
        user_id = first_administrator(session, typed)
        assert service.count_try(session, typed, "10.0.0.1").email == "ada@example.org"
        assert service.verify(session, HASHER, typed, PASSWORD).user_id == user_id


def test_an_unknown_address_costs_a_comparison_too(sqlite_engine: Engine) -> None:
    compared: list[str] = []

    class Watched:
        def hash(self, password: str) -> str:
            return password

        def matches(self, password: str, password_hash: str) -> bool:
            compared.append(password_hash)
            return False

    with reading(sqlite_engine) as session, pytest.raises(WrongCredentials):
        service.verify(session, Watched(), "nobody@example.org", "whatever")

    assert [made[:7] for made in compared] == ["$2b$12$"]


def test_wrong_tries_slow_the_account_down_and_time_frees_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    for _ in range(5):
        failed_try(engine)

    with unit_of_work(engine) as session, pytest.raises(TooManyTries) as slowed:
        service.count_try(session, "ADA@example.org ", "10.9.9.9")

    assert slowed.value.data == {"seconds": 1}
    with clock.moved(timedelta(seconds=2)):
        failed_try(engine)


def test_many_accounts_from_one_address_slow_the_address_down(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    for number in range(30):
        failed_try(engine, f"{number}@example.org", "10.0.0.7")

    with unit_of_work(engine) as session, pytest.raises(TooManyTries):
        service.count_try(session, "fresh@example.org", "10.0.0.7")
    failed_try(engine, "fresh@example.org", "10.0.0.8")


def test_tries_made_at_once_all_count(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    admitted: list[int] = []
    start = threading.Barrier(12)

    def attempt() -> None:
        start.wait()
        try:
            failed_try(engine)
            admitted.append(1)
        except TooManyTries:
            admitted.append(0)

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(admitted) == 5


def test_a_success_takes_the_account_failures_back(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
    for _ in range(4):
        failed_try(engine)
    with unit_of_work(engine) as session:
        signed_in(session)

    with reading(engine) as session:
        subjects = session.scalars(select(FailedSignIn.subject)).all()

    assert subjects == ["address:10.0.0.1"] * 4


def test_old_failures_are_deleted(sqlite_engine: Engine) -> None:
    failed_try(sqlite_engine, "old@example.org")
    with clock.moved(timedelta(hours=25)):
        failed_try(sqlite_engine, "new@example.org")

    with reading(sqlite_engine) as session:
        assert len(session.scalars(select(FailedSignIn)).all()) == 2


def principal_later(engine: Engine, secret: str, later: timedelta) -> Principal | None:
    with clock.moved(later), reading(engine) as session:
        return service.principal_of(session, secret)


def test_an_unused_session_ends(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        secret = signed_in(session).secret

    assert principal_later(engine, secret, lifetime.IDLE_LIMIT - timedelta(minutes=1)) is not None
    assert principal_later(engine, secret, lifetime.IDLE_LIMIT + timedelta(minutes=1)) is None


def test_use_keeps_a_session_open_until_its_last_hour(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        made = signed_in(session)
    for hour in range(1, 12):
        with clock.moved(timedelta(hours=hour)), unit_of_work(engine) as session:
            service.note_use(session, made.principal)

    assert principal_later(engine, made.secret, timedelta(hours=11, minutes=59)) is not None
    assert principal_later(engine, made.secret, timedelta(hours=12, minutes=1)) is None


def test_use_is_written_down_every_few_minutes_only(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        first_administrator(session)
        made = signed_in(session)
        before = session.get_one(SignInSession, made.principal.session_id).last_seen_at
    with clock.moved(timedelta(minutes=1)), unit_of_work(sqlite_engine) as session:
        service.note_use(session, made.principal)

    with reading(sqlite_engine) as session:
        assert session.get_one(SignInSession, made.principal.session_id).last_seen_at == before


def test_signing_out_ends_the_session(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        made = signed_in(session)
    with unit_of_work(engine) as session:
        service.sign_out(session, made.secret)
        service.sign_out(session, made.secret)

    assert principal_later(engine, made.secret, timedelta(0)) is None


def test_signing_in_again_ends_the_browsers_former_session(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        former = signed_in(session)
        service.start_session(
            session,
            service.verify(session, HASHER, "ada@example.org", PASSWORD),
            address="10.0.0.1",
            user_agent="Browser 1",
            lifetime_hours=12,
            former_secret=former.secret,
        )

    assert principal_later(engine, former.secret, timedelta(0)) is None


def test_a_changed_password_ends_every_session(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        here, there = signed_in(session), signed_in(session)
    fresh = "kettle walnut orbit glacier"
    with unit_of_work(engine) as session:
        counted = service.count_try(session, here.principal.email, "10.0.0.1")
        service.confirm_password(session, HASHER, here.principal, PASSWORD)
        service.change_password(session, here.principal, hashed(fresh), counted)

    assert [principal_later(engine, s.secret, timedelta(0)) for s in (here, there)] == [None, None]
    with reading(engine) as session:
        again = service.verify(session, HASHER, "ada@example.org", fresh)
        assert again.user_id == here.principal.user_id
        with pytest.raises(WrongPassword):
            service.confirm_password(session, HASHER, here.principal, PASSWORD)


def start(session: Session, verified: Verified) -> SignedIn:
    return service.start_session(
        session, verified, address="10.0.0.1", user_agent="Browser 1", lifetime_hours=12
    )


def change(session: Session, principal: Principal, fresh: str) -> None:
    counted = service.count_try(session, principal.email, "10.0.0.1")
    service.change_password(session, principal, hashed(fresh), counted)


def test_a_password_changed_between_its_check_and_the_sign_in_opens_nothing(
    engine: Engine,
) -> None:
    with unit_of_work(engine) as session:
        ada = administrator(session)
    with reading(engine) as session:
        verified = service.verify(session, HASHER, ada.email, PASSWORD)
    with unit_of_work(engine) as session:
        change(session, ada, "kettle walnut orbit glacier")

    with unit_of_work(engine) as session, pytest.raises(WrongCredentials):
        start(session, verified)


def test_a_password_is_not_changed_while_a_sign_in_with_it_goes_on(
    postgres_engine: Engine,
) -> None:
    with unit_of_work(postgres_engine) as session:
        ada = administrator(session)
    with unit_of_work(postgres_engine) as session:
        start(session, service.verify(session, HASHER, ada.email, PASSWORD))
        with unit_of_work(postgres_engine) as other:
            other.execute(text("SET LOCAL lock_timeout = '100ms'"))
            with pytest.raises(OperationalError, match="lock"):
                change(other, ada, "kettle walnut orbit glacier")
            other.rollback()


def test_a_hash_is_not_shown_with_the_person_it_verified() -> None:
    assert repr(Verified(7, "quick:secret")) == "Verified(user_id=7)"


def test_a_profile_is_changed_by_its_person(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        first_administrator(session)
        made = signed_in(session)
        service.rename(session, made.principal, "Ada  Lovelace")
        service.set_language(session, made.principal, "es")
        with pytest.raises(NotFound):
            service.set_language(session, made.principal, "xx")

    with reading(engine) as session:
        principal = service.principal_of(session, made.secret)

    assert principal is not None
    assert (principal.name, principal.language) == ("Ada Lovelace", "es")


def test_a_person_sees_and_ends_their_own_sessions_only(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        joined(session, admin, "grace@example.org", Role.LEARNER)
        grace, elsewhere = (signed_in(session, "grace@example.org") for _ in range(2))

        rows = service.own_sessions(session, grace.principal)
        assert {row.id: row.is_current for row in rows} == {
            grace.principal.session_id: True,
            elsewhere.principal.session_id: False,
        }
        service.revoke_session(session, grace.principal, elsewhere.principal.session_id)
        with pytest.raises(NotFound):
            service.revoke_session(session, grace.principal, admin.session_id)
        with pytest.raises(Forbidden):
            service.sessions_of(session, grace.principal, admin.user_id)

    assert principal_later(engine, elsewhere.secret, timedelta(0)) is None
    assert principal_later(engine, grace.secret, timedelta(0)) is not None


def test_an_invitation_works_once(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        made = administration.invite(session, admin, "g@example.org", "Grace", [Role.LEARNER])
        assert service.invited(session, made.token).name == "Grace"
        assert made.token not in session.scalars(select(Invitation.token_hash)).all()
        service.accept_invitation(session, made.token, hashed())

    with unit_of_work(engine) as session, pytest.raises(InvitationGone):
        service.accept_invitation(session, made.token, hashed("kettle walnut orbit glacier"))
    with unit_of_work(engine) as session:
        assert signed_in(session, "g@example.org").principal.roles == {Role.LEARNER}


def test_of_two_who_answer_an_invitation_at_once_one_succeeds(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        token = administration.invite(session, admin, "g@example.org", "Grace", [Role.STAFF]).token
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def accept() -> None:
        start.wait()
        try:
            with unit_of_work(engine) as session:
                service.accept_invitation(session, token, hashed())
            outcomes.append("accepted")
        except AppError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["accepted", "invitation_gone"]


def test_an_invitation_expires_after_a_week(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        token = administration.invite(session, admin, "g@example.org", "Grace", [Role.STAFF]).token

    with clock.moved(timedelta(days=7, minutes=1)), reading(engine) as session:
        with pytest.raises(InvitationGone):
            service.invited(session, token)


def test_no_hash_or_secret_is_written_to_the_trail(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        made = administration.invite(session, admin, "g@example.org", "Grace", [Role.STAFF])
        user_id = service.accept_invitation(session, made.token, hashed())
        entries = trail.about(session, f"user/{user_id}")

    assert [entry.action for entry in entries] == ["person.invited", "invitation.accepted"]
    assert not any(made.token in str(entry.details) for entry in entries)
    assert not any("quick:" in str(entry.details) for entry in entries)

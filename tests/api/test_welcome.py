import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from core import clock
from core.accounts import administration, service
from core.accounts.access import Role
from core.accounts.models import User
from core.jobs.models import Job, JobKind
from tests.api.visiting import post, sign_in
from tests.core.accounts.people import PASSWORD, signed_in
from wiring import Services

NewClient = Callable[[Services], TestClient]


def set_up(client: TestClient, **changed: str) -> tuple[int, str]:
    fields = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD, **changed}
    answer = post(client, "/setup", **fields)
    return answer.status_code, answer.text


def kinds_of_jobs(services: Services) -> list[JobKind]:
    with services.reading() as session:
        return list(session.scalars(select(Job.kind)))


def test_setting_up_signs_the_administrator_in(new_client: NewClient, services: Services) -> None:
    client = new_client(services)

    assert set_up(client) == (303, "")
    assert client.get("/people").status_code == 200
    assert kinds_of_jobs(services) == []


def test_the_sample_world_is_loaded_when_asked_for(
    new_client: NewClient, services: Services
) -> None:
    set_up(new_client(services), sample="1")

    assert kinds_of_jobs(services) == [JobKind.LOAD_SAMPLE]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "ada"}, "email"),
        ({"name": "  "}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "Welcome, Password1"}, "password"),
        ({"password": "ñandú del río " * 6}, "password"),
        ({"email": "ada@example.org\r\nBcc: eve@example.org"}, "email"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_made(
    new_client: NewClient, services: Services, changed: dict[str, str], field: str
) -> None:
    status, page = set_up(new_client(services), **changed)

    assert status == 422
    assert f'<a href="#{field}">' in page
    assert f'id="{field}-fault"' in page
    assert 'aria-invalid="true"' in page
    with services.reading() as session:
        assert not service.is_set_up(session)
    assert kinds_of_jobs(services) == []


def test_nobody_sets_up_a_second_time(client: TestClient) -> None:
    assert client.get("/setup").headers["location"] == "/signin"
    assert client.post("/setup", data={"name": "Eve"}).headers["location"] == "/signin"


def test_of_two_who_set_up_at_once_one_gets_in(new_client: NewClient, services: Services) -> None:
    clients = [new_client(services) for _ in range(2)]
    for client in clients:
        client.get("/setup")
    start = threading.Barrier(2)
    where: list[str] = []

    def submit(number: int) -> None:
        client = clients[number]
        fields = {
            "csrf": client.cookies["csrf"],
            "name": "Somebody",
            "email": f"{number}@example.org",
            "password": PASSWORD,
        }
        start.wait()
        where.append(client.post("/setup", data=fields).headers["location"])

    threads = [threading.Thread(target=submit, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(where) == ["/", "/signin"]
    with services.reading() as session:
        assert len(session.scalars(select(User)).all()) == 1


def invitation(services: Services) -> str:
    """The path of a link for Grace."""
    with services.work() as session:
        admin = signed_in(session).principal
        made = administration.invite(session, admin, "g@example.org", "Grace", [Role.LEARNER])
    return f"/invite/{made.token}"


def test_a_link_sets_a_password_once(client: TestClient, quick_services: Services) -> None:
    link = invitation(quick_services)
    page = client.get(link)
    assert "Welcome, Grace." in page.text
    assert 'autocomplete="new-password"' in page.text
    assert page.headers["referrer-policy"] == "no-referrer"

    assert post(client, link, password="short").status_code == 422
    assert post(client, link, password=PASSWORD).headers["location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get(link).status_code == 404
    assert client.post(link, data={"password": PASSWORD}).status_code == 404


def test_a_dead_link_says_what_to_do(client: TestClient, quick_services: Services) -> None:
    link = invitation(quick_services)

    with clock.moved(timedelta(days=8)):
        expired = client.get(link)

    assert expired.status_code == 404
    assert "Ask an administrator for a new one." in expired.text
    assert client.get("/invite/made-up").text.count("Ask an administrator") == 1


def test_an_invitation_needs_its_form_token(client: TestClient, quick_services: Services) -> None:
    link = invitation(quick_services)

    assert client.post(link, data={"password": PASSWORD}).status_code == 403
    assert sign_in(client, "g@example.org").status_code == 401

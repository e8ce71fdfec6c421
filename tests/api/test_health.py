from dataclasses import replace

from starlette.testclient import TestClient

import wiring
from api import health
from core.db import connect
from core.settings import Settings
from wiring import Services


def test_a_living_process_says_so_to_everybody(client: TestClient) -> None:
    answer = client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_without_its_migrations_it_is_not_ready(settings: Settings) -> None:
    services = wiring.build(settings)

    assert health.missing(services) == "migrations missing"
    wiring.prepare(services)
    assert health.missing(services) is None


def test_whether_it_is_ready_is_told_by_the_status(client: TestClient) -> None:
    answer = client.get("/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_without_its_database_it_is_not_ready_and_names_no_address(
    quick_services: Services,
) -> None:
    away = connect("postgresql+psycopg://nobody:hush@127.0.0.1:1/none")

    assert health.missing(replace(quick_services, engine=away)) == "records unreachable"

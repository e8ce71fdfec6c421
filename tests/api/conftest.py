"""The edge as served, with a page behind it that says who got through."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

import wiring
from api import failures, server
from core.settings import Settings
from tests.core.accounts.people import HASHER, first_administrator
from wiring import Services

ADDRESS = "http://localhost:8501"


async def behind(request: Request) -> Response:
    if request.url.path == "/fails":
        raise RuntimeError("a fault nobody named")
    return PlainTextResponse(f"behind the gate: {request.url.path}")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def served(services: Services) -> Starlette:
    """Our routes and middleware around a page that stands for Streamlit."""
    routes = [
        *server.routes(lambda: services),
        WebSocketRoute("/{path:path}", stream),
        Route("/{path:path}", behind, methods=["GET", "POST", "PUT"]),
    ]
    return Starlette(
        routes=routes,
        middleware=server.middleware(lambda: services),
        exception_handlers={Exception: failures.unexpected(lambda: services)},
    )


@pytest.fixture
def services(settings: Settings, engine: Engine) -> Services:
    """An installation whose passwords cost no time; nobody has an account."""
    return replace(wiring.build(settings), engine=engine, hasher=HASHER)


@pytest.fixture
def quick_services(settings: Settings, sqlite_engine: Engine) -> Services:
    """The same on SQLite only, with an administrator."""
    made = replace(wiring.build(settings), engine=sqlite_engine, hasher=HASHER)
    with made.work() as session:
        first_administrator(session)
    return made


@pytest.fixture
def new_client() -> Iterator[Callable[[Services], TestClient]]:
    """Makes a browser before an installation."""
    made: list[TestClient] = []

    def make(services: Services) -> TestClient:
        client = TestClient(
            served(services),
            base_url=ADDRESS,
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(new_client: Callable[[Services], TestClient], quick_services: Services) -> TestClient:
    """A browser before an installation with an administrator, signed out."""
    return new_client(quick_services)

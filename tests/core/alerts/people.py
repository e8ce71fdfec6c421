"""People who hear of alerts, and a receiver of webhooks that is a real server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from sqlalchemy import Engine

from core import clock
from core.accounts.access import Principal, Role
from core.accounts.models import User, UserRole
from core.alerts import service, webhook
from core.alerts.models import AlertKind, Channel
from core.alerts.schemas import Subscription
from core.campaigns.alerts import Raised
from core.db import unit_of_work

LOCAL = webhook.networks("127.0.0.0/8")
FACTS = {"kpi": "spend", "day": "2026-11-22", "value": 900.0, "low": 80.0, "high": 120.0}


def somebody(engine: Engine, name: str, *roles: Role, **values: Any) -> Principal:
    email = f"{name.lower()}@example.org"
    with unit_of_work(engine) as session:
        user = User(name=name, email=email, created_at=clock.now(), **values)
        user.role_rows = [UserRole(role=role) for role in roles]
        session.add(user)
        session.flush()
        return Principal(user.id, name, email, frozenset(roles))


def subscribe(engine: Engine, who: Principal, channel: Channel, url: str | None = None) -> None:
    wanted = service.sound(Subscription(channel, url), LOCAL)
    with unit_of_work(engine) as session:
        service.subscribe(session, who, wanted)


def raised(key: str = "anomaly:1:USD:2026-11-22", **values: Any) -> Raised:
    given = {
        "kind": AlertKind.ANOMALY,
        "campaign_id": 1,
        "name": "Brand",
        "currency": "USD",
        "is_sample": False,
        "facts": FACTS,
    }
    return Raised(key=key, **{**given, **values})


class Receiver:
    """What a server was sent, and how it answers: a status each, the last one from then on."""

    def __init__(self) -> None:
        self.url = ""
        self.answers = [200]
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A server on this machine that keeps what is posted to it."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((dict(self.headers), json.loads(body)))
            self.send_response(receiver.answer())
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Tests print nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook?key=1"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

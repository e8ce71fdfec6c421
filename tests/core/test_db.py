from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from core import clock, logs
from core.accounts.models import User
from core.db import unit_of_work


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    logs.configure("INFO")
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize("name", ["Ada", None], ids=["its key is taken", "a value is missing"])
def test_what_a_refused_row_held_reaches_no_log(
    engine: Engine, capsys: pytest.CaptureFixture[str], name: str | None
) -> None:
    rows = [
        User(email="ada@example.org", name=one, password_hash="$2b$12$hash", created_at=clock.now())
        for one in ("Ada", name)
    ]
    with unit_of_work(engine) as session:
        session.add_all(rows)
        with pytest.raises(IntegrityError) as refused:
            session.flush()
        session.rollback()

    logs.report(refused.value, "page_failed")
    logged = capsys.readouterr().err
    assert "IntegrityError" in logged
    assert "ada@example.org" not in logged
    assert "$2b$12$hash" not in logged

"""Tables for a test's database, made as the product makes them."""

import importlib

from sqlalchemy import Engine, text

from core.audit.models import APPEND_ONLY
from core.db import Base

for noun in ("accounts", "audit", "campaigns", "courses", "documents", "events", "jobs"):
    importlib.import_module(f"core.{noun}.models")


def create_tables(engine: Engine) -> None:
    """Create every table and the audit trail's guards."""
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for statement in APPEND_ONLY[engine.dialect.name]:
            connection.execute(text(statement))

"""The audit trail's one table; the database itself refuses to change or delete its rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity


class AuditEntry(Base):
    """Who did what to which thing. ``actor_id`` has no foreign key: the trail outlives people."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(100), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

"""What people said of files that nobody knows, so that the next one imports by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Identity


class SourceMapping(Base):
    """What the columns of one kind of file mean.

    ``signature`` is made from the columns' names, whatever their order; ``mapping`` is as
    :mod:`core.imports.meanings` describes it.
    """

    __tablename__ = "source_mappings"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    signature: Mapped[str] = mapped_column(String(32), unique=True)
    mapping: Mapped[dict[str, Any]]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime]

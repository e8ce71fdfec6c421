"""Who asked to be erased."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class ErasureRequest(Base):
    """A person's wish to be erased; it stands until it is carried out or taken back."""

    __tablename__ = "erasure_requests"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    requested_at: Mapped[datetime]

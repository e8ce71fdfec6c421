"""What is told of requests."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Somebody who wants to be erased, and since when."""

    user_id: int
    name: str
    requested_at: datetime

"""How long sign-ins and invitations last."""

from datetime import datetime, timedelta

IDLE_LIMIT = timedelta(hours=2)  # a session nobody used for this long has ended
SEEN_EVERY = timedelta(minutes=5)  # how exactly the last use is written down
INVITATION_LIFE = timedelta(days=7)
KEEP_ENDED_SESSIONS = timedelta(days=30)

_COOKIE = "session"


def is_due(last_seen_at: datetime, now: datetime) -> bool:
    """Whether the last use is old enough to be written down again."""
    return now - last_seen_at >= SEEN_EVERY


def cookie_name(secure: bool) -> str:
    """The session cookie's name; the prefix makes browsers refuse it from another host."""
    return f"__Host-{_COOKIE}" if secure else _COOKIE

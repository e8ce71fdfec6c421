"""Secrets of sessions and invitations: random, given out once, kept only as their SHA-256."""

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """256 random bits, safe in a cookie and in a link."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """Hex SHA-256 of a secret, by which its row is found.

    A plain hash is enough: 256 random bits cannot be guessed, however fast one tries.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

"""Keys this installation makes for itself, kept in files only their owner can read."""

import os
import secrets
from pathlib import Path


def load_or_create(path: Path, size_bytes: int = 32) -> bytes:
    """The key at ``path``; made on first use, safely against a second process doing the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(size_bytes))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails where another process was first, whose key then counts
        except FileExistsError:
            return path.read_bytes()
        finally:
            fresh.unlink()
    return path.read_bytes()

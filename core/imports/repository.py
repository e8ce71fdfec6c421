"""Queries of what was said of unknown files; it is one body of knowledge for everybody."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.imports.models import SourceMapping


def mappings(session: Session) -> dict[str, dict[str, Any]]:
    """Every mapping by the signature of its file's columns."""
    rows = session.execute(select(SourceMapping.signature, SourceMapping.mapping))
    return {row.signature: row.mapping for row in rows}


def of_signature(session: Session, signature: str) -> SourceMapping | None:
    """What was said of files with these columns."""
    return session.scalars(
        select(SourceMapping).where(SourceMapping.signature == signature)
    ).one_or_none()

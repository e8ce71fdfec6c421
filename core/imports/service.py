"""What a person may say of a file before it is imported."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.audit import trail
from core.imports import meanings, repository
from core.imports.models import SourceMapping


def remember(
    session: Session, principal: Principal, signature: str, mapping: Mapping[str, Any]
) -> None:
    """Keep what the columns of a file mean, in place of what was said of such files before.

    For everyone who opens the Data page. Raises :class:`meanings.MappingIncomplete` and
    :class:`meanings.ColumnUsedTwice`.
    """
    principal.require(Area.DATA)
    meanings.check(mapping)
    kept = repository.of_signature(session, signature)
    if kept is None:
        kept = SourceMapping(signature=signature)
        session.add(kept)
    kept.mapping = dict(mapping)
    kept.updated_by, kept.updated_at = principal.user_id, clock.now()
    trail.record(
        session, principal.user_id, "import.mapped", f"mapping/{signature}", kind=mapping["kind"]
    )

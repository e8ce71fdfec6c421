"""People, templates and documents in the records, for tests of who may see and make what."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.documents.models import Document, DocumentType
from core.documents.templates import ensure_builtin_templates
from tests.core.documents.made import CREATED


def person(session: Session, *roles: Role, name: str = "") -> Principal:
    """Somebody with these roles, known to the records."""
    name = name or "-".join(role.value for role in roles)
    email = f"{name}@example.org"
    user = User(email=email, name=name, created_at=CREATED, password_hash="x")
    session.add(user)
    session.flush()
    return Principal(user.id, name, email, frozenset(roles))


def template_id(session: Session, slug: str = "campaign-report") -> int:
    return next(row.id for row in ensure_builtin_templates(session) if row.slug == slug)


def kept(session: Session, owner: Principal, **changed: Any) -> Document:
    """A finished document of somebody's."""
    values: dict[str, Any] = {
        "template_id": template_id(session),
        "owner_id": owner.user_id,
        "document_type": DocumentType.REPORT,
        "is_campaign_report": True,
        "title": f"By {owner.name}",
        "language": "en",
        "variables": {},
        "file_name": "1.docx",
        "size_bytes": 1000,
        "sha256": "0" * 64,
        "lake_generation": 1,
        "figures": [],
        "generation_time_seconds": Decimal("0.25"),
        "quality_score": Decimal("0.9"),
        "quality_parts": {"grounding": {"score": 0.9, "weight": 1.0}},
        "created_at": CREATED,
    }
    row = Document(**(values | changed))
    session.add(row)
    session.flush()
    return row

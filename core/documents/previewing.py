"""A document's pages before it is made, with its score and what would stand in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal
from core.documents import composing, house_setting, page_layout, quality, repository
from core.documents.drafts import Assignment
from core.documents.errors import LanguageNotWritten
from core.documents.form import check
from core.documents.formatting import FormattingRules, customised
from core.documents.making import examined
from core.documents.ports import Figures
from core.documents.schemas import Suggestion, Variable
from core.documents.types import spec_of
from core.errors import AppError
from core.i18n import language as words_of


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as PNG, the score they would have, the gates that are closed, and advice."""

    pages: list[bytes]
    score: Decimal
    gates: list[AppError]
    advice: list[Suggestion]


def preview(
    session: Session,
    principal: Principal,
    template_id: int,
    values: Mapping[str, Any],
    language: str,
    *,
    chosen: Mapping[str, Any],
    figures: Figures,
) -> Preview:
    """Lay the form's pages out; nothing is kept.

    Raises :class:`~core.documents.errors.InvalidForm` as sending would, and ``NotFound`` for
    a template that is not this person's to use.
    """
    principal.require(Area.NEW_DOCUMENT)
    template = repository.template(session, principal, template_id)
    if language not in template.languages:
        raise LanguageNotWritten(field="language")
    variables = [Variable.from_record(record) for record in template.variables]
    assignment = Assignment(
        values=check(variables, values),
        rules=customised(FormattingRules.from_record(template.formatting_rules), chosen),
        author=principal.name,
        created=clock.now().replace(hour=0, minute=0, second=0, microsecond=0),
        language=words_of(language),
        house=house_setting.current(session),
    )
    draft = composing.build(assignment, spec_of(template.document_type), figures)
    document = examined(draft, assignment, variables)
    score, _ = quality.scored(document)
    return Preview(
        pages=page_layout.pictures(draft.model),
        score=score,
        gates=quality.closed_gates(document),
        advice=quality.suggestions(document),
    )

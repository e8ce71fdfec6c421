"""All queries of documents; they decide who sees and who makes which."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Row, Select, false, or_, select, true
from sqlalchemy.orm import Session, defer

from core.accounts.access import Area, Principal, Reach
from core.accounts.models import User
from core.documents.models import Document, DocumentDraft, DocumentTemplate, HouseStyle
from core.errors import NotFound

Listed = Row[Document, str, str]  # with the template's and the owner's name


def reaches_campaign_figures(principal: Principal) -> bool:
    """Whether documents may tell this person what campaigns spent and earned.

    Admins and marketers open the campaigns themselves. Staff do not, yet the table of
    access gives them *reports of campaigns*: they reach the figures through documents.
    Instructors write documents but reach no campaign figure, and learners write none.
    """
    through_documents = principal.reaches(Area.DOCUMENT_HISTORY)
    return principal.sees_all(Area.CAMPAIGNS) or bool(
        {Reach.ALL, Reach.OWN_AND_CAMPAIGN_REPORTS} & through_documents
    )


def templates(session: Session, principal: Principal) -> list[DocumentTemplate]:
    """The newest version of each template the person may use, in the order they were added."""
    rows = session.scalars(_usable(principal).order_by(DocumentTemplate.id))
    newest = {row.slug: row for row in rows}
    return list(newest.values())


def template(session: Session, principal: Principal, template_id: int) -> DocumentTemplate:
    """A template the person may use, else :class:`NotFound`."""
    row = session.scalar(_usable(principal).where(DocumentTemplate.id == template_id))
    if row is None:
        raise NotFound(template_id=template_id)
    return row


def template_by_slug(session: Session, slug: str, version: int) -> DocumentTemplate | None:
    """One version of a template, whoever asks."""
    query = select(DocumentTemplate).where(
        DocumentTemplate.slug == slug, DocumentTemplate.version == version
    )
    return session.scalar(query)


def history(
    session: Session,
    principal: Principal,
    limit: int,
    conditions: Iterable[ColumnElement[bool]] = (),
) -> list[Listed]:
    """The documents the person may see and that meet every condition, newest first."""
    query = _listed(principal).where(*conditions).order_by(Document.id.desc()).limit(limit)
    return list(session.execute(query))


def document(session: Session, principal: Principal, document_id: int) -> Document:
    """A document the person may see, else :class:`NotFound`; the two look the same."""
    query = select(Document).where(Document.id == document_id, visible_to(principal))
    row = session.scalar(query)
    if row is None:
        raise NotFound(document_id=document_id)
    return row


def made_by_job(session: Session, principal: Principal, job_id: int) -> Listed | None:
    """The document a job made, where it is still there and the person may see it."""
    return session.execute(_listed(principal).where(Document.job_id == job_id)).first()


def of_job(session: Session, job_id: int) -> Document | None:
    """The document a job has made already."""
    return session.scalar(select(Document).where(Document.job_id == job_id))


def visible_to(principal: Principal) -> ColumnElement[bool]:
    """Which documents the table of access shows to a person."""
    reaches = principal.reaches(Area.DOCUMENT_HISTORY)
    if Reach.ALL in reaches:
        return true()
    seen: list[ColumnElement[bool]] = []
    if reaches:
        seen.append(Document.owner_id == principal.user_id)
    if Reach.OWN_AND_CAMPAIGN_REPORTS in reaches:
        seen.append(Document.is_campaign_report == true())
    return or_(*seen) if seen else false()


def draft(session: Session, principal: Principal, slug: str) -> DocumentDraft | None:
    """What this person has typed into a template's form and not sent."""
    return session.get(DocumentDraft, (principal.user_id, slug))


def newest_house_style(session: Session) -> HouseStyle | None:
    """The house style that counts, once somebody has set one."""
    return session.scalar(select(HouseStyle).order_by(HouseStyle.id.desc()).limit(1))


def _usable(principal: Principal) -> Select[DocumentTemplate]:
    """Templates for those who write documents; campaign figures only for whom they reach."""
    query = select(DocumentTemplate)
    if not principal.may_open(Area.NEW_DOCUMENT):
        return query.where(false())
    if reaches_campaign_figures(principal):
        return query
    return query.where(DocumentTemplate.tells_campaign_figures.is_(False))


def _listed(principal: Principal) -> Select[Document, str, str]:
    """Documents with two names, without what was typed and the ledger: no list shows those."""
    long = (Document.variables, Document.figures, Document.assignment)
    return (
        select(Document, DocumentTemplate.name, User.name)
        .join(DocumentTemplate, DocumentTemplate.id == Document.template_id)
        .join(User, User.id == Document.owner_id)
        .options(*(defer(column, raiseload=True) for column in long))
        .where(visible_to(principal))
    )

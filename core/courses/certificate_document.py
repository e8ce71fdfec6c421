"""A certificate as a document: the same words whenever it is made, in the reader's language."""

from core.courses import certificate_codes, certificates
from core.courses.certificate_models import Certificate
from core.documents.house import House
from core.documents.model import (
    Column,
    DocumentModel,
    Heading,
    Labels,
    Layout,
    Paragraph,
    Section,
    Table,
    TextStyle,
)
from core.i18n import Language
from core.settings import PRODUCT_NAME

_NAME_WIDTH, _VALUE_WIDTH = 0.35, 0.65


def document(made: Certificate, base_url: str, house: House, t: Language) -> DocumentModel:
    """The certificate in the house style; its day is the day of issue."""
    issuer = house.organisation or PRODUCT_NAME
    blocks = (
        Paragraph(t("This certifies that"), TextStyle.LEAD),
        Heading(made.learner, level=1),
        Paragraph(t("has completed the course"), TextStyle.LEAD),
        Heading(made.course, level=1),
        _facts(made, t),
        Paragraph(
            t(
                "Whether this certificate is valid can be checked with its code at {address}.",
                address=certificates.verify_address(base_url),
            ),
            TextStyle.NOTE,
        ),
    )
    return DocumentModel(
        title=t("Certificate of completion"),
        subtitle=(issuer,),
        author=issuer,
        language=t.code,
        created=made.issued_at,
        labels=Labels(page="", footer=""),
        sections=(Section("certificate", "", blocks),),
        layout=Layout.CERTIFICATE,
        house=house,
    )


def _facts(made: Certificate, t: Language) -> Table:
    days = f"{t.date(made.starts_on, 'long')} – {t.date(made.ends_on, 'long')}"
    rows = [
        (t("Course dates"), days),
        (t("Completed on"), t.date(made.completed_on, "long")),
    ]
    if made.grade is not None:
        rows.append((t("Grade"), t("{points} of 100", points=t.number(made.grade))))
    rows += [
        (t("Issued on"), t.date(made.issued_at.date(), "long")),
        (t("Verification code"), certificate_codes.shown(made.code)),
    ]
    head = (Column(t("What"), _NAME_WIDTH), Column(t("As of the day of issue"), _VALUE_WIDTH))
    return Table(t("What is certified"), head, tuple(rows))

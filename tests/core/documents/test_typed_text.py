"""What a person types is text in office files and e-mails: never a template, never markup."""

import io
import zipfile
from email import message_from_bytes
from email.policy import default

import pytest
from lxml import etree

from core.documents import formats
from core.documents.types import DOCUMENT_TYPES
from tests.core.documents.made import TEMPLATES, example

TYPED = "{{7*7}} A & B <b>x</b>"
SLUG_OF = {"docx": "service-proposal", "pptx": "pitch", "eml": "follow-up-email"}


def rendered(slug: str, ending: str) -> bytes:
    draft, _ = example(slug, "en", title=TYPED)
    return formats.render(draft, DOCUMENT_TYPES[TEMPLATES[slug].document_type], ending)


@pytest.mark.parametrize("ending", ["docx", "pptx"])
def test_what_was_typed_is_text_in_office_files(ending: str) -> None:
    package = zipfile.ZipFile(io.BytesIO(rendered(SLUG_OF[ending], ending)))
    parts = [name for name in package.namelist() if name.endswith(".xml")]
    said = ["".join(etree.fromstring(package.read(name)).itertext()) for name in parts]
    assert any(TYPED in one for one in said)


def test_what_was_typed_is_text_in_an_email_and_escaped_in_its_html() -> None:
    message = message_from_bytes(rendered(SLUG_OF["eml"], "eml"), policy=default)
    assert TYPED == message["Subject"]
    html = message.get_body(("html",))
    assert html is not None
    assert "<b>x</b>" not in html.get_content()

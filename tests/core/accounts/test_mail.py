import email
import email.policy
import socket
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.accounts import mail
from core.accounts.errors import MailNotSent
from core.accounts.mail import Mail, OutboxMailer, SmtpMailer, composed
from core.i18n import language

UNTIL = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LINK = "http://localhost:8501/invite/abc"


def test_an_invitation_carries_name_link_and_deadline() -> None:
    made = mail.invitation(language("en"), "Ana", "ana@example.org", LINK, UNTIL)

    assert made.subject == "Your invitation"
    assert "Hello Ana," in made.body
    assert f"\n{LINK}\n" in made.body
    assert "Dec 1, 2026" in made.body


def test_an_invitation_speaks_spanish() -> None:
    made = mail.invitation(language("es"), "Ana", "ana@example.org", LINK, UNTIL)

    assert "Hola, Ana:" in made.body


def test_without_a_server_a_mail_becomes_a_private_file(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    mailer = mail.mailer(None, "no-reply@example.org", outbox)

    mailer.send(Mail("José Ñíguez", "jose@example.org", "Subject – ñ", "Body ñ\n"))

    (file,) = outbox.iterdir()
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert read["To"] == "José Ñíguez <jose@example.org>"
    assert read["Subject"] == "Subject – ñ"
    assert read.get_content().strip() == "Body ñ"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert isinstance(mailer, OutboxMailer)


@pytest.mark.parametrize(
    "bad",
    [
        Mail("Ana", "ana@example.org\r\nBcc: eve@example.org", "Subject", "Body"),
        Mail("Ana\r\nBcc: eve@example.org", "ana@example.org", "Subject", "Body"),
        Mail("Ana", "ana@example.org", "Subject\r\nBcc: eve@example.org", "Body"),
    ],
)
def test_no_header_can_be_smuggled_in(bad: Mail) -> None:
    with pytest.raises(ValueError, match=r".+"):
        composed(bad, "no-reply@example.org")


def test_a_body_cannot_add_headers() -> None:
    made = composed(Mail("Ana", "ana@example.org", "S", "\r\n\r\nBcc: eve@example.org"), "a@b.org")

    assert made["Bcc"] is None


def test_a_named_server_is_used() -> None:
    assert isinstance(mail.mailer("smtp://localhost:2525", "a@b.org", Path("x")), SmtpMailer)


def test_a_server_that_is_away_is_told_as_a_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(MailNotSent):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "a@b.org").send(
            Mail("Ana", "ana@example.org", "Subject", "Body")
        )

import contextlib
import email
import email.policy
import socket
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

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


@contextlib.contextmanager
def listening_server(offers: str = "250 ok") -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes one mail; its port and the lines it was sent."""
    lines: list[str] = []

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as stream:
            _say(stream, "220 ready")
            for line in stream:
                lines.append(line.strip())
                if line.upper().startswith("QUIT"):
                    _say(stream, "221 bye")
                    return
                if line.upper().startswith("EHLO"):
                    _say(stream, offers)
                elif line.upper().startswith("DATA"):
                    _say(stream, "354 go on")
                    while (line := stream.readline().strip()) != ".":
                        lines.append(line)
                    _say(stream, "250 taken")
                else:
                    _say(stream, "250 ok")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield listener.getsockname()[1], lines
        thread.join(timeout=10)


def _say(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def test_a_server_gets_the_mail() -> None:
    with listening_server() as (port, lines):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "no-reply@example.org").send(
            Mail("Ana", "ana@example.org", "Subject", "Body")
        )

    assert "RCPT TO:<ANA@EXAMPLE.ORG>" in [line.upper() for line in lines]
    assert "To: Ana <ana@example.org>" in lines
    assert "Body" in lines


def test_a_password_is_not_sent_without_tls() -> None:
    with listening_server("250 AUTH PLAIN") as (port, lines):
        with pytest.raises(MailNotSent):
            SmtpMailer(f"smtp://me:hush@127.0.0.1:{port}", "no-reply@example.org").send(
                Mail("Ana", "ana@example.org", "Subject", "Body")
            )

    assert not any(line.upper().startswith("AUTH") for line in lines)

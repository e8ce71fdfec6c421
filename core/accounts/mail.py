"""Mails about accounts, and the two ways they leave: by SMTP, or into a folder."""

import smtplib
import ssl
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core import clock
from core.accounts.errors import MailNotSent
from core.i18n import Language

_TIMEOUT_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Mail:
    """One plain-text mail to one person; sent again with its ``token``, it is the same mail."""

    to_name: str
    to_email: str
    subject: str
    body: str
    token: str = ""


def invitation(t: Language, name: str, email: str, link: str, expires_at: datetime) -> Mail:
    """The mail that carries a single-use link to set a password."""
    body = [
        t("Hello {name},", name=name),
        t(
            "Set your password with this link. It works once, until {moment}.",
            moment=t.moment(expires_at),
        ),
        link,
        t("If you did not expect this mail, ignore it: nothing happens without the link."),
    ]
    return Mail(name, email, t("Your invitation"), "\n\n".join(body) + "\n")


def composed(mail: Mail, sender: str) -> EmailMessage:
    """The mail as a message.

    Raises ``ValueError`` when a line break would smuggle a header in; the email
    package checks every address and header value.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(display_name=mail.to_name, addr_spec=mail.to_email)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = (
        f"<{mail.token or uuid.uuid4().hex}@{sender.rpartition('@')[2].strip('>') or 'local'}>"
    )
    message.set_content(mail.body)
    return message


class OutboxMailer:
    """Keeps each mail as an ``.eml`` file where an administrator finds it."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Write the mail into the folder, readable by the product's own user only."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = mail.token or f"{clock.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        path = self._folder / f"{name}.eml"
        path.touch(mode=0o600)
        path.write_bytes(composed(mail, self._sender).as_bytes())


class SmtpMailer:
    """Sends by an SMTP server; ``smtps`` is TLS from the start, ``smtp`` upgrades when offered."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Send, or raise :class:`MailNotSent`."""
        message = composed(mail, self._sender)
        try:
            self._deliver(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent() from error

    def _deliver(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if self._url.username:
                _require_tls(server)
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        context = ssl.create_default_context()
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=_TIMEOUT_SECONDS, context=context
            )
        server = smtplib.SMTP(host, self._url.port or 25, timeout=_TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        return server


def _require_tls(server: smtplib.SMTP) -> None:
    if not isinstance(server.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("the server offers no TLS to carry a password")


def mailer(smtp_url: str | None, sender: str, outbox: Path) -> OutboxMailer | SmtpMailer:
    """SMTP when a server is named, the outbox folder otherwise."""
    return SmtpMailer(smtp_url, sender) if smtp_url else OutboxMailer(outbox, sender)

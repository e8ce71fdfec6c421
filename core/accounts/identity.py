"""How names and e-mail addresses are written down."""

import re
import unicodedata
from email.errors import MessageError
from email.headerregistry import Address

from core.accounts.errors import InvalidEmail, InvalidName

_EMAIL = re.compile(r"[^@\s\"<>(),;:\\]+@[^@\s\"<>(),;:\\]+")
_LONGEST_EMAIL = 254
_LONGEST_NAME = 200


def clean_email(text: str) -> str:
    """The address in lower case without blanks around it.

    Raises :class:`InvalidEmail` unless it has the form of one that a mail can carry.
    """
    email = _folded(text)
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise InvalidEmail(email=email[:_LONGEST_EMAIL])
    try:
        Address(addr_spec=email)
    except (ValueError, MessageError) as fault:
        raise InvalidEmail(email=email) from fault
    return email


def lookup(text: str) -> str:
    """What was typed as an address, as :func:`clean_email` would have kept it."""
    return _folded(text)[:_LONGEST_EMAIL]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def clean_name(text: str) -> str:
    """The name with single blanks. Raises :class:`InvalidName` when empty, long or unprintable."""
    name = " ".join(filter(None, unicodedata.normalize("NFC", text).split(" ")))
    if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
        raise InvalidName()
    return name

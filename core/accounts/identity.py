"""How names and e-mail addresses are written down."""

import re
import unicodedata

from core.accounts.errors import InvalidEmail, InvalidName

_EMAIL = re.compile(r"[^@\s\"<>(),;:\\]+@[^@\s\"<>(),;:\\]+")
_LONGEST_EMAIL = 254
_LONGEST_NAME = 200


def clean_email(text: str) -> str:
    """The address in lower case without blanks around it.

    Raises :class:`InvalidEmail` unless it has the form of one.
    """
    email = unicodedata.normalize("NFKC", text).strip().lower()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise InvalidEmail(email=email[:_LONGEST_EMAIL])
    return email


def clean_name(text: str) -> str:
    """The name with single blanks. Raises :class:`InvalidName` when empty, long or unprintable."""
    name = " ".join(filter(None, unicodedata.normalize("NFC", text).split(" ")))
    if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
        raise InvalidName()
    return name

"""What accounts need from outside."""

from typing import Protocol

from core.accounts.mail import Mail


class PasswordHasher(Protocol):
    """Turns a password into a salted hash and compares the two, slowly on purpose."""

    def hash(self, password: str) -> str:
        """A new salted hash of a password of at most 72 bytes."""
        ...

    def matches(self, password: str, password_hash: str) -> bool:
        """Whether the password made this hash; false for one that could never be hashed."""
        ...


class Mailer(Protocol):
    """Sends one mail, or keeps it where somebody finds it."""

    def send(self, mail: Mail) -> None:
        """Hand the mail on."""
        ...

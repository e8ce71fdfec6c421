"""Which new passwords are accepted: long, not common, not a pattern, not about the person.

There is no rule about kinds of characters: length and surprise are what count
(NIST SP 800-63B, section 3.1.1.2).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NewType

from core.accounts.errors import (
    PasswordIsSequence,
    PasswordNamesYou,
    PasswordRepeats,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from core.accounts.ports import PasswordHasher
from core.settings import PRODUCT_NAME

LEAST_CHARACTERS = 15
MOST_BYTES = 72  # bcrypt reads no further

PasswordHash = NewType("PasswordHash", str)
"""The hash of a password that was checked; only :func:`hashed` makes one."""


_FEWEST_DIFFERENT = 5
_SHORTEST_NAME = 4  # a shorter one turns up inside ordinary words
_UNCOMMON_LETTERS = 6  # fewer letters than this beside common words add no surprise
_RUN = 4
_LEET = str.maketrans("@4380$57!1|+", "aaeoosstiilt")
_ORDERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiopasdfghjklñzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "a1b2c3d4e5f6g7h8i9j0",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
)


def hashed(hasher: PasswordHasher, password: str, about: Iterable[str] = ()) -> PasswordHash:
    """Check a new password and hash it; takes about a quarter of a second.

    ``about`` holds the person's name and e-mail address. Raises a subclass of
    :class:`core.accounts.errors.WeakPassword`. Call it outside any unit of work.
    """
    text = normalised(password)
    check(text, about)
    return PasswordHash(hasher.hash(text))


def normalised(password: str) -> str:
    """The same password from every keyboard: one Unicode form of each letter."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def check(password: str, about: Iterable[str] = ()) -> None:
    """Raise the first rule that the password breaks."""
    if len(password) < LEAST_CHARACTERS:
        raise PasswordTooShort(least=LEAST_CHARACTERS)
    taken = len(password.encode())
    if taken > MOST_BYTES:
        raise PasswordTooLong(taken=taken, most=MOST_BYTES)
    plain = password.casefold()
    if any(name in _letters(plain) for name in _names(about)):
        raise PasswordNamesYou()
    if len(set(plain)) < _FEWEST_DIFFERENT or _repeats(plain):
        raise PasswordRepeats()
    if _in_sequence(plain) * 2 > len(plain):
        raise PasswordIsSequence()
    if _is_common(plain):
        raise PasswordTooCommon()


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _names(about: Iterable[str]) -> set[str]:
    """The words a person's own data consist of, and those words together."""
    names = {_letters(PRODUCT_NAME.casefold())}
    for text in about:
        local = text.partition("@")[0].casefold()
        names |= {_letters(local), *re.findall(r"[^\W_]+", local)}
    return {name for name in names if len(name) >= _SHORTEST_NAME}


def _repeats(text: str) -> bool:
    """Whether the text is a piece of at most half its length, over and over."""
    return any(
        all(text[i] == text[i - period] for i in range(period, len(text)))
        for period in range(1, len(text) // 2 + 1)
    )


def _in_sequence(text: str) -> int:
    """How many characters belong to runs of four or more in a known order."""
    covered: set[int] = set()
    for start in range(len(text) - _RUN + 1):
        piece = text[start : start + _RUN]
        if any(piece in order or piece[::-1] in order for order in _ORDERS):
            covered.update(range(start, start + _RUN))
    return len(covered)


def _is_common(plain: str) -> bool:
    """Whether the password is on the list, or hardly more than words from it."""
    phrases, words = _lists()
    for text in (_letters(plain), _letters(plain.translate(_LEET))):
        if text in phrases or text.rstrip("0123456789") in phrases:
            return True
        rest = words.sub("", text)
        if rest != text and sum(character.isalpha() for character in rest) < _UNCOMMON_LETTERS:
            return True
    return False


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], re.Pattern[str]]:
    """Common phrases as they are compared, and a pattern of common words, longest first."""
    lines = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8").splitlines()
    entries = [_letters(line.casefold()) for line in lines if line and not line.startswith("#")]
    phrases = frozenset(entry for entry in entries if len(entry) >= LEAST_CHARACTERS)
    words = sorted((entry for entry in entries if entry not in phrases), key=len, reverse=True)
    return phrases, re.compile("|".join(map(re.escape, words)))

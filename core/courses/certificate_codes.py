"""The code by which a certificate is verified: random, and easy to type from paper."""

import secrets

# Crockford's base 32 (https://www.crockford.com/base32.html): no letter looks like a digit.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_LENGTH = 28  # of 5 bits each: 140 bits
_GROUP = 4
_LONGEST = 100  # of what is typed, with spaces and hyphens


def draw() -> str:
    """A new code, which nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown(code: str) -> str:
    """The code in groups of four."""
    return "-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read(typed: str) -> str | None:
    """The code somebody typed, in whatever case and groups; None where it can be none."""
    if len(typed) > _LONGEST:
        return None
    kept = "".join(typed.upper().replace("-", " ").split()).translate(_LOOKALIKES)
    is_code = len(kept) == _LENGTH and all(letter in _LETTERS for letter in kept)
    return kept if is_code else None

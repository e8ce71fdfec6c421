"""References from one clause to another, written into a sentence before numbers are known."""

import re
from dataclasses import dataclass

# Two signs that nobody types: the form refuses the private use area.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Reference:
    """Stands for the number of the clause with this key."""

    key: str


Piece = str | Reference


def ref(key: str) -> str:
    """A reference as a placeholder's value: ``t("see clause {fee}", fee=ref("fee"))``."""
    return f"{_OPEN}{key}{_CLOSE}"


def pieces_of(text: str) -> tuple[Piece, ...]:
    """A sentence with references as its pieces."""
    parts = _MARKED.split(text)
    pieces = [Reference(part) if index % 2 else part for index, part in enumerate(parts)]
    return tuple(piece for piece in pieces if piece != "")


def plain(pieces: tuple[Piece, ...]) -> str:
    """The words without the references, whose numbers are no figures."""
    return "".join(piece if isinstance(piece, str) else "§" for piece in pieces)

"""The house style: whose documents these are, in which colour and typeface, set once."""

import base64
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_LOGO_BYTES = 500_000
_COLOUR = re.compile(r"[0-9A-F]{6}")


class Typeface(StrEnum):
    """The typefaces that come with the product."""

    INTER = "Inter"
    LIBERTINUS = "Libertinus Serif"


@dataclass(frozen=True, slots=True)
class House:
    """Organisation, accent colour as RRGGBB, typeface, and the logo as a PNG."""

    organisation: str = ""
    accent: str = "1F5FBF"
    typeface: Typeface = Typeface.INTER
    logo: bytes = b""

    def as_record(self) -> dict[str, Any]:
        """As plain JSON, the way the records keep it."""
        return {
            "organisation": self.organisation,
            "accent": self.accent,
            "typeface": self.typeface.value,
            "logo": base64.b64encode(self.logo).decode(),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "House":
        """From the records."""
        return cls(
            organisation=record["organisation"],
            accent=record["accent"],
            typeface=Typeface(record["typeface"]),
            logo=base64.b64decode(record["logo"]),
        )


def is_colour(text: str) -> bool:
    """Whether a text is a colour as RRGGBB."""
    return _COLOUR.fullmatch(text) is not None


DEFAULT_HOUSE = House()

"""Names that readers know for the codes that the warehouse keeps."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core.campaigns import platforms
from core.campaigns.models import CampaignType
from core.campaigns.schemas import Dimension
from core.errors import AppError
from core.i18n import NO_CURRENCY, Language, mark

_MARKDOWN = "\\`*_{}[]()<>#+-.!|~$:"
_ADDRESS = re.compile(r"://|www(?=\.)|@", re.IGNORECASE)
_A_SUNDAY = date(2023, 1, 1)
_TYPES = {
    CampaignType.SEARCH: mark("Search"),
    CampaignType.DISPLAY: mark("Display"),
    CampaignType.SOCIAL: mark("Social"),
    CampaignType.EMAIL: mark("Email"),
    CampaignType.VIDEO: mark("Video"),
}
_DIMENSIONS = {
    Dimension.PLATFORM: mark("Platform"),
    Dimension.TYPE: mark("Type"),
    Dimension.CAMPAIGN: mark("Campaign"),
    Dimension.AUDIENCE: mark("Audience"),
    Dimension.CREATIVE: mark("Creative"),
    Dimension.WEEKDAY: mark("Day of week"),
}


def platform_name(code: str | None, t: Language) -> str:
    """A platform's name, "Not given" where there is none."""
    return t("Not given") if code is None else platforms.platform_name(code)


def type_name(code: str | None, t: Language) -> str:
    """A campaign type's name, "Not given" where the source has none."""
    return t("Not given") if code is None else t(_TYPES.get(CampaignType(code), code))


def dimension_name(dimension: Dimension, t: Language) -> str:
    """A breakdown's name."""
    return t(_DIMENSIONS[dimension])


def currency_name(code: str, t: Language) -> str:
    """A currency's code, "Not given" where the source names none."""
    return t("Not given") if code == NO_CURRENCY else code


def weekday_name(number: int, t: Language) -> str:
    """The name of a day of the week, from Monday, 1, to Sunday, 7."""
    return t.date(_A_SUNDAY + timedelta(days=number), "cccc").capitalize()


def currency_unit(code: str, t: Language) -> str:
    """What stands in brackets after a figure that is money."""
    return t("currency not given") if code == NO_CURRENCY else code


def slice_name(by: Dimension, label: str | None, t: Language) -> str:
    """The name of one row of a breakdown."""
    if by is Dimension.WEEKDAY and label:
        return weekday_name(int(label), t)
    if by is Dimension.PLATFORM:
        return platform_name(label, t)
    return type_name(label, t) if by is Dimension.TYPE else label or t("Not given")


def literal(name: str) -> str:
    """A name that people gave, for Markdown: none of its signs means anything.

    Addresses become links without any sign of Markdown's; a word joiner, which nobody
    sees, keeps them text.
    """
    name = _ADDRESS.sub("\\g<0>\u2060", name)
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in name)


def told(error: AppError, t: Language) -> str:
    """An error as a sentence for Markdown, with what people typed as they typed it."""
    shown = error.__class__.__new__(error.__class__)
    shown.__dict__.update(error.__dict__, data=_literal(error.data))
    return shown.sentence(t)


def told_later(error: Mapping[str, Any], t: Language) -> str:
    """The same for the error that a job has kept, as plain ``message`` and ``data``."""
    return t(error["message"], **_literal(error["data"]))


def _literal(data: Mapping[str, Any]) -> dict[str, Any]:
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    # The name of a field of ours stays as it is: errors look their words up by it.
    ours = {"field"} if texts.get("field", "").isidentifier() else set()
    typed = {key: literal(value) for key, value in texts.items() if key not in ours}
    return {**data, **typed}

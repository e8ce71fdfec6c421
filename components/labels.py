"""Names that readers know for the codes that the warehouse keeps."""

from core.campaigns.models import CampaignType
from core.campaigns.schemas import Dimension
from core.i18n import NO_CURRENCY, Language, mark

_MARKDOWN = "\\`*_{}[]()<>#+-.!|~$:"
_PLATFORMS = {
    "google_ads": "Google Ads",
    "google": "Google Ads",
    "microsoft_ads": "Microsoft Ads",
    "microsoft": "Microsoft Ads",
    "facebook_ads": "Facebook Ads",
    "facebook": "Facebook Ads",
    "meta_ads": "Meta Ads",
    "linkedin_ads": "LinkedIn Ads",
    "tiktok_ads": "TikTok Ads",
}
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
}


def platform_name(code: str | None, t: Language) -> str:
    """A platform's name; a code nobody named gets its first letter raised."""
    if code is None:
        return t("Not given")
    return _PLATFORMS.get(code, code[:1].upper() + code[1:])


def type_name(code: str | None, t: Language) -> str:
    """A campaign type's name, "Not given" where the source has none."""
    return t("Not given") if code is None else t(_TYPES.get(CampaignType(code), code))


def dimension_name(dimension: Dimension, t: Language) -> str:
    """A breakdown's name."""
    return t(_DIMENSIONS[dimension])


def currency_name(code: str, t: Language) -> str:
    """A currency's code, "Not given" where the source names none."""
    return t("Not given") if code == NO_CURRENCY else code


def slice_name(by: Dimension, label: str | None, t: Language) -> str:
    """The name of one row of a breakdown."""
    if by is Dimension.PLATFORM:
        return platform_name(label, t)
    return type_name(label, t) if by is Dimension.TYPE else label or t("Not given")


def literal(name: str) -> str:
    """A name that people gave, for Markdown: none of its signs means anything."""
    return "".join("\\" + sign if sign in _MARKDOWN else sign for sign in name)

"""How ad platforms are called, on pages and in documents alike."""

_SPELT = {"linkedin": "LinkedIn", "tiktok": "TikTok", "youtube": "YouTube"}


def platform_name(code: str) -> str:
    """A platform's name made of its code, which no two codes share: google_ads is Google Ads."""
    return " ".join(_SPELT.get(word, word[:1].upper() + word[1:]) for word in code.split("_"))

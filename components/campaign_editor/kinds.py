"""Kinds of creative: those everybody knows by name, and whatever else people write."""

from collections.abc import Iterable

from core.i18n import Language, mark

KNOWN = {
    "image": mark("Image"),
    "text": mark("Text"),
    "responsive_text": mark("Responsive text"),
    "video": mark("Video"),
    "short_video": mark("Short video"),
    "carousel": mark("Carousel"),
    "banner": mark("Banner"),
    "rich_banner": mark("Animated banner"),
    "newsletter": mark("Newsletter"),
    "plain_text": mark("Plain text"),
    "skippable": mark("Skippable video"),
    "in_stream": mark("In-stream video"),
    "bumper": mark("Bumper"),
}


def offered(used: Iterable[str]) -> list[str]:
    """The kinds to choose from: the known ones, then those that campaigns have besides."""
    return list(dict.fromkeys([*KNOWN, *used]))


def name(code: str, t: Language) -> str:
    """A kind's name; one that somebody wrote is shown as written."""
    return t(KNOWN[code]) if code in KNOWN else code


def code(chosen: str) -> str:
    """A chosen or written kind as it is kept."""
    return chosen.strip()

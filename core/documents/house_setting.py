"""Setting the house style: once, by staff, for every document from then on."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError
from sqlalchemy.orm import Session

from core import clock
from core.accounts.access import Area, Principal, Reach
from core.audit.trail import record
from core.documents import repository
from core.documents.errors import LogoNotReadable, LogoTooLarge, NotAColour
from core.documents.house import DEFAULT_HOUSE, MAX_LOGO_BYTES, House, Typeface, is_colour
from core.documents.models import HouseStyle
from core.errors import Forbidden

_MOST_PIXELS = 4_000_000
_SETS = {Reach.ALL, Reach.OWN_AND_CAMPAIGN_REPORTS}


def may_set(principal: Principal) -> bool:
    """Whether somebody may set the house style: administrators and staff."""
    return bool(_SETS & principal.reaches(Area.NEW_DOCUMENT))


def current(session: Session) -> House:
    """The house style that was set last, or the product's own."""
    row = repository.newest_house_style(session)
    return DEFAULT_HOUSE if row is None else House.from_record(row.style)


def set_house(
    session: Session,
    principal: Principal,
    *,
    organisation: str,
    accent: str,
    typeface: str,
    logo: bytes | None,
) -> House:
    """Set the house style; ``logo`` is a picture's bytes, nothing keeps the one there is.

    Raises :class:`NotAColour`, :class:`LogoTooLarge` or :class:`LogoNotReadable`.
    """
    if not may_set(principal):
        raise Forbidden(area=Area.NEW_DOCUMENT.value)
    code = accent.lstrip("#").upper()
    if not is_colour(code):
        raise NotAColour(field="accent")
    kept = current(session).logo if logo is None else as_png(logo)
    name = " ".join(organisation.split())[:200]
    house = House(name, code, Typeface(typeface), kept)
    row = HouseStyle(style=house.as_record(), set_by=principal.user_id, set_at=clock.now())
    session.add(row)
    record(session, principal.user_id, "house_style.set", "house_style", organisation=name)
    return house


def as_png(content: bytes) -> bytes:
    """A picture written anew as a PNG, so that nothing else that was in the file goes along."""
    if len(content) > MAX_LOGO_BYTES:
        raise LogoTooLarge(limit_kb=MAX_LOGO_BYTES // 1000)
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise LogoTooLarge(limit_kb=MAX_LOGO_BYTES // 1000)
            written = BytesIO()
            picture.convert("RGBA").save(written, "PNG")
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise LogoNotReadable(field="logo") from error
    return written.getvalue()

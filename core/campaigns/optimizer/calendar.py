"""Public holidays of a country, and the countries there are."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from core.errors import AppError
from core.i18n import mark

_OBSERVED = " (observed)"


class UnknownCountry(AppError):
    """No holidays are known of this country; ``country`` is the code that was given."""

    code = "unknown_country"
    status = 422
    message = mark("No public holidays are known for the country {country}.")


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The ISO 3166 codes of all countries whose holidays are known."""
    from holidays.utils import list_supported_countries  # half a second, seldom needed

    return tuple(sorted(list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=64)
def _year(country: str, year: int) -> Mapping[date, str]:
    from holidays.utils import country_holidays

    return dict(country_holidays(country, years=year))


def holidays_between(country: str, first: date, last: date) -> dict[date, str]:
    """Each public holiday from ``first`` to ``last`` with its name in the country's language.

    A day off in place of a holiday on a weekend bears the holiday's name. Raises
    ``UnknownCountry``.
    """
    if country not in countries():
        raise UnknownCountry(country=country)
    found = {
        day: name.removesuffix(_OBSERVED)
        for year in range(first.year, last.year + 1)
        for day, name in _year(country, year).items()
    }
    return {day: found[day] for day in sorted(found) if first <= day <= last}

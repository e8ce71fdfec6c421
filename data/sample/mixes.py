"""What campaigns show, and to whom: what is true of these parts, and what another mix brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.campaigns.optimizer.suggestion import Kind
from data.sample.campaigns import CampaignDays
from data.sample.creatives import audiences_of, creatives_of
from data.sample.details import PartDays, Traits, shared, shared_ahead
from data.sample.response import Days

_STREAM, _STREAM_AHEAD = 8, 10
_KINDS = (Kind.CREATIVE, Kind.AUDIENCE)  # in the order in which their luck is drawn
# Another creative is shown to the same people; more money for an audience reaches fewer new ones.
_ELASTICITY = {Kind.CREATIVE: 1.0, Kind.AUDIENCE: 0.8}

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mix:
    """From ``since`` on, these parts of the campaign with this number share so, by name."""

    kind: Kind
    number: int
    since: date
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Parts:
    """A campaign's creatives or audiences over the loaded days, and what is true of them."""

    kind: Kind
    names: list[str]
    days: list[PartDays]
    traits: Traits


def parts_of(seed: int, number: int, campaign: CampaignDays) -> list[Parts]:
    """The creatives, then the audiences, of the campaign with this number."""
    rng = np.random.default_rng((seed, _STREAM, number))
    found = []
    for kind in _KINDS:
        of_kind = creatives_of if kind is Kind.CREATIVE else audiences_of
        names = [name for name, _ in of_kind(seed, number, campaign.plan)]
        days, traits = shared(campaign, names, rng, tires=kind is Kind.CREATIVE)
        found.append(Parts(kind, names, days, traits))
    return found


def parts_ahead(
    seed: int,
    number: int,
    loaded: CampaignDays,
    played: CampaignDays,
    new: Sequence[date],
    mixes: Sequence[Mix],
) -> list[Parts]:
    """The same over the new days, as the mixes share them."""
    found = []
    for order, parts in enumerate(parts_of(seed, number, loaded)):
        shares = _shares(parts, number, new, mixes)
        rngs = [
            np.random.default_rng((seed, _STREAM_AHEAD, number, order, at))
            for at in range(len(new))
        ]
        days = shared_ahead(played, parts.names, parts.traits, shares, rngs)
        found.append(Parts(parts.kind, parts.names, days, parts.traits))
    return found


def effects(
    seed: int, number: int, campaign: CampaignDays, new: Sequence[date], mixes: Sequence[Mix]
) -> tuple[Days, Days]:
    """How many times as many clicks and conversions the mixes bring on each new day."""
    clicks, conversions = np.ones((2, len(new)))
    if not any(mix.number == number for mix in mixes):
        return clicks, conversions
    for parts in parts_of(seed, number, campaign):
        shares, traits = _shares(parts, number, new, mixes), parts.traits
        power = _ELASTICITY[parts.kind]
        moved = traits.shares * (shares / traits.shares) ** power
        best = traits.clicked * traits.converted
        clicks *= moved @ traits.clicked / (traits.shares @ traits.clicked)
        conversions *= moved @ best / (traits.shares @ best)
    return clicks, conversions


def _shares(parts: Parts, number: int, new: Sequence[date], mixes: Sequence[Mix]) -> Shares:
    """Each day's share (T, n) of each part; parts that a mix does not name keep theirs."""
    usual = parts.traits.shares
    shares = np.tile(usual, (len(new), 1))
    for mix in mixes:
        if mix.number != number or mix.kind is not parts.kind:
            continue
        named = np.array([name in mix.shares for name in parts.names])
        asked = np.array([mix.shares.get(name, 0.0) for name in parts.names])
        if not asked.sum() > 0:
            continue
        mixed = np.where(named, asked / asked.sum() * usual[named].sum(), usual)
        shares[[day >= mix.since for day in new]] = mixed
    return shares

"""Optimizers: from evidence to a suggestion that says how sure it is.

One function a kind, listed in :data:`OPTIMIZERS`; each asks the sources for the evidence it
needs and hands it to rules on plain values, which never ask anything themselves.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.campaigns.evidence import Asked
from core.campaigns.optimizer.audience import suggest_audiences
from core.campaigns.optimizer.creative import suggest_creatives
from core.campaigns.optimizer.suggestion import Answer, Kind
from core.campaigns.optimizer.timing import suggest_timing
from core.campaigns.ports import SuggestionFigures


@dataclass(frozen=True, slots=True)
class Sources:
    """Where optimizers find their evidence; an optimizer takes what it needs."""

    figures: SuggestionFigures


Optimizer = Callable[[Sources, Asked], Answer]


def creative(sources: Sources, asked: Asked) -> Answer:
    """Traffic shares for the creatives of each campaign."""
    return suggest_creatives(sources.figures.creatives(asked), asked)


def audience(sources: Sources, asked: Asked) -> Answer:
    """Shares of spend for the audiences of each campaign."""
    return suggest_audiences(sources.figures.audiences(asked), asked)


def timing(sources: Sources, asked: Asked) -> Answer:
    """Shares of spend by day of the week."""
    return suggest_timing(sources.figures.days(asked), asked)


OPTIMIZERS: Mapping[Kind, Optimizer] = {
    Kind.AUDIENCE: audience,
    Kind.CREATIVE: creative,
    Kind.TIMING: timing,
}

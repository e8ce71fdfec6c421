"""What documents need from other parts of the product."""

from typing import Protocol

from core.documents.figures import Choices, ReportFigures, Scope


class Figures(Protocol):
    """Campaign figures from the warehouse."""

    def report(self, scope: Scope) -> ReportFigures:
        """All figures of a scope and of the period before, from one generation."""

    def choices(self) -> Choices:
        """The campaigns, currencies and days that a form may offer."""

"""What documents need from other parts of the product."""

from typing import Protocol

from core.documents.figures import ReportFigures, Scope


class Figures(Protocol):
    """Campaign figures from the warehouse, exact, with the queries they come from."""

    def report(self, scope: Scope) -> ReportFigures:
        """All figures of a scope and of the period before, from one generation."""

"""What became of the learners whom campaigns brought, as one generation tells it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.campaigns.completions import Brought
from data.warehouse.reader import Snapshot

_BROUGHT = """
    SELECT campaign_id, any_value(campaign_name), course_id, any_value(title), count(*),
        count(*) FILTER (e.status NOT IN ('completed', 'failed', 'withdrawn')),
        count(*) FILTER (e.status = 'completed')
    FROM records_enrollments AS e
    INNER JOIN dim_campaign ON record_id = campaign_record_id
    INNER JOIN dim_course USING (course_id)
    WHERE {asked} = $id
    GROUP BY campaign_id, course_id
    ORDER BY count(*) DESC, campaign_id, course_id"""

_SPEND = """
    SELECT currency, sum(spend) FROM fact_campaign_performance
    WHERE campaign_id = $id GROUP BY currency ORDER BY currency"""


class CompletionMart:
    """Campaigns' learners as one generation holds them; both sides read the same rows."""

    def __init__(self, warehouse: Snapshot) -> None:
        self._warehouse = warehouse

    def of_campaign(self, campaign_id: int) -> Sequence[Brought]:
        """A campaign's learners, a row a course, the course that most came to first."""
        return self._brought("campaign_id", campaign_id)

    def of_course(self, course_id: int) -> Sequence[Brought]:
        """A course's learners, a row a campaign, the one that brought most first."""
        return self._brought("course_id", course_id)

    def spend(self, campaign_id: int) -> Mapping[str, Decimal]:
        """Everything that a campaign spent so far, by currency."""
        return dict(self._warehouse.rows(_SPEND, {"id": campaign_id}))

    def _brought(self, asked: str, key: int) -> list[Brought]:
        rows = self._warehouse.rows(_BROUGHT.format(asked=asked), {"id": key})
        return [Brought(*row) for row in rows]

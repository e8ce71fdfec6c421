"""What rows tell, and so where they are kept: performance, details of it, outcomes, lift tests."""

from dataclasses import dataclass

_TOLD_BY = ("key", "origin")
_CAMPAIGN = (
    "campaign_id", "platform", "account_id", "account_name", "external_id", "campaign_name",
    "campaign_type",
)  # fmt: skip
_MEASURES = ("impressions", "clicks", "spend", "conversions", "conversions_value")
_PERFORMANCE = (*_TOLD_BY, "source_relation", "date", *_CAMPAIGN)
_FIGURES = ("currency", "dimensions", *_MEASURES)
_NAMES = ("account_name", "campaign_name", "campaign_type", "dimensions")


@dataclass(frozen=True, slots=True)
class Kind:
    """One raw table and how its rows are told apart.

    ``columns`` come from a file. Two rows of one key conflict within a file where their
    ``figures`` differ; a row that is held already is restated where anything in ``told``
    differs. ``subject`` is the column of what a report describes day by day: of one
    subject's day no second report is added. ``year`` is SQL of the slice a row is kept in.
    """

    table: str
    columns: tuple[str, ...]
    figures: tuple[str, ...]
    told: tuple[str, ...]
    subject: str = ""
    year: str = "year(date)::VARCHAR"

    @property
    def has_performance(self) -> bool:
        """Whether its rows have spend, clicks, impressions and conversions."""
        return "spend" in self.figures


CAMPAIGN_DAYS = Kind(
    "ads_rows",
    (*_PERFORMANCE, *_FIGURES),
    _MEASURES,
    (*_MEASURES, *_NAMES, "currency"),
    "campaign_id",
)
DESCRIPTIONS = Kind(
    "ads_campaigns",
    (*_TOLD_BY[:1], *(name for name in _CAMPAIGN if name != "account_name"), "status",
     "updated_at"),
    ("campaign_id",),
    ("campaign_id",),
    year="''",
)  # fmt: skip
CREATIVE_DAYS = Kind(
    "creative_rows",
    (*_PERFORMANCE, "creative_id", "creative_external_id", "creative_name", "creative_kind",
     *_FIGURES),
    _MEASURES,
    (*_MEASURES, *_NAMES, "currency", "creative_name", "creative_kind"),
    "creative_id",
)  # fmt: skip
AUDIENCE_DAYS = Kind(
    "audience_rows",
    (*_PERFORMANCE, "audience_id", "audience_external_id", "audience_name", *_FIGURES),
    _MEASURES,
    (*_MEASURES, *_NAMES, "currency", "audience_name"),
    "audience_id",
)
OUTCOMES = Kind(
    "outcome_rows",
    (*_TOLD_BY, "date", "period_days", "currency", "dimensions", "revenue", "orders", "controls"),
    ("revenue", "orders", "controls"),
    ("period_days", "currency", "dimensions", "revenue", "orders", "controls"),
)
LIFT_TESTS = Kind(
    "lift_test_rows",
    (*_TOLD_BY, *_CAMPAIGN, "start_date", "end_date", "spend_change", "currency", "dimensions",
     "lift", "lift_p05", "lift_p95"),
    ("spend_change", "lift", "lift_p05", "lift_p95"),
    ("spend_change", "currency", "dimensions", "lift", "lift_p05", "lift_p95", "campaign_name"),
    year="''",
)  # fmt: skip
KINDS = (CAMPAIGN_DAYS, DESCRIPTIONS, CREATIVE_DAYS, AUDIENCE_DAYS, OUTCOMES, LIFT_TESTS)

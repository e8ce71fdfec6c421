"""What the model sees of an enrolment on a day: columns of ``fact_enrolment_snapshot``.

Neither gender, region, deprivation, age nor disability is among them.
"""

FEATURES = (
    "day",
    "due_count",
    "due_weight",
    "score_mean",
    "score_min",
    "score_max",
    "score_last",
    "score_rank",
    "lead_rank",
    "due_score_rank",
    "due_lead_rank",
    "last_due_score_rank",
    "missing_count",
    "missing_weight",
    "missing_turnout",
    "trailing_misses",
    "handed_in_difference",
    "late_count",
    "banked_count",
    "ahead_count",
    "previous_attempts",
    "studied_credits",
    "enrolled_day",
    "past_completed",
    "past_failed",
    "past_withdrawn",
    "series_rate_difference",
)

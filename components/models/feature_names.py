"""Names that readers know for the figures from which the risk is estimated."""

from core.i18n import Language, mark

FEATURE_NAMES = {
    "day": mark("Day of the course"),
    "due_count": mark("Pieces of work due so far"),
    "due_weight": mark("Weight of the work due so far"),
    "score_mean": mark("Mean score"),
    "score_min": mark("Lowest score"),
    "score_max": mark("Highest score"),
    "score_last": mark("Latest score"),
    "score_rank": mark("Scores beside the others'"),
    "lead_rank": mark("How early work is handed in, beside the others"),
    "due_score_rank": mark("Scores of due work beside the others'"),
    "due_lead_rank": mark("How early due work is handed in, beside the others"),
    "last_due_score_rank": mark("Score of the last due work beside the others'"),
    "missing_count": mark("Pieces of due work missing"),
    "missing_weight": mark("Weight of the missing work"),
    "missing_turnout": mark("Missing work that most others handed in"),
    "trailing_misses": mark("Pieces missing since the last one handed in"),
    "handed_in_difference": mark("Pieces handed in, more or fewer than the others"),
    "late_count": mark("Pieces handed in late"),
    "banked_count": mark("Scores brought from an earlier course"),
    "ahead_count": mark("Pieces handed in before they were due"),
    "previous_attempts": mark("Earlier attempts at this course"),
    "studied_credits": mark("Credits studied at the same time"),
    "enrolled_day": mark("Day of the enrolment"),
    "past_completed": mark("Earlier courses completed"),
    "past_failed": mark("Earlier courses not passed"),
    "past_withdrawn": mark("Earlier courses left"),
    "series_rate_difference": mark("How earlier rounds of the course ended"),
}


def feature_name(feature: str, t: Language) -> str:
    """What a feature is called; a version may know one that was given up since, by its code."""
    return t(FEATURE_NAMES.get(feature, feature))

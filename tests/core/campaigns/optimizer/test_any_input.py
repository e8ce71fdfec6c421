"""Whatever an export holds, an answer is finite, its intervals are in order, its shares whole."""

import json
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.campaigns.evidence import Counts, DailyCounts, DailySeries, PartCounts, Week
from core.campaigns.optimizer.audience import suggest_audiences
from core.campaigns.optimizer.creative import suggest_creatives
from core.campaigns.optimizer.suggestion import Answer, Suggestion
from core.campaigns.optimizer.timing import suggest_timing
from core.campaigns.optimizer.wording import as_plain
from tests.core.campaigns.optimizer.worlds import ASKED, SPAN

QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
COUNTS = st.builds(
    Counts,
    impressions=st.sampled_from([0, 1, 900, 50_000, 10**9]),
    clicks=st.sampled_from([0, 1, 40, 5000]),
    spend=st.sampled_from([-20.0, 0.0, 0.01, 35.0, 1e9]),
    conversions=st.sampled_from([None, 0.0, 0.3, 4.0, 80.0, 1e6]),
    revenue=st.sampled_from([None, -100.0, 0.0, 0.01, 250.0, 1e12]),
)
WEEKS = st.lists(st.builds(Week, ago=st.integers(0, 25), counts=COUNTS), max_size=12)
PARTS = st.lists(WEEKS, max_size=5).map(
    lambda made: [
        PartCounts(n, f"Part {n % 3}", n // 3, f"Campaign {n // 3}", tuple(weeks))
        for n, weeks in enumerate(made)
    ]
)
GOOD = [
    DailyCounts(SPAN.end - timedelta(days=ago), Counts(1000, 40, 35.0, 4.0, 250.0))
    for ago in range(84)
]
ODD = st.builds(
    DailyCounts,
    date=st.integers(0, 181).map(lambda ago: SPAN.end - timedelta(days=ago)),
    counts=COUNTS,
)
DAYS = st.tuples(st.integers(0, 84), st.lists(ODD, max_size=40)).map(
    lambda made: [*GOOD[: made[0]], *made[1]]
)
SERIES = st.lists(DAYS, max_size=3).map(
    lambda made: [DailySeries(n, f"Campaign {n}", tuple(days)) for n, days in enumerate(made)]
)


def check(answer: Answer) -> None:
    json.dumps(as_plain(answer), allow_nan=False)
    if isinstance(answer, Suggestion):
        assert answer.effect.p05 <= answer.effect.p95
        assert 0 <= answer.effect.p_gain <= 1
        for group in {action.group_id for action in answer.actions}:
            for side in ("now", "then"):
                shares = [getattr(a, side) for a in answer.actions if a.group_id == group]
                assert abs(sum(shares) - 1) < 1e-6
                assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)


@QUICK
@given(PARTS)
def test_any_creatives(parts: list[PartCounts]) -> None:
    check(suggest_creatives(parts, ASKED))


@QUICK
@given(PARTS)
def test_any_audiences(parts: list[PartCounts]) -> None:
    check(suggest_audiences(parts, ASKED))


@QUICK
@given(SERIES)
def test_any_days(series: list[DailySeries]) -> None:
    check(suggest_timing(series, ASKED))

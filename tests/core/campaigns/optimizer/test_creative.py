"""Creatives: shares, honesty of the claims on simulated worlds, and bad input."""

from dataclasses import replace

import numpy as np
import pytest

from core.campaigns.evidence import Counts, PartCounts, Week
from core.campaigns.optimizer.creative import suggest_creatives
from core.campaigns.optimizer.suggestion import Suggestion, TooThin
from core.campaigns.optimizer.wording import say
from core.i18n import language
from tests.core.campaigns.optimizer.worlds import ASKED, creatives

EN = language("en")


def part(part_id: int, *counts: Counts, campaign: int = 1) -> PartCounts:
    weeks = tuple(Week(ago, one) for ago, one in enumerate(counts))
    return PartCounts(part_id, f"Creative {part_id}", campaign, f"Campaign {campaign}", weeks)


def suggestion(*parts: PartCounts) -> Suggestion:
    answer = suggest_creatives(parts, ASKED)
    assert isinstance(answer, Suggestion), answer
    return answer


def refusal(*parts: PartCounts) -> list[str]:
    answer = suggest_creatives(parts, ASKED)
    assert isinstance(answer, TooThin), answer
    return [say(remark, EN, "USD") for remark in (*answer.reasons, *answer.needs)]


GOOD = Counts(10_000, 400, 200.0, 40.0, 2400.0)
POOR = Counts(10_000, 400, 200.0, 20.0, 1200.0)


def test_the_better_creative_gets_more_traffic_and_the_gain_is_what_it_amounts_to() -> None:
    found = suggestion(part(1, GOOD, GOOD), part(2, POOR, POOR))
    better, worse = found.actions
    assert better.now == worse.now == 0.5
    assert better.then > 0.9
    assert found.effect.p05 < (better.then - 0.5) * 2 * (1 / 3) < found.effect.p95
    assert found.effect.money is not None
    assert found.effect.money == pytest.approx(found.effect.mean * 7200, rel=0.1)


def test_equal_creatives_share_the_traffic_and_little_is_claimed() -> None:
    found = suggestion(part(1, GOOD, GOOD), part(2, GOOD, GOOD))
    assert [0.5, 0.5] == pytest.approx([action.then for action in found.actions], abs=0.05)
    assert abs(found.effect.mean) < 0.01


def test_creatives_are_compared_within_their_campaign_only() -> None:
    found = suggestion(
        part(1, GOOD, GOOD), part(2, POOR, POOR),
        part(3, POOR, POOR, campaign=2), part(4, GOOD, GOOD, campaign=2),
    )  # fmt: skip
    shares = {action.subject_id: action.then for action in found.actions}
    assert shares[1] + shares[2] == pytest.approx(1.0)
    assert shares[4] > 0.9
    assert found.scope == ""


def test_a_creative_that_no_longer_runs_is_not_suggested() -> None:
    stopped = replace(part(3, GOOD), weeks=(Week(9, GOOD),))
    found = suggestion(part(1, GOOD, GOOD), part(2, POOR, POOR), stopped)
    assert {1, 2} == {action.subject_id for action in found.actions}


def test_without_revenue_conversions_are_compared_and_no_money_is_claimed() -> None:
    good, poor = replace(GOOD, revenue=None), replace(POOR, revenue=None)
    found = suggestion(part(1, good, good), part(2, poor, poor))
    assert found.effect.money is None
    assert found.actions[0].then > 0.9


def test_revenue_below_zero_is_not_compared() -> None:
    refunds = replace(POOR, revenue=-50.0)
    found = suggestion(part(1, GOOD, GOOD), part(2, refunds, refunds))
    assert found.effect.money is None


def test_rows_without_conversions_count_neither_for_nor_against() -> None:
    untracked = replace(GOOD, conversions=None, revenue=None)
    plain = suggestion(part(1, GOOD, GOOD), part(2, GOOD, GOOD))
    gaps = suggestion(part(1, GOOD, GOOD, untracked), part(2, GOOD, GOOD))
    known = [e.mean for e in plain.estimates if e.p_best is not None]
    assert known == pytest.approx([e.mean for e in gaps.estimates if e.p_best is not None], rel=0.1)


def test_more_conversions_than_clicks_are_believed() -> None:
    seen = replace(GOOD, clicks=10)
    less = replace(POOR, clicks=10)
    assert suggestion(part(1, seen, seen), part(2, less, less)).actions[0].then > 0.9


def test_too_few_conversions_say_how_many_more_and_how_long_that_takes() -> None:
    few = replace(GOOD, conversions=5.0)
    assert [
        "Campaign 1: 10 conversions, and it takes at least 30 to tell.",
        "Campaign 1: 20 more conversions, at its pace so far in 14 days.",
    ] == refusal(part(1, few), part(2, few))


def test_no_conversions_at_all_promise_no_date() -> None:
    none = replace(GOOD, conversions=0.0, revenue=0.0)
    assert "so far there are none" in refusal(part(1, none), part(2, none))[-1]


def test_a_single_creative_a_hardly_shown_one_and_clicks_alone_are_refused_with_the_reason() -> (
    None
):
    silent = replace(GOOD, conversions=None, revenue=None)
    rare = replace(GOOD, impressions=100)
    assert "only one creative" in refusal(part(1, GOOD))[0]
    assert "shown only 100 times" in refusal(part(1, GOOD), part(2, rare))[0]
    assert "tells no conversions" in refusal(part(1, silent), part(2, silent))[0]
    assert "No figures by creative" in refusal()[0]


def test_creatives_of_different_weeks_are_said_to_be() -> None:
    early = replace(part(2), weeks=(Week(3, POOR), Week(8, POOR), Week(9, POOR)))
    found = suggestion(part(1, GOOD, GOOD), early)
    assert any("different weeks" in remark.message for remark in found.limits)


def test_wear_is_found_where_it_is_and_seldom_where_it_is_not() -> None:
    rng = np.random.default_rng(4)

    def worn(slope: float) -> bool:
        parts = []
        for number in (1, 2):
            before, weeks = 0.0, []
            for ago in range(19, -1, -1):
                rate = 0.04 * (1 + before / 5000) ** slope * rng.lognormal(0, 0.05)
                clicks = int(rng.binomial(5000, rate))
                weeks.append(Week(ago, Counts(5000, clicks, 9.0, float(clicks // 9), clicks * 5.0)))
                before += 5000
            parts.append(PartCounts(number, f"Creative {number}", 1, "Campaign", tuple(weeks)))
        return any("wears out" in remark.message for remark in suggestion(*parts).doubts)

    assert sum(worn(-0.25) for _ in range(20)) >= 18
    assert sum(worn(0.0) for _ in range(20)) <= 6


def test_intervals_cover_and_the_chance_of_a_gain_is_kept_on_simulated_worlds() -> None:
    rng = np.random.default_rng(3)
    covered, claimed, came_true = [], [], []
    for _ in range(150):
        parts, truth = creatives(
            rng, count=int(rng.integers(2, 5)), noise=float(rng.choice([0.0, 0.1, 0.3]))
        )
        answer = suggest_creatives(parts, ASKED)
        if isinstance(answer, Suggestion):
            now = np.array([action.now for action in answer.actions])
            then = np.array([action.then for action in answer.actions])
            gain = ((then - now) @ truth.worth) / (now @ truth.worth)
            covered.append(answer.effect.p05 <= gain <= answer.effect.p95)
            claimed.append(answer.effect.p_gain)
            came_true.append(gain > 0)
    assert len(covered) > 130
    assert 0.84 <= np.mean(covered) <= 0.96
    assert abs(np.mean(claimed) - np.mean(came_true)) < 0.06

"""Audiences: what is due to them and not to their campaigns, and honest claims."""

import numpy as np
import pytest

from core.campaigns.evidence import Counts, PartCounts, Week
from core.campaigns.optimizer.audience import STEP, suggest_audiences
from core.campaigns.optimizer.suggestion import Suggestion, TooThin
from core.campaigns.optimizer.wording import say
from core.i18n import language
from tests.core.campaigns.optimizer.worlds import ASKED, audiences

EN = language("en")


def part(campaign: int, name: str, conversions: float, spend: float = 100.0) -> PartCounts:
    """Ten weeks of equal figures; a conversion is worth 50."""
    counts = Counts(10_000, 200, spend, conversions, 50 * conversions)
    weeks = tuple(Week(ago, counts) for ago in range(10))
    return PartCounts(
        100 * campaign + sum(map(ord, name)) % 100, name, campaign, f"Campaign {campaign}", weeks
    )


def suggestion(*parts: PartCounts) -> Suggestion:
    answer = suggest_audiences(parts, ASKED)
    assert isinstance(answer, Suggestion), answer
    return answer


def said(answer: Suggestion) -> list[str]:
    return [say(remark, EN, "USD") for remark in (*answer.limits, *answer.doubts)]


def test_spend_moves_to_the_better_audience_as_far_as_the_step_allows() -> None:
    found = suggestion(part(1, "Visitors", 20), part(1, "Others", 10))
    then = {action.subject: action.then for action in found.actions}
    assert {"Visitors": 0.5 + STEP / 2, "Others": 0.5 - STEP / 2} == pytest.approx(then)
    assert found.effect.p_gain > 0.9
    assert found.effect.money == pytest.approx(found.effect.mean * 4 * 30 * 50, rel=0.1)


def test_equal_audiences_stay_and_nothing_is_claimed() -> None:
    found = suggestion(part(1, "Visitors", 20), part(1, "Others", 20))
    assert [0.5, 0.5] == pytest.approx([action.then for action in found.actions], abs=0.02)
    assert abs(found.effect.mean) < 0.005


def test_an_audience_that_only_ran_in_good_campaigns_is_not_called_good() -> None:
    found = suggestion(
        part(1, "Visitors", 60, spend=300.0), part(1, "Others", 20),
        part(2, "Visitors", 5, spend=25.0), part(2, "Others", 20),
        part(3, "Others", 2, spend=400.0), part(3, "Students", 2, spend=400.0),
    )  # fmt: skip
    visitors = next(one for one in found.estimates if one.subject == "Visitors")
    assert visitors.p05 < visitors.mean < 1.4
    sentence = next(text for text in said(found) if "Over all campaigns Visitors" in text)
    assert "brings 243% of the average" in sentence


def test_an_audience_of_one_campaign_is_said_to_be_known_from_there_alone() -> None:
    found = suggestion(
        part(1, "Visitors", 20), part(1, "Others", 10),
        part(2, "Visitors", 20), part(2, "Students", 10),
    )  # fmt: skip
    assert any("cannot be told apart: Others, Students" in text for text in said(found))


def test_the_same_audience_elsewhere_lends_what_it_knows() -> None:
    alone = suggestion(part(1, "Visitors", 2.5), part(1, "Others", 2))
    elsewhere = [part(n, name, c) for n in (2, 3, 4, 5) for name, c in
                 (("Visitors", 40.0), ("Others", 20.0))]  # fmt: skip
    answer = suggestion(part(1, "Visitors", 2.5), part(1, "Others", 2), *elsewhere)
    assert brings(answer, "Visitors") > brings(alone, "Visitors") + 0.05


def brings(answer: Suggestion, name: str) -> float:
    """What the card says an audience of campaign 1 brings, against the campaign's average."""
    (found,) = [a for a in answer.actions if (a.group_id, a.subject) == (1, name)]
    assert found.why is not None
    value: float = found.why.values["mean"].value
    return value


def test_what_cannot_be_compared_is_refused_with_the_reason() -> None:
    def refusal(*parts: PartCounts) -> str:
        answer = suggest_audiences(parts, ASKED)
        assert isinstance(answer, TooThin), answer
        return say(answer.reasons[0], EN, "USD")

    assert "only one audience" in refusal(part(1, "Visitors", 20))
    assert "10 conversions, and it takes at least 30" in refusal(
        part(1, "Visitors", 0.5), part(1, "Others", 0.5)
    )
    assert "tells both spend and conversions" in refusal(part(1, "Visitors", 9, spend=0.0))
    assert "No figures by audience" in refusal()


def test_intervals_cover_and_the_chance_of_a_gain_is_kept_on_simulated_worlds() -> None:
    rng = np.random.default_rng(8)
    covered, claimed, came_true = [], [], []
    for _ in range(90):
        parts, truth = audiences(rng, spend=float(rng.choice([400.0, 1500.0])))
        answer = suggest_audiences(parts, ASKED)
        if isinstance(answer, Suggestion):
            gain = true_gain(answer, parts, truth, power=float(rng.uniform(0.5, 1.0)))
            covered.append(answer.effect.p05 <= gain <= answer.effect.p95)
            claimed.append(answer.effect.p_gain)
            came_true.append(gain > 0)
    assert len(covered) > 80
    assert 0.82 <= np.mean(covered) <= 0.97
    assert abs(np.mean(claimed) - np.mean(came_true)) < 0.06


def true_gain(
    answer: Suggestion, parts: list[PartCounts], truth: dict[int, float], power: float
) -> float:
    """The truth of what the effect speaks of, where returns grow with this power of spend."""
    change = base = 0.0
    for action in answer.actions:
        spend = sum(p.total(4).spend for p in parts if p.campaign_id == action.group_id)
        brings = spend * action.now * truth[action.subject_id or 0]
        base += brings
        change += brings * ((action.then / action.now) ** power - 1)
    return change / base


def test_campaigns_beyond_those_compared_are_counted_with_their_audiences() -> None:
    parts = [
        part(campaign, name, 40.0, spend=1000.0 - campaign)
        for campaign in range(53)
        for name in ("parents", "students")
    ]
    assert any("3 more with 6 audiences" in one for one in said(suggestion(*parts)))
    assert not any("are left out" in one for one in said(suggestion(*parts[:100])))

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components import queries
from components.home import parts
from core.accounts.access import Principal, Role
from core.campaigns.schemas import Overview
from core.db import unit_of_work
from core.jobs import requests
from core.settings import Settings
from data.warehouse.reader import Warehouse
from tests.components.campaign_page import run, use
from tests.data.marts.facts import Campaign, Fact, publish
from tests.pages.installation import Installation

LAST = date(2026, 11, 22)
NOBODY_IN_PARTICULAR = Principal(3, "Pat Doe", "pat@example.org", frozenset({Role.STAFF}))


def home() -> None:
    """The page, as AppTest runs it."""
    from pages import home

    home.page()


def steady(campaign_id: int, weeks: int, last_four: float = 1.0) -> list[Fact]:
    """Weeks that vary by a few percent, the last four multiplied."""
    return [
        Fact(
            campaign_id,
            LAST - timedelta(days=ago),
            spend=100.0 + (ago // 7 * 7 + campaign_id) % 5,
            revenue=(300.0 + (ago // 7 * 11) % 13) * (last_four if ago < 28 else 1.0),
        )
        for ago in range(weeks * 7)
    ]


def test_a_marketer_sees_the_headline_and_what_changed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    campaigns = [Campaign(1, "Brand *new*"), Campaign(2, "Generic")]
    use(
        monkeypatch,
        tmp_path,
        publish(tmp_path / "lake", campaigns, steady(1, 30, 1.5) + steady(2, 30)),
    )
    test = run(home)
    assert test.title[0].value == "Hello, Ana"
    labels = [metric.label for metric in test.metric]
    assert labels == ["Revenue", "Spend", "ROAS", "CPA", "ROAS"]
    assert (test.metric[4].value, test.metric[4].delta) == ("+51%", "from 2.99× to 4.53×")
    assert any("Brand \\*new\\*" in text.value for text in test.markdown)
    assert any("usually differ by up to" in caption.value for caption in test.caption)


def test_no_change_beyond_noise_is_said_honestly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", [Campaign(1, "Brand")], steady(1, 30)))
    test = run(home)
    assert test.info[0].value.startswith("Nothing changed beyond noise. 1 campaign was judged")


def test_too_short_a_history_is_said_to_be_too_short(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path, publish(tmp_path / "lake", [Campaign(1, "Brand")], steady(1, 9)))
    assert run(home).info[0].value.startswith("Too early to tell: a campaign needs 16 whole weeks")


def test_without_data_home_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, Warehouse(tmp_path / "lake"))
    test = run(home)
    assert any("No campaign data yet" in text.value for text in test.markdown)


def test_one_run_reads_one_generation_whatever_is_published_meanwhile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    campaigns = [Campaign(1, "Brand")]
    use(monkeypatch, tmp_path, publish(lake, campaigns, steady(1, 30)))
    ask = queries.campaign_overview

    def ask_late(*question: Any) -> Overview:
        publish(lake, [*campaigns, Campaign(2, "Fresh")], steady(1, 30) + steady(2, 30, 1.5))
        return ask(*question)

    monkeypatch.setattr(queries, "campaign_overview", ask_late)
    assert run(home).info[0].value.startswith("Nothing changed beyond noise. 1 campaign was")
    monkeypatch.setattr(queries, "campaign_overview", ask)
    assert any("Fresh" in text.value for text in run(home).markdown)


def test_whoever_does_not_see_campaigns_sees_none_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    warehouse = publish(tmp_path / "lake", [Campaign(1, "Brand")], steady(1, 30))
    use(monkeypatch, tmp_path, warehouse, who=NOBODY_IN_PARTICULAR)
    monkeypatch.setattr(parts, "PARTS", parts.PARTS[:2])
    test = run(home)
    assert test.title[0].value == "Hello, Pat"
    assert "Campaigns" not in [header.value for header in test.subheader]


def told(test: AppTest) -> str:
    return " ".join(one.value for one in (*test.info, *test.markdown))


def test_data_on_its_way_is_told_instead_of_asked_for(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> None:
    installation = Installation(monkeypatch, sqlite_engine, settings)
    admin = installation.enter(Role.ADMIN)
    assert "No campaign data yet" in told(run(home))
    with unit_of_work(sqlite_engine) as session:
        requests.load_sample(session, admin)
    test = run(home)
    assert "No campaign data yet" not in told(test)
    (bar,) = test.get("progress")
    assert "Loading the sample world" in bar.proto.text


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.ADMIN, "There are no courses yet. Import them, or load the sample world."),
        (Role.STAFF, "There are no courses yet. Import them on the Data page."),
        (
            Role.INSTRUCTOR,
            "You do not teach a course yet. A member of staff can name you as instructor.",
        ),
        (Role.LEARNER, "You are not enrolled in a course."),
    ],
)
def test_without_courses_nobody_is_promised_what_they_cannot_have(
    monkeypatch: pytest.MonkeyPatch,
    sqlite_engine: Engine,
    settings: Settings,
    role: Role,
    said: str,
) -> None:
    Installation(monkeypatch, sqlite_engine, settings).enter(role)
    assert [said] == [info.value for info in run(home).info]

"""The page of suggestions: what it says of no, thin, stale and enough data, and of limits."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core import clock
from core.accounts.access import Role
from core.campaigns.learned import ResponseMark
from core.db import reading
from core.jobs import queue, worker
from core.jobs.models import JobKind
from core.settings import Settings
from data.marts.history import HistoryMart, fingerprint
from ml.own_process import ProcessEnded
from ml.response.learning import learn
from ml.response.store import ResponseStore
from tests.data.marts.facts import Campaign, Fact, publish
from tests.pages.installation import Installation

LAST = date(2026, 11, 22)
CAMPAIGNS = [
    Campaign(1, "Brand *always*"),
    Campaign(2, "Generic", type="social"),
    Campaign(3, "Still", type="social"),
    Campaign(4, "New"),
]


def suggestions() -> None:
    """The page, as AppTest runs it."""
    from pages import suggestions

    suggestions.page()


def facts(days: int = 90) -> list[Fact]:
    """Two campaigns whose spend moves, one that never moves, and one that began last week."""
    rng = np.random.default_rng(2)
    found = []
    for ago in range(days):
        day = LAST - timedelta(days=ago)
        for number in (1, 2):
            spend = round(float(rng.uniform(50, 150)), 2)
            found.append(Fact(number, day, spend, round(30 * number * spend**0.5, 2)))
        found.append(Fact(3, day, 40.0, 100.0))
        if ago < 7:
            found.append(Fact(4, day, 10.0, 20.0))
    return found


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    made = Installation(monkeypatch, sqlite_engine, settings)
    made.enter(Role.MARKETER)
    return made


def teach(installation: Installation) -> ResponseMark:
    """Learn from what the lake holds now, in this process."""
    warehouse = installation.services.warehouse
    generation = warehouse.generation()
    mark = ResponseMark("USD", generation, fingerprint(warehouse.manifest(generation)))
    material = HistoryMart(warehouse.at(generation)).material("USD")
    store = ResponseStore(installation.services.settings.response_dir)
    store.write(learn(material, mark, seed=1, now=clock.now()))
    return mark


def lake(installation: Installation) -> Path:
    return installation.services.settings.lake_dir


def run(**query: str) -> AppTest:
    test = AppTest.from_function(suggestions, default_timeout=30)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert [fault.value for fault in test.exception] == []
    return test


def metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in test.metric}


def open_jobs(installation: Installation) -> list[JobKind]:
    with reading(installation.services.engine) as session:
        found = queue.recent(session, installation.admin, [JobKind.FIT_RESPONSE])
    return [job.kind for job in found]


def test_without_data_the_page_says_what_to_import(installation: Installation) -> None:
    test = run()
    assert ["Suggestions"] == [title.value for title in test.title]
    assert "**No campaign data yet**" in [one.value for one in test.markdown]


def test_before_anything_was_learned_that_is_said_and_asked_for(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    test = run()
    assert "has not been learned yet" in test.info[0].value
    test.button(key="learn").click().run()
    assert [JobKind.FIT_RESPONSE] == open_jobs(installation)
    assert "learn" not in [button.key for button in run().button]  # while it is under way


def test_learning_that_failed_says_why_and_can_be_asked_for_again(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())

    def fall(*_: object) -> dict[str, object]:
        raise ProcessEnded(status=-9)

    engine = installation.services.engine
    worker.run_now(engine, {JobKind.FIT_RESPONSE: fall}, JobKind.FIT_RESPONSE, {})
    test = run()
    assert "most often because memory ran out" in test.error[0].value
    assert test.button(key="learn").label == "Learn now"


def test_a_budget_is_suggested_with_its_interval_its_basis_and_a_warning(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    test = run()
    shown = metrics(test)
    assert {"Expected gain", "90% interval", "Probability of a gain", "Spend"} <= set(shown)
    assert "rests on what the platforms claim alone" in test.warning[0].value
    plan = test.dataframe[0].value
    assert {"Brand *always*", "Generic"} == set(plan["Campaign"])
    assert all(text.startswith("One more unit of spend brings") for text in plan["Why"])
    assert any("Rests on 90 days" in one.value for one in test.caption)
    assert 1 == len(test.get("plotly_chart"))


def test_campaigns_that_cannot_be_learned_from_keep_their_spend_and_say_why(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    held = run().dataframe[-1].value
    assert ["Still", "New"] == list(held["Campaign"])
    assert held["Why"].tolist() == [
        "Its spend never changes, so what more or less would bring cannot be seen.",
        "It has spent on 7 days; a curve needs 56.",
    ]
    assert ["$1,120", "$70"] == list(held["Now"])


@pytest.mark.parametrize("numbers", [(1,), (4,)])
def test_one_campaign_or_a_thin_one_has_no_plan_and_says_what_it_takes(
    installation: Installation, numbers: tuple[int, ...]
) -> None:
    own = [fact for fact in facts() if fact.campaign_id in numbers]
    publish(lake(installation), [one for one in CAMPAIGNS if one.id in numbers], own)
    teach(installation)
    test = run()
    assert ["There is too little data for a suggestion."] == [one.value for one in test.info]
    assert any("at least two campaigns" in one.value for one in test.markdown)
    assert (0, 0) == (len(test.metric), len(test.get("plotly_chart")))


def test_an_older_response_is_named_as_such_and_can_be_learned_anew(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    publish(lake(installation), CAMPAIGNS, [*facts(), Fact(4, LAST - timedelta(days=8), 9.0)])
    test = run()
    told = next(one.value for one in test.markdown if "The data has changed since" in one.value)
    assert "from generation 1 of the data" in told
    assert "Expected gain" in metrics(test)
    test.button(key="learn").click().run()
    assert [JobKind.FIT_RESPONSE] == open_jobs(installation)


def test_a_damaged_response_is_refused_by_name_and_can_be_learned_anew(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    (path,) = installation.services.settings.response_dir.glob("*.npz")
    path.write_bytes(path.read_bytes()[:1000])
    test = run()
    assert path.name in test.error[0].value
    assert [] == [metric.label for metric in test.metric]
    assert test.button(key="learn").label == "Learn now"


def test_a_plan_that_no_budget_allows_is_explained_with_its_amounts(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    test = run()
    test.number_input(key="total").set_value(100.0).run()
    told = test.error[0].value  # with the $1,190 that held campaigns spend
    assert "The budget of \\$100\\.00 is below" in told
    test.number_input(key="total").set_value(1190.0).run()
    assert told.split("below")[1] == test.error[0].value.split("below")[1]
    assert "Expected gain" in metrics(test)  # plans of one's own can still be tried


def test_limits_are_kept_and_named_where_they_bind(installation: Installation) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    test = run()
    test.multiselect(key="keep").set_value(["1"]).run()
    plan = test.dataframe[0].value.set_index("Campaign")
    assert "0%" == plan.loc["Brand *always*", "Change"]
    assert any("Kept as they are, as you asked" in one.value for one in test.markdown)


def test_a_plan_of_one_s_own_is_told_at_once(installation: Installation) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    test = run()
    assert "–" == test.metric[-1].value  # nothing is moved yet
    test.slider(key="what-if-2").set_value(150).run()
    assert test.metric[-2].value.startswith("+")
    assert "over 99%" == test.metric[-1].value


def test_only_the_open_part_is_computed(installation: Installation) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    test = run(tab="Creatives")
    assert ["Creatives within campaigns"] == [one.value for one in test.subheader]
    assert "There is too little data for a suggestion." in [one.value for one in test.info]
    assert 0 == len(test.button)


def test_the_next_experiment_needs_total_revenue(installation: Installation) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    assert "depends on how far total revenue strays" in run(tab="Next experiment").info[0].value


def test_everything_together_has_one_interval_and_dashes_for_what_is_not_known(
    installation: Installation,
) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    test = run(tab="All together")
    table = test.dataframe[0].value.set_index("Suggestion")
    assert {"Audiences": "–", "Creatives": "–"} == {
        name: table.loc[name, "Alone"] for name in ("Audiences", "Creatives")
    }
    assert "Probability of a gain" in metrics(test)


def test_the_page_speaks_spanish(installation: Installation) -> None:
    publish(lake(installation), CAMPAIGNS, facts())
    teach(installation)
    installation.cookies["language"] = "es"
    test = run()
    assert ["Sugerencias"] == [title.value for title in test.title]
    assert "Ganancia esperada" in metrics(test)

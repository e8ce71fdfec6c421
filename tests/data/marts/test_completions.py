from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.accounts.access import Principal, Role
from core.campaigns import completions
from core.errors import Forbidden
from data.lake import Lake
from data.marts.completions import CompletionMart
from data.warehouse.raw import empty
from data.warehouse.reader import Warehouse
from tests.data.marts.facts import Campaign, Fact, publish, put

SPRING, AUTUMN = Campaign(1, "Spring", record_id=11), Campaign(2, "Autumn", record_id=12)
STATES = ["completed"] * 4 + ["failed", "withdrawn", "active"]
MARKETER = Principal(1, "Mia", "mia@example.org", frozenset({Role.MARKETER}))
LEARNER = Principal(2, "Leo", "leo@example.org", frozenset({Role.LEARNER}))


@pytest.fixture
def figures(tmp_path: Path) -> CompletionMart:
    """Spring brought seven to course 1 and one to course 2, Autumn two to course 1; one came
    by herself."""
    facts = [Fact(1, date(2026, 3, day), spend=50.0) for day in (1, 2)]
    publish(tmp_path, [SPRING, AUTUMN], facts)
    lake = Lake(tmp_path)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with lake.publishing(now=now) as publication, duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE e AS {empty('records_enrollments')}")
        connection.execute(f"CREATE TABLE c AS {empty('records_courses')}")
        rows = [(1, 11, state) for state in STATES]
        rows += [(2, 11, "completed"), (1, 12, "active"), (1, 12, "failed"), (1, None, "active")]
        numbered = [(number, *row) for number, row in enumerate(rows)]
        columns = "enrollment_id, course_id, campaign_record_id, status"
        connection.executemany(f"INSERT INTO e ({columns}) VALUES (?, ?, ?, ?)", numbered)
        connection.execute("INSERT INTO c (course_id, title) VALUES (1, 'One'), (2, 'Two')")
        put(publication, connection, "records_enrollments", "SELECT * FROM e")
        put(publication, connection, "dim_course", "SELECT * FROM c")
    warehouse = Warehouse(tmp_path)
    return CompletionMart(warehouse.at(warehouse.generation()))


def test_the_campaigns_page_and_the_cohorts_page_tell_the_same_rows(
    figures: CompletionMart,
) -> None:
    by_campaign = [row for one in (1, 2) for row in figures.of_campaign(one)]
    by_course = [row for one in (1, 2) for row in figures.of_course(one)]
    assert sorted(by_campaign, key=repr) == sorted(by_course, key=repr)
    assert sum(one.enrolled for one in by_campaign) == len(STATES) + 3


def test_cost_is_all_that_was_spent_by_those_who_completed(figures: CompletionMart) -> None:
    found = completions.of_campaign(MARKETER, figures, 1)
    assert (found.enrolled, found.completed) == (8, 5)
    assert found.cost_per_completed("USD") == Decimal(20)
    assert found.cost_per_completed("EUR") is None
    assert found.courses[0].completion_rate == pytest.approx(4 / 7)


def test_of_few_learners_no_rate_is_told(figures: CompletionMart) -> None:
    found = completions.of_campaign(MARKETER, figures, 2)
    assert (found.enrolled, found.completion_rate) == (2, None)
    assert found.cost_per_completed("USD") is None


def test_a_learner_is_not_told_of_campaigns(figures: CompletionMart) -> None:
    with pytest.raises(Forbidden):
        completions.of_campaign(LEARNER, figures, 1)

"""The Cohorts page as an instructor, staff and others see it; exports equal the screen."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import cast

import openpyxl
import pytest
from sqlalchemy import Engine, func, select
from streamlit.testing.v1 import AppTest

from components import cohort_queries, exports
from components.charts import cohort as charts
from components.cohorts import choose, export, learners
from components.cohorts.export import few
from components.exports import Cell
from core import clock, i18n
from core.accounts.access import Principal, Role
from core.accounts.models import User
from core.courses.cohorts import (
    LearnerFigures,
    LessonFigures,
    RankedLearner,
    Ranking,
    RankingView,
)
from core.courses.models import Course, Enrollment, EnrollmentStatus
from core.courses.ports import AnswerSource, Reason
from core.db import unit_of_work
from core.errors import NotFound
from core.settings import Settings
from data.lake import Lake
from data.pipeline.sync import sync
from tests.core.courses.records import assessed, course, enrol, hand_in, person, teaches
from tests.pages.installation import Installation, run


def cohorts() -> None:
    """The page, as AppTest runs it."""
    from pages import cohorts

    cohorts.page()


def home() -> None:
    """The page, as AppTest runs it."""
    from pages import home

    home.page()


@dataclass
class School:
    at: Installation
    instructor: Principal
    taught: int
    other: int


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> School:
    at = Installation(monkeypatch, sqlite_engine, settings)
    instructor = at.enter(Role.INSTRUCTOR)
    at.enter(Role.STAFF)
    at.enter(Role.LEARNER)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    with unit_of_work(sqlite_engine) as session:
        taught, other = course(session, "A1", [1, 1]), course(session, "B2", [1])
        teaches(session, instructor, taught)
        essay = assessed(session, taught, "Essay", 100, 10)
        for n in range(6):
            own = enrol(session, person(session, f"Learner{n}", Role.LEARNER), taught)
            if n < 4:
                hand_in(session, own, essay, 8 + n, 50 + n)
        enrol(session, person(session, "Stranger", Role.LEARNER), other)
        ids = taught.id, other.id
    lake = Lake(at.services.settings.lake_dir)
    now = datetime(2026, 4, 1, tzinfo=UTC)
    sync(lake, sqlite_engine, pseudonym_key=b"k" * 32, progress=lambda *_: None, now=now)
    return School(at, instructor, *ids)


def visit(school: School, role: Role, **query: str) -> AppTest:
    school.at.enter_again(role)
    test = AppTest.from_function(cohorts, default_timeout=30)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def metrics(test: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in test.metric}


def test_an_instructor_sees_the_cohort_they_teach(school: School) -> None:
    test = visit(school, Role.INSTRUCTOR)
    assert not test.exception
    assert ("6", "6") == (metrics(test)["Enrolled"], metrics(test)["In progress"])
    assert "–" == metrics(test)["On time"]  # of four pieces handed in no share is told
    table = test.dataframe[0].value
    assert ["Learner4", "Learner5"] == list(table["Learner"])[:2]
    assert not {"Risk", "Why"} & set(table.columns)  # no model answers


def test_home_leads_an_instructor_to_each_cohort_they_teach(school: School) -> None:
    school.at.enter_again(Role.INSTRUCTOR)
    table = run(home).dataframe[0].value
    assert [f"/cohorts?course={school.taught}"] == list(table["open"])


def test_another_course_in_the_address_gives_nothing_of_it(school: School) -> None:
    test = visit(school, Role.INSTRUCTOR, course=str(school.other))
    assert not test.exception
    assert school.taught == test.selectbox[0].value
    assert test.info[0].value.startswith("The course of this link does not exist")
    assert "Stranger" not in str(test.dataframe[0].value)


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "nan", "\0"])
def test_a_course_in_the_address_that_is_none_leads_to_the_first(
    school: School, asked: str
) -> None:
    test = visit(school, Role.STAFF, course=asked)
    assert not test.exception
    assert test.info[0].value.startswith("The course of this link does not exist")
    assert test.dataframe


def test_a_ranking_of_another_version_is_not_given_out_as_this_one_s(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ranking(version: int) -> Ranking:
        trained = datetime(2026, 3, 1, tzinfo=UTC)
        return Ranking((), 0, 0, AnswerSource("model", version, trained, 30))

    monkeypatch.setattr(type(school.at.services.risk_scores), "version", lambda *_: 1)
    monkeypatch.setattr(
        cohort_queries, "_ranking", lambda *_: ranking(2)
    )  # kept while it was switched
    monkeypatch.setattr(cohort_queries, "_read_ranking", lambda *_: ranking(1))
    asked = (school.taught, RankingView(day=30), date(2026, 4, 1))
    told = cohort_queries.cohort_ranking(school.instructor, 1, *asked)
    assert told.source is not None
    assert told.source.version == 1


def test_staff_choose_among_all_courses(school: School) -> None:
    test = visit(school, Role.STAFF, course=str(school.other))
    assert "1" == metrics(test)["Enrolled"]
    assert "–" == metrics(test)["Completed"]  # of one learner no share is told
    assert any("Fewer than 5 learners" in one.value for one in test.caption)


def test_into_a_course_that_has_ended_somebody_is_let_once_it_is_confirmed(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2027, 4, 1))
    test = visit(school, Role.STAFF, course=str(school.other))
    assert any("Nothing in it is due any more." in one.value for one in test.warning)
    test.text_input(key=f"enrol-{school.other}-email").input("learner@example.org")
    send = f"FormSubmitter:enrol-{school.other}-Enrol"
    test.button(key=send).click().run()
    assert any("Confirm that the person" in one.value for one in test.error)

    test.checkbox(key=f"even-ended-{school.other}").check()
    test.text_input(key=f"enrol-{school.other}-email").input("learner@example.org")
    test.button(key=send).click().run()
    assert not test.error
    with unit_of_work(school.at.services.engine) as session:
        let_in = select(func.count()).where(Enrollment.course_id == school.other)
        assert session.scalar(let_in) == 2


def test_a_learner_is_told_that_the_page_is_not_theirs(school: School) -> None:
    test = visit(school, Role.LEARNER)
    assert test.exception
    assert not test.metric


def test_nothing_to_see_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> None:
    at = Installation(monkeypatch, sqlite_engine, settings)
    at.enter(Role.INSTRUCTOR)
    test = run(cohorts)
    assert ["You do not teach a course yet. A member of staff can name you as instructor."] == [
        one.value for one in test.info
    ]


def test_what_was_kept_for_one_is_not_shown_to_another(school: School) -> None:
    with unit_of_work(school.at.services.engine) as session:
        before = session.get(Course, school.other)
        before.series_code, before.start_date = "A1", date(2025, 3, 3)
    assert not visit(school, Role.STAFF, course=str(school.taught)).exception
    told = "Of the courses you may see, none is an earlier presentation of this one."
    assert told not in [one.value for one in visit(school, Role.STAFF).caption]
    assert told in [one.value for one in visit(school, Role.INSTRUCTOR).caption]


def test_a_name_that_changed_is_shown_at_once_and_one_that_is_gone_is_not(school: School) -> None:
    assert "Learner4" in list(visit(school, Role.INSTRUCTOR).dataframe[0].value["Learner"])
    with unit_of_work(school.at.services.engine) as session:
        session.scalars(select(User).where(User.name == "Learner4")).one().name = "Zoe"
        session.delete(session.scalars(select(User).where(User.name == "Learner5")).one())
    shown = list(visit(school, Role.INSTRUCTOR).dataframe[0].value["Learner"])
    assert ["Zoe", "Learner0"] == shown[:2]


def test_a_search_finds_the_names_of_this_moment(school: School) -> None:
    before = visit(school, Role.INSTRUCTOR, learner="Zoe")
    assert "Nobody matches these filters." in [one.value for one in before.info]
    with unit_of_work(school.at.services.engine) as session:
        session.scalars(select(User).where(User.name == "Learner4")).one().name = "Zoe"
    shown = visit(school, Role.INSTRUCTOR, learner="Zoe").dataframe[0].value
    assert ["Zoe"] == list(shown["Learner"])


def test_an_export_holds_what_the_screen_shows_and_by_what_it_is_ranked(school: School) -> None:
    t, today = i18n.language("en"), date(2026, 4, 1)
    view = RankingView(None)
    overview, ranking = cohort_queries.cohort_export(
        school.instructor, school.at.services.warehouse.generation(), school.taught, view, today
    )
    head = choose.in_words(overview.course, view, t)
    made = export.cohort(head, overview, ranking, t)
    shown = visit(school, Role.INSTRUCTOR).dataframe[0].value
    assert [_as_shown(row, t) for row in made.sheets[0].rows[1:]] == shown.drop(
        columns="open"
    ).values.tolist()
    assert 6 == len(shown)
    assert ("Ranked by", learners.ranked_by(ranking, overview.course, t)) == made.head[-2]
    assert ["Learners", "Work"] == [sheet.name for sheet in made.sheets]


def _as_shown(row: Sequence[Cell], t: i18n.Language) -> list[str]:
    """A row of the export, without risks, as the screen words it."""
    name, contact, state, done, required, missing, due, grade, active = row
    return [
        str(name),
        str(contact),
        str(state),
        f"{done} / {required}",
        f"{missing} / {due}",
        t.number(cast(float, grade)),
        t.date(cast(date, active)),
    ]


def test_figures_of_a_cohort_s_export_are_numbers_and_dates_are_dates(school: School) -> None:
    with unit_of_work(school.at.services.engine) as session:
        before = session.get_one(Course, school.other)
        before.series_code, before.start_date = "A1", date(2025, 3, 3)
        teaches(session, school.instructor, before)
    overview, ranking = cohort_queries.cohort_export(
        school.instructor,
        school.at.services.warehouse.generation(),
        school.taught,
        RankingView(None),
        date(2026, 4, 1),
    )
    made = export.cohort([], overview, ranking, i18n.language("en"))
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(made)))

    learner = {
        heading.value: cell
        for heading, cell in zip(book["Learners"][4], book["Learners"][10], strict=True)
    }
    assert 53 == learner["Grade so far (of 100)"].value
    assert (1, 0) == (learner["Work due"].value, learner["Due work missing"].value)
    work = {
        heading.value: cell.value
        for heading, cell in zip(book["Work"][4], book["Work"][5], strict=True)
    }
    back = "kept back"  # four handed in, two did not, six are enrolled
    assert (back, back, back) == (work["Handed in"], work["Missing"], work["Mean score (of 100)"])
    assert date(2026, 3, 12) == work["Due"].date()
    before_sheet = {
        row[0].value: row[1] for row in book["Presentation before"].iter_rows(min_row=4)
    }
    assert 6 == before_sheet["Enrolled"].value
    assert back == before_sheet["Due work handed in (share of 1)"].value
    share = before_sheet["Left so far (share of 1)"]
    assert ("n", "#,##0.00##", 0) == (share.data_type, share.number_format, share.value)


def test_the_reasons_of_the_chosen_learner_are_read_below_the_table() -> None:
    figures = LearnerFigures(1, EnrollmentStatus.ACTIVE, 0, 0, 0, 0, 0, 0, None, None)
    first, second = (
        RankedLearner(name, figures, 0.5, True, (Reason("Late by {n} days.", {"n": 3}, 0.1),))
        for name in ("Ana", "Ben")
    )
    source = AnswerSource("model", 1, datetime(2026, 3, 1, tzinfo=UTC), 30)
    ranking = Ranking((first, second), 2, 1, source)

    assert first == learners.chosen(ranking, [])
    assert second == learners.chosen(ranking, [(1, "Risk")])
    assert first == learners.chosen(ranking, [(7, "Risk")])  # of a page that was longer
    assert ["Late by 3 days."] == learners.reasons(second, i18n.language("en"))


def test_nobody_elses_course_is_exported(school: School) -> None:
    with pytest.raises(NotFound):
        cohort_queries.cohort_export(
            school.instructor, 1, school.other, RankingView(None), date(2026, 4, 1)
        )


def test_a_damaged_model_is_told_and_missing_work_ranks(school: School) -> None:
    models = school.at.services.settings.models_dir / "completion_risk_day_30"
    models.mkdir(parents=True)
    (models / "current.json").write_text("{")
    test = visit(school, Role.INSTRUCTOR)
    assert not test.exception
    assert ["cannot be read" in one.value for one in test.error] == [True]
    assert "Risk" not in test.dataframe[0].value


def test_a_count_of_one_to_four_learners_is_kept_back_in_an_export() -> None:
    t = i18n.language("en")
    back = "kept back"
    assert [0, back, back, 5] == [few(count, t) for count in (0, 1, 4, 5)]


def test_lessons_that_learners_completed_are_charted_and_exported(school: School) -> None:
    figures = (LessonFigures("One", 6, 2.0), LessonFigures("Two", 2, None))
    told = cohort_queries.cohort_overview(school.instructor, 1, school.taught, date(2026, 4, 1))
    t, ranking = i18n.language("en"), Ranking((), 0, 0, None)
    book = export.cohort([], replace(told, lessons=figures), ranking, t)

    (sheet,) = [one for one in book.sheets if one.name == "Lessons"]
    assert [("One", 6, 2.0), ("Two", "kept back", None)] == list(sheet.rows[1:])
    chart = charts.lessons(replace(told, lessons=figures), t)
    assert (("One", "Two"), (6.0, 2.0)) == (chart.headings, chart.lines[0].values)

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.models.feature_names import FEATURE_NAMES
from core import clock
from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.jobs import queue
from core.jobs.models import JobKind
from core.registry import drift, recording, scorecards, service
from core.registry.drift import Measured
from core.settings import Settings
from ml.completion_risk.features import FEATURES
from tests.core.registry.records import told
from tests.pages.installation import Installation, run

NAME = "completion_risk_day_30"


def models() -> None:
    """The page, as AppTest runs it."""
    from pages import models

    models.page()


@pytest.fixture
def installation(
    monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings
) -> Installation:
    made = Installation(monkeypatch, sqlite_engine, settings)
    made.enter(Role.ADMIN)
    return made


def record(installation: Installation, number: int, *objections: dict[str, Any]) -> None:
    with unit_of_work(installation.services.engine) as session:
        row = recording.record_version(session, number, "run", told(NAME), trained_by=None)
        recording.record_objections(row, objections)


def open_jobs(installation: Installation) -> list[dict[str, Any]]:
    with reading(installation.services.engine) as session:
        jobs = queue.recent(session, installation.admin, service.JOBS)
    return [{"kind": job.kind, **job.payload} for job in jobs]


def test_an_empty_page_says_what_to_do(installation: Installation) -> None:
    assert run(models).info[0].value.startswith("No model was trained yet. Import courses")


def test_a_training_is_asked_for_and_watched(installation: Installation) -> None:
    test = run(models)
    test.button(key="train").click().run()
    (asked,) = open_jobs(installation)
    assert (asked["kind"], asked["name"]) == (JobKind.TRAIN_MODEL, "completion_risk_day_0")
    assert [fault.value for fault in run(models).exception] == []


def test_versions_stand_beside_what_they_have_to_beat(installation: Installation) -> None:
    record(installation, 1)
    test = run(models)
    assert [fault.value for fault in test.exception] == []
    listed, compared = test.dataframe[0].value, test.dataframe[1].value
    assert listed.iloc[0][["version", "verdict", "auc", "brier"]].tolist() == [
        "1",
        "Beats what it must",
        "0.756",
        "0.195",
    ]
    candidates = compared.set_index("measure")
    assert candidates.columns.tolist() == [
        "hist_gradient_boosting",
        "module_prior",
        "logistic_regression",
        "keras",
    ]
    assert candidates.loc["Role"].tolist() == ["this", "to beat", "to beat", "candidate"]
    recall = candidates.loc["Recall at 15%"].tolist()
    assert recall[0] == "0.260"
    assert recall[3] == "–"  # not known, not nought


def test_a_version_that_falls_short_says_why_and_cannot_be_promoted(
    installation: Installation,
) -> None:
    data = {"auc": 0.74, "other_auc": 0.755, "other": "logistic_regression"}
    message = "Its AUC of {auc} is not above the {other_auc} of {other}."
    record(installation, 1, {"message": message, "data": data})
    test = run(models)
    assert any(
        "- Its AUC of 0.740 is not above the 0.755 of “Logistic regression”." == one.value
        for one in test.markdown
    )
    assert "Promote" not in [button.label for button in test.button]


def test_a_version_is_promoted_and_the_champion_rolled_back(installation: Installation) -> None:
    record(installation, 1)
    record(installation, 2)
    test = run(models)
    test.button(key=f"change-{NAME}-2").click().run()
    assert open_jobs(installation) == [{"kind": JobKind.PROMOTE_MODEL, "name": NAME, "version": 2}]


def test_the_champion_s_way_back_is_offered_where_there_is_one(installation: Installation) -> None:
    for number in (1, 2):
        record(installation, number)
        with unit_of_work(installation.services.engine) as session:
            recording.record_promotion(session, NAME, number, is_roll_back=False, by=None)
    test = run(models)
    assert test.button(key=f"change-{NAME}-2").label == "Roll back"
    test.button(key=f"change-{NAME}-2").click().run()
    assert open_jobs(installation) == [
        {"kind": JobKind.ROLL_BACK_MODEL, "name": NAME, "version": 1, "instead_of": 2}
    ]


def test_a_champion_whose_files_are_lost_can_be_promoted_again(installation: Installation) -> None:
    record(installation, 1)
    with unit_of_work(installation.services.engine) as session:
        recording.record_promotion(session, NAME, 1, is_roll_back=False, by=None)
    test = run(models)
    assert test.error[0].value.startswith("This version should answer and does not")
    test.button(key=f"renew-{NAME}-1").click().run()
    assert open_jobs(installation) == [{"kind": JobKind.PROMOTE_MODEL, "name": NAME, "version": 1}]


def champion(installation: Installation, **audit: Any) -> None:
    shown = {"groups": [], "modules": [], **audit}
    with unit_of_work(installation.services.engine) as session:
        recording.record_version(session, 1, "run", told(NAME, audit=shown), trained_by=None)
        recording.record_promotion(session, NAME, 1, is_roll_back=False, by=None)


def measured(installation: Installation, found: Measured) -> None:
    with unit_of_work(installation.services.engine) as session:
        drift.keep(session, NAME, 1, 7, datetime(2026, 3, 2, 8, tzinfo=UTC), found)


def captions(test: AppTest) -> str:
    assert [fault.value for fault in test.exception] == []
    return "\n".join(one.value for one in test.caption)


def test_drift_says_why_nothing_is_told_of_it(installation: Installation) -> None:
    champion(installation)
    assert "kept nothing of what it learned from. Train again." in captions(run(models))


def test_drift_waits_for_data_and_for_enough_learners(installation: Installation) -> None:
    champion(installation, reference={"rows": 900})
    assert "Nothing was measured yet" in captions(run(models))
    measured(installation, Measured(99))
    told = captions(run(models))
    assert "99 learners of courses that run now have come to this day; it takes 100" in told
    assert "Data of Mar 2, 2026" in told


def test_drift_tells_the_scores_and_the_figures_that_moved_most(
    installation: Installation,
) -> None:
    champion(installation, reference={"rows": 900})
    names = ("score_mean", "due_count", "late_count", "past_failed", "day", "given_up")
    features = {name: at / 10 for at, name in enumerate(names)}
    measured(installation, Measured(412, 0.3, 0.032, features))
    test = run(models)
    assert "412 learners of courses that run now" in captions(test)
    assert "beside the 900 it learned from" in captions(test)
    assert "Chance alone would give the risk about 0.03." in captions(test)
    assert any(
        one.value.startswith("The estimated risks are spread otherwise") for one in test.warning
    )
    (table,) = [one.value for one in test.dataframe if "psi" in one.value]
    assert table.to_numpy().tolist() == [
        ["0.30", "Estimated risk", "Moved much"],
        ["0.50", "given_up", "Moved much"],
        ["0.40", "Day of the course", "Moved much"],
        ["0.30", "Earlier courses not passed", "Moved much"],
        ["0.20", "Pieces handed in late", "Moved somewhat"],
        ["0.10", "Pieces of work due so far", "Moved somewhat"],
    ]


def test_scores_that_hardly_moved_warn_of_nothing(installation: Installation) -> None:
    champion(installation, reference={"rows": 900})
    measured(installation, Measured(412, 0.09, 0.03, {"day": 0.0}))
    test = run(models)
    assert [one.value for one in test.warning] == []
    (table,) = [one.value for one in test.dataframe if "psi" in one.value]
    assert table["said"].tolist() == ["Hardly moved", "Hardly moved"]


def test_every_feature_has_a_name() -> None:
    assert set(FEATURE_NAMES) == set(FEATURES)


def test_what_a_version_learned_from_is_told_with_its_dates(installation: Installation) -> None:
    record(installation, 1)
    told = next(one.value for one in run(models).caption if one.value.startswith("Trained "))
    assert " on 4,321 enrolments · 2 courses · Feb 1, 2013 – Oct 1, 2013; tested on " in told
    assert date(2013, 2, 1) < clock.today()


def test_the_optimizers_scorecard_stands_beside_rules_of_thumb(installation: Installation) -> None:
    assert run(models).info[-1].value.startswith("The budget optimizer was not scored")
    score = {
        "kind": "daily",
        "method": "in proportion to ROAS",
        "pooled_share": 0.698,
        "pooled_share_se": 0.042,
        "median_share": 0.727,
        "worse_than_today": 0.0,
        "coverage": None,
        "claim_error": None,
    }
    with unit_of_work(installation.services.engine) as session:
        scorecards.keep(session, 40, 1, [score])
    (row,) = run(models).dataframe[-1].value.to_dict("records")
    assert row == {
        "World": "12 campaigns, 540 days",
        "Method": "In proportion to ROAS",
        "Share of the possible gain": "0.70 ± 0.04",
        "Median share": "0.73",
        "Worse than today": "0.0%",
        "90% interval covers": "–",
        "Claimed − true gain": "–",
    }

"""The track record as marketers and administrators see it, empty, waiting, judged and thin."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core import clock
from core.accounts.access import Principal, Role
from core.db import reading, unit_of_work
from core.settings import Settings
from core.track_record import repository, service
from core.track_record.models import AcceptedStatus
from core.track_record.schemas import Gain, Judgement
from tests.core.track_record.proposals import proposal, verdict
from tests.pages.installation import Installation, run


def track_record() -> None:
    """The page, as AppTest runs it."""
    from pages import track_record

    track_record.page()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, sqlite_engine: Engine, settings: Settings) -> Installation:
    return Installation(monkeypatch, sqlite_engine, settings)


def accept(at: Installation, who: Principal, seed: int = 1, **values: Any) -> int:
    with unit_of_work(at.services.engine) as session:
        return service.accept(session, who, proposal(seed=seed, **values))


def judge(at: Installation, number: int, told: Judgement) -> None:
    with unit_of_work(at.services.engine) as session:
        values = {"judged_at": clock.now(), "judgement": asdict(told)}
        assert repository.close(session, number, status=AcceptedStatus.JUDGED, **values)


def told(test: AppTest) -> str:
    assert [] == [one.value for one in test.exception]
    parts = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(str(one.value) for part in parts for one in part)


def metrics(test: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in test.metric}


def plan_row(test: AppTest) -> list[str]:
    """Before, planned and what it became, of the plan's first change."""
    return [str(one) for one in test.dataframe[-1].value.iloc[0]][1:]


@pytest.mark.parametrize("role", [Role.MARKETER, Role.ADMIN])
def test_an_empty_track_record_says_what_it_is_for(at: Installation, role: Role) -> None:
    at.enter(role)
    assert "Nothing was accepted yet" in told(run(track_record))


def test_what_waits_is_shown_with_what_was_predicted(at: Installation) -> None:
    accept(at, at.enter(Role.MARKETER))
    test = run(track_record)
    assert "Nothing is judged yet" in told(test)
    assert "It is judged after the first import that tells" in told(test)
    assert ("1", "1", "–") == tuple(
        metrics(test)[name] for name in ("Accepted", "Waiting", "As predicted")
    )
    assert ("+6.0%", "–") == (metrics(test)["Predicted"], metrics(test)["Realised"])


def test_a_verdict_shows_predicted_beside_realised(at: Installation) -> None:
    number = accept(at, at.enter(Role.MARKETER))
    judge(at, number, verdict(Gain(0.05, 0.02, 0.08, 0.99, 500.0, 200.0, 800.0)))
    test = run(track_record)
    words = told(test)
    assert "What came agrees with what was predicted" in words
    assert "1 judged so far; calibration is shown from 10 on." in words
    assert "the business's other revenue" in words
    assert "1 of 1" == metrics(test)["As predicted"]
    assert ["$1,000", "$1,300", "$1,290"] == plan_row(test)
    assert "+5.0%" == metrics(test)["Realised"]


def test_a_wrong_claim_is_called_wrong(at: Installation) -> None:
    number = accept(at, at.enter(Role.MARKETER))
    judge(at, number, verdict(Gain(-0.2, -0.25, -0.15, 0.0), reached=0.1, overlaps=(9,)))
    words = told(run(track_record))
    assert "What came does not agree with what was predicted." in words
    assert "The plan was not carried out: 10% of the way was gone." in words
    assert "Meanwhile #9 changed the same campaigns" in words


def test_what_cannot_be_judged_says_why(at: Installation) -> None:
    number = accept(at, at.enter(Role.MARKETER))
    judge(at, number, verdict(None))
    assert "It cannot be judged. Too little is known." in told(run(track_record))


def test_from_ten_verdicts_on_calibration_is_shown(at: Installation) -> None:
    who = at.enter(Role.MARKETER)
    for seed in range(10):
        judge(at, accept(at, who, seed), verdict(Gain(0.05, 0.02, 0.08, 0.99)))
    test = run(track_record)
    assert "judged so far" not in told(test)
    assert "Calibration" in [one.value for one in test.subheader]


def test_a_suggestion_is_withdrawn_by_a_click(at: Installation) -> None:
    who = at.enter(Role.MARKETER)
    number = accept(at, who)
    test = run(track_record)
    test.button(key=f"withdraw-{number}").click().run()
    assert "0" == metrics(test)["Accepted"]
    with reading(at.services.engine) as session:
        (one,) = service.track_record(session, who)
    assert AcceptedStatus.WITHDRAWN is one.status


def test_numbers_without_money_or_quantiles_are_dashes(at: Installation) -> None:
    bare = replace(proposal().predicted, money=None, money_p05=None, money_p95=None)
    accept(at, at.enter(Role.MARKETER), predicted=bare)
    assert "nan" not in told(run(track_record)).lower()


def test_it_speaks_spanish(at: Installation) -> None:
    who = at.enter(Role.MARKETER)
    judge(at, accept(at, who), verdict(Gain(0.05, 0.02, 0.08, 0.99)))
    test = AppTest.from_function(track_record, default_timeout=30)
    test.session_state["language"] = "es"
    told(test.run())

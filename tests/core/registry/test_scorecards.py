import pytest
from sqlalchemy import Engine

from core.accounts.access import Role
from core.db import reading, unit_of_work
from core.errors import Forbidden
from core.registry import scorecards
from tests.core.accounts.people import administrator, joined, signed_in

_SCORE = {"kind": "weekly", "method": "optimizer", "pooled_share": 0.9}


def test_the_newest_scorecard_is_shown_to_administrators_alone(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        admin = administrator(session)
        joined(session, admin, "mo@example.org", Role.MARKETER)
        marketer = signed_in(session, "mo@example.org").principal
        assert scorecards.latest(session, admin) is None
        scorecards.keep(session, 2, 1, [])
        scorecards.keep(session, 40, 1, [_SCORE])
    with reading(engine) as session:
        latest = scorecards.latest(session, admin)
        assert latest is not None
        assert (latest.worlds, latest.scores) == (40, [_SCORE])
        with pytest.raises(Forbidden):
            scorecards.latest(session, marketer)

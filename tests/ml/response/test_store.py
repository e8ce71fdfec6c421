"""What was learned is kept whole or not at all, and damage is named."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.campaigns.learned import HORIZONS, Response
from ml.response.store import ResponseDamaged, ResponseGone, ResponseStore
from tests.ml.response.responses import learned, mark

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def response() -> Response:
    return learned(still=(2,))


def test_what_is_kept_is_read_as_it_was_learned(tmp_path: Path, response: Response) -> None:
    store = ResponseStore(tmp_path)
    assert store.newest("USD") is None
    store.write(response)
    assert store.newest("USD") == response.mark
    for days in HORIZONS:
        kept, was = store.read(response.mark, days), response.horizons[days]
        assert (kept.lesson, kept.held, kept.held_spend) == (was.lesson, was.held, was.held_spend)
        assert kept.draws is not None
        assert was.draws is not None
        assert list(kept.draws.campaign_ids) == list(was.draws.campaign_ids)
        np.testing.assert_allclose(kept.draws.revenue, was.draws.revenue, rtol=1e-6)
        assert (kept.draws.spend == was.draws.spend).all()


def test_a_campaign_that_spends_nothing_now_is_held_over_short_horizons_only(
    response: Response,
) -> None:
    held = {days: [one.code for one in response.horizons[days].held] for days in HORIZONS}
    assert held == {14: ["no_current_spend"], 28: ["no_current_spend"], 56: ["short_history"]} | {
        91: ["short_history"]
    }


def test_nothing_is_drawn_where_fewer_than_two_campaigns_can_be_learned_from(
    tmp_path: Path,
) -> None:
    store = ResponseStore(tmp_path)
    store.write(learned(days=20))
    kept = store.read(mark(), 28)
    assert (None, ["short_history"] * 3) == (kept.draws, [one.code for one in kept.held])


def test_the_same_history_and_seed_give_the_same_response(response: Response) -> None:
    again = learned(still=(2,))
    assert again.lesson.data_hash == response.lesson.data_hash
    assert (again.horizons[28].draws.revenue == response.horizons[28].draws.revenue).all()


@pytest.mark.parametrize("keep", [0, 10, 0.5, 0.99])
def test_a_truncated_file_is_refused_by_name(
    tmp_path: Path, response: Response, keep: float
) -> None:
    store = ResponseStore(tmp_path)
    store.write(response)
    (path,) = tmp_path.glob("*.npz")
    content = path.read_bytes()
    path.write_bytes(content[: int(keep if keep > 1 else keep * len(content))])
    assert not store.is_sound(response.mark)
    with pytest.raises(ResponseDamaged) as refused:
        store.read(response.mark, 28)
    assert refused.value.data == {"file": path.name}


def test_a_changed_byte_is_never_read_as_figures(tmp_path: Path, response: Response) -> None:
    ResponseStore(tmp_path).write(response)
    (path,) = tmp_path.glob("*.npz")
    content = bytearray(path.read_bytes())
    for place in np.random.default_rng(3).integers(0, len(content), 40):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        path.write_bytes(changed)
        store = ResponseStore(tmp_path)
        for days in HORIZONS:
            try:
                kept = store.read(response.mark, days)
            except ResponseDamaged:
                continue
            was = response.horizons[days].draws
            np.testing.assert_allclose(kept.draws.revenue, was.revenue, rtol=1e-6)


def test_the_newest_two_of_a_currency_stay_and_those_of_currencies_that_are_gone_go(
    tmp_path: Path, response: Response
) -> None:
    store = ResponseStore(tmp_path)
    for generation in (3, 4, 5):
        store.write(replace(response, mark=mark(generation)))
    store.write(replace(response, mark=mark(4, "EUR")))
    (tmp_path / "00000009-USD-0123456789abcdef.77.draft").write_bytes(b"half")
    store.sweep(["USD"])
    assert {path.name for path in tmp_path.iterdir()} == {
        "00000004-USD-0123456789abcdef.npz",
        "00000005-USD-0123456789abcdef.npz",
    }
    assert (5, None) == (store.newest("USD").generation, store.newest("EUR"))
    with pytest.raises(ResponseGone):
        store.read(mark(3), 28)


@pytest.mark.drill
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_writer_that_is_killed_leaves_the_one_before(
    tmp_path: Path, response: Response, step: str
) -> None:
    store = ResponseStore(tmp_path)
    store.write(response)
    code = (
        "import os, signal, pathlib\n"
        "from tests.ml.response.responses import learned\n"
        "from ml.response.store import ResponseStore\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        + ("os.fsync = die\n" if step == "fsync" else "pathlib.Path.replace = die\n")
        + f"ResponseStore(pathlib.Path({str(tmp_path)!r})).write(learned(4))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert store.newest("USD") == response.mark
    assert store.is_sound(response.mark)
    store.sweep(["USD"])
    assert [path.suffix for path in tmp_path.iterdir()] == [".npz"]

"""Work in a process of its own: what comes back, and that it ends with its parent."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from core.errors import Invalid
from core.surroundings import DiskFull
from ml import own_process
from ml.own_process import ProcessEnded, ProcessFell

ROOT = Path(__file__).parents[2]


def add(a: int, b: int, progress: Any) -> tuple[int, int]:
    print("noise")
    progress(0.5, "half")
    return a + b, os.getpid()


def refuse(progress: Any) -> None:
    raise Invalid(field="day", reason="late")


def fall(progress: Any) -> None:
    raise ZeroDivisionError("on the way")


def fill(progress: Any) -> None:
    raise OSError(errno.ENOSPC, "full")


def end(progress: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wait(folder: Path, progress: Any) -> None:
    (folder / "pid").write_text(str(os.getpid()))
    time.sleep(600)


def nothing(*_: Any) -> None:
    return None


def test_answer_and_progress_come_back_and_noise_does_not(capfd: Any) -> None:
    told = []
    total, pid = own_process.run(add, {"a": 1, "b": 2}, lambda *step: told.append(step))
    assert (total, told) == (3, [(0.5, "half")])
    assert pid != os.getpid()
    assert capfd.readouterr().out == ""


def test_a_named_error_arrives_as_itself() -> None:
    with pytest.raises(Invalid) as refused:
        own_process.run(refuse, {}, nothing)
    assert refused.value.data == {"field": "day", "reason": "late"}


def test_a_full_disk_arrives_under_its_name() -> None:
    with pytest.raises(DiskFull):
        own_process.run(fill, {}, nothing)


def test_any_other_fault_brings_its_traceback() -> None:
    with pytest.raises(ProcessFell, match="ZeroDivisionError: on the way"):
        own_process.run(fall, {}, nothing)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with pytest.raises(ProcessEnded) as ended:
        own_process.run(end, {}, nothing)
    assert ended.value.data == {"status": -signal.SIGKILL}


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def until(happened: Any) -> bool:
    for _ in range(600):
        if happened():
            return True
        time.sleep(0.1)  # polling another process: there is nothing to wait on
    return False


def test_it_ends_with_its_parent_even_by_kill_9(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from tests.ml import test_own_process as work\n"
        "from ml import own_process\n"
        f"own_process.run(work.wait, {{'folder': Path({str(tmp_path)!r})}}, work.nothing)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        assert until((tmp_path / "pid").exists)
        assert until(lambda: (tmp_path / "pid").read_text() != "")
        child = int((tmp_path / "pid").read_text())
        assert alive(child)
        parent.send_signal(signal.SIGKILL)
    assert until(lambda: not alive(child))

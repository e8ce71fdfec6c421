"""A real server in a process of its own, on a free port and a home of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The environment of an installation at ``home``, with nothing of the caller's own settings."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "APP_HOME": str(home), **settings}


def manage(home: Path, *arguments: str, stdin: str = "", **settings: str) -> str:
    """Run the command line on an installation; its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(home, **settings),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class Server:
    """A served installation."""

    address: str
    pid: int


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Server]:
    """Serve an installation until the end of the block; begins once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=environment(home, BASE_URL=address, **settings),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"{address}/health", process, home / "server.log")
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)  # polling another process: there is nothing to wait on
    raise AssertionError(f"the server did not answer:\n{log.read_text()[-3000:]}")

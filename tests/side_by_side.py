"""The suite as two ordinary pytest runs side by side: what mostly waits, and all the rest.

They share no state: every run has temporary folders, ports and databases of its own.
"""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

# Browsers, servers, killed processes and training: about half of the time.
WAITING = ("tests/browser", "tests/drills", "tests/ml")
PARTS = {
    "browser, drills and models": WAITING,
    "all the rest": ("tests", *(f"--ignore={folder}" for folder in WAITING)),
}


def command(part: str, *more: str) -> list[str]:
    """The pytest command of a part; without a cache, for two runs would overwrite one."""
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *PARTS[part], *more]


def main() -> int:
    """Run all parts at once, then print each one's output whole; 1 if any failed."""
    print(f"At once, and shown when all have ended: {'; '.join(PARTS)}", flush=True)
    with ExitStack() as files:
        said = {part: files.enter_context(TemporaryFile("w+")) for part in PARTS}
        running = {part: _started(part, output) for part, output in said.items()}
        codes = {part: process.wait() for part, process in running.items()}
        return told({part: (codes[part], _read(said[part])) for part in PARTS})


def _started(part: str, output: IO[str]) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[1]
    return subprocess.Popen(command(part), cwd=root, stdout=output, stderr=subprocess.STDOUT)


def _read(output: IO[str]) -> str:
    output.seek(0)
    return output.read()


def told(outcomes: dict[str, tuple[int, str]]) -> int:
    """Print what every part said, failed ones last; 1 if any failed."""
    for part, (code, output) in sorted(outcomes.items(), key=lambda one: one[1][0] != 0):
        print(f"\n{part}: {'failed' if code else 'passed'}\n{output}", flush=True)
    return int(any(code for code, _ in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())

"""Runs a function in a process of its own, which ends with this one, even by kill -9.

What training imports, and the memory it takes, goes with it.
"""

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from core import logs, surroundings
from core.errors import AppError
from core.i18n import mark

Progress = Callable[[float, str], None]
_TOLD, _DONE, _REFUSED, _FELL = "told", "done", "refused", "fell"


class ProcessEnded(AppError):
    """The process was ended from outside, most often for want of memory."""

    code = "process_ended"
    status = 500
    message = mark(
        "The process that did the work was ended from outside (status {status}), most often "
        "because memory ran out. Free some memory and try again."
    )


class ProcessFell(Exception):
    """A fault that nobody named, in the other process; its traceback is the text."""


def run(function: Callable[..., Any], options: Mapping[str, Any], progress: Progress) -> Any:
    """What ``function(**options, progress=…)`` returns, worked out in a new process.

    The function is one of a module's, and everything that passes can be pickled. A named
    error arrives as itself; any other as :class:`ProcessFell`.
    """
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(there, function, dict(options)), daemon=True)
    process.start()
    there.close()  # so that the end of that process is seen as the end of the pipe
    try:
        return _outcome(here, progress)
    except EOFError as silent:
        process.join()
        raise ProcessEnded(status=process.exitcode) from silent
    finally:
        here.close()
        process.kill()
        process.join()


def _outcome(here: Connection, progress: Progress) -> Any:
    while True:
        kind, *told = here.recv()
        if kind == _TOLD:
            progress(*told)
        elif kind == _DONE:
            return told[0]
        elif kind == _REFUSED:
            error, data = told
            raise error(**data)
        else:
            raise ProcessFell(told[0])


def _serve(there: Connection, function: Callable[..., Any], options: dict[str, Any]) -> None:
    os.dup2(2, 1)  # libraries print as they like; only the command itself writes to stdout
    threading.Thread(target=_end_with_parent, args=(there,), daemon=True).start()
    logs.configure()
    try:
        answer = function(**options, progress=lambda *told: there.send((_TOLD, *told)))
    except Exception as fault:  # noqa: BLE001 - this process's edge: it goes to the one that asked
        named = surroundings.named(fault)
        if named is None:
            there.send((_FELL, traceback.format_exc()))
        else:
            there.send((_REFUSED, type(named), named.data))
    else:
        there.send((_DONE, answer))


def _end_with_parent(there: Connection) -> None:
    """The parent sends nothing: when the pipe can be read, the parent is gone."""
    there.poll(None)
    os._exit(1)

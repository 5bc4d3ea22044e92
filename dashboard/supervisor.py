"""Keeps programs running beside each other until told to stop, and leaves none behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from live.leash import start_leashed

CALM = 20.0  # seconds after which an earlier end is forgotten
MOST_ENDS = 5  # within so short a time: then something is wrong that starting again does not mend
GRACE = 8.0  # seconds from being told to end until being made to


class GivesUp(RuntimeError):
    """A program ends again and again."""


@dataclass(slots=True)
class Program:
    """One of them: its name for people, its ``roulement`` command, and the process that runs it now."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)


class Supervisor:
    """Starts programs with an environment, their output in ``log``; ``say`` tells people what happened."""

    def __init__(
        self, programs: Sequence[Program], environ: Mapping[str, str], log: IO[bytes], say: Callable[[str], None]
    ) -> None:
        self._programs = programs
        self._environ = environ
        self._log = log
        self._say = say

    def start(self) -> None:
        """Start all of them."""
        for program in self._programs:
            self._start(program)

    def look(self) -> None:
        """Start again what has ended. GivesUp when that happens too often."""
        for program in self._programs:
            if program.process and program.process.poll() is not None:
                self._again(program, program.process)

    def stop(self) -> None:
        """Tell all to end, wait a little, and make those end that did not."""
        running = [program.process for program in self._programs if program.process]
        for process in running:
            _signal(process, signal.SIGINT)
        deadline = time.monotonic() + GRACE
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            _sweep(process)

    def _start(self, program: Program) -> None:
        program.process = start_leashed(
            [sys.executable, "-m", "dashboard.cli", *program.command], env=dict(self._environ),
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            start_new_session=True,  # Ctrl-C is for us: we pass it on
        )  # fmt: skip

    def _again(self, program: Program, ended: subprocess.Popen[bytes]) -> None:
        _sweep(ended)
        now = time.monotonic()
        program.ends = [*(end for end in program.ends if now - end < CALM), now]
        if len(program.ends) >= MOST_ENDS:
            raise GivesUp(f"The {program.name} ended {MOST_ENDS} times within {CALM:.0f} s")
        self._say(f"The {program.name} ended ({_how(ended.returncode)}): starting it again")
        self._start(program)


def _signal(process: subprocess.Popen[bytes], what: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(what)


def _sweep(process: subprocess.Popen[bytes]) -> None:
    """End whatever the program itself had started: each has a session, and so a process group, of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _how(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"

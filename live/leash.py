"""Run a program that ends when the one that started it ends, kill -9 included: ``python leash.py PARENT COMMAND…``.

Linux ends a child with its parent on request (prctl PR_SET_PDEATHSIG), counted from the *thread* that started it, and
only if asked from within the child: so this stands between the two for a moment, and then becomes the program.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

PR_SET_PDEATHSIG = 1


def start_leashed(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """``subprocess.Popen`` of a command that does not outlive this process, nor the thread that calls this."""
    leash = [sys.executable, "-I", "-S", __file__, str(os.getpid())]
    return subprocess.Popen([*leash, *command], **options)  # noqa: S603 | our own command


def main(parent: int, command: list[str]) -> None:
    """Become the command, tied to the parent."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the leash was on
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 | this is the point


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

"""Where tests put what they write: in memory if there is room, because a disk takes milliseconds for each commit.

What a killed process leaves is the same there; that a disk keeps its word when the power fails is proven by neither.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes; a whole run takes a fifth of it."""


def write_to_memory() -> None:
    """All temporary files of this process and its children from now on, unless TMPDIR names another place."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

"""A file from a spreadsheet as rows of text: CSV in whatever encoding and with whatever separator, XLSX, ODS, XLS."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from dashboard.domain.refusals import Invalid
from dashboard.domain.sheet_orders import READ

LARGEST = 1024 * 1024  # bytes
PATIENCE = 20  # seconds
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_KNOWN = frozenset().union(*READ.values())


def read_rows(content: bytes) -> list[list[str]]:
    """The first sheet. Invalid, in words, for what is too large, broken or no table."""
    if not content.strip():
        raise Invalid("This file is empty: choose another")
    if len(content) > LARGEST:
        raise Invalid("This file is larger than {n} kB: divide it", n=LARGEST // 1024)
    return _workbook(content) if content.startswith(_WORKBOOKS) else _csv(_text(content))


def _workbook(content: bytes) -> list[list[str]]:
    try:
        done = subprocess.run(  # noqa: S603  our own file, and what it reads comes by stdin
            [sys.executable, "-P", str(Path(__file__).with_name("child.py"))],
            input=content, capture_output=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Invalid(
            "This workbook cannot be read: it is broken, locked, or unpacks to far too much. Save it anew, or as CSV"
        ) from error
    rows: list[list[str]] = json.loads(done.stdout)
    return rows


def _text(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what Windows writes in the west."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = [] if b"\0" in content else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("This file is no table: choose a CSV, XLSX or ODS file")


def _csv(text: str) -> list[list[str]]:
    """With the separator that finds the most known columns in the first line."""
    head = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t|", key=lambda mark: len(_KNOWN & {name.strip(' "').lower() for name in head.split(mark)}))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Invalid("This file is no table: choose a CSV, XLSX or ODS file") from error

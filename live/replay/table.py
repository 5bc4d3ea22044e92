"""A text table: tab separated, one header line. What is wrong with it is said by file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_WHOLE = re.compile(r"[0-9]{1,9}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}")


class BadInstance(ValueError):
    """A file that cannot be used; the message is one line that says where, what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    file: str
    line: int
    cells: Mapping[str, str]

    def whole(self, column: str, least: int = 0) -> int:
        """The whole number in a column."""
        text = self.cells[column]
        if not _WHOLE.fullmatch(text):
            raise self.wrong(column, "is no whole number", f"write a number from {least} to 999999999")
        if int(text) < least:
            raise self.wrong(column, f"is less than {least}", f"write a number from {least} to 999999999")
        return int(text)

    def id(self, column: str) -> str:
        """The id in a column."""
        text = self.cells[column]
        if not _ID.fullmatch(text):
            raise self.wrong(column, "is no id", "use up to 32 letters, digits, dots, hyphens and underscores")
        return text

    def wrong(self, column: str, what: str, mend: str) -> BadInstance:
        """The error about a column's value."""
        return BadInstance(f'{self.file} line {self.line}, column "{column}": "{self.cells[column]}" {what}: {mend}')


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The lines of a table that has (at least) these columns, in whatever order. Empty lines are passed over."""
    header, *lines = _text(path).split("\n")
    names = _cells(header)
    for column in columns:
        if names.count(column) != 1:
            given = "twice" if column in names else "missing"
            listed = ", ".join(columns)
            raise BadInstance(f'{path.name} line 1: column "{column}" is {given}: name {listed}, separated by tabs')
    for number, line in enumerate(lines, 2):
        if line.strip():
            yield Row(path.name, number, dict(zip(names, _fitting(path.name, number, line, names), strict=True)))


def _fitting(file: str, number: int, line: str, names: Sequence[str]) -> list[str]:
    cells = _cells(line)
    if len(cells) != len(names):
        what = f"{len(cells)} values instead of {len(names)}"
        raise BadInstance(f"{file} line {number}: {what}: separate {', '.join(names)} by single tabs")
    return cells


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.rstrip("\r").split("\t")]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadInstance(f"There is no {path}: an instance has the four files that `roulement replay` reads") from None
    except UnicodeDecodeError as error:
        raise BadInstance(f"{path.name} is no text: byte {error.start} is not UTF-8, save it as plain text") from error
    except OSError as error:
        raise BadInstance(f"{path} cannot be read ({error.strerror}): check its permissions") from error

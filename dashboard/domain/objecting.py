"""What a courier objects to: a job, a day, or a line of a pay slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain.refusals import Invalid

ORDER, DAY, LINE = "order", "day", "line"


@dataclass(frozen=True, slots=True)
class Subject:
    """``kind`` is order, day or line; ``of`` the order's id, the local day, or the slip's month; ``line`` its rule."""

    kind: str
    of: str
    line: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}" + (f":{self.line}" if self.line else "")


def subject_of(about: str) -> Subject:
    """``order:ID``, ``day:2026-11-24`` or ``line:2026-11:wage``; Invalid when it is none of them."""
    kind, _, rest = about.partition(":")
    if kind == ORDER and rest:
        return Subject(ORDER, rest)
    if kind == DAY and _is_day(rest):
        return Subject(DAY, rest)
    month, _, line = rest.partition(":")
    if kind == LINE and line and _is_day(f"{month}-01"):
        return Subject(LINE, month, line)
    raise Invalid("{about} is nothing that can be objected to: name a job, a day or a line of a pay slip",
                  about=about, field="about")  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

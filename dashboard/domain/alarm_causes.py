"""Which alarm explains which: of several that have one root only the root is heard, the others stand under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from dashboard.domain.alarm_findings import Finding
from dashboard.domain.alarm_rules import ABSENT, POSITIONS, REDIS, SYSTEM
from dashboard.domain.alarms import Alarm, id_of

NEED_POSITIONS = frozenset({"A3", "A6", "A7"})
ON_ONE_ORDER = ("A1", "A5", "A4", "A3", "A2")
"""Of one order the first of these explains the others: whoever has to give it away knows that it will be late."""


def cause_of(found: Finding, active: Mapping[str, Alarm]) -> str:
    """The id of the active alarm that explains this finding; empty: it stands for itself. Roots explain, no others."""
    own = id_of(found.rule, found.about)
    for key in _candidates(found, active.values()):
        root = active.get(key)
        if key == own:
            break  # it is the first of those that one of them stands for
        if root is not None and root.is_active and not root.cause:
            return key
    return ""


def _candidates(found: Finding, active: Iterable[Alarm]) -> Iterator[str]:
    if found.rule == SYSTEM:
        if found.about == POSITIONS:
            yield id_of(SYSTEM, REDIS)
        return
    if found.rule in NEED_POSITIONS:
        yield id_of(SYSTEM, REDIS)
        yield id_of(SYSTEM, POSITIONS)
    if found.rule in ("A2", "A3", "A7") and found.courier:
        yield id_of("A6", found.courier)
    if found.rule in ON_ONE_ORDER and found.order:
        yield from (id_of(rule, found.order) for rule in ON_ONE_ORDER[: ON_ONE_ORDER.index(found.rule)])
    if found.rule == "A4":
        yield from _older_at(found.place, active)
    if found.rule == "A2":
        yield from _same_hands(found, active)
    if found.rule == ABSENT:
        yield from _other_days(found.about, active)


def _older_at(place: str, active: Iterable[Alarm]) -> Iterator[str]:
    """Of one restaurant the longest waiting stands for all."""
    there = [one for one in active if one.rule == "A4" and one.place == place and place]
    yield from (one.id for one in sorted(there, key=_age))


def _same_hands(found: Finding, active: Iterable[Alarm]) -> Iterator[str]:
    """Of one courier who is behind the first late order stands for all."""
    late = [one for one in active if one.rule == "A2" and one.courier == found.courier and found.courier]
    yield from (one.id for one in sorted(late, key=_age))


def _other_days(order: str, active: Iterable[Alarm]) -> Iterator[str]:
    """Of one recurring rule the first day that is missing stands for all."""
    rule, _, _ = order.rpartition(".")
    yield from sorted(one.id for one in active if one.rule == ABSENT and one.about.rpartition(".")[0] == rule)


def _age(one: Alarm) -> tuple[datetime, str]:
    return one.raised_at, one.id

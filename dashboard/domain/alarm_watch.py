"""From what is wrong now and the alarms that are there to what has to be written: delays, hysteresis, causes, floods.

``step`` is a pure function. What it remembers between two looks (``Watch``) are waiting times alone: a worker that
starts anew loses at most those, and takes the alarms themselves from the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from dashboard.domain.alarm_causes import cause_of
from dashboard.domain.alarm_findings import Finding
from dashboard.domain.alarm_rules import FLOOD, HIGH, RANK, RULES, TOLD
from dashboard.domain.alarm_settings import USUAL, Limits
from dashboard.domain.alarms import Alarm, Step, cleared, flood, kept, unshelve

BACK_WITHIN = timedelta(minutes=10)
"""An alarm that comes back so soon is the same one: it is shown again, and not heard."""
WINDOW = timedelta(minutes=10)
FLOOD_ABOVE, FLOOD_BELOW = 10, 5
"""ISA-18.2 and EEMUA 191: more than ten in ten minutes begin a flood, less than five end it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """``pending``: since when a condition holds that has raised nothing yet; ``fading``: since when one is gone."""

    pending: Mapping[str, datetime] = field(default_factory=dict)
    fading: Mapping[str, datetime] = field(default_factory=dict)


def step(
    watch: Watch, found: Mapping[str, Finding], alarms: Mapping[str, Alarm], now: datetime, limits: Limits = USUAL
) -> tuple[Watch, list[Step]]:
    """What is to be written now, in this order. ``alarms`` are those of the board, closed ones of late included."""
    watch = _waiting(watch, found, alarms, now)
    present, steps = dict(alarms), []
    for each in chain(_gone(watch, alarms, now), _come(watch, found, present, now, limits)):  # one after the other
        steps.append(each)
        present[each.alarm.id] = each.alarm
    for each in _moved_on(watch, found, present, now, limits):
        steps.append(each)
        present[each.alarm.id] = each.alarm
    steps += _flood(present, now)
    return watch, [replace(each, alarm=kept(each.alarm)) for each in steps]


def rate(alarms: Mapping[str, Alarm], now: datetime) -> int:
    """How many were raised within the last ten minutes and stand for themselves."""
    return sum(
        one.rule != FLOOD and not one.cause and now - one.raised_at < WINDOW for one in alarms.values()
    )  # fmt: skip


def _waiting(watch: Watch, found: Mapping[str, Finding], alarms: Mapping[str, Alarm], now: datetime) -> Watch:
    pending = {key for key, one in found.items() if one.is_on and not _is_active(alarms.get(key))}
    pending |= {key for key, one in alarms.items() if one.cause and one.is_active and key in found}
    fading = {key for key, one in alarms.items() if one.is_active and one.rule in RULES and key not in found}
    return Watch(
        {key: watch.pending.get(key, now) for key in pending}, {key: watch.fading.get(key, now) for key in fading}
    )  # fmt: skip


def _gone(watch: Watch, alarms: Mapping[str, Alarm], now: datetime) -> Iterator[Step]:
    """Those of which nothing is left; one that keeps coming back has to be gone for longer."""
    for key, since in watch.fading.items():
        alarm = alarms[key]
        if alarm.rule not in TOLD and now - since >= RULES[alarm.rule].off_delay * (1 + alarm.returns):
            yield cleared(alarm, now)


def _come(
    watch: Watch, found: Mapping[str, Finding], present: Mapping[str, Alarm], now: datetime, limits: Limits
) -> Iterator[Step]:
    """Those that have lasted long enough; roots come before what they explain."""
    due = [key for key, since in watch.pending.items() if now - since >= RULES[found[key].rule].on_delay]
    for key in sorted(due, key=lambda key: _order(found[key])):
        one, before = found[key], present.get(key)
        if _is_active(before):
            continue
        cause = cause_of(one, present)
        if before is None or _is_another(before, one, now, limits):
            yield Step("raised", _raised(key, one, cause, now, before))
        else:
            back = replace(before, cleared_at=None, closed_at=None, cause=cause, returns=before.returns + 1)
            yield Step("returned", back)


def _is_another(before: Alarm, one: Finding, now: datetime, limits: Limits) -> bool:
    """Whether it comes long after the one before, or is much worse than that was."""
    long_ago = before.cleared_at is None or now - before.cleared_at >= BACK_WITHIN
    return long_ago or (one.value >= before.value + limits.worse_minutes and not before.resolved_by)


def _moved_on(
    watch: Watch, found: Mapping[str, Finding], present: Mapping[str, Alarm], now: datetime, limits: Limits
) -> Iterator[Step]:
    """What has another cause, is back from the shelf, got worse, or was not answered."""
    for key, alarm in present.items():
        if not alarm.is_active or alarm.rule == FLOOD:
            continue
        one = found.get(key)
        cause = cause_of(one, present) if one else alarm.cause
        if cause and cause != alarm.cause:
            yield Step("grouped", replace(alarm, cause=cause))
        elif alarm.cause and not cause:
            if one and now - watch.pending.get(key, now) >= RULES[alarm.rule].on_delay:
                yield Step("parted", replace(alarm, cause="", raised_at=now, rang_at=now, value=one.value))
        elif alarm.shelved_until and now >= alarm.shelved_until:
            yield unshelve(alarm, now)
        elif not alarm.cause and not alarm.shelved_by:
            yield from _again(alarm, one, now, limits)


def _again(alarm: Alarm, one: Finding | None, now: datetime, limits: Limits) -> Iterator[Step]:
    """Said once more, each time with twice the patience."""
    patience = 2**alarm.rings
    if one and one.value >= alarm.value + limits.worse_minutes * patience:
        anew = replace(alarm, acknowledged_by=None, acknowledged_at=None, resolved_by=None, resolved_at=None, note="")
        yield Step("repeated", _rings(anew, now, one.value), {"why": "worse"})
    elif _waits_for_answer(alarm) and now - alarm.rang_at >= limits.minutes("again") * patience:
        yield Step("repeated", _rings(alarm, now, one.value if one else alarm.value), {"why": "unanswered"})


def _waits_for_answer(alarm: Alarm) -> bool:
    return alarm.is_heard and RANK[alarm.priority] <= RANK[HIGH]


def _flood(present: Mapping[str, Alarm], now: datetime) -> Iterator[Step]:
    count, known = rate(present, now), present.get(FLOOD)
    is_on = known is not None and known.is_active
    if (not is_on and count > FLOOD_ABOVE) or (is_on and count < FLOOD_BELOW):
        yield flood(known if is_on else None, count, now)


def _raised(key: str, one: Finding, cause: str, now: datetime, before: Alarm | None) -> Alarm:
    return Alarm(
        key, one.rule, one.about, one.urgency, now, now, one.order, one.courier, one.ref, one.place, one.value,
        cause=cause, version=before.version if before else 0,
    )  # fmt: skip


def _rings(alarm: Alarm, now: datetime, value: float) -> Alarm:
    return replace(alarm, rang_at=now, rings=alarm.rings + 1, value=value)


def _is_active(alarm: Alarm | None) -> bool:
    return alarm is not None and alarm.is_active


_ROOTS_FIRST = ("A9", "A8", "A6", "A1", "A5", "A4", "A3", "A7", "A2", "A11")


def _order(one: Finding) -> tuple[int, float, str]:
    return _ROOTS_FIRST.index(one.rule), -one.value, one.about

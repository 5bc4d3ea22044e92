"""How often the desk was called, from the journal: so that a co-op can see which alarms it has to tune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.domain.alarm_rules import FLOOD, SYSTEM
from dashboard.domain.alarms import Alarm, alarm_of
from dashboard.domain.events import Entry

TEN = timedelta(minutes=10)
STALE = timedelta(hours=24)
SOURCES = 10
NEW = frozenset({"alarm.raised", "alarm.parted"})


@dataclass(frozen=True, slots=True)
class Flood:
    """More than the desk can answer: until when (None: still), and how many alarms came meanwhile."""

    began: datetime
    ended: datetime | None
    alarms: int


@dataclass(frozen=True, slots=True)
class Source:
    """One rule about one courier, place or part of the system; ``share`` of all alarms of the time."""

    rule: str
    name: str
    courier: str | None
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Of a time. ``buckets``: new alarms that stood for themselves in each ten minutes, oldest first.

    ``unanswered``: the alarm that waited longest for an answer, and how long. ``missed`` were over before anybody had
    seen them, ``shelved`` put aside, ``stale`` open for more than a day. ``flooded`` is a share of the time.
    """

    since: datetime
    until: datetime
    buckets: Sequence[int]
    grouped: int
    again: int
    floods: Sequence[Flood]
    flooded: float
    sources: Sequence[Source]
    unanswered: tuple[Alarm, timedelta] | None
    missed: int
    shelved: int
    stale: int

    @property
    def new(self) -> int:
        """All of the time."""
        return sum(self.buckets)

    @property
    def mean(self) -> float:
        """New alarms in ten minutes. A mean hides floods: look at ``most``, too."""
        return self.new / len(self.buckets) if self.buckets else 0.0

    @property
    def most(self) -> int:
        """In the worst ten minutes."""
        return max(self.buckets, default=0)


def rates(entries: Iterable[Entry], since: datetime, until: datetime) -> Rates:
    """Of the entries about alarms in that time, in order."""
    told = [(entry, alarm_of(entry)) for entry in entries if since <= entry.at < until]
    alone = [alarm for entry, alarm in told if entry.kind in NEW and not alarm.cause]
    counted = Counter(int((alarm.raised_at - since) / TEN) for alarm in alone)
    floods = tuple(_floods(told, alone, since))
    newest = {alarm.id: alarm for _, alarm in told}
    kinds = Counter(entry.kind for entry, _ in told)
    return Rates(
        since, until, [counted[at] for at in range(-int(-(until - since) // TEN))],
        grouped=sum(entry.kind == "alarm.raised" and bool(alarm.cause) for entry, alarm in told),
        again=kinds["alarm.repeated"], floods=floods, flooded=_share(floods, since, until), sources=_sources(alone),
        unanswered=_unanswered(told, until),
        missed=sum(entry.kind == "alarm.cleared" and not alarm.acknowledged_by for entry, alarm in told),
        shelved=kinds["alarm.shelved"],
        stale=sum(one.is_active and until - one.raised_at > STALE for one in newest.values()),
    )  # fmt: skip


def _floods(told: Sequence[tuple[Entry, Alarm]], alone: Sequence[Alarm], since: datetime) -> Iterator[Flood]:
    ends: Mapping[datetime, datetime] = {
        alarm.raised_at: entry.at for entry, alarm in told if entry.kind == "alarm.flood_ended"
    }  # fmt: skip
    begun = {alarm.raised_at for _, alarm in told if alarm.rule == FLOOD}
    for began in sorted(begun):
        ended = ends.get(began)
        first = max(began - TEN, since)
        yield Flood(
            began, ended, sum(first <= one.raised_at and (ended is None or one.raised_at < ended) for one in alone)
        )


def _share(floods: Sequence[Flood], since: datetime, until: datetime) -> float:
    span = sum(((one.ended or until) - max(one.began, since) for one in floods), timedelta())
    return span / (until - since) if until > since else 0.0


def _sources(alone: Sequence[Alarm]) -> Sequence[Source]:
    counts = Counter((one.rule, *_source(one)) for one in alone)
    return tuple(
        Source(rule, name, courier, count, count / len(alone))
        for (rule, name, courier), count in sorted(counts.items(), key=lambda one: (-one[1], str(one[0])))[:SOURCES]
    )  # fmt: skip


def _source(alarm: Alarm) -> tuple[str, str | None]:
    """An order comes once; its restaurant or courier is what can be mended."""
    if alarm.rule == SYSTEM:
        return alarm.about, None
    return (alarm.place, None) if alarm.place else ("", alarm.courier)


def _unanswered(told: Sequence[tuple[Entry, Alarm]], until: datetime) -> tuple[Alarm, timedelta] | None:
    """Until it was acknowledged, was over, or the time ended."""
    waited: dict[tuple[str, datetime], tuple[Alarm, timedelta]] = {}
    for _, alarm in told:
        if alarm.rule != FLOOD and not alarm.cause:
            end = alarm.acknowledged_at or alarm.cleared_at or until
            waited[alarm.id, alarm.raised_at] = alarm, end - alarm.raised_at
    return max(waited.values(), key=lambda one: one[1], default=None)

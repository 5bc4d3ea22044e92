"""What people and the worker do about alarms: use cases that add to the journal, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from dashboard.dispatch import Dispatch
from dashboard.domain import alarm_settings, alarms, incidents
from dashboard.domain.alarm_rates import Rates, rates
from dashboard.domain.alarm_rules import INCIDENT, RULES, SOS
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.alarms import ACTOR, SUBJECT, Alarm, Step, alarm_of, id_of, subject_of
from dashboard.domain.coop_settings import SUBJECT as SETTINGS
from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import NotFound
from dashboard.ports import Store, Transaction

SHOWN = timedelta(hours=24)
OLDEST_CALL = timedelta(hours=1)
"""A phone without a network keeps a call for help and sends it later: an hour later it is still one."""


class Alarms:
    """Each change is decided upon the newest entry about that alarm, in one transaction: two workers, or a worker and
    a dispatcher, never write past each other."""

    def __init__(
        self, store: Store, dispatch: Dispatch, clock: Callable[[], datetime], zone: Callable[[str], tzinfo]
    ) -> None:
        self._store, self._dispatch, self._clock, self._zone = store, dispatch, clock, zone

    def write(self, coop: str, step: Step, *, at: datetime) -> Entry | None:
        """What the worker has found; None: the journal has moved on since, and its next look decides anew."""

        def decide(latest: Entry | None) -> Fact | None:
            return step.fact if _follows(step.alarm, latest) else None

        return self._dispatch.follow(coop, subject_of(step.alarm.id), decide, by=ACTOR, at=at)

    def acknowledge(self, coop: str, alarm: str, *, by: str, at: datetime) -> Alarm:
        """Seen, and mine. NotFound; WrongState: somebody was first, or it is over."""
        return self._answer(coop, alarm, lambda found: alarms.acknowledge(found, by, at), by, at)

    def resolve(self, coop: str, alarm: str, note: str, *, by: str, at: datetime) -> Alarm:
        """Something was done about it, as the note says; an incident is settled with it. NotFound, WrongState."""
        return self._answer(coop, alarm, lambda found: alarms.resolve(found, note.strip(), by, at), by, at)

    def shelve(
        self, coop: str, alarm: str, minutes: int | None, reason: str = "", *, by: str, at: datetime
    ) -> Alarm:  # fmt: skip
        """Put aside for 5, 15 or 30 minutes, or (None) until it clears. NotFound, WrongState, Invalid."""
        return self._answer(coop, alarm, lambda found: alarms.shelve(found, minutes, reason.strip(), by, at), by, at)

    def unshelve(self, coop: str, alarm: str, *, by: str, at: datetime) -> Alarm:
        """Back in the list before its time. NotFound, WrongState."""
        return self._answer(coop, alarm, lambda found: alarms.unshelve(found, at), by, at)

    def sos(self, coop: str, courier: str, pressed: datetime, *, at: datetime) -> Entry | None:
        """A courier calls for help, now or, by a phone that had no network, a while ago: raised at once, by whoever
        hears it first. The same call sent again changes nothing."""
        if at - pressed > OLDEST_CALL:
            return None
        call = alarms.kept(
            Alarm(id_of(SOS, courier), SOS, courier, RULES[SOS].priority, min(pressed, at), at, courier=courier)
        )

        def decide(latest: Entry | None) -> Fact | None:
            before = alarm_of(latest) if latest else None
            is_known = before is not None and call.raised_at <= before.rang_at
            return None if is_known else alarms.called(before, call).fact

        return self._dispatch.follow(coop, subject_of(call.id), decide, by=courier, at=at)

    def called_by(self, coop: str, courier: str, pressed: datetime) -> Entry | None:
        """The same, as of now."""
        return self.sos(coop, courier, pressed, at=self._clock())

    def limits(self, coop: str) -> Limits:
        """The numbers at which alarms are raised."""
        return alarm_settings.limits(self._store.about(coop, SETTINGS))

    def change_limit(self, coop: str, name: str, value: int, *, by: str, at: datetime) -> Limits:
        """Another number, from now on. Invalid: there is none of that name, or it lies outside its bounds."""
        since = at.astimezone(self._zone(coop)).date()
        self._dispatch.note(coop, alarm_settings.changed(name, value, since), by=by, at=at)
        return self.limits(coop)

    def entries(self, coop: str, since: datetime) -> Sequence[Entry]:
        """All that was written about alarms since then."""
        return self._store.noted_since(coop, SUBJECT, since)

    def rates(self, coop: str, now: datetime, span: timedelta = SHOWN) -> Rates:
        """How often the desk was called as of late."""
        return rates(self.entries(coop, now - span), now - span, now)

    def _answer(
        self, coop: str, alarm: str, answer: Callable[[Alarm], Step], by: str, at: datetime
    ) -> Alarm:  # fmt: skip
        def decide(change: Transaction) -> Sequence[Fact]:
            latest = change.latest(subject_of(alarm))
            if latest is None:
                raise NotFound("There is no alarm {id}", id=alarm)
            step = answer(alarm_of(latest))
            return Step(step.word, alarms.kept(step.alarm), step.more).fact, *_beside(step)

        return alarm_of(self._dispatch.decide(coop, decide, by=by, at=at)[0])


def _beside(step: Step) -> Sequence[Fact]:
    """What else an answer says: that the incident is settled which the alarm was about."""
    if step.word != "resolved" or step.alarm.rule != INCIDENT:
        return ()
    order, incident = incidents.of_alarm(step.alarm)
    return (incidents.resolved(incident, order, step.alarm.note),)


def _follows(alarm: Alarm, latest: Entry | None) -> bool:
    """Whether it was decided upon what the journal says now."""
    if latest is None:
        return True
    return latest.version == alarm.version or (not alarm.version and not alarm_of(latest).is_open)

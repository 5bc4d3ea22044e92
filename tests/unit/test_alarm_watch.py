"""From findings to entries: delays, hysteresis, causes, floods, what is said again; and that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain import alarms
from dashboard.domain.alarm_findings import Finding
from dashboard.domain.alarm_rates import rates
from dashboard.domain.alarm_watch import Watch, step
from dashboard.domain.alarms import Alarm, Step, id_of
from dashboard.domain.events import GENESIS, Entry
from tests.unit.alarm_values import SEVEN, alarm, finding

SECOND = timedelta(seconds=1)


@dataclass
class Desk:
    """A clock, the alarms as the journal has them, and all that was written."""

    now: datetime = SEVEN
    watch: Watch = field(default_factory=Watch)
    known: dict[str, Alarm] = field(default_factory=dict)
    written: list[tuple[datetime, Step]] = field(default_factory=list)

    def look(self, *found: Finding, seconds: float = 2, times: int = 1) -> list[str]:
        """So many looks at the same; the words and ids that were written."""
        since = len(self.written)
        for _ in range(times):
            self.now += seconds * SECOND
            which = {id_of(one.rule, one.about): one for one in found}
            self.watch, steps = step(self.watch, which, self.known, self.now)
            for each in steps:
                self.write(each)
        return [f"{each.word} {each.alarm.id}" for _, each in self.written[since:]]

    def write(self, each: Step) -> None:
        """As the journal would."""
        self.known[each.alarm.id] = replace(each.alarm, version=each.alarm.version + 1)
        self.written.append((self.now, each))

    def words(self) -> list[str]:
        """All that was written."""
        return [each.word for _, each in self.written]

    def entries(self) -> list[Entry]:
        """The journal."""
        return [
            Entry("acme", seq, str(seq), at, "alarms", fact.kind, fact.subject, seq, fact.data, GENESIS, "")
            for seq, (at, fact) in enumerate(((at, each.fact) for at, each in self.written), 1)
        ]  # fmt: skip


LATE, HARDLY = finding("A2"), finding("A2", is_on=False, value=3)
UNGIVEN = finding("A1", courier=None, value=1)


def test_an_alarm_is_raised_after_its_delay_and_over_after_another() -> None:
    """A2 has to hold for a minute; what comes and goes within it is nothing; ten seconds without it end it."""
    desk = Desk()
    assert desk.look(LATE, seconds=30, times=2) == []
    assert desk.look(seconds=2) == []
    assert desk.look(LATE, seconds=30, times=2) == []
    assert desk.look(LATE, seconds=30) == ["raised A2.o1"]
    assert desk.look(seconds=5, times=2) == []
    assert desk.look(seconds=5) == ["cleared A2.o1"]
    assert desk.known["A2.o1"].closed_at == desk.now


def test_what_somebody_told_is_not_over_because_nothing_of_it_is_seen() -> None:
    """An incident has no condition that a look could find gone: it stays, is said again, and is over when resolved."""
    desk = Desk(known={"A10.theft.i": alarm("A10", "theft.i", priority="high")})
    assert desk.look(seconds=181, times=2) == ["repeated A10.theft.i"]
    done = alarms.resolve(desk.known["A10.theft.i"], "police called", "ada", desk.now).alarm
    assert (done.closed_at, done.acknowledged_by) == (desk.now, "ada")


def test_a_recurring_order_that_is_not_there_asks_once() -> None:
    """Raised at once; said again by nothing, however long it lasts; over half a minute after it was placed."""
    absent = Finding("A11", "lunch.2026-11-24", True, 0.0, ref="2026-11-24 12:00", place="Kirja")
    desk = Desk()
    assert desk.look(absent) == ["raised A11.lunch.2026-11-24"]
    assert desk.known["A11.lunch.2026-11-24"].priority == "medium"
    assert desk.look(absent, seconds=3600, times=5) == []
    assert desk.look(seconds=0) == []
    assert desk.look(seconds=31) == ["cleared A11.lunch.2026-11-24"]


def test_the_missing_days_of_one_recurring_rule_ring_once() -> None:
    """After days without a worker the first day stands for all of its rule; once it is there, the next is heard."""
    days = [Finding("A11", f"lunch.2026-11-2{n}", True, 0.0) for n in (5, 3, 4)]
    other = Finding("A11", "dinner.2026-11-24", True, 0.0)
    desk = Desk()
    desk.look(*days, other)
    assert {key: one.cause for key, one in desk.known.items()} == {
        "A11.dinner.2026-11-24": "", "A11.lunch.2026-11-23": "", "A11.lunch.2026-11-24": "A11.lunch.2026-11-23",
        "A11.lunch.2026-11-25": "A11.lunch.2026-11-23",
    }  # fmt: skip
    left = (days[0], days[2], other)
    assert desk.look(*left, seconds=31, times=2) == [
        "cleared A11.lunch.2026-11-23", "parted A11.lunch.2026-11-24", "grouped A11.lunch.2026-11-25",
    ]  # fmt: skip
    assert desk.known["A11.lunch.2026-11-25"].cause == "A11.lunch.2026-11-24"


def test_within_the_hysteresis_an_alarm_stays_and_none_begins() -> None:
    """Three minutes late raise nothing; whoever was six late and is three late is not over."""
    desk = Desk()
    assert desk.look(HARDLY, seconds=60, times=5) == []
    desk.look(LATE, seconds=60, times=2)
    assert desk.look(HARDLY, seconds=60, times=3) == []
    assert desk.known["A2.o1"].is_active


@given(noise=st.lists(st.sampled_from([LATE, HARDLY]), min_size=20, max_size=200))
@settings(max_examples=60, deadline=None)
def test_a_signal_that_trembles_within_the_hysteresis_does_not_flap(noise: Sequence[Finding]) -> None:
    """However it jumps between beyond the limit and just below it: raised once at most, never over, never back."""
    desk = Desk()
    for one in noise:
        desk.look(one, seconds=10)
    assert desk.words().count("raised") <= 1
    assert not {"cleared", "returned"} & set(desk.words())


def test_what_comes_back_soon_is_the_same_alarm() -> None:
    """Within ten minutes it is shown again, keeps who acknowledged it, is not counted anew, and takes longer to end."""
    desk = Desk()
    desk.look(UNGIVEN)
    desk.write(alarms.acknowledge(desk.known["A1.o1"], "ada", desk.now))
    assert desk.look() == ["cleared A1.o1"]
    assert desk.look(UNGIVEN) == ["returned A1.o1"]
    assert desk.known["A1.o1"].acknowledged_by == "ada"
    desk.look()
    assert desk.look(UNGIVEN, seconds=601) == ["raised A1.o1"]
    assert rates(desk.entries(), SEVEN, desk.now + SECOND).new == 2


def test_much_worse_soon_after_is_another_alarm() -> None:
    """Five minutes worse than the one before is news, and is heard."""
    desk = Desk()
    desk.look(finding("A5", value=10), seconds=31, times=2)
    desk.look()
    assert desk.look(finding("A5", value=15), seconds=31, times=2) == ["raised A5.o1"]


ANYTHING = st.dictionaries(
    st.tuples(st.sampled_from(["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A9"]), st.sampled_from(["o1", "o2", "lea"])),
    st.tuples(st.booleans(), st.floats(0, 30)), max_size=6,
)  # fmt: skip


@given(evening=st.lists(st.tuples(ANYTHING, st.integers(2, 400)), max_size=25))
@settings(max_examples=60, deadline=None)
def test_nothing_is_dropped_silently(
    evening: Sequence[tuple[Mapping[tuple[str, str], tuple[bool, float]], int]],
) -> None:
    """Whatever happens: each alarm that was raised has a later entry that ends it, and none is open afterwards."""
    desk = Desk()
    for found, seconds in evening:
        desk.look(*(_any(rule, about, *how) for (rule, about), how in found.items()), seconds=seconds)
    desk.look(seconds=500, times=30)
    raised, ended = desk.words().count("raised"), desk.words().count("cleared") - desk.words().count("returned")
    assert raised >= ended >= 0
    assert not [one for one in desk.known.values() if one.is_active]
    last = {each.alarm.id: each.word for _, each in desk.written}
    assert set(last.values()) <= {"cleared", "flood_ended"}
    for (_, before), (_, after) in zip(desk.written, desk.written[1:], strict=False):
        if before.word == after.word == "raised":
            assert before.alarm.id != after.alarm.id


def _any(rule: str, about: str, is_on: bool, value: float) -> Finding:
    order = about if about != "lea" else None
    return Finding(rule, about, is_on, value, order, "lea" if order is None else None, about, "Toscana")


def test_of_one_order_one_alarm_is_heard() -> None:
    """Not given, ready and late: whoever gives it answers all three; what stays late then is heard."""
    desk = Desk()
    late, ready = replace(LATE, courier=None), finding("A5", courier=None)
    desk.look(late, ready, UNGIVEN, seconds=61, times=2)
    assert {one.cause for one in desk.known.values()} == {"", "A1.o1"}
    assert desk.known["A1.o1"].cause == ""
    assert "parted A2.o1" in desk.look(LATE, seconds=61, times=3)
    assert desk.known["A2.o1"].is_heard


def test_a_dead_feed_is_one_alarm() -> None:
    """With no position at all, one alarm is heard; the silent couriers stand under it, and nothing is hidden."""
    desk = Desk()
    down = finding("A9", "positions", order=None, courier=None, value=0)
    silent = [finding("A6", f"c{n}", courier=f"c{n}", value=3) for n in range(24)]
    desk.look(down, *silent, seconds=10, times=2)
    desk.look(down, *silent, seconds=100, times=2)
    assert [one.id for one in desk.known.values() if one.is_heard] == ["A9.positions"]
    assert sum(one.cause == "A9.positions" for one in desk.known.values()) == 24
    assert "flood" not in desk.known
    desk.look(*silent[:2], seconds=10, times=12)
    assert {one.id for one in desk.known.values() if one.is_active and not one.cause} == {"A6.c0", "A6.c1"}
    assert desk.known["A9.positions"].is_open  # nobody has seen it yet


def test_alarms_that_were_there_are_grouped_when_their_root_comes() -> None:
    """Two couriers fell silent before the feed was known to be dead."""
    desk = Desk()
    silent = [finding("A6", f"c{n}", courier=f"c{n}", value=3) for n in range(2)]
    desk.look(*silent, seconds=91, times=2)
    down = finding("A9", "positions", order=None, courier=None, value=0)
    words = desk.look(down, *silent, seconds=11, times=2)
    assert words == ["raised A9.positions", "grouped A6.c0", "grouped A6.c1"]


def test_an_urgent_alarm_that_nobody_answers_is_said_again_with_growing_patience() -> None:
    """After 3, then 6, then 12 minutes; a medium one is not; an acknowledged one is not either."""
    desk = Desk()
    desk.look(UNGIVEN)
    desk.look(UNGIVEN, seconds=60, times=22)
    assert [round((at - SEVEN) / timedelta(minutes=1)) for at, each in desk.written if each.word == "repeated"] == [
        3, 9, 21,
    ]  # fmt: skip
    desk.write(alarms.acknowledge(desk.known["A1.o1"], "ada", desk.now))
    assert desk.look(UNGIVEN, seconds=60, times=60) == []
    medium = Desk()
    medium.look(LATE, seconds=61, times=2)
    assert medium.look(LATE, seconds=60, times=60) == []


def test_what_gets_worse_is_heard_again_by_whoever_had_acknowledged_it() -> None:
    """Five minutes later than when it was heard last: it is nobody's again. Then it takes ten more."""
    desk = Desk()
    desk.look(LATE, seconds=61, times=2)
    desk.write(alarms.resolve(desk.known["A2.o1"], "called", "ada", desk.now))
    assert desk.look(replace(LATE, value=10.9)) == []
    assert desk.look(replace(LATE, value=11)) == ["repeated A2.o1"]
    assert desk.known["A2.o1"].is_heard
    assert desk.look(replace(LATE, value=20)) == []


def test_what_was_put_aside_comes_back_by_itself() -> None:
    """After five minutes, heard again; until it clears: not before; and what clears on the shelf is over."""
    desk = Desk()
    desk.look(UNGIVEN)
    desk.write(alarms.shelve(desk.known["A1.o1"], 5, "", "ada", desk.now))
    assert desk.look(UNGIVEN, seconds=60, times=4) == []
    assert desk.look(UNGIVEN, seconds=60) == ["unshelved A1.o1"]
    desk.write(alarms.shelve(desk.known["A1.o1"], None, "", "ada", desk.now))
    assert desk.look(UNGIVEN, seconds=60, times=100) == []
    assert desk.look() == ["cleared A1.o1"]
    assert not desk.known["A1.o1"].is_open


def test_a_flood_begins_above_ten_in_ten_minutes_and_ends_below_five() -> None:
    """Ten are none; the eleventh begins one; it ends when fewer than five were raised within ten minutes."""
    desk = Desk()
    many = [finding("A1", f"o{n}", order=f"o{n}", courier=None, value=1) for n in range(11)]
    assert "flood_began flood" not in desk.look(*many[:10], seconds=60)
    assert desk.look(*many, seconds=60)[-1] == "flood_began flood"
    assert "flood_ended flood" not in desk.look(*many, seconds=400)
    assert "flood_ended flood" in desk.look(*many, seconds=200)
    told = rates(desk.entries(), SEVEN, desk.now)
    assert [flood.alarms for flood in told.floods] == [11]
    assert told.buckets[0] == 11


def test_a_worker_that_starts_anew_goes_on_where_the_journal_is() -> None:
    """With the alarms of the board and an empty memory, what is still so is neither raised again nor ended."""
    desk = Desk()
    desk.look(LATE, UNGIVEN, seconds=61, times=2)
    known = len(desk.written)
    desk.watch = Watch()
    desk.look(LATE, UNGIVEN, times=5)
    assert len(desk.written) == known


def test_the_page_of_rates_says_who_calls_most_and_what_waited_longest() -> None:
    """Sources are restaurants, couriers and parts of the system, not orders; what nobody saw is counted."""
    desk = Desk()
    for number in range(3):
        desk.look(finding("A4", f"o{number}", place="Toscana", value=11), seconds=601)
        desk.look(seconds=30)
    desk.look(finding("A6", "lea", value=3), seconds=91, times=2)
    told = rates(desk.entries(), SEVEN, desk.now + SECOND)
    assert [(one.rule, one.name, one.courier, one.count) for one in told.sources] == [
        ("A4", "Toscana", None, 3), ("A6", "", "lea", 1),
    ]  # fmt: skip
    assert told.missed == 3
    assert told.unanswered is not None
    assert told.unanswered[1] == timedelta(seconds=30)

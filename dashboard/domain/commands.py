"""What one person has done lately, as commands that can be taken back and done again: read from the journal alone.

A command is the entries that bear the same ``command`` (a bulk act) or ``plan`` (one that was carried out), or a single
entry. An entry with ``undoes`` or ``redoes`` (a command's id) took that command back, or did it again; one with
``passes`` says that this was refused, so that the next undo reaches the command before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import WrongState
from dashboard.domain.undoing import TAKES_BACK

MOST = 20
LOOKS_BACK = timedelta(hours=24)
"""A shift and the one before: what is older nobody takes back by a key."""
COURIER_KINDS = frozenset({
    "courier.shift_started", "courier.shift_ended", "courier.break_started", "courier.break_ended", "courier.noted",
    "courier.stops_ordered",
})  # fmt: skip
UNDO_REFUSED, REDO_REFUSED = PASSED = ("desk.undo_refused", "desk.redo_refused")
SUBJECT = "command:"
NOT_UNDOABLE = frozenset({"order.placed"})


@dataclass(frozen=True, slots=True)
class Command:
    """``entries`` are what has to be taken back to undo it, or, when it ``is_undone``, to do it again."""

    id: str
    at: datetime
    kind: str
    entries: tuple[Entry, ...]
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Commands:
    """The last MOST of one person, oldest first: those that hold, and those taken back that can be done again.

    ``passed`` could not be taken back when that was tried: they are tried again only by their own id.
    """

    done: tuple[Command, ...] = ()
    undone: tuple[Command, ...] = ()
    passed: tuple[Command, ...] = ()

    def to_undo(self, id: str = "") -> Command:
        """The newest that holds, or that one; WrongState: there is none."""
        known = (*self.passed, *self.done) if id else self.done
        found = next((one for one in reversed(known) if id in ("", one.id)), None)
        if found is None:
            raise WrongState("There is nothing to undo: what can be, are your own last commands")
        return found

    def to_redo(self) -> Command:
        """The one that was taken back last; WrongState: there is none, or something else was done since."""
        if not self.undone:
            raise WrongState("There is nothing to redo: something else was done since, or nothing was undone")
        return self.undone[-1]


def is_step(entry: Entry) -> bool:
    """Whether an entry counts as something done, undone or redone, or refused to be."""
    if entry.kind in PASSED:
        return True
    known = entry.kind in COURIER_KINDS or (entry.kind.startswith("order.") and entry.kind not in NOT_UNDOABLE)
    return known and "changes" in entry.data


def is_of(entry: Entry, who: str) -> bool:
    """Whether the entry, by somebody of the same name, is that person's; entries that do not say whose count as it."""
    return not who or entry.data.get("who", who) == who


def passed_over(command: Command, why: str) -> Fact:
    """What is written when a command could not be taken back (or done again): it stands in nobody's way any more."""
    kind = REDO_REFUSED if command.is_undone else UNDO_REFUSED
    return Fact(kind, SUBJECT + command.id, 0, {"passes": command.id, "why": why})


def command_of(entry: Entry) -> str:
    """The command that the entry is part of."""
    return str(entry.data.get("command") or entry.data.get("plan") or entry.id)


def commands(entries: Iterable[Entry]) -> Commands:
    """From one person's entries, oldest first. What undoes something that is not among them counts for nothing."""
    steps: dict[str, list[Entry]] = {}
    for entry in filter(is_step, entries):
        steps.setdefault(command_of(entry), []).append(entry)
    done: list[Command] = []
    undone: list[Command] = []
    passed: list[Command] = []
    for name, some in steps.items():
        first, entries_of = some[0], tuple(some)
        if first.kind in PASSED:
            found = _pop(done if first.kind == UNDO_REFUSED else undone, first.data["passes"])
            passed += [found] if found and not found.is_undone else []
        elif target := first.data.get("undoes") or _undone_by(first, done):
            if found := _pop(done, target) or _pop(passed, target):
                undone.append(replace(found, entries=entries_of, is_undone=True))
        elif target := first.data.get("redoes"):
            found = _pop(undone, target) or Command(target, first.at, first.kind, ())
            done.append(replace(found, entries=entries_of, is_undone=False))
        else:
            done.append(Command(name, first.at, first.kind, entries_of))
            undone = []
    undone = undone[-MOST:]
    return Commands(tuple(done[max(0, len(done) + len(undone) - MOST) :]), tuple(undone), tuple(passed[-MOST:]))


def _undone_by(entry: Entry, done: list[Command]) -> str | None:
    """A restaurant's undo names the entry alone."""
    if entry.kind != "order.undone":
        return None
    target = entry.data.get(TAKES_BACK)
    return next((one.id for one in done if any(each.id == target for each in one.entries)), str(target))


def _pop(some: list[Command], id: str) -> Command | None:
    found = next((one for one in some if one.id == id), None)
    if found:
        some.remove(found)
    return found

"""What has to be done so that both sides agree: theirs, ours and what was agreed on last → actions. Plain values.

The rule where both changed the courier of a job: the newer change holds, to the second; in doubt theirs does. What is
done or cancelled over there holds whatever was decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.coopcycle import Job, Rider
from dashboard.domain.couriers import Courier
from live.coopcycle import pairs
from live.coopcycle.documents import Shift
from live.coopcycle.pairs import CANCELLED, FAILED, OVER, PICKED_UP, WAITING, Pair

LINGER = timedelta(minutes=60)
"""After their last order, whoever was put on shift for an order alone is off shift again."""
FOR_WORK = "work"
"""In place of a planned shift: somebody was given an order there while off shift here."""


@dataclass(frozen=True, slots=True)
class Ours:
    """An order as it is here: ``courier`` as a user name there, or the courier's id here where there is no such user.

    ``decided_at`` is when the courier was last chosen here, None for never; ``was_picked_up`` is told of failed ones.
    """

    order: str
    state: str
    courier: str | None
    decided_at: datetime | None
    is_open: bool
    was_picked_up: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """Take it in as a new order."""

    pair: Pair
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Agree:
    """Both say the same: keep that in mind."""

    pair: Pair
    job: Job


@dataclass(frozen=True, slots=True)
class Take:
    """Give our order to whom they gave it (None: to nobody). ``is_told``: a decision of ours does not hold."""

    pair: Pair
    job: Job
    is_told: bool


@dataclass(frozen=True, slots=True)
class Write:
    """Write our courier over there. ``is_told``: a decision of theirs does not hold."""

    pair: Pair
    job: Job
    is_told: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Our order follows theirs by these steps."""

    pair: Pair
    job: Job
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """It is over on both sides."""

    pair: Pair
    job: Job


type Action = Import | Agree | Take | Write | Move | Close


def plan(
    theirs: Iterable[Pair], jobs: Mapping[str, Job], ours: Mapping[str, Ours], since: datetime | None = None
) -> tuple[Action, ...]:
    """All that is to be done about their jobs; ``jobs`` by drop-off, ``ours`` by order id.

    ``since`` is when the two began to live beside each other, None for just now.
    """
    return tuple(action for pair in theirs for action in _about(pair, jobs.get(pair.task), ours, since))


def settle(pair: Pair, job: Job, ours: Ours) -> Agree | Take | Write:
    """Who shall have an order that is open here."""
    if pair.assigned == ours.courier or (pair.assigned is None and pair.progress != WAITING):
        return Agree(pair, job)  # what was done there by nobody in particular leaves ours with whoever has it
    ours_changed, theirs_changed = ours.courier != job.assigned, pair.assigned != job.assigned
    if not ours_changed:
        return Take(pair, job, is_told=False)
    if pair.progress in OVER:
        return Take(pair, job, is_told=True)
    if not theirs_changed:
        return Write(pair, job, is_told=False)
    return Write(pair, job, is_told=True) if _is_ours_newer(pair, job, ours) else Take(pair, job, is_told=True)


def steps(state: str, progress: str, *, is_done_by_somebody: bool = True) -> tuple[str, ...]:
    """How our order gets as far as theirs; none where it is there, or further, already.

    What was done there by nobody in particular, and is nobody's here, was done by no courier: it goes off the desk.
    """
    if not is_done_by_somebody and progress in (PICKED_UP, pairs.DELIVERED):
        return ("cancel",) if progress == pairs.DELIVERED else ()
    on_the_way = () if state == "picked_up" else (*_before_pickup(state), "pick_up")
    match progress:
        case pairs.PICKED_UP:
            return on_the_way
        case pairs.DELIVERED:
            return (*on_the_way, "deliver")
        case pairs.FAILED:
            return ("fail",) if state == "picked_up" else (*_before_pickup(state), "fail")
        case pairs.CANCELLED:
            return ("fail",) if state == "picked_up" else ("cancel",)
        case _:
            return ()


def unsaid(ours: Ours, progress: str) -> tuple[tuple[str, bool], ...]:
    """What was pressed here and is not said there: (``pickup`` or ``dropoff``, done or else failed), in turn.

    Nothing once it is over there: that holds. What was cancelled here is theirs to cancel, with the customer.
    """
    first = (("pickup", True),) if progress == WAITING else ()
    match ours.state:
        case _ if progress in OVER:
            return ()
        case "picked_up":
            return first
        case "delivered":
            return (*first, ("dropoff", True))
        case "failed" if first and not ours.was_picked_up:
            return (("pickup", False),)
        case "failed":
            return (*first, ("dropoff", False))
        case _:
            return ()


def shift_moves(
    planned: Iterable[Shift], riders: Iterable[Rider], names: Mapping[str, str], couriers: Mapping[str, Courier],
    busy: Collection[str], at: datetime,
) -> tuple[tuple[Rider, str, str | None], ...]:  # fmt: skip
    """(rider, start, end or keep, the shift's name) for those whom the plan over there puts on shift, or sends home.

    ``names`` tells users' names by their address, ``busy`` which couriers have an open order. Only who was put on
    shift here by the plan is sent home by it, and never with an order in hand.
    """
    running = {
        names.get(who, who): shift.id for shift in planned if shift.starts_at <= at < shift.ends_at for who in shift.who
    }
    moves: list[tuple[Rider, str, str | None]] = []
    for rider in riders:
        courier, shift = couriers.get(rider.courier), running.get(rider.username)
        if courier is None:
            continue
        if shift and courier.shift == "off" and rider.shift != shift:
            moves.append((rider, "start", shift))
        elif shift and courier.shift != "off" and rider.shift == FOR_WORK:
            moves.append((rider, "keep", shift))
        elif not shift and courier.shift != "off" and rider.courier not in busy and _is_done(rider, at):
            moves.append((rider, "end", None))
    return tuple(moves)


def _is_done(rider: Rider, at: datetime) -> bool:
    if rider.shift == FOR_WORK:
        return rider.busy_at is not None and at - rider.busy_at >= LINGER
    return rider.shift is not None


def _about(pair: Pair, job: Job | None, ours: Mapping[str, Ours], since: datetime | None) -> Iterable[Action]:
    if job is None:
        if pair.progress not in OVER or _was_missed(pair, since):
            yield Import(pair)
        return
    mine = ours.get(job.order)
    if mine is None or (pair.at < job.at and pair.progress == job.progress):
        return  # nothing of ours, or an old reading
    if not mine.is_open:
        yield from _about_closed(pair, job)
        return
    is_anybodys = pair.assigned is not None or pair.progress == WAITING
    if is_anybodys and pair.progress != CANCELLED:
        yield settle(pair, job, mine)
    if following := steps(mine.state, pair.progress, is_done_by_somebody=is_anybodys or mine.courier is not None):
        yield Move(pair, job, following)


def _was_missed(pair: Pair, since: datetime | None) -> bool:
    """Somebody's work that came in and was done between two readings: it counts. What was over before us does not."""
    came = pair.dropoff.created_at
    done_by_somebody = pair.progress in (pairs.DELIVERED, FAILED) and pair.assigned is not None
    return done_by_somebody and since is not None and came is not None and came >= since.replace(microsecond=0)


def _about_closed(pair: Pair, job: Job) -> Iterable[Action]:
    if job.progress in (CANCELLED, FAILED) and pair.progress in (WAITING, PICKED_UP) and pair.at > job.at:
        yield Import(pair, job.generation + 1)  # restored or rescheduled there
    elif pair.progress in OVER and job.is_open:
        yield Close(pair, job)


def _is_ours_newer(pair: Pair, job: Job, ours: Ours) -> bool:
    """Their times are whole seconds. A change that their time does not tell of may have been made just now."""
    if ours.decided_at is None or pair.at <= job.at:
        return False
    return ours.decided_at.replace(microsecond=0) > pair.at.replace(microsecond=0)


def _before_pickup(state: str) -> tuple[str, ...]:
    """A parcel that nobody prepares here is ready as soon as it is wanted."""
    return ("ready",) if state == "placed" else ()

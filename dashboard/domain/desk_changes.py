"""What the desk changes about an order besides its courier and its state: tags, days and times, its own note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import WAITING_STATES, Order, Place
from dashboard.domain.refusals import Invalid, WrongState

type Moved = Callable[[datetime], datetime]

MOST_TAGS, LONGEST_TAG, LONGEST_NOTE = 20, 40, 500


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags in alphabetical order, each once, without spaces around; Invalid: empty, too long, too many."""
    found = tuple(sorted({" ".join(tag.split()) for tag in tags}))
    if any(not tag or len(tag) > LONGEST_TAG or "," in tag for tag in found):
        raise Invalid("A tag has from 1 to {most} characters and no comma: write it otherwise", most=LONGEST_TAG,
                      field="tags")  # fmt: skip
    if len(found) > MOST_TAGS:
        raise Invalid("An order has at most {most} tags: leave some out", most=MOST_TAGS, field="tags")
    return found


def tag(order: Order, tags: Iterable[str]) -> Order:
    """The order with these tags, too."""
    return _tagged(order, clean_tags((*order.tags, *_some(tags))), "{ref} has these tags already")


def untag(order: Order, tags: Iterable[str]) -> Order:
    """The order without these tags."""
    left = set(_some(tags))
    return _tagged(order, tuple(one for one in order.tags if one not in left), "{ref} has none of these tags")


def note(order: Order, text: str) -> Order:
    """The order with another note of the desk; an empty one takes it away."""
    if order.desk_note == text:
        raise WrongState("{ref} has this note already", ref=order.ref)
    return replace(order, desk_note=_short(text), version=order.version + 1)


def note_courier(courier: Courier, text: str) -> Courier:
    """The courier with another note of the desk; an empty one takes it away."""
    if courier.desk_note == text:
        raise WrongState("{name} has this note already", name=courier.name)
    return replace(courier, desk_note=_short(text), version=courier.version + 1)


def on_day(order: Order, day: date, zone: ZoneInfo, at: datetime) -> Order:
    """The order at the same times of another day on the co-op's clocks, with nobody and by itself.

    An order without any time is one for now: on the other day it is picked up from this time of day on. Invalid: a day
    that is over, or the day that it is on.
    """
    _waits(order)
    own = (_first(order) or at).astimezone(zone).date()
    if day < at.astimezone(zone).date():
        raise Invalid("{day} is over: choose today or a later day", day=day.isoformat(), field="day")
    if day == own:
        raise WrongState("{ref} is on {day} already", ref=order.ref, day=day.isoformat())
    days = day - own

    def moved(moment: datetime) -> datetime:
        return (moment.astimezone(zone) + days).astimezone(moment.tzinfo)

    timed = order if _first(order) else replace(order, pickup=replace(order.pickup, after=at))
    return replace(_shifted(timed, moved), courier=None, group=None, version=order.version + 1)


def by_minutes(order: Order, minutes: int, at: datetime) -> Order:
    """The order so many minutes later (below 0: earlier): both windows, and when it is ready. It stays with whom it is.

    An order without any time is picked up so many minutes from now.
    """
    _waits(order)
    if minutes == 0:
        raise Invalid("By how many minutes? Say so, for example +30", field="minutes")
    timed = order if _first(order) else replace(order, pickup=replace(order.pickup, after=at))
    return replace(_shifted(timed, lambda moment: moment + timedelta(minutes=minutes)), version=order.version + 1)


def _some(tags: Iterable[str]) -> tuple[str, ...]:
    if found := clean_tags(tags):
        return found
    raise Invalid("Which tags? Say so, for example: vip", field="tags")


def _tagged(order: Order, tags: tuple[str, ...], nothing_new: str) -> Order:
    if tags == order.tags:
        raise WrongState(nothing_new, ref=order.ref)
    return replace(order, tags=tags, version=order.version + 1)


def _short(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise Invalid("This is longer than {most} characters: shorten it", most=LONGEST_NOTE, field="text")
    return text


def _waits(order: Order) -> None:
    if order.state not in WAITING_STATES:
        raise WrongState("{ref} is {state}: its times cannot be changed any more", ref=order.ref, state=order.state)


def _times(order: Order) -> tuple[datetime | None, ...]:
    return order.pickup.after, order.pickup.before, order.dropoff.after, order.dropoff.before, order.ready_at


def _first(order: Order) -> datetime | None:
    return min((moment for moment in _times(order) if moment), default=None)


def _shifted(order: Order, moved: Moved) -> Order:
    return replace(
        order, pickup=_place(order.pickup, moved), dropoff=_place(order.dropoff, moved),
        ready_at=order.ready_at and moved(order.ready_at),
    )  # fmt: skip


def _place(place: Place, moved: Moved) -> Place:
    return replace(place, after=place.after and moved(place.after), before=place.before and moved(place.before))

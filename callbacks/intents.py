"""What somebody at the desk wants done, as the page sends it: read and checked, not yet carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.domain.couriers import SHIFT_MOVES
from dashboard.domain.orders import MOVES
from dashboard.domain.refusals import Invalid

MENU = "menu"
RAIN_ON, RAIN_OFF = "rain_on", "rain_off"
UNDO, REDO = "undo", "redo"
REMEMBER = "remember"
"""A note for whoever has the desk next."""
UPON_ORDER = frozenset({
    "assign", "unassign", "swap", "solve", "delay", "tag", "untag", "reschedule", "override", "attach", "detach",
    MENU, *MOVES,
})  # fmt: skip
UPON_COURIER = frozenset(SHIFT_MOVES)
VERBS = UPON_ORDER | UPON_COURIER | {"note", REMEMBER, RAIN_ON, RAIN_OFF, UNDO, REDO}
MOST_MINUTES = 240
MOST_TEXT = 500
MOVES_BY = 24 * 60 * 7


@dataclass(frozen=True, slots=True)
class Target:
    """An order as the person saw it; ``version`` None: as it is."""

    order: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """A verb of VERBS upon an order (``order``, ``version``), several (``orders``; ``order`` is "" then) or a courier.

    ``courier`` is who shall have it, ``giver`` who has it now; ``minutes``, ``reason``, ``text``, ``tags`` and ``day``
    are what the verb says besides, ``to`` whose pickup it shall share. ``shown`` is what the assign dialog
    showed, sealed; ``consent`` whether the courier agreed to cross a limit; ``command`` is which one shall be undone,
    the last where it is empty.
    """

    verb: str
    order: str = ""
    version: int | None = None
    courier: str = ""
    giver: str = ""
    minutes: int | None = None
    reason: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    day: date | None = None
    orders: tuple[Target, ...] = ()
    shown: str = ""
    consent: bool = False
    command: str = ""
    to: str = ""


def read_intent(data: Any) -> Intent:
    """The intent in what the page sent; Invalid if it is none, or lacks what its verb needs."""
    if not isinstance(data, Mapping) or data.get("verb") not in VERBS:
        raise Invalid("The desk did not understand what to do: load the page again")
    intent = Intent(
        data["verb"], _text(data, "order"), _whole(data, "version"), _text(data, "courier"), _text(data, "from"),
        minutes=_whole(data, "minutes"), reason=_text(data, "reason").strip(), text=_text(data, "text").strip(),
        tags=tuple(str(tag) for tag in _list(data, "tags")), day=_day(data),
        orders=tuple(_target(one) for one in _list(data, "orders")), shown=_text(data, "shown"),
        command=_text(data, "command"), to=_text(data, "to"),
    )  # fmt: skip
    _check(intent)
    return intent


def _check(intent: Intent) -> None:
    if intent.verb in UPON_ORDER and not (intent.order or intent.orders):
        raise Invalid("Which order? Choose one, or give its number", field="order")
    if intent.verb in UPON_COURIER and not intent.courier:
        raise Invalid("Which courier? Choose one, or give a name", field="courier")
    if intent.verb in ("assign", "swap") and not intent.courier:
        raise Invalid("To whom? Choose a courier, or give a name", field="courier")
    if intent.verb == "swap" and not intent.giver:
        raise Invalid("From whom? Say who has the order, and who shall have it", field="from")
    if intent.verb == "delay" and intent.minutes is None:
        raise Invalid("By how many minutes? Say so, for example +10", field="minutes")
    _check_more(intent)
    _check_minutes(intent)
    for text in (intent.reason, intent.text):
        if len(text) > MOST_TEXT:
            raise Invalid("This is longer than {most} characters: shorten it", most=MOST_TEXT, field="text")


def _check_more(intent: Intent) -> None:
    if intent.verb == "note" and not (intent.order or intent.courier):
        raise Invalid("A note about what? Choose an order or a courier", field="order")
    if intent.verb == "attach" and not intent.to:
        raise Invalid("To which order? Give the number of one with the same pickup", field="to")
    if intent.verb in ("tag", "untag") and not intent.tags:
        raise Invalid("Which tags? Say so, for example: vip", field="tags")
    if intent.verb == "reschedule" and (intent.day is None) == (intent.minutes is None):
        raise Invalid("To when? Say a day, for example 2026-12-24, or minutes, for example +30", field="day")
    if intent.verb == "override" and not intent.text:
        raise Invalid("Which override? Say to what the order shall come", field="text")
    if intent.verb == "override" and not intent.reason:
        raise Invalid("An override needs a reason: say why", field="reason")


def _check_minutes(intent: Intent) -> None:
    least, most = (-MOVES_BY, MOVES_BY) if intent.verb == "reschedule" else (1, MOST_MINUTES)
    if intent.minutes is not None and not least <= intent.minutes <= most:
        raise Invalid("{minutes} minutes do not fit: say from {least} to {most}", minutes=intent.minutes, least=least,
                      most=most, field="minutes")  # fmt: skip


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    raise _unfit(name)


def _whole(data: Mapping[str, Any], name: str) -> int | None:
    value = data.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise _unfit(name)


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if value is None or isinstance(value, list):
        return value or []
    raise _unfit(name)


def _day(data: Mapping[str, Any]) -> date | None:
    given = _text(data, "day")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid("{day} is no day: write it as 2026-12-24", day=given, field="day") from None


def _target(given: Any) -> Target:
    if not isinstance(given, Mapping) or not given.get("order"):
        raise _unfit("orders")
    return Target(_text(given, "order"), _whole(given, "version"))


def _unfit(name: str) -> Invalid:
    return Invalid("The desk did not understand {field}: load the page again, then try again", field=name)

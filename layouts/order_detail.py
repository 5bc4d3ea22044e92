"""All that is known of one order: what it says, what happened to it, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboard.domain.amending import changeable
from dashboard.domain.events import Entry
from dashboard.domain.orders import MOVES, WAITING_STATES, Order, move, order_to_wire
from dashboard.domain.refusals import WrongState
from dashboard.domain.together import check_fits, company, detach
from layouts.order_fields import FIELDS, field_name
from layouts.order_history import happened, moment, value_text
from layouts.states import refusal_text, state_name
from layouts.words import N_, Words

SAID = ("kind", "restaurant", "pickup", "dropoff", "ready_at", "items", "weight_g", "price_cents",
        "delivery_fee_cents", "tip_cents", "note", "tags", "desk_note", "problem")  # fmt: skip
CANCEL_REASONS = (
    N_("The customer cancelled"), N_("The kitchen cannot make it"), N_("Nobody is free to ride"),
    N_("Placed twice"), N_("The address is wrong"), N_("The customer cannot be reached"),
)  # fmt: skip


def detail(
    order: Order, entries: Sequence[Entry], since: datetime | None, at: datetime, names: Mapping[str, str],
    words: Words, group: Sequence[Order] = (), others: Iterable[Order] = (),
) -> dict[str, Any]:  # fmt: skip
    """``order`` as it is, ``facts`` (label and text), ``history`` newest first, ``may`` change, ``steps`` possible.

    ``together`` are the other drop-offs of its pickup (of ``group``), ``can_attach`` those of ``others`` whose pickup
    it could share; ``why_not_detach`` is '' for one that can be, or has its pickup for itself. Of the history only what
    is no older than ``since``; ``is_cut`` says that there is more. ``names`` of couriers.
    """
    wire, why_not = order_to_wire(order), _why_not_detach(order, group)
    shown = [entry for entry in entries if since is None or entry.at >= since]
    return {
        "order": wire,
        "state": state_name(order.state, words),
        "facts": list(_facts(order, wire, names, words)),
        "history": [
            {"time": moment(entry.at, at, words), "who": entry.actor, "what": text}
            for entry, text in reversed(list(_told(entries, names, words))) if entry in shown
        ],
        "is_cut": len(shown) < len(entries),
        "may": list(changeable(order.state)),
        "steps": [step for step in MOVES if _is_possible(order, step)],
        "can_assign": order.is_open,
        "can_unassign": order.courier is not None and order.state in WAITING_STATES,
        "can_delay": order.state in WAITING_STATES,
        "together": [_mate(one, names, words) for one in group if one.id != order.id],
        "can_detach": bool(company(order, group)) and why_not is None,
        "why_not_detach": refusal_text(why_not, words, names) if why_not else "",
        "can_attach": [_mate(one, names, words) for one in others if not company(order, group) and _fits(order, one)],
        "cancel_reasons": [words(reason) for reason in CANCEL_REASONS],
    }  # fmt: skip


def changes_since(
    entries: Sequence[Entry], version: int, names: Mapping[str, str], words: Words
) -> list[dict[str, Any]]:
    """Each field that was changed after that version: who did it last, from what to what, in words."""
    before: dict[str, Any] = {}
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        changes = entry.data.get("changes", {})
        if entry.version > version:
            for field in changes:
                if field in FIELDS:
                    was = found.get(field, {}).get("was", value_text(field, before.get(field), names, words))
                    found[field] = {
                        "field": field, "name": field_name(field, words), "by": entry.actor,
                        "at": words.clock(entry.at), "was": was, "now": value_text(field, changes[field], names, words),
                    }  # fmt: skip
        before |= changes
    return list(found.values())


def _mate(one: Order, names: Mapping[str, str], words: Words) -> dict[str, str]:
    """1043 → Bulevardi 9 · ready · Léa."""
    holder = names.get(one.courier, one.courier) if one.courier else ""
    where = one.dropoff.address or one.dropoff.name
    facts = (f"{one.ref} → {where}" if where else one.ref, state_name(one.state, words), holder)
    return {"id": one.id, "text": " · ".join(filter(None, facts))}


def _why_not_detach(order: Order, group: Sequence[Order]) -> WrongState | None:
    if not order.is_open or not company(order, group):
        return None
    try:
        detach(order, group)
    except WrongState as refusal:
        return refusal
    return None


def _fits(order: Order, other: Order) -> bool:
    try:
        check_fits(order, other)
    except WrongState:
        return False
    return other.id != order.id


def _facts(order: Order, wire: Mapping[str, Any], names: Mapping[str, str], words: Words) -> Iterator[list[str]]:
    yield [words("courier"), names.get(order.courier or "", order.courier or words("nobody yet"))]
    for field in SAID:
        if field == "restaurant" and order.pickup.name:
            continue  # said at the pickup, by its name
        if text := value_text(field, wire.get(field), names, words):
            yield [field_name(field, words), text]


def _told(entries: Sequence[Entry], names: Mapping[str, str], words: Words) -> Iterator[tuple[Entry, str]]:
    before: dict[str, Any] = {}
    for entry in entries:
        yield entry, happened(entry, before, names, words)
        before |= entry.data.get("changes", {})


def _is_possible(order: Order, step: str) -> bool:
    try:
        move(order, step)
    except WrongState:
        return False
    return True

"""Orders come in: one, or all drop-offs of one pickup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboard.dispatch_recording import Recording, fact_of
from dashboard.domain.events import Entry
from dashboard.domain.orders import Order, order_from_wire, order_to_wire
from dashboard.domain.refusals import Invalid
from dashboard.domain.restaurants import Restaurant, restaurant_from_wire, subject_of
from dashboard.domain.times import to_milliseconds
from dashboard.domain.together import is_same_pickup
from dashboard.ports import Placement, Transaction


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that a request led to; ``created`` is False when its key had been used before."""

    order: Order
    created: bool


class Placing(Recording):
    """Each order once, whoever asks again with the same key."""

    def place(
        self, coop: str, draft: Order, *, by: str, at: datetime, key: str | None = None, request: str = "",
        why: Mapping[str, Any] | None = None, stands: Callable[[Transaction], None] = lambda _: None,
    ) -> Placed:  # fmt: skip
        """Take in an order: placed, with nobody yet. ``draft``'s id and ref are given here when empty.

        ``key`` makes a repetition harmless; ``request`` is a digest of what was asked. Invalid: the key was used
        for something else, or the id is taken. ``why`` goes into its entry; ``stands`` raises what stands against it.
        """
        with self._store.change(coop) as change:
            known = change.placement(key) if key else None
            if known:
                return _same_again(change, known, request)
            stands(change)
            entry, placed = self._placed(change, replace(draft, coop=coop), by, at, key, request, why)
        self._announce(entry)
        return placed

    def place_together(
        self, coop: str, drafts: Sequence[Order], *, by: str, at: datetime, keys: Sequence[tuple[str, str]] = (),
    ) -> tuple[Placed, ...]:  # fmt: skip
        """Take in the drop-offs of one pickup as a group: all of them, or none. One alone is placed as any other.

        ``keys``, each with the digest of what was asked, make a repetition harmless: what is here already stays as it
        is, and what is new joins it. Invalid: they are not fetched at one place, or a key was used for something else.
        """
        for draft in drafts[1:]:
            if not is_same_pickup(drafts[0], draft):
                raise Invalid("Drop-offs of one pickup are fetched at one place: give all the same", field="pickup")
        with self._store.change(coop) as change:
            asked = keys or [("", "")] * len(drafts)
            here = [
                _same_again(change, known, request) if key and (known := change.placement(key)) else None
                for key, request in asked
            ]
            group = next((one.order.group for one in here if one and one.order.group), None) or self._new_id()
            found, entries = [], []
            for draft, placed, (key, request) in zip(drafts, here, asked, strict=True):
                if placed is None:
                    mine = replace(draft, coop=coop, group=group if len(drafts) > 1 else None)
                    entry, placed = self._placed(change, mine, by, at, key, request)
                    entries.append(entry)
                found.append(placed)
        for entry in entries:
            self._announce(entry)
        return tuple(found)

    def _placed(
        self, change: Transaction, draft: Order, by: str, at: datetime, key: str | None, request: str,
        why: Mapping[str, Any] | None = None,
    ) -> tuple[Entry, Placed]:  # fmt: skip
        if draft.id and change.order(draft.id):
            raise Invalid("There is an order {id} already: choose another id", id=draft.id, field="id")
        draft = replace(draft, ready_at=_restaurant(change, draft).ready_at(draft.ready_at, at))
        order = _as_placed(draft, draft.coop, draft.id or self._new_id(), draft.ref or change.next_ref())
        entry = change.record(
            order, fact_of("order.placed", order, order_to_wire(order), why), by=by, at=to_milliseconds(at)
        )
        if key:
            change.remember(key, Placement(order.id, request))
        return entry, Placed(order, created=True)


def _restaurant(change: Transaction, order: Order) -> Restaurant:
    told = change.latest(subject_of(order.restaurant)) if order.restaurant else None
    return restaurant_from_wire(told.data["changes"]) if told else Restaurant(order.restaurant or "")


def _as_placed(draft: Order, coop: str, id: str, ref: str) -> Order:
    order = replace(draft, id=id, ref=ref, coop=coop, state="placed", courier=None, version=1)
    return order_from_wire(order_to_wire(order))  # instants as the record keeps them


def _same_again(change: Transaction, known: Placement, request: str) -> Placed:
    if known.request != request:
        raise Invalid("This idempotency key was used for another order: send a new key", field="Idempotency-Key")
    order = change.order(known.order)
    assert order is not None, "a remembered order is never deleted"
    return Placed(order, created=False)

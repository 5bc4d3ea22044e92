"""What couriers do: join, begin and end, ride something else, arrive, and in which order they ride to their stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dashboard.dispatch_recording import Recording, conflict, difference, fact_of
from dashboard.domain.couriers import SHIFT_MOVES, Courier, courier_to_wire, move_shift, order_stops
from dashboard.domain.orders import OPEN_STATES
from dashboard.domain.refusals import Invalid, NotFound, Unavailable
from dashboard.domain.stop_order import Mark, check_order, still_ahead
from dashboard.domain.times import to_milliseconds
from dashboard.domain.vehicles import BICYCLE, VEHICLES
from dashboard.ports import Transaction


class CourierActs(Recording):
    """What is done by couriers, or decided for them."""

    def add_courier(self, coop: str, id: str, name: str, *, by: str, at: datetime, vehicle: str = BICYCLE) -> Courier:
        """A new member who rides, off shift."""
        courier = Courier(id=id, coop=coop, name=name, vehicle=_vehicle(vehicle))
        with self._store.change(coop) as change:
            if change.courier(id):
                raise Invalid("There is a courier {id} already: choose another id", id=id, field="id")
            entry = change.record(
                courier, fact_of("courier.added", courier, courier_to_wire(courier)), by=by, at=to_milliseconds(at)
            )
        self._announce(entry)
        return courier

    def shift(
        self, coop: str, courier: str, action: str, *, by: str, at: datetime, minutes: int | None = None
    ) -> Courier:
        """start, end, break (for about so many ``minutes``) or resume."""
        if action not in SHIFT_MOVES:
            raise Invalid(
                "There is no shift action {action}: use start, end, break or resume", action=action, field="action"
            )

        def step_on(_: Transaction, found: Courier) -> tuple[Courier, str, dict[str, Any]]:
            return move_shift(found, action, to_milliseconds(at), minutes), SHIFT_MOVES[action].kind, {}

        return self.change_courier(coop, courier, step_on, expected_version=None, by=by, at=at)

    def change_vehicle(self, coop: str, courier: str, vehicle: str, *, by: str, at: datetime) -> Courier:
        """The courier rides something else from now on; nothing is written when it is what they ride already."""
        with self._store.change(coop) as change:
            before = change.courier(courier)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            if before.vehicle == _vehicle(vehicle):
                return before
            after = replace(before, vehicle=vehicle, version=before.version + 1)
            changes = difference(courier_to_wire(before), courier_to_wire(after))
            entry = change.record(
                after, fact_of("courier.vehicle_changed", after, changes), by=by, at=to_milliseconds(at)
            )
        self._announce(entry)
        return after

    def arrive(self, coop: str, courier: str, order: str, place: str, *, by: str, at: datetime) -> Courier:
        """The courier stands at the ``pickup`` or ``dropoff`` of an order in hand: what waiting is counted from.

        NotFound: no such courier or order. Invalid: another place. Unavailable: the courier does not have the order.
        """
        if place not in ("pickup", "dropoff"):
            raise Invalid("There is no place {place}: use pickup or dropoff", place=place, field="place")
        with self._store.change(coop) as change:
            before, known = change.courier(courier), change.order(order)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            if known is None:
                raise NotFound("There is no order {id}", id=order)
            if known.courier != courier or not known.is_open:
                raise Unavailable("{courier} does not have {ref}: look at it again", courier=before.name, ref=known.ref)
            after = replace(before, version=before.version + 1)
            fact = fact_of("courier.arrived", after, {}, {"order": order, "place": place})
            entry = change.record(after, fact, by=by, at=to_milliseconds(at))
        self._announce(entry)
        return after

    def order_stops(
        self, coop: str, courier: str, stops: Sequence[Mark], *, expected_version: int | None, by: str, at: datetime,
        plan: str = "", seen: Sequence[Mark] | None = None,
    ) -> Courier:  # fmt: skip
        """In which order a courier shall ride to the stops in hand; empty: as it comes. Nothing new is not written.

        ``seen`` is what was decided when a plan looked: what does not lie ahead any more is left out then, and
        somebody who decided otherwise meanwhile was first (a Conflict), not whoever has arrived somewhere.
        NotFound: no such courier. Conflict: the courier has changed. Invalid: not what lies ahead, or a drop-off first.
        """
        hands = self._store.orders(coop, courier=courier, states=OPEN_STATES).orders
        stops = still_ahead(hands, stops) if seen is not None else tuple(stops)
        check_order(hands, stops)
        with self._store.change(coop) as change:
            before = change.courier(courier)
            if before is None:
                raise NotFound("There is no courier {id}", id=courier)
            is_other = seen is not None and tuple(seen) != before.stops
            if is_other or (expected_version is not None and expected_version != before.version):
                raise conflict(change, before, before.name)
            if stops == before.stops or (seen is not None and len(stops) < 2):
                return before
            after = order_stops(before, stops)
            changes = difference(courier_to_wire(before), courier_to_wire(after))
            why = {"plan": plan, "command": self._command, "who": self._who()}
            fact = fact_of("courier.stops_ordered", after, changes, why)
            entry = change.record(after, fact, by=by, at=to_milliseconds(at))
        self._announce(entry)
        return after


def _vehicle(given: str) -> str:
    if given not in VEHICLES:
        raise Invalid("There is no vehicle {vehicle}: use bicycle or cargo", vehicle=given, field="vehicle")
    return given

"""The calls about couriers and their shifts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.access import require
from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.requests import ArrivalGiven, CourierGiven, ShiftStep, VehicleGiven
from dashboard.domain.couriers import courier_to_wire
from dashboard.domain.refusals import NotFound
from dashboard.domain.times import to_wire


def everyone(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All couriers that the visitor may know of."""
    known = [courier for courier in desk.store.couriers(asked.by.coop) if asked.by.owns(courier)]
    return Reply({"couriers": [courier_to_wire(courier) for courier in known]})


def add(desk: Desk, asked: Asked[CourierGiven, Nothing]) -> Reply:
    """A new member who rides. The phone's token is printed by ``roulement courier add`` or ``token add``."""
    courier = desk.dispatch.add_courier(
        asked.by.coop, asked.body.id, asked.body.name, by=asked.by.name, at=asked.at, vehicle=asked.body.vehicle
    )  # fmt: skip
    return Reply(courier_to_wire(courier), 201)


def ride(desk: Desk, asked: Asked[VehicleGiven, Nothing]) -> Reply:
    """On another bicycle from now on."""
    courier = desk.store.courier(asked.by.coop, asked.id)
    if courier is None:
        raise NotFound("There is no courier {id}", id=asked.id)
    require("shift", courier)
    body = asked.body
    changed = desk.dispatch.change_vehicle(asked.by.coop, asked.id, body.vehicle, by=asked.by.name, at=asked.at)
    return Reply(courier_to_wire(changed))


def shift(desk: Desk, asked: Asked[ShiftStep, Nothing]) -> Reply:
    """Start, end, break or resume."""
    courier = desk.store.courier(asked.by.coop, asked.id)
    if courier is None:
        raise NotFound("There is no courier {id}", id=asked.id)
    require("shift", courier)
    body = asked.body
    moved = desk.dispatch.shift(
        asked.by.coop, asked.id, body.action, by=asked.by.name, at=asked.at, minutes=body.minutes
    )
    return Reply(courier_to_wire(moved))


def arrive(desk: Desk, asked: Asked[ArrivalGiven, Nothing]) -> Reply:
    """At the restaurant's door, or the customer's: what waiting is counted from."""
    courier = desk.store.courier(asked.by.coop, asked.id)
    if courier is None:
        raise NotFound("There is no courier {id}", id=asked.id)
    require("arrive", courier)
    body = asked.body
    moved = desk.dispatch.arrive(asked.by.coop, asked.id, body.order, body.place, by=asked.by.name, at=asked.at)
    return Reply(courier_to_wire(moved))


def present(desk: Desk, asked: Asked[Any, Any]) -> Mapping[str, Any]:
    """The courier as they are now, and who changed that last."""
    which = asked.by.coop, asked.id
    courier, last = desk.store.courier(*which), desk.store.last_change(*which)
    assert courier is not None, "a conflict is about a courier who exists"
    assert last is not None, "whatever exists was recorded by someone"
    return {"courier": courier_to_wire(courier), "changed_by": last.actor, "changed_at": to_wire(last.at)}


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/couriers", "list_couriers", "The couriers", "see_couriers", everyone, answers.Couriers),
    Call(
        "POST", "/couriers", "add_courier", "A new courier, off shift", "add_courier", add, answers.Courier,
        body=CourierGiven, statuses=(201,),
    ),
    Call(
        "POST", "/couriers/{id}/shift", "shift_courier", "Start or end a shift or a break", "shift", shift,
        answers.Courier, body=ShiftStep, present=present,
    ),
    Call(
        "POST", "/couriers/{id}/vehicle", "courier_vehicle", "What a courier rides", "shift", ride, answers.Courier,
        body=VehicleGiven, present=present,
    ),
    Call(
        "POST", "/couriers/{id}/arrived", "courier_arrived", "A courier is at the pickup or drop-off of an order",
        "arrive", arrive, answers.Courier, body=ArrivalGiven,
    ),
)  # fmt: skip

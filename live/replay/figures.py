"""What a simulated day came to, in the terms of the published studies, and its solution as their evaluator reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from dashboard.domain.fairness import gini
from live.replay.simulate import Day, Wheel

ASSIGNMENTS, ORDERS, COURIERS = (f"solution_info_{name}.txt" for name in ("assignments", "orders", "couriers"))


def summary(day: Day) -> Mapping[str, float | int | None]:
    """Minutes, per cent, and money in the unit of the instance; None where nothing was delivered.

    ``utilisation_mdrp``: riding and service over time on shift; waiting at restaurants is not in it.
    """
    rules = day.instance.rules
    rides = [(task, trip.ride.picked_up, at) for trip in day.trips
             for task, at in zip(trip.bundle, trip.ride.delivered, strict=True)]  # fmt: skip
    to_door = np.array([at - task.placed for task, _, at in rides])
    to_pickup = np.array([picked_up - task.ready for task, picked_up, _ in rides])
    pay = np.array([_pay(wheel, rules.pay_per_order, rules.guarantee_per_hour) for wheel in day.wheels])
    hours = np.array([wheel.hours for wheel in day.wheels])
    earned = np.array([wheel.orders * rules.pay_per_order for wheel in day.wheels], float)
    busy = sum(wheel.riding for wheel in day.wheels) + rules.pickup_minutes * len(day.trips)
    some = len(rides) > 0
    return {
        "delivered": len(rides),
        "undelivered_pct": 100 * (1 - len(rides) / len(day.instance.orders)),
        "click_to_door_mean": float(to_door.mean()) if some else None,
        "click_to_door_p90": float(np.percentile(to_door, 90)) if some else None,
        "ready_to_pickup_mean": float(to_pickup.mean()) if some else None,
        "cost_per_order": float(pay.sum()) / len(rides) if some else None,
        "on_guarantee_pct": 100 * float((earned < rules.guarantee_per_hour * hours).mean()),
        "gini_earnings_per_hour": gini(earned / hours),
        "gini_pay_per_hour": gini(pay / hours),
        "utilisation_mdrp": (busy + rules.dropoff_minutes * len(rides)) / (60 * float(hours.sum())),
    }


def write_solution(day: Day, folder: Path) -> None:
    """The three files, in whole minutes."""
    tables = {
        ASSIGNMENTS: ("assignment_time pickup_time courier order", _assignments(day)),
        ORDERS: ("order placement_time ready_time pickup_time dropoff_time courier", _orders(day)),
        COURIERS: ("courier departure_time origin destination", _couriers(day)),
    }
    for name, (head, lines) in tables.items():
        (folder / name).write_text("\n".join([head, *lines]) + "\n", "utf-8")


def _assignments(day: Day) -> Iterator[str]:
    for trip in day.trips:
        names = " ".join(task.id for task in trip.bundle)
        yield f"{trip.given:.0f} {trip.ride.picked_up:.0f} {trip.courier} {names}"


def _orders(day: Day) -> Iterator[str]:
    for trip in day.trips:
        for task, at in zip(trip.bundle, trip.ride.delivered, strict=True):
            yield f"{task.id} {task.placed:.0f} {task.ready:.0f} {trip.ride.picked_up:.0f} {at:.0f} {trip.courier}"


def _couriers(day: Day) -> Iterator[str]:
    for wheel in day.wheels:
        for courier, leaves, origin, destination in wheel.moves:
            yield f"{courier} {leaves:.0f} {origin} {destination}"


def _pay(wheel: Wheel, per_order: int, per_hour: int) -> float:
    return max(wheel.orders * per_order, per_hour * wheel.hours)

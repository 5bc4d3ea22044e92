"""The call about candidates: who could take an order, and what that would mean."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.api import answers_candidates as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.orders import present
from dashboard.domain.itinerary import DROPOFF, PICKUP, lateness
from dashboard.domain.times import to_wire
from dashboard.domain.working_time import OK
from dashboard.looks import PAY
from dashboard.reports_day import OrderEffect
from dashboard.reports_wire import wire
from dashboard.suggestions import Suggestion


def candidates(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Everybody, the open ones first, with arrival times and the effects on pay, work and fairness."""
    beside = desk.suggestions.beside(asked.by.coop, asked.id, asked.at)
    desk.looks.note(asked.by, None, PAY)
    rows = [_candidate(one, asked.id) for one in beside.found]
    order, is_on = beside.order, beside.terms.is_on
    return Reply({
        "order": order.id, "version": order.version, "suggested": is_on, "at": to_wire(asked.at), "candidates": rows,
    })  # fmt: skip


def _candidate(one: Suggestion, order: str) -> dict[str, Any]:
    return {
        "courier": one.candidate.courier.id, "name": one.candidate.courier.name, "standing": one.standing,
        "why": one.why, "load": one.candidate.load, "arrivals": _arrivals(one, order),
        "pay": one.effect and _pay(one, one.effect), "workload": one.effect and _work(one.effect),
        "fairness": one.effect and {"spread": one.spread},
    }  # fmt: skip


def _arrivals(one: Suggestion, order: str) -> dict[str, Any] | None:
    if one.before is None or one.after is None:
        return None
    pickup, dropoff = one.after.at(order, PICKUP), one.after.at(order, DROPOFF)
    assert dropoff is not None, "whatever is open has a drop-off ahead"
    late = lateness(dropoff)
    return {
        "pickup_at": pickup and to_wire(pickup.arrives), "dropoff_at": to_wire(dropoff.arrives),
        "late_seconds": _seconds(late), "others_late_seconds": _seconds(one.after.late - late - one.before.late),
        "detour_metres": round(one.after.metres - one.before.metres),
        "detour_seconds": round(one.after.seconds - one.before.seconds), "guessed": one.after.guessed,
    }  # fmt: skip


def _pay(one: Suggestion, effect: OrderEffect) -> dict[str, Any]:
    return {
        "taker_cents": effect.effect.taker_cents, "giver_cents": effect.effect.giver_cents,
        "coop_cents": effect.effect.coop_cents, "so_far_cents": effect.so_far_cents,
        "per_hour_cents": one.rate_cents,
    }  # fmt: skip


def _work(effect: OrderEffect) -> dict[str, Any]:
    return {
        "minutes": effect.minutes, "on_shift_seconds": effect.on_shift.total_seconds(), "level": effect.level,
        "limits": [wire(each) for each in effect.working_time if each.level != OK],
    }  # fmt: skip


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "GET", "/orders/{id}/candidates", "get_candidates", "Who could take the order, and what that would mean",
        "assign", candidates, answers.Candidates, present=present,
    ),
)  # fmt: skip

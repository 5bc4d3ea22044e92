"""The calls about plans for several orders, and the order of one courier's stops."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from dashboard.api import answers, answers_plans
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.couriers import present
from dashboard.api.fields import Nothing
from dashboard.api.problems import document_of
from dashboard.domain.couriers import courier_to_wire
from dashboard.domain.itinerary import Visit
from dashboard.domain.rounds import Line, Outcome, Round
from dashboard.domain.times import to_wire
from dashboard.planner import KEPT


def propose(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Everything that could still change hands, given anew."""
    plan, draft = desk.planner.propose(asked.by.coop, asked.at)
    before, after = draft.others_late()
    document = {
        "id": plan, "at": to_wire(draft.at), "expires_at": to_wire(draft.at + KEPT),
        "lines": [_line(one) for one in draft.lines], "rounds": [_round(one) for one in draft.rounds],
        "left": [order.id for order in draft.left],
        "others_late_seconds_before": _seconds(before), "others_late_seconds_after": _seconds(after),
    }  # fmt: skip
    return Reply(document, 201)


def commit(desk: Desk, asked: Asked[answers_plans.Struck, Nothing]) -> Reply:
    """Line by line, each against the version that the plan saw."""
    found = desk.planner.commit(asked.by.coop, asked.id, asked.body.struck, by=asked.by.name, at=asked.at)
    is_complete = all(one.refusal is None for one in found)
    return Reply({"complete": is_complete, "lines": [_outcome(one) for one in found]})


def discard(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Nothing is left of it."""
    desk.planner.discard(asked.by.coop, asked.id)
    return Reply({"discarded": asked.id})


def best(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """As they are, and as they might be."""
    found = desk.planner.best_order(asked.by.coop, asked.id, asked.at)
    document = {
        "courier": found.courier, "version": found.version,
        "stops": _stops(found.before.visits), "best": _stops(found.after.visits),
        "gain_seconds": _seconds(found.gain), "less_late_seconds": _seconds(found.less_late),
    }  # fmt: skip
    return Reply(document)


def order(desk: Desk, asked: Asked[answers_plans.StopsGiven, Nothing]) -> Reply:
    """For the courier, from now on."""
    stops = tuple((stop.order, stop.end) for stop in asked.body.stops)
    version = asked.body.expected_version
    after = desk.dispatch.order_stops(
        asked.by.coop, asked.id, stops, expected_version=version, by=asked.by.name, at=asked.at
    )
    return Reply(courier_to_wire(after))


def _line(one: Line) -> dict[str, Any]:
    return {
        "order": one.order.id, "ref": one.order.ref, "version": one.order.version, "giver": one.order.courier,
        "taker": one.taker, "pickup_at": to_wire(one.picked_up), "dropoff_at": to_wire(one.arrives),
        "late_seconds": _seconds(one.late), "before": one.before and to_wire(one.before),
        "late_seconds_before": None if one.late_before is None else _seconds(one.late_before),
    }  # fmt: skip


def _round(one: Round) -> dict[str, Any]:
    return {
        "courier": one.courier, "stops": _stops(one.after.visits), "rest_at": one.rest and to_wire(one.rest),
        "guessed": one.after.guessed,
    }  # fmt: skip


def _stops(visits: Iterable[Visit]) -> list[dict[str, Any]]:
    return [{"order": one.stop.order, "end": one.stop.end, "at": to_wire(one.arrives)} for one in visits]


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "order": one.order or None, "courier": one.taker, "outcome": one.outcome, "version": one.version,
        "problem": one.refusal and document_of(one.refusal),
    }  # fmt: skip


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())


CALLS: tuple[Call[Any, Any], ...] = (
    Call(
        "POST", "/plans", "propose_plan", "Propose who could take which orders; nothing changes", "plan", propose,
        answers_plans.Plan, statuses=(201,),
    ),
    Call(
        "POST", "/plans/{id}/commit", "commit_plan", "Carry a plan out, line by line", "plan", commit,
        answers_plans.Committed, body=answers_plans.Struck,
    ),
    Call("DELETE", "/plans/{id}", "discard_plan", "Forget a plan", "plan", discard, answers_plans.Discarded),
    Call(
        "GET", "/couriers/{id}/stops", "best_stops", "A courier's stops, and their best order", "order_stops", best,
        answers_plans.StopOrder,
    ),
    Call(
        "POST", "/couriers/{id}/stops", "order_stops", "Say in which order a courier rides to the stops", "order_stops",
        order, answers.Courier, body=answers_plans.StopsGiven, present=present,
    ),
)  # fmt: skip

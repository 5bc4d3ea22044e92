"""The calls about alarms: what is open, and what somebody at the desk says to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from dashboard.api import answers_alarms as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Body, LongText, Nothing, ShortText
from dashboard.domain.alarm_order import most_urgent_first, said
from dashboard.domain.alarm_rules import FLOOD
from dashboard.domain.alarm_watch import rate
from dashboard.domain.alarms import Alarm, alarm_to_wire
from dashboard.domain.board import Board
from dashboard.domain.times import to_wire


class Shelved(Body):
    """For how many minutes; null: until it clears."""

    minutes: Literal[5, 15, 30] | None = None
    reason: ShortText = ""


class Resolved(Body):
    """What was done."""

    note: LongText = ""


class LimitGiven(Body):
    """Another number for one of the alarms' limits."""

    limit: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    value: Annotated[int, Field(ge=0, le=10_000)]


def everything(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """All that is open."""
    board, unwatched = desk.board(asked.by.coop), desk.unwatched_since(asked.by.coop)
    flood = board.alarms.get(FLOOD)
    shown = most_urgent_first(one for one in board.alarms.values() if one.is_open and one.rule != FLOOD)
    return Reply(
        {
            "alarms": [_document(one, board) for one in shown],
            "rate": rate(board.alarms, asked.at),
            "flood_since": to_wire(flood.raised_at) if flood and flood.is_active else None,
            "unwatched_since": unwatched and to_wire(unwatched),
        }
    )


def acknowledge(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Seen, and mine."""
    return _answered(desk, asked, desk.alarms.acknowledge)


def resolve(desk: Desk, asked: Asked[Resolved, Nothing]) -> Reply:
    """Something was done about it."""
    return _answered(desk, asked, desk.alarms.resolve, asked.body.note)


def shelve(desk: Desk, asked: Asked[Shelved, Nothing]) -> Reply:
    """Put aside for a while."""
    return _answered(desk, asked, desk.alarms.shelve, asked.body.minutes, asked.body.reason)


def unshelve(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """Back in the list."""
    return _answered(desk, asked, desk.alarms.unshelve)


def read_limits(desk: Desk, asked: Asked[Nothing, Nothing]) -> Reply:
    """The numbers in force."""
    return Reply({"limits": asdict(desk.alarms.limits(asked.by.coop))})


def change_limit(desk: Desk, asked: Asked[LimitGiven, Nothing]) -> Reply:
    """Another number, from now on."""
    given, by = asked.body, asked.by
    return Reply(
        {"limits": asdict(desk.alarms.change_limit(by.coop, given.limit, given.value, by=by.name, at=asked.at))}
    )


def _answered(desk: Desk, asked: Asked[Any, Nothing], answer: Callable[..., Alarm], *more: Any) -> Reply:
    coop = asked.by.coop
    return Reply(_document(answer(coop, asked.id, *more, by=asked.by.name, at=asked.at), desk.board(coop)))


def _document(alarm: Alarm, board: Board) -> dict[str, Any]:
    courier = board.couriers.get(alarm.courier or "")
    says, response = said(alarm, courier.name if courier else "the courier")
    return {**alarm_to_wire(alarm), "version": alarm.version, "says": says, "response": response}


def _call(step: str, name: str, summary: str, run: Any, body: type[Body] = Nothing) -> Call[Any, Any]:
    return Call(
        "POST", f"/alarms/{{id}}/{step}", name, summary, "answer_alarm", run, answers.Alarm, body=body
    )  # fmt: skip


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/alarms", "list_alarms", "What needs somebody's response", "see_alarms", everything,
         answers.AlarmsRead),
    _call("acknowledge", "acknowledge_alarm", "Say that an alarm was seen, and who sees to it", acknowledge),
    _call("resolve", "resolve_alarm", "Say what was done about an alarm", resolve, Resolved),
    _call("shelve", "shelve_alarm", "Put an alarm aside for a while, or until it clears", shelve, Shelved),
    _call("unshelve", "unshelve_alarm", "Take an alarm back before its time", unshelve),
    Call("GET", "/alarm-limits", "read_alarm_limits", "The numbers at which alarms are raised", "see_alarms",
         read_limits, answers.AlarmLimits),
    Call("POST", "/alarm-limits", "change_alarm_limit", "Change a number at which alarms are raised", "set_alarms",
         change_limit, answers.AlarmLimits, body=LimitGiven),
)  # fmt: skip

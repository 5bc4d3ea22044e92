"""Who may do what, as a table, and whose is what: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order

ROLES = ("dispatcher", "courier", "restaurant", "member", "admin")
SCOPED_ROLES = frozenset({"courier", "restaurant"})
DESK_LOOKS_BACK = timedelta(hours=24)
"""How much of what has happened a dispatcher sees, beside what is live: a shift and the one before."""

_DESK = frozenset({"dispatcher", "admin"})
_KITCHEN = _DESK | {"restaurant"}
_ROAD = _DESK | {"courier"}

ACTIONS: Mapping[str, frozenset[str]] = {
    "see_desk": _DESK,
    "see_journal": _DESK,
    # couriers and members see nothing of a past board: it holds other people's customers; their own work is on /me
    "see_past": _DESK,
    "hand_over": _DESK,
    "report_incident": _ROAD,
    "see_incidents": _ROAD,
    "resolve_incident": _DESK,
    "take_journal": frozenset({"admin"}),
    "see_orders": _DESK | SCOPED_ROLES,
    "see_couriers": _ROAD,
    "see_route": _ROAD,
    "see_live": frozenset(ROLES),
    "place": _KITCHEN,
    "import_orders": _DESK,
    "recur": _DESK,
    "assign": _DESK,
    "unassign": _DESK,
    "accept": _KITCHEN,
    "refuse": _KITCHEN,
    "prepare": _KITCHEN,
    "ready": _KITCHEN,
    "delay": _KITCHEN,
    "cancel": _KITCHEN,
    "amend": _DESK,
    "report": _KITCHEN,
    "solve": _KITCHEN,
    "undo": _KITCHEN,
    "take_back": _DESK,
    "bulk": _DESK,
    "tag": _DESK,
    "reschedule": _DESK,
    "attach": _DESK,
    "detach": _DESK,
    "note": _DESK,
    "override": _DESK,
    "see_kitchen": frozenset({"restaurant"}),
    "busy": _KITCHEN,
    "pick_up": _ROAD,
    "deliver": _ROAD,
    "fail": _ROAD,
    "shift": _ROAD,
    "arrive": _ROAD,
    "add_courier": _DESK,
    # what was earned and worked: couriers read their own alone, members what is nobody's in particular
    "see_pay": _DESK | {"member", "courier"},
    "see_workload": _DESK | {"member", "courier"},
    "see_fairness": _DESK | {"member", "courier"},
    "export_pay": _DESK | {"courier"},
    "export_own": frozenset({"courier"}),
    "write_letter": _DESK,
    "set_pay": frozenset({"admin"}),
    "record_weather": _DESK,
    "propose": frozenset({"admin", "member"}),
    "vote": frozenset({"member", "courier"}),
    "close_vote": frozenset({"admin"}),
    "see_assembly": _DESK | {"member", "courier"},
    "ask_what_if": _DESK | {"member"},
    "object": frozenset({"courier"}),
    "manage_people": frozenset({"admin"}),
    "see_objections": _ROAD,
    "answer_objection": _DESK,
    "webhooks": frozenset({"admin"}),
    "see_tokens": frozenset({"admin"}),
    "plan": _DESK,
    "order_stops": _DESK,
    "plan_shifts": _DESK,
    "calendar": _ROAD,
    "see_phones": _ROAD,
    "see_alarms": _DESK,
    "answer_alarm": _DESK,
    "set_alarms": frozenset({"admin"}),
    "see_register": frozenset(ROLES),
    "set_up_phone": _ROAD,
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: of one co-op, in one role; ``scope`` is the restaurant or courier that a scoped role is about.

    ``key`` names the browser session that they came in by, so that all it has open can be closed with it; ``who`` the
    person, whatever browser they sit at.
    """

    coop: str
    role: str
    name: str
    scope: str | None = None
    key: str | None = field(default=None, compare=False)
    who: str = field(default="", compare=False)

    def may(self, action: str) -> bool:
        """Whether the role may do ``action`` (a key of ACTIONS) at all."""
        return self.role in ACTIONS[action]

    def sees_since(self, at: datetime) -> datetime | None:
        """From which moment on the record of the whole co-op is open to the visitor at ``at``; None: all of it.

        What is live is open however old it is. Scoped roles see their own from the beginning.
        """
        return at - DESK_LOOKS_BACK if self.role == "dispatcher" else None

    def owns(self, subject: Order | Courier) -> bool:
        """Whether the subject is one that the visitor may know of: all of the co-op's, or those of the scope."""
        if subject.coop != self.coop:
            return False
        match self.role, subject:
            case "restaurant", Order(restaurant=owner):
                return owner == self.scope
            case "courier", Order(courier=owner):
                return owner == self.scope
            case "courier", Courier(id=owner):
                return owner == self.scope
            case "restaurant", Courier():
                return False
            case _:
                return True

"""A change of the rules of pay as a value: proposed, looked at, dated, and in the end written to the journal.

A change is ``{"rule": …}``, ``{"offer_floor": …}``, ``{"pack", "since"}``, or ``{"all": [several of these]}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.domain.events import Entry, Fact
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import Decision, Scheme
from dashboard.domain.rules_packs import COOP_EMPLOYEE, PACKS
from dashboard.domain.rules_wire import (
    KIND,
    SUBJECT,
    changed,
    decision_to_wire,
    floor_from_wire,
    floor_to_wire,
    rule_from_wire,
    rule_to_wire,
    with_changes,
)  # fmt: skip

type Change = Mapping[str, Any]


def parts_of(change: Change) -> Sequence[Change]:
    """The single changes, each of which becomes an entry."""
    return tuple(change["all"]) if "all" in change else (change,)


def checked(change: Change) -> dict[str, Any]:
    """The change as it is kept; Invalid when it is none."""
    if change.get("all"):
        return {"all": [checked(part) for part in change["all"]]}
    if "rule" in change:
        return {"rule": rule_to_wire(rule_from_wire(change["rule"]))}
    if "offer_floor" in change:
        return {"offer_floor": floor_to_wire(floor_from_wire(change["offer_floor"]))}
    if change.get("pack") in PACKS and "since" in change:
        return {"pack": change["pack"], "since": date.fromisoformat(change["since"]).isoformat()}
    raise Invalid("Propose a rule, or a pack and the day from which it holds", field="change")


def takes_effect(change: Change) -> date:
    """The day from which a change holds: the first, if it has several parts."""
    return min(date.fromisoformat(_body(part).get("since") or date.min.isoformat()) for part in parts_of(change))


def ready(change: Change, since: date | None, decision: Decision) -> dict[str, Any]:
    """The change as it was decided: by whom, and from ``since`` where another day was chosen than the proposed one."""
    return {"all": [_ready(part, since, decision) for part in parts_of(change)]}


def applied(scheme: Scheme, change: Change) -> Scheme:
    """The scheme after it; Invalid when it cannot follow what there is."""
    for part in parts_of(change):
        scheme = changed(scheme, part)
    return scheme


def facts(change: Change, **more: Any) -> list[Fact]:
    """What the journal is to say: one fact for each part, with ``more`` (minutes, the proposal) in each."""
    return [Fact(KIND, SUBJECT, 0, {**part, **more}) for part in parts_of(change)]


def fits(known: Iterable[Entry], change: Change) -> None:
    """Raise Invalid unless the change can follow the entries about the rules of pay that there are."""
    applied(with_changes(COOP_EMPLOYEE, known), change)


def _body(part: Change) -> Mapping[str, Any]:
    found: Mapping[str, Any] = part.get("rule") or part.get("offer_floor") or part
    return found


def _ready(part: Change, since: date | None, decision: Decision) -> dict[str, Any]:
    day = {"since": since.isoformat()} if since else {}
    if "pack" in part:
        return {**part, **day}
    (name, rule), *_ = part.items()
    return {name: {**rule, **day, "decision": decision_to_wire(decision)}}

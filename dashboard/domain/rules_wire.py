"""Rules as JSON, and as journal entries: ``pay.rule_changed`` is the only way in which they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import Decision, OfferFloor, Rule, Scheme
from dashboard.domain.rules_packs import PACKS

KIND = "pay.rule_changed"
SUBJECT = "pay-rules"
"""What all of these entries are about, so that they are found together."""


def rule_to_wire(rule: Rule) -> dict[str, Any]:
    """The rule as plain JSON values; the rate as text, so that it stays exact."""
    plain = {field.name: getattr(rule, field.name) for field in fields(rule)}
    return plain | {
        "rate": str(rule.rate),
        "since": rule.since.isoformat(),
        "until": rule.until and rule.until.isoformat(),
        "night": [edge.isoformat() for edge in rule.night],
        "outcomes": list(rule.outcomes),
        "decision": {
            "by": rule.decision.by,
            "on": rule.decision.on and rule.decision.on.isoformat(),
            "source": rule.decision.source,
            "confirmed": rule.decision.confirmed,
        },
    }


def rule_from_wire(wire: Mapping[str, Any]) -> Rule:
    """The rule of such a document; what is left out has its default. Invalid: a part is missing, unknown or wrong."""
    known = {field.name for field in fields(Rule)}
    if unknown := set(wire) - known:
        raise Invalid("A rule has no {field}: leave it out", field=min(unknown))
    try:
        return Rule(**{**wire, **_parsed(wire)})
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise Invalid("This is no rule: {error}", error=str(error), field="rule") from error


def with_changes(scheme: Scheme, entries: Iterable[Entry]) -> Scheme:
    """The scheme after every ``pay.rule_changed`` entry: data ``{"rule": …}``, or ``{"pack", "since"}``.

    A rule is in force from its own ``since``, whenever it was written down; it ends the version before it. A pack ends
    all rules on its day.
    """
    for entry in entries:
        if entry.kind == KIND and "pack" in entry.data:
            scheme = switched(scheme, PACKS[entry.data["pack"]], date.fromisoformat(entry.data["since"]))
        elif entry.kind == KIND:
            scheme = scheme.plus(rule_from_wire(entry.data["rule"]))
    return scheme


def switched(scheme: Scheme, pack: Scheme, since: date) -> Scheme:
    """The scheme until ``since``, and from that day on the pack."""
    return replace(
        pack,
        rules=(*_until(scheme.rules, since), *_from(pack.rules, since)),
        offer_floors=(*_until(scheme.offer_floors, since), *_from(pack.offer_floors, since)),
    )


def _until[R: (Rule, OfferFloor)](versions: Iterable[R], day: date) -> tuple[R, ...]:
    return tuple(
        replace(one, until=day if one.until is None else min(day, one.until)) for one in versions if one.since < day
    )


def _from[R: (Rule, OfferFloor)](versions: Iterable[R], day: date) -> tuple[R, ...]:
    return tuple(replace(one, since=max(day, one.since)) for one in versions if one.until is None or one.until > day)


def _parsed(wire: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(wire["rate"], str):
        raise TypeError("the rate has to be a text such as 12.31, because numbers with a point are not exact")
    decision = wire["decision"]
    on = decision.get("on")
    parsed: dict[str, Any] = {
        "rate": Decimal(wire["rate"]),
        "decision": Decision(**{**decision, "on": on and date.fromisoformat(on)}),
    }
    if "since" in wire:
        parsed["since"] = date.fromisoformat(wire["since"])
    if wire.get("until"):
        parsed["until"] = date.fromisoformat(wire["until"])
    if "night" in wire:
        start, end = wire["night"]
        parsed["night"] = (time.fromisoformat(start), time.fromisoformat(end))
    if "outcomes" in wire:
        parsed["outcomes"] = tuple(wire["outcomes"])
    return parsed

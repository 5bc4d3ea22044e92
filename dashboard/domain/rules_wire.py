"""Rules as JSON, and as journal entries: ``pay.rule_changed`` is the only way in which they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import OFFER_PARTS, Decision, Era, OfferFloor, Rule, Scheme
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
        "decision": decision_to_wire(rule.decision),
    }


def floor_to_wire(floor: OfferFloor) -> dict[str, Any]:
    """The minimum of each job as plain JSON values."""
    return {
        "name": floor.name, **{part: str(getattr(floor, part)) for part in OFFER_PARTS},
        "since": floor.since.isoformat(), "until": floor.until and floor.until.isoformat(),
        "decision": decision_to_wire(floor.decision),
    }  # fmt: skip


def decision_to_wire(decision: Decision) -> dict[str, Any]:
    """Who decided, when, and where it is written, as plain JSON values."""
    return {
        "by": decision.by, "on": decision.on and decision.on.isoformat(), "source": decision.source,
        "confirmed": decision.confirmed,
    }  # fmt: skip


def rule_from_wire(wire: Mapping[str, Any]) -> Rule:
    """The rule of such a document; what is left out has its default. Invalid: a part is missing, unknown or wrong."""
    return _read(Rule, wire, ("rate",))


def floor_from_wire(wire: Mapping[str, Any]) -> OfferFloor:
    """The minimum of each job of such a document, in the same way."""
    return _read(OfferFloor, wire, tuple(part for part in OFFER_PARTS if part in wire))


def with_changes(scheme: Scheme, entries: Iterable[Entry]) -> Scheme:
    """The scheme after every ``pay.rule_changed`` entry: see ``changed`` for their data."""
    for entry in entries:
        if entry.kind == KIND:
            scheme = changed(scheme, entry.data)
    return scheme


def changed(scheme: Scheme, change: Mapping[str, Any]) -> Scheme:
    """The scheme after one change: ``{"rule": …}``, ``{"offer_floor": …}`` or ``{"pack", "since"}``.

    A rule is in force from its own ``since``, whenever it was written down; it ends the version before it. A pack ends
    all rules on its day. Invalid when it cannot follow what there is.
    """
    if "pack" in change:
        return switched(scheme, PACKS[change["pack"]], date.fromisoformat(change["since"]))
    if "offer_floor" in change:
        return scheme.plus_floors(floor_from_wire(change["offer_floor"]))
    return scheme.plus(rule_from_wire(change["rule"]))


def switched(scheme: Scheme, pack: Scheme, since: date) -> Scheme:
    """The scheme until ``since``, and from that day on the pack."""
    return replace(
        pack,
        rules=(*_until(scheme.rules, since), *_from(pack.rules, since)),
        offer_floors=(*_until(scheme.offer_floors, since), *_from(pack.offer_floors, since)),
        earlier=_eras(scheme, since),
    )


def _eras(scheme: Scheme, since: date) -> tuple[Era, ...]:
    """Those before the day, the last of them cut off by it."""
    before = tuple(era for era in scheme.earlier if era.until < since)
    return (*before, scheme.era(since - timedelta(days=1))._replace(until=since))


def _until[R: (Rule, OfferFloor)](versions: Iterable[R], day: date) -> tuple[R, ...]:
    return tuple(
        replace(one, until=day if one.until is None else min(day, one.until)) for one in versions if one.since < day
    )


def _from[R: (Rule, OfferFloor)](versions: Iterable[R], day: date) -> tuple[R, ...]:
    return tuple(replace(one, since=max(day, one.since)) for one in versions if one.until is None or one.until > day)


def _read[R: (Rule, OfferFloor)](kind: type[R], wire: Mapping[str, Any], rates: tuple[str, ...]) -> R:
    known = {field.name for field in fields(kind)}
    if unknown := set(wire) - known:
        raise Invalid("A rule has no {field}: leave it out", field=min(unknown))
    try:
        return kind(**{**wire, **{part: _rate(wire[part]) for part in rates}, **_parsed(wire)})
    except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise Invalid("This is no rule: {error}", error=str(error), field="rule") from error


def _rate(text: Any) -> Decimal:
    if not isinstance(text, str):
        raise TypeError("the rate has to be a text such as 12.31, because numbers with a point are not exact")
    return Decimal(text)


def _parsed(wire: Mapping[str, Any]) -> dict[str, Any]:
    decision = wire["decision"]
    on = decision.get("on")
    parsed: dict[str, Any] = {"decision": Decision(**{**decision, "on": on and date.fromisoformat(on)})}
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

"""What happened to an order, entry by entry, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from dashboard.domain import incidents
from dashboard.domain.events import Entry
from dashboard.domain.times import from_wire
from layouts.incidents import kind_name
from layouts.order_fields import FIELDS, field_name
from layouts.states import state_name
from layouts.words import N_, Words

MONEY = frozenset({"price_cents", "delivery_fee_cents", "tip_cents"})
PROBLEMS: Mapping[str, str] = {
    "missing": N_("an item is missing"),
    "closed": N_("the restaurant is closed"),
    "cancel": N_("has to be cancelled"),
    "call": N_("please call"),
    "other": N_("something else"),
}
KINDS: Mapping[str, str] = {"meal": N_("meal"), "parcel": N_("parcel")}


def happened(entry: Entry, before: Mapping[str, Any], names: Mapping[str, str], words: Words) -> str:
    """One entry as a person would say it; ``before`` holds the order's values as they were."""
    data = entry.data
    reason = str(data.get("reason") or "").strip()
    text = _what(entry, before, names, words)
    return words("{what}: {why}", what=text, why=reason) if reason else text


def value_text(field: str, value: Any, names: Mapping[str, str], words: Words) -> str:
    """A value of an order's document as a person says it; '' for none."""
    if value in (None, "", [], ()):
        return ""
    if field in MONEY:
        return words.money(value)
    match field:
        case "weight_g":
            return words("{n} kg", n=format_decimal(value / 1000, "#,##0.###", locale=words.locale))
        case "pickup" | "dropoff":
            return place_text(value, words)
        case "ready_at" | "placed_at":
            return words.clock(from_wire(value))
        case "items":
            return ", ".join(f"{item['quantity']} × {item['name']}" for item in value)
        case "kind":
            return words(KINDS.get(value, value))
        case "state":
            return state_name(value, words)
        case "courier":
            return names.get(value, str(value))
        case "problem":
            kind, _, more = str(value).partition(":")
            return ": ".join(filter(None, (words(PROBLEMS.get(kind, kind)), more.strip())))
        case "tags":
            return ", ".join(value)
    return str(value)


def place_text(place: Mapping[str, Any], words: Words) -> str:
    """Name, address, else where it is, and the window."""
    said = ", ".join(filter(None, (place.get("name"), place.get("address"))))
    where = said or f"{place['lat']:.5f}, {place['lon']:.5f}"
    after, before = (words.clock(from_wire(at)) if (at := place.get(end)) else "" for end in ("after", "before"))
    match bool(after), bool(before):
        case True, True:
            return words("{where}, {after} to {before}", where=where, after=after, before=before)
        case True, False:
            return words("{where}, from {after}", where=where, after=after)
        case False, True:
            return words("{where}, by {before}", where=where, before=before)
    return where


def moment(at: datetime, now: datetime, words: Words) -> str:
    """19:42, with the day before it where that is another one."""
    clock, day = words.clock(at), at.astimezone(words.zone).date()
    if day == now.astimezone(words.zone).date():
        return clock
    return f"{format_date(day, 'd MMM', locale=words.locale)} {clock}"


def _what(entry: Entry, before: Mapping[str, Any], names: Mapping[str, str], words: Words) -> str:
    changes, data = entry.data.get("changes", {}), entry.data
    holder = names.get(str(data.get("from")), data.get("from"))
    taker = names.get(str(changes.get("courier")), changes.get("courier"))
    match entry.kind:
        case "order.placed":
            return words("placed: it comes again") if data.get("recurring") else words("placed")
        case "order.assigned":
            return words("given to {courier}", courier=taker)
        case "order.reassigned":
            return words("handed over from {before} to {courier}", before=holder, courier=taker)
        case "order.unassigned":
            return words("taken back from {courier}", courier=holder)
        case "order.attached":
            return words("one pickup with {others} from now on", others=", ".join(data.get("refs", ())))
        case "order.detached":
            return words("a pickup for itself again, without {others}", others=", ".join(data.get("refs", ())))
        case "order.delayed":
            return words("delayed by {minutes} min", minutes=data.get("minutes"))
        case "order.problem":
            return words("reported: {problem}", problem=value_text("problem", changes.get("problem"), names, words))
        case "order.solved":
            return words("solved what was reported")
        case incidents.REPORTED:
            what = ": ".join(filter(None, (kind_name(data["kind"], words), data["note"])))
            text = words("incident: {what}", what=what)
            return words("{what}, with a photo", what=text) if data.get("photo") else text
        case incidents.RESOLVED:
            how = data["note"]
            return words("incident resolved: {how}", how=how) if how else words("incident resolved")
        case "order.undone":
            return words("took the last step back")
    if set(changes) == {"state"}:
        return words("now {state}", state=state_name(changes["state"], words))
    told = [_changed(field, before.get(field), value, names, words) for field, value in changes.items()
            if field in FIELDS]  # fmt: skip
    return "; ".join(told) or str(data.get("text") or entry.kind)


def _changed(field: str, before: Any, after: Any, names: Mapping[str, str], words: Words) -> str:
    was, now = (value_text(field, value, names, words) for value in (before, after))
    facts = {"field": field_name(field, words), "was": was, "now": now}
    if not was:
        return words("{field}: {now}", **facts)
    if not now:
        return words("{field}: no longer {was}", **facts)
    return words("{field}: {was} → {now}", **facts)

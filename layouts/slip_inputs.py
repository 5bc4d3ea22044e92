"""What went into a line of a pay slip, in words: times on the wall, orders by their number, figures by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dashboard.domain.orders import Order
from dashboard.domain.pay import Input, Line
from dashboard.domain.rules import MEASURES
from dashboard.domain.times import from_wire
from layouts.account_page import number
from layouts.moments import from_to
from layouts.rule_words import exact
from layouts.words import N_, Words

UNITS = {
    "hours on shift": N_("hours on shift"), "hours on a job": N_("hours on a job"),
    "minutes on a job": N_("minutes on a job"), "orders": N_("orders"), "drop-offs": N_("drop-offs"), "km": N_("km"),
    "minutes at the restaurant": N_("minutes at the restaurant"), "× 100 m climbed": N_("× 100 m climbed"),
    "minutes": N_("minutes"), "hours": N_("hours"), "miles": N_("miles"), "": "",
}  # fmt: skip
NAMES = {"required": N_("Needed for the minimum"), "earned": N_("Earned"), "on the job": N_("On the job"),
         "way": N_("Way")}  # fmt: skip
MONEY = ("required", "earned")


def formula(line: Line, words: Words) -> str:
    """38.25 hours on shift × 12.31; nothing where the amount stands for itself."""
    if not line.unit:
        return ""
    counted = f"{_quantity(line.quantity, words)} {words(UNITS.get(line.unit, line.unit))}"
    return f"{counted} × {exact(line.rate, words)}"


def input_text(one: Input, orders: Mapping[str, Order], words: Words) -> str:
    """One thing that went into a line; "" where there is nothing to say."""
    if one.unit == "corrects":
        return words("Corrects: {what}", what=one.what) if one.what else ""
    name = _name(one, orders, words)
    if one.unit in ("window", "order"):
        return name
    if one.what in MONEY or (one.what in orders and not one.unit):
        return words("{name}: {value}", name=name, value=words.money(round(one.quantity * 100)))
    if not one.unit:
        return name
    priced = f" × {exact(one.rate, words)}" if one.rate is not None else ""
    counted = f"{_quantity(one.quantity, words)} {words(UNITS.get(one.unit, one.unit))}{priced}"
    return words("{name}: {value}", name=name, value=counted)


def _name(one: Input, orders: Mapping[str, Order], words: Words) -> str:
    span = _span(one.what)
    if span:
        return from_to(*span, words)
    if one.what in orders:
        known = orders[one.what]
        return words("Order {ref}, {pickup}", ref=known.ref, pickup=known.pickup.name or known.pickup.address or "–")
    if one.what in MEASURES:
        return words("Counted")
    return words(NAMES[one.what]) if one.what in NAMES else one.what


def _span(text: str) -> tuple[datetime, datetime] | None:
    start, _, end = text.partition("/")
    try:
        return from_wire(start), from_wire(end)
    except ValueError:
        return None


def _quantity(quantity: object, words: Words) -> str:
    text = number(float(str(quantity)), words, 4).rstrip("0")
    return text.rstrip(".,")

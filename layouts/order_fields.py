"""What the fields of an order are called: in the form, in a refusal, in an order's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from layouts.words import N_, Words

FIELDS: Mapping[str, str] = {
    "kind": N_("kind"),
    "restaurant": N_("restaurant"),
    "pickup": N_("pickup"),
    "dropoff": N_("drop-off"),
    "items": N_("items"),
    "weight_g": N_("weight"),
    "price_cents": N_("price"),
    "delivery_fee_cents": N_("delivery fee"),
    "tip_cents": N_("tip"),
    "ready_at": N_("ready at"),
    "note": N_("note"),
    "tags": N_("tags"),
    "desk_note": N_("note of the desk"),
    "state": N_("state"),
    "courier": N_("courier"),
    "problem": N_("problem"),
    "placed_at": N_("placed at"),
    "after": N_("not before"),
    "before": N_("not after"),
    "name": N_("name"),
    "address": N_("address"),
    "quantity": N_("quantity"),
    "from": N_("first day"),
    "to": N_("last day"),
}


def field_name(field: str, words: Words) -> str:
    """``delivery_fee_cents`` as a person says it."""
    return words(FIELDS.get(field, field))


def field_names(fields: Iterable[str], words: Words) -> str:
    """Several, with commas."""
    return ", ".join(field_name(field, words) for field in fields)


def field_path(path: str, words: Words) -> str:
    """``items.0.name`` as a person says it: items 1 name."""
    return " ".join(str(int(part) + 1) if part.isdecimal() else field_name(part, words) for part in path.split("."))

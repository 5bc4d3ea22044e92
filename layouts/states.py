"""How states are said aloud: the same words on the desk, in refusals and in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.domain.refusals import Refusal, WrongField, WrongFields
from layouts.deeds import deed
from layouts.order_fields import field_names, field_path
from layouts.words import N_, Words

ORDER_STATES: Mapping[str, str] = {
    "placed": N_("placed"),
    "accepted": N_("accepted"),
    "preparing": N_("preparing"),
    "ready": N_("ready"),
    "picked_up": N_("picked up"),
    "delivered": N_("delivered"),
    "refused": N_("refused"),
    "cancelled": N_("cancelled"),
    "failed": N_("failed"),
}
SHIFT_STATES: Mapping[str, str] = {"on": N_("on shift"), "off": N_("off shift"), "break": N_("on break")}
ROLES: Mapping[str, str] = {
    "dispatcher": N_("dispatcher"),
    "courier": N_("courier"),
    "restaurant": N_("restaurant"),
    "member": N_("member"),
    "admin": N_("administrator"),
}
STATE_FACTS = frozenset({"state", "target", "role"})
_NAMES = {**ORDER_STATES, **SHIFT_STATES, **ROLES}


def state_name(state: str, words: Words) -> str:
    """``picked_up`` as a person says it."""
    return words(_NAMES.get(state, state))


def refusal_text(refusal: Refusal, words: Words, couriers: Mapping[str, str]) -> str:
    """What was refused, why, and what to do next. ``couriers`` names those that the refusal knows by id."""
    return words(refusal.message, **{name: _said(name, fact, words, couriers) for name, fact in refusal.facts.items()})


def _said(name: str, fact: Any, words: Words, couriers: Mapping[str, str]) -> Any:
    if name in STATE_FACTS:
        return state_name(fact, words)
    if isinstance(fact, WrongFields):
        return "; ".join(_in_field(one, words) for one in fact)
    if name == "fields":
        return field_names(str(fact).split(", "), words)
    if name == "deed":
        return deed(str(fact), words)
    if name == "allowed":
        return ", ".join(state_name(role, words) for role in str(fact).split(", "))
    return couriers.get(fact, fact) if name == "courier" else fact


def _in_field(wrong: WrongField, words: Words) -> str:
    problem = refusal_text(wrong, words, {})
    return (
        words("{field}: {problem}", field=field_path(wrong.field, words), problem=problem) if wrong.field else problem
    )

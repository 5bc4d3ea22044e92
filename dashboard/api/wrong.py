"""What is wrong with a document from outside, field by field: to programs as pydantic says it, to people plainly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from dashboard.api.fields import ID_PATTERN, UNPRINTABLE
from dashboard.api.requests import NEVER_OPEN
from dashboard.domain.refusals import N_, Invalid, Refusal, WrongField, WrongFields

NO_NUMBER, NO_WHOLE_NUMBER = N_("This is no number"), N_("This is no whole number")
NO_DAY = N_("This is no day: write it as 2026-06-01")
PLAIN: Mapping[str, str] = {
    "missing": N_("This is needed"), "string_too_short": N_("This is needed"), "too_short": N_("This is needed"),
    "string_too_long": N_("This is longer than {most} characters: shorten it"),
    "too_long": N_("These are more than {most}: leave some out"),
    "greater_than_equal": N_("This is too little"), "less_than_equal": N_("This is too much"),
    "literal_error": N_("There is no such choice: choose another"),
    "extra_forbidden": N_("The server does not know this field: load the page again"),
    "int_type": NO_WHOLE_NUMBER, "int_parsing": NO_WHOLE_NUMBER, "int_from_float": NO_WHOLE_NUMBER,
    "float_type": NO_NUMBER, "float_parsing": NO_NUMBER, "finite_number": NO_NUMBER,
    "date_type": NO_DAY, "date_parsing": NO_DAY, "date_from_datetime_parsing": NO_DAY,
}  # fmt: skip
"""By pydantic's name of what is wrong. No least and most amounts: people type other units than are sent."""
IDS = N_("Letters, digits, points and hyphens only")
OURS = frozenset({NEVER_OPEN, UNPRINTABLE})
"""What our own checks say that people may see; the rest is about what only programs send."""
UNREADABLE = N_("This cannot be read")


class Unusable(Invalid):
    """A document that cannot be understood; ``fields`` names all that is wrong with it."""

    def __init__(self, fields: Iterable[WrongField]) -> None:
        self.fields = WrongFields(fields)
        super().__init__("This cannot be used: {listed}", listed=self.fields)


def wrong_fields(error: ValidationError) -> tuple[WrongField, ...]:
    """Every wrong field of a document, by its dotted path."""
    return tuple(_wrong_field(each) for each in error.errors(include_url=False, include_input=False))


def _wrong_field(error: Mapping[str, Any]) -> WrongField:
    detail = "there is no such field" if error["type"] == "extra_forbidden" else error["msg"]
    message, facts = _plainly(error["type"], error.get("ctx", {}))
    return WrongField(".".join(map(str, error["loc"])), detail.removeprefix("Value error, "), message, **facts)


def _plainly(kind: str, context: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if kind == "value_error":
        return _our_own(context["error"])
    if kind == "string_pattern_mismatch" and context["pattern"] == ID_PATTERN:
        return IDS, {}
    return PLAIN.get(kind, UNREADABLE), {"most": context["max_length"]} if "max_length" in context else {}


def _our_own(error: ValueError) -> tuple[str, Mapping[str, Any]]:
    """What was refused while it was checked, or what one of our checks says."""
    if isinstance(cause := error.__cause__, Refusal):
        return cause.message, {name: fact for name, fact in cause.facts.items() if name != "field"}
    return (str(error), {}) if str(error) in OURS else (UNREADABLE, {})

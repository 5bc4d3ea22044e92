"""What a form of other rules says: read from the page, and made into a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dash import ALL, State, set_props

from callbacks import errors
from callbacks.given import Given
from dashboard import access
from dashboard.domain import coop_settings
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_changes import Change
from dashboard.domain.rules_numbers import from_day, read_number, revised
from layouts import ids
from layouts.what_if import Asked


def states(form: str) -> tuple[State, ...]:
    """What a callback has to be given of the form."""
    numbers: Any = ids.change_number(form, ALL)  # type: ignore[arg-type]  # Dash's wildcard
    return State(ids.change_pack(form), "value"), State(numbers, "value"), State(numbers, "id")


def typed(values: Iterable[Any], names: Iterable[Any]) -> dict[str, str]:
    """The numbers that were typed, by key, as they were typed."""
    pairs = zip(names, values, strict=False)
    return {str(name["key"]): str(value).strip() for name, value in pairs if isinstance(name, Mapping) and value}


def change_of(scheme: Scheme, on: date, pack: str | None, numbers: Mapping[str, str], since: date) -> Change:
    """The change that the form says; Invalid when it says none, or a pack and numbers."""
    _one_of(pack, numbers)
    if pack:
        return {"pack": pack, "since": since.isoformat()}
    wanted: dict[str, Decimal] = {key: read_number(text, key) for key, text in numbers.items()}
    return from_day(revised(scheme, on, wanted), since)


def day_of(text: Any, field: str) -> date:
    """A day as the page sends it."""
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError as error:
        raise Invalid("{text} is no day: write it as 2026-06-01", text=str(text or "–"), field=field) from error


def query_of(first: Any, last: Any, pack: str | None, numbers: Mapping[str, str]) -> str:
    """The question as an address has it."""
    for key, text in numbers.items():
        read_number(text, key)
    _one_of(pack, numbers)
    return Asked(*_days(first, last), pack or "", numbers).query()


def weights_query(first: Any, last: Any, typed: Mapping[str, Any]) -> str:
    """The question about other weights as an address has it; what is left empty stays as it is."""
    given = {name: str(text).strip() for name, text in typed.items() if str(text or "").strip()}
    if not given:
        raise Invalid("Nothing would change: give another weight", field=next(iter(typed)))
    return Asked(*_days(first, last), weights={name: whole(text, name) for name, text in given.items()}).query()


def whole(text: str, name: str) -> int:
    """The value of a setting; Invalid when it is no whole number, or outside its bounds."""
    if not text.isdecimal():
        raise Invalid("{text} is no whole number", text=text, field=name)
    return int(coop_settings.checked({"setting": name, "value": int(text), "since": str(date.min)})["value"])


def on_page(given: Given) -> errors.OnError:
    """A refusal is said in the page's line; nothing has changed. Whoever has no right here gets a 401 or 403."""

    def say(error: Exception) -> None:
        if isinstance(error, access.NotSignedIn | access.Denied):
            raise error
        set_props(ids.SAID, {"children": errors.line(error, given)})

    return say


def _days(first: Any, last: Any) -> tuple[date, date]:
    since, until = day_of(first, "from"), day_of(last, "to")
    if until < since:
        raise Invalid("The last day comes before the first: choose another", field="to")
    return since, until


def _one_of(pack: str | None, numbers: Mapping[str, str]) -> None:
    if pack and numbers:
        raise Invalid("Choose a pack, or other numbers: one after the other", field="pack")
    if not pack and not numbers:
        raise Invalid("Nothing would change: choose a pack, or give another number", field="change")

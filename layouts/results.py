"""The result line: what was done, or what was refused, why, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.domain.orders import Order
from dashboard.domain.refusals import Refusal
from layouts.aria import DECORATION
from layouts.states import refusal_text, state_name
from layouts.words import Words


def done(text: str, at: datetime, words: Words, warning: str = "") -> Component:
    """Something was done; ``warning`` says what to watch now."""
    return _line("✓", text, "is-done", at, words, warning)


def waiting(text: str, at: datetime, words: Words) -> Component:
    """Something waits for an answer; nothing has changed yet."""
    return _line("?", text, "is-waiting", at, words)


def refused(refusal: Refusal, couriers: Mapping[str, str], at: datetime, words: Words) -> Component:
    """Something was not done; nothing has changed."""
    return _line("✕", words("Refused: {why}", why=refusal_text(refusal, words, couriers)), "is-refused", at, words)


def broken(at: datetime, words: Words) -> Component:
    """Something went wrong that nobody foresaw."""
    text = words("That did not work, and the fault is ours: look at what the order says now, then try again.")
    return _line("✕", text, "is-refused", at, words)


def handed(after: Order, before: str | None, couriers: Mapping[str, str], words: Words) -> str:
    """1042 given to Léa; or handed over, if somebody (``before``) had it."""
    names = {"ref": after.ref, "courier": couriers.get(after.courier or "", after.courier)}
    if before is None:
        return words("{ref} given to {courier}", **names)
    return words("{ref} handed over from {before} to {courier}", before=couriers.get(before, before), **names)


def taken_back(after: Order, before: str | None, couriers: Mapping[str, str], words: Words) -> str:
    """1042 taken back from Léa."""
    return words("{ref} taken back from {courier}", ref=after.ref, courier=couriers.get(before or "", before or ""))


def moved(after: Order, words: Words) -> str:
    """1042 is now ready."""
    return words("{ref} is now {state}", ref=after.ref, state=state_name(after.state, words))


def _line(sign: str, text: str, kind: str, at: datetime, words: Words, warning: str = "") -> Component:
    return html.Span(
        [
            html.Time(words.second(at), className="result-time"),
            html.Span(sign, className="result-sign", **DECORATION),
            html.Span(text),
            *([html.Span(warning, className="result-warning")] if warning else []),
        ],
        className=f"result {kind}",
    )

"""The result line: what was done, or what was refused, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from dashboard.domain.couriers import Courier
from dashboard.domain.orders import Order
from dashboard.domain.refusals import Refusal
from dashboard.domain.together import refs
from layouts import ids
from layouts.aria import DECORATION
from layouts.deeds import deed
from layouts.moments import when
from layouts.states import refusal_text, state_name
from layouts.words import Words


def done(text: str, at: datetime, words: Words, warning: str = "", undo: str = "") -> Component:
    """Something was done; ``warning`` says what to watch now, ``undo`` is the command that a button takes back."""
    return line("✓", text, "is-done", at, words, warning, undo)


def waiting(text: str, at: datetime, words: Words) -> Component:
    """Something waits for an answer; nothing has changed yet."""
    return line("?", text, "is-waiting", at, words)


def refused(refusal: Refusal, couriers: Mapping[str, str], at: datetime, words: Words) -> Component:
    """Something was not done; nothing has changed."""
    return line("✕", words("Refused: {why}", why=refusal_text(refusal, words, couriers)), "is-refused", at, words)


def broken(at: datetime, words: Words) -> Component:
    """Something went wrong that nobody foresaw."""
    text = words("That did not work, and the fault is ours: look at what the order says now, then try again.")
    return line("✕", text, "is-refused", at, words)


def handed(after: Order, before: str | None, couriers: Mapping[str, str], words: Words) -> str:
    """1042 given to Léa; or handed over, if somebody (``before``) had it."""
    names = {"ref": after.ref, "courier": couriers.get(after.courier or "", after.courier)}
    if before is None:
        return words("{ref} given to {courier}", **names)
    return words("{ref} handed over from {before} to {courier}", before=couriers.get(before, before), **names)


def with_company(text: str, others: Iterable[Order], words: Words) -> str:
    """1042 given to Léa, and with it 1043, 1044: what shares its pickup."""
    named = refs(others)
    return words("{what}, and with it {others}", what=text, others=named) if named else text


def attached(after: Order, to: str, couriers: Mapping[str, str], words: Words) -> str:
    """1043 and 1042 have one pickup now, and Léa has both."""
    facts = {"ref": after.ref, "other": to, "courier": couriers.get(after.courier or "", after.courier)}
    if after.courier:
        return words("{ref} and {other} have one pickup now, and {courier} has both", **facts)
    return words("{ref} and {other} have one pickup now", **facts)


def detached(after: Order, couriers: Mapping[str, str], words: Words) -> str:
    """1043 has a pickup for itself again; it stays with Léa."""
    if after.courier is None:
        return words("{ref} has a pickup for itself again", ref=after.ref)
    return words("{ref} has a pickup for itself again; it stays with {courier}", ref=after.ref,
                 courier=couriers.get(after.courier, after.courier))  # fmt: skip


def taken_back(after: Order, before: str | None, couriers: Mapping[str, str], words: Words) -> str:
    """1042 taken back from Léa."""
    return words("{ref} taken back from {courier}", ref=after.ref, courier=couriers.get(before or "", before or ""))


def moved(after: Order, words: Words) -> str:
    """1042 is now ready."""
    return words("{ref} is now {state}", ref=after.ref, state=state_name(after.state, words))


def delayed(after: Order, minutes: int, words: Words) -> str:
    """1042 delayed by 10 min: ready at 19:42."""
    by = words.minutes(timedelta(minutes=minutes))
    if after.ready_at is None:
        return words("{ref} delayed by {minutes}", ref=after.ref, minutes=by)
    return words("{ref} delayed by {minutes}: ready at {clock}", ref=after.ref, minutes=by,
                 clock=words.clock(after.ready_at))  # fmt: skip


def shifted(after: Courier, words: Words) -> str:
    """Léa is on break until about 19:42."""
    if after.break_until:
        return words("{name} is on break until about {clock}", name=after.name, clock=words.clock(after.break_until))
    return words("{name} is now {state}", name=after.name, state=state_name(after.shift, words))


def tagged(after: Order, words: Words) -> str:
    """1042 is tagged vip, fragile."""
    if not after.tags:
        return words("{ref} bears no tag any more", ref=after.ref)
    return words("{ref} is tagged {tags}", ref=after.ref, tags=", ".join(after.tags))


def rescheduled(after: Order, before: str | None, couriers: Mapping[str, str], words: Words) -> str:
    """1042 moved to Tue 24 Nov, 18:02, and taken back from Léa."""
    moments = [after.pickup.after, after.pickup.before, after.dropoff.after, after.dropoff.before, after.ready_at]
    first = min((moment for moment in moments if moment), default=after.placed_at)
    facts = {"ref": after.ref, "when": when(first, words)}
    if before and after.courier is None:
        return words("{ref} moved to {when}, and taken back from {courier}", courier=couriers.get(before, before),
                     **facts)  # fmt: skip
    return words("{ref} moved to {when}", **facts)


def noted(name: str, text: str, words: Words) -> str:
    """Noted about 1042."""
    return words("Noted about {name}", name=name) if text else words("The note about {name} is gone", name=name)


def overridden(after: Order, words: Words) -> str:
    """1042 is now delivered, against the rules; the reason is in the journal."""
    return words("{ref} is now {state}: an override, kept in the journal with its reason", ref=after.ref,
                 state=state_name(after.state, words))  # fmt: skip


def undone(is_undone: bool, ref: str, kind: str, words: Words) -> str:
    """Undone: 1042, given to a courier."""
    if is_undone:
        return words("Undone: {ref}, {deed}", ref=ref, deed=deed(kind, words))
    return words("Done again: {ref}, {deed}", ref=ref, deed=deed(kind, words))


def undo_button(command: str, words: Words) -> Component:
    """Takes back what the line says."""
    return html.Button(words("Undo"), id=ids.DESK_UNDO, className="result-undo", type="button", value=command)


def line(sign: str, text: str, kind: str, at: datetime, words: Words, warning: str = "", undo: str = "") -> Component:
    """The line itself; ``kind`` is its class."""
    return html.Span(
        [
            html.Time(words.second(at), className="result-time"),
            html.Span(sign, className="result-sign", **DECORATION),
            html.Span(text),
            *([html.Span(warning, className="result-warning")] if warning else []),
            *([undo_button(undo, words)] if undo else []),
        ],
        className=f"result {kind}",
    )

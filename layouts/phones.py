"""Couriers' phones: how each of them does, what is wrong and how to mend it, and the codes that set one up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import dash_mantine_components as dmc
import segno
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.phones import (
    LOW,
    NO_KEY,
    NOTHING_YET,
    OFF,
    RARELY,
    ROUGHLY,
    SILENT,
    Phone,
    complaints,
)
from layouts import ids
from layouts.account_page import DASH, table
from layouts.states import state_name
from layouts.words import N_, Words

WRONG: Mapping[str, tuple[str, str]] = {
    OFF: (N_("Off shift: nothing is taken from this phone."), ""),
    NO_KEY: (N_("This phone has no key yet."), N_("Make a key and let the phone's program scan the code.")),
    NOTHING_YET: (
        N_("Nothing has come since the shift began."),
        N_("Is the program started and tracking? Does the phone have a network? If both are so, set it up again."),
    ),
    SILENT: (
        N_("It has fallen silent."),
        N_("The phone has put the program to sleep: allow it to run without battery saving, and open it once."),
    ),
    RARELY: (
        N_("It reports too rarely."),
        N_("Switch battery saving off for the program, and set the location permission to “always”."),
    ),
    ROUGHLY: (
        N_("It knows only roughly where it is."),
        N_("Allow the program the exact location, and carry the phone where it sees the sky."),
    ),
    LOW: (N_("The battery is nearly empty."), N_("Charge it, or take a spare battery along.")),
}  # fmt: skip
NATIVE = {"traccar": "Traccar Client", "owntracks": "OwnTracks"}


@dataclass(frozen=True, slots=True)
class Codes:
    """What the two programs are set up with, and the same for typing in."""

    traccar: str
    owntracks: str
    address: str
    key: str


def phones_page(phones: Sequence[Phone], now: datetime, words: Words) -> list[Any]:
    """Everybody's, for the desk: those with a trouble come first."""
    by_need = sorted(phones, key=lambda each: (each.shift == "off", not _troubles(each, now)))
    heads = [words("Courier"), words("Shift"), words("Last report"), words("Reports every"), words("Accuracy"),
             words("Battery"), words("What is wrong, and how to mend it"), ""]  # fmt: skip
    rows = [
        [each.name, state_name(each.shift, words), *_figures(each, now, words), _said(each, now, words),
         html.A(words("Set up"), href=f"/phones?courier={each.courier}", className="plain-link")]
        for each in by_need
    ]  # fmt: skip
    shown = table(heads, rows) if rows else html.P(words("There is no courier yet."), role="status")
    return [
        html.H1(words("Phones")),
        html.P(words("What the phones of those on shift report. Off shift nothing is taken and nothing is known.")),
        html.Div(shown, className="phones"),
    ]  # fmt: skip


def phone_page(phone: Phone, now: datetime, words: Words, *, reached: bool, is_own: bool) -> list[Any]:
    """One courier's: how the phone does, and a new key."""
    back = [] if is_own else [html.P(html.A(words("All phones"), href="/phones", className="plain-link"))]
    heads = [words("Shift"), words("Last report"), words("Reports every"), words("Accuracy"), words("Battery"),
             words("What is wrong, and how to mend it")]  # fmt: skip
    row = [state_name(phone.shift, words), *_figures(phone, now, words), _said(phone, now, words)]
    return [
        *back, html.H1(words("My phone") if is_own else words("{name}’s phone", name=phone.name)),
        html.Div(table(heads, [row]), className="phones"),
        html.H2(words("Set the phone up")),
        html.P(words("One of two free programs sends the position while you are on shift: Traccar Client or OwnTracks, "
                     "for Android and iPhone. A new key ends the one before; it is shown once.")),
        *([] if reached else [html.P(words("The desk believes to be at an address that no phone can reach: set "
                                           "ROULEMENT_URL to the one at which it is reached from outside."),
                                     className="form-error", role="alert")]),
        dcc.Store(id=ids.PHONE_COURIER, data=phone.courier),
        dmc.Button(words("Make a new key and show the codes"), id=ids.PHONE_MAKE, className="main-button"),
        html.Div(id=ids.PHONE_CODES),
    ]  # fmt: skip


def codes(found: Codes, words: Words) -> list[Component]:
    """The two codes, each with what to do."""
    steps = {
        "traccar": words("Install Traccar Client, open its settings, choose “Scan QR code” and scan this one. Then "
                         "switch tracking on and allow the location “always”."),
        "owntracks": words("Install OwnTracks. On Android first allow remote configuration in its settings, under "
                           "“Advanced”. Then scan this code with the camera and open the link."),
    }  # fmt: skip
    cards = [
        html.Section([html.H3(NATIVE[name]), _code(link, NATIVE[name], words), html.P(steps[name]),
                      html.P(html.A(words("Open on this phone"), href=link, className="plain-link"))],
                     className="qr-card")
        for name, link in (("traccar", found.traccar), ("owntracks", found.owntracks))
    ]  # fmt: skip
    typed = html.Details([
        html.Summary(words("Type it in instead")),
        html.P([words("Address:"), " ", html.Code(found.address)]),
        html.P([words("Key (device identifier):"), " ", html.Code(found.key)]),
    ])  # fmt: skip
    return [html.Div(cards, className="qr-cards"), typed]


def _code(link: str, program: str, words: Words) -> Component:
    picture = segno.make(link, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return html.Img(src=picture, alt=words("Code that sets {program} up", program=program), className="qr")


def _figures(phone: Phone, now: datetime, words: Words) -> list[str]:
    seen = phone.seen_at
    return [
        DASH if seen is None else words("{n} ago", n=_span(now - seen, words)),
        DASH if phone.every is None else _span(phone.every, words),
        DASH if phone.accuracy is None else words("{n} m", n=round(phone.accuracy)),
        DASH if phone.battery is None else words("{n} %", n=round(phone.battery * 100)),
    ]  # fmt: skip


def _span(span: timedelta, words: Words) -> str:
    seconds = max(0, round(span.total_seconds()))
    return words("{n} s", n=seconds) if seconds < 120 else words.minutes(span)


def _said(phone: Phone, now: datetime, words: Words) -> Component:
    found = complaints(phone, now)
    if not found:
        well = words("All is well.") if phone.seen_at else words("Waiting for the first report.")
        return html.Div(html.P(well), className="complaints")
    return html.Div([_line(*WRONG[each], words) for each in found], className="complaints")


def _line(what: str, mend: str, words: Words) -> Component:
    advice: list[str | Component] = [" ", words(mend)] if mend else []
    return html.P([html.B(words(what)), *advice])


def _troubles(phone: Phone, now: datetime) -> bool:
    return bool(set(complaints(phone, now)) - {OFF})

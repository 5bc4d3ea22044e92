"""The help dialog: every key of the desk, and what its signs mean."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION
from layouts.frame import dialog
from layouts.words import N_, Words

KEYS = (
    ("O", N_("go to the orders")),
    ("C", N_("go to the couriers")),
    ("↑ ↓", N_("choose the one above or below; K and J do the same")),
    (" ".join((N_("Home"), N_("End"))), N_("choose the first or the last")),
    (N_("Enter"), N_("on an order: assign it; on a courier: give them the chosen order")),
    ("N", N_("go to what needs attention; Enter goes to its order or courier")),
    ("Q S R", N_("there: acknowledge, put aside, resolve; E opens what is grouped")),
    ("A", N_("assign the chosen order, or take another step")),
    ("U", N_("take the chosen order back")),
    ("/", N_("find, or give a command such as: assign 1042 lea")),
    ("/", N_("rain on, rain off: write down when it rains, for the supplement")),
    ("F", N_("show the whole city")),
    ("P", N_("propose a plan for all orders that can still change hands")),
    ("S", N_("propose the best order of the chosen courier's stops")),
    (" ".join((N_("Enter"), N_("Esc"))), N_("in a proposal: carry it out, or discard it")),
    ("V T", N_("follow the chosen courier, with either key")),
    (N_("Esc"), N_("choose nothing")),
    ("?", N_("show this")),
)
SIGNS = (
    ("pickup", N_("pickup that waits for a courier; its letter is the order's state")),
    ("pickup-given", N_("pickup that a courier has")),
    ("dropoff", N_("drop-off, with the courier's initials")),
    ("courier", N_("courier; the number is the orders in hand, the point where they are heading")),
    ("ageing", N_("courier not heard of for a minute")),
    ("lost", N_("courier not heard of for three minutes: where they were last")),
)


def help_dialog(words: Words) -> Component:
    """Keys and signs, shut."""
    content = [
        html.H3(words("Keys")),
        _pairs([(_keys(key, words), words(text)) for key, text in KEYS]),
        html.H3(words("Signs on the map")),
        _pairs([(_sign(sign), words(text)) for sign, text in SIGNS]),
        html.P(words("Colour means trouble only: amber is nearly late, red is late.")),
    ]
    return dialog(ids.HELP, words("Keys and signs"), content, words)


def _pairs(pairs: list[tuple[Any, str]]) -> Component:
    return html.Dl([part for term, text in pairs for part in (html.Dt(term), html.Dd(text))], className="keys")


def _keys(keys: str, words: Words) -> list[Component]:
    return [dmc.Kbd(words(key), size="sm") for key in keys.split()]


def _sign(name: str) -> Component:
    return html.Span(className=f"sign sign-{name}", **DECORATION)

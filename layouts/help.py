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
    ("Q", N_("go to the next order that waits for a courier: Q A Enter gives it to the best")),
    ("C", N_("go to the couriers")),
    ("↑ ↓", N_("choose the one above or below; K and J do the same")),
    (" ".join((N_("Home"), N_("End"))), N_("choose the first or the last")),
    (N_("Enter"), N_("on an order: assign it; on a courier: give them the chosen order")),
    ("N", N_("go to what needs attention; Enter goes to its order or courier")),
    ("Q S R", N_("there: acknowledge, put aside, resolve; E opens what is grouped")),
    ("⇧ Q", N_("there: acknowledge all that are over")),
    ("A", N_("assign the chosen order, or take another step")),
    ("U", N_("take the chosen order back")),
    ("+", N_("write a new order")),
    ("E X", N_("change the chosen order; show everything about it")),
    ("I", N_("report an incident of the chosen order")),
    (N_("Space"), N_("mark the chosen order; A, U and Enter then act on all that are marked")),
    ("⇧ ↑ ↓", N_("mark from here on; Shift and a click mark all between, Ctrl and a click one")),
    ("Ctrl A", N_("mark all orders that show")),
    ("B", N_("go to what can be done with the marked orders")),
    ("Ctrl Z", N_("take your last act back; Ctrl Shift Z or Ctrl Y does it again")),
    ("G ⇧ G", N_("filters; with Shift: clear them")),
    ("/", N_("find an order, a courier, a restaurant, an address; or give a command: assign 1042 lea, delay 1042 +10")),
    (" ".join((N_("Ctrl"), "K")), N_("the same, even while you type elsewhere; the empty line lists all commands")),
    (" ".join((N_("Tab"), "↑")), N_("in the line: complete what is meant; the last commands again")),
    ("F", N_("show the whole city")),
    ("M", N_("go to the map; there:")),
    ("↑ ↓ ← →", N_("move the map; + and − zoom, Home shows all")),
    ("J K", N_("step through what is on it, from the middle outwards; Enter chooses, A assigns")),
    (" ".join((N_("Space"), "X")), N_("mark the order that is stood on, or all in view")),
    ("L", N_("draw round orders to mark them; Alt while dragging does the same, Shift draws a box, Ctrl adds")),
    ("H", N_("the way of the last 15 minutes: of the chosen courier, of all, of nobody")),
    ("Z", N_("group what is crowded on the map, or show each by itself")),
    ("P", N_("propose a plan for all orders that can still change hands")),
    ("D", N_("show the chosen courier’s stops, or go there; once more: shut them")),
    (" ".join((N_("Alt"), "↑", "↓")), N_("there: move the stop; with Home and End as far as it may go; Enter decides")),
    ("← → ↑ ↓", N_("on the timeline: from bar to bar; Enter opens the menu, Z shows more or less of it")),
    ("S", N_("propose the best order of the chosen courier's stops")),
    (" ".join((N_("Enter"), N_("Esc"))), N_("in a proposal: carry it out, or discard it")),
    ("W", N_("open a part of the desk in a window of its own, for another screen")),
    ("Y", N_("hand the desk over; remember, as a command, writes a note for whoever comes next")),
    ("V T", N_("follow the chosen courier, with either key")),
    (N_("Esc"), N_("choose nothing")),
    ("?", N_("show this")),
)
SIGNS = (
    ("pickup", N_("pickup that waits for a courier; its letter is the order's state")),
    ("pickup-given", N_("pickup that a courier has")),
    ("dropoff", N_("drop-off, with the courier's initials")),
    ("company", N_("below an order: a colleague looks at it, in that colleague's colour; broad: has it in hand")),
    ("cluster", N_("several orders; ! some are late, ◔ some nearly late; a click goes nearer or lists them")),
    ("flock", N_("several couriers; ! one has a late order, ? one is not heard of")),
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
    return [
        dmc.Kbd(words(key) if len(key) > 1 else key, size="sm") for key in keys.split()
    ]  # a letter is a key, not a state's sign


def _sign(name: str) -> Component:
    return html.Span(className=f"sign sign-{name}", **DECORATION)

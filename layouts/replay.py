"""/replay: the desk as it was at a past moment, in a frame that says so, with nothing on it to act with."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.attention import attention_panel
from layouts.desk import courier_columns, map_button, panel
from layouts.desk_window import config
from layouts.frame import brand, page
from layouts.navigation import navigation
from layouts.switches import role_choices, visitor_menu
from layouts.view import DeskView
from layouts.words import Words

PATH = "/replay"
SPEEDS = (1, 2, 5, 10, 30, 60)
SCRIPTS = ("past", "deck")


def replay(view: DeskView, words: Words) -> Component:
    """The whole page."""
    shown = [_header(view, words), _frame(words), _main(view, words), _controls(words)]
    return page(
        [
            html.Div(shown, id=ids.DESK, className="desk is-past"),
            dcc.Store(id=ids.REPLAY_CONFIG, data=_config(view, words)),
        ],
        view.theme,
        words,
    )


def _config(view: DeskView, words: Words) -> dict[str, Any]:
    title = f"{words('The past')} · {view.coop_name}"
    bundles = {name: url for name, url in view.bundles.items() if name in SCRIPTS}
    return {**config(view, words), "part": "all", "title": title, "bundles": bundles, "past_url": "/live/past"}


def _header(view: DeskView, words: Words) -> Component:
    return html.Header(
        [
            html.Div([brand(), html.Span(view.coop_name, className="coop-name")], className="brand"),
            navigation(view.pages, PATH, words),
            visitor_menu(view.visitor, view.theme, words, role_choices(view.roles, view.role, words)),
        ],
        className="desk-header accounts-header",
    )


def _frame(words: Words) -> Component:
    return html.Section(
        [
            html.H1([html.Span("⟲", **DECORATION), words("The past")], className="replay-title"),
            html.Time(id=ids.REPLAY_TIME, className="replay-time"),
            html.Span(id=ids.REPLAY_DATE, className="replay-date"),
            html.P(words("This is how it was. Nothing can be changed here."), className="replay-note"),
            html.P(
                words("Positions of that time are not kept: couriers stand in the list only."),
                id=ids.REPLAY_POSITIONS, className="replay-note", hidden=True,
            ),
            html.A(words("Back to the desk"), href="/dispatch", className="replay-leave"),
        ],
        className="replay-frame", **aria(label=words("The past")),
    )  # fmt: skip


def _main(view: DeskView, words: Words) -> Component:
    kitchens = html.P(id=ids.DESK_KITCHENS, className="kitchens-line", hidden=True)
    orders = panel(words("Orders"), ids.DESK_ORDERS_COUNT, ids.DESK_ORDERS, "orders-panel", [kitchens])
    couriers = panel(words("Couriers"), ids.DESK_COURIERS_COUNT, ids.DESK_COURIERS, "couriers-panel",
                     [courier_columns(words)])  # fmt: skip
    left = html.Div([orders, attention_panel(words)], className="desk-left")
    return html.Main([left, _map(view, words), couriers], className="desk-main")


def _map(view: DeskView, words: Words) -> Component:
    return html.Section(
        [
            html.Div(id=ids.DESK_MAP, className="map-host"),
            html.Div([map_button(ids.DESK_FIT, words("Show all"), "F")], className="map-buttons"),
            html.Aside(id=ids.REPLAY_MOMENTS, className="replay-moments", hidden=True,
                       **aria(label=words("The course of an order"))),
            html.Small(view.city.attribution, className="map-attribution"),
        ],
        className="map-area", **aria(label=words("Map of {city}", city=view.city.name)),
    )  # fmt: skip


def _controls(words: Words) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    _step("replay-day-back", "«", words("The day before"), "PageUp"),
                    _step("replay-minute-back", words("−1 min"), words("A minute back"), "←"),
                    _step("replay-entry-back", "◂", words("The change before"), ","),
                    html.Button("▶", id=ids.REPLAY_PLAY, className="replay-step is-play", type="button",
                                title=words("Play or pause: {key}", key=words("Space")), **aria(label=words("Play"))),
                    _step("replay-entry-on", "▸", words("The next change"), "."),
                    _step("replay-minute-on", words("+1 min"), words("A minute on"), "→"),
                    _step("replay-day-on", "»", words("The next day"), "PageDown"),
                ],
                className="replay-steps", role="group", **aria(label=words("Steps")),
            ),
            _speeds(words),
            _scrubber(words),
            html.Div(
                [
                    html.Label(words("Go to"), htmlFor=ids.REPLAY_JUMP, className="replay-jump-label"),
                    html.Span(id=ids.REPLAY_JUMP_HOST, className="replay-jump"),
                    html.Button(words("Go"), id=ids.REPLAY_GO, className="replay-step", type="button"),
                ],
                className="replay-steps",
            ),
            html.P(id=ids.REPLAY_SAID, className="replay-said", role="status"),
        ],
        className="replay-controls", **aria(label=words("Time")),
    )  # fmt: skip


def _scrubber(words: Words) -> Component:
    return html.Div(
        [
            html.Div(id=ids.REPLAY_STRIP, className="replay-strip", **DECORATION),
            html.Label(words("Time of the day"), htmlFor=ids.REPLAY_SLIDER, className="unseen"),
            html.Div(id=ids.REPLAY_SLIDER_HOST, className="replay-slider-host"),
            html.P([html.Span(words("placed"), className="strip-key is-placed"),
                    html.Span(words("late"), className="strip-key is-late")], className="strip-keys"),
        ],
        className="replay-scrubber",
    )  # fmt: skip


def _speeds(words: Words) -> Component:
    return html.Div([_speed(each, words) for each in SPEEDS], id=ids.REPLAY_SPEEDS, className="replay-steps",
                    role="group", **aria(label=words("Speed")))  # fmt: skip


def _speed(speed: int, words: Words) -> Component:
    data: Any = {"data-speed": str(speed)}
    return html.Button(f"×{speed}", className="replay-step replay-speed", type="button",
                       title=words("Slower and faster: {keys}", keys="[ ]"), **data)  # fmt: skip


def _step(id: str, text: str, label: str, key: str) -> Component:
    """A sign is called by its label; words are their own."""
    named = {} if any(map(str.isalpha, text)) else aria(label=label)
    return html.Button(text, id=id, className="replay-step", type="button", title=f"{label}: {key}", **named)

"""The sign in the desk's header that it rains, for as long as it does: supplements are being paid."""

from __future__ import annotations

from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION
from layouts.moments import on_day, when
from layouts.words import Words

BEAT_MS = 1000


def rain_host(since: datetime | None, now: datetime | None, words: Words) -> Component:
    """The sign, and the beat that looks whether the journal says something else about the weather."""
    return html.Div(
        [
            html.Div(rain_sign(since, now, words), id=ids.DESK_RAIN, role="status"),
            dcc.Interval(id=ids.DESK_RAIN_BEAT, interval=BEAT_MS),
            dcc.Store(id=ids.DESK_RAIN_SEQ),
        ]
    )


def rain_sign(since: datetime | None, now: datetime | None, words: Words) -> list[Component]:
    """Nothing while it does not rain."""
    if since is None:
        return []
    is_today = now is None or on_day(since, words) == on_day(now, words)
    said = words("Rain since {clock}", clock=words.clock(since) if is_today else when(since, words))
    mark = html.Span("☂", **DECORATION)
    hint = words("Supplements for rain count. The command “rain off” writes down that it is over.")
    return [html.Span([mark, html.Span(said)], className="rain-sign", title=hint)]

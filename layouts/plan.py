"""A proposal beside the map: a plan line by line, or the best order of one courier's stops. Nothing has changed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.itinerary import DROPOFF, Itinerary, Visit, lateness
from dashboard.domain.orders import Order
from dashboard.domain.rounds import Draft, Line, Outcome, Round
from dashboard.domain.stop_order import StopOrder
from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.states import refusal_text
from layouts.words import Words

MINUTE = timedelta(minutes=1)
TICK = timedelta(minutes=15)

type Names = Mapping[str, str]


def plan_host(words: Words) -> Component:
    """Where a proposal stands, hidden as long as there is none."""
    return html.Section(
        [
            html.Div(id=ids.PLAN_CONTENT, className="plan-content"),
            html.Div(
                [html.Button([words("Carry it out"), dmc.Kbd(words("Enter"), size="xs")], id=ids.PLAN_COMMIT,
                             className="step is-main", type="button"),
                 html.Button([words("Discard"), dmc.Kbd(words("Esc"), size="xs")], id=ids.PLAN_DISCARD,
                             className="step", type="button")],
                className="steps plan-steps",
            ),
            dcc.Store(id=ids.PLAN_ID), dcc.Store(id=ids.PLAN_WAYS),
        ],
        id=ids.PLAN, className="plan-panel", hidden=True, **aria(label=words("Proposal")),
    )  # fmt: skip


def plan(draft: Draft, names: Names, words: Words) -> list[Component]:
    """The lines, by the courier who would gain them, each with a box that strikes it out."""
    title = html.H2(words("Plan of {clock}", clock=words.clock(draft.at)))
    if not draft.lines:
        nothing = words("Nothing to change: every order is where it is best, or nobody can take it in time.")
        return [title, html.P(nothing), *_left(draft.left, words)]
    ends = max(each.after.visits[-1].leaves for each in draft.rounds if each.after.visits)
    scale = _Scale(draft.at, max(ends, draft.at + 2 * TICK))
    takers = [each for each in draft.rounds if any(line.taker == each.courier for line in draft.lines)]
    return [
        title, html.P(_summary(draft, words), className="plan-summary"), *_left(draft.left, words),
        _axis(scale, words),
        *(_round(each, [line for line in draft.lines if line.taker == each.courier], scale, names, words)
          for each in sorted(takers, key=lambda each: names.get(each.courier, each.courier))),
        *_guessed([each.after for each in draft.rounds], words),
    ]  # fmt: skip


def stop_order(found: StopOrder, orders: Mapping[str, Order], name: str, at: datetime, words: Words) -> list[Component]:
    """The stops in the best order, and what that gains."""
    title = html.H2(words("Stops of {courier}", courier=name))
    before = [_mark(visit) for visit in found.before.visits]
    if before == [_mark(visit) for visit in found.after.visits]:
        best = html.P(words("There is no better order of the stops."), className="plan-summary")
        return [title, best, _stop_list(found.after, [], orders, words)]
    gain = words("Done {minutes} sooner, and {late} less late all together.", minutes=_span(found.gain, words),
                 late=_span(found.less_late, words))  # fmt: skip
    scale = _Scale(at, max(found.before.visits[-1].leaves, found.after.visits[-1].leaves, at + 2 * TICK))
    strips = [
        html.Div([html.Span(text, className="plan-way"), _strip(way, None, scale, words)], className="plan-compared")
        for text, way in ((words("now"), found.before), (words("better"), found.after))
    ]
    return [title, html.P(gain, className="plan-summary"), _axis(scale, words), *strips,
            _stop_list(found.after, before, orders, words), *_guessed([found.after], words)]  # fmt: skip


def outcome(
    found: Sequence[Outcome], orders: Mapping[str, Order], names: Names, words: Words
) -> list[Component]:  # fmt: skip
    """What was not carried out, line by line, and why."""
    refused = [one for one in found if one.refusal]
    given = sum(one.outcome == "given" for one in found)
    return [
        html.H2(words("Not all of it was carried out")),
        html.P(words("Given: {n}. Refused: {m}.", n=given, m=len(refused)), className="plan-summary"),
        html.Ul([html.Li(_refused(one, orders, names, words)) for one in refused], className="plan-refused"),
        html.P(words("What was refused is as it was. Have a new plan proposed, or look at these yourself.")),
    ]


def carried_out(found: Sequence[Outcome], words: Words) -> str:
    """The result line of a plan that met with no refusal."""
    lines = [one for one in found if one.order]
    if not lines:
        return words("The order of the stops is decided")
    struck = sum(one.outcome == "struck" for one in lines)
    return words("Plan carried out: {n} given, {m} struck out", n=len(lines) - struck, m=struck)


class _Scale:
    """Where an instant lies between two, in per cent."""

    def __init__(self, begins: datetime, ends: datetime) -> None:
        self.begins, self.ends = begins, ends

    def at(self, moment: datetime) -> str:
        """As CSS wants it."""
        share = (moment - self.begins) / (self.ends - self.begins)
        return f"{100 * min(1.0, max(0.0, share)):.1f}%"

    def ticks(self) -> list[datetime]:
        """Each quarter, half or whole hour, so that five find room."""
        step = next(n for n in (1, 2, 4, 8, 16, 32, 10_000) if (self.ends - self.begins) / (n * TICK) <= 5)
        found = [self.begins + n * step * TICK for n in range(6)]
        return [tick for tick in found if tick < self.ends - 0.4 * step * TICK]


def _axis(scale: _Scale, words: Words) -> Component:
    ticks = [html.Span(words.clock(tick), style={"left": scale.at(tick)}) for tick in scale.ticks()]
    return html.Div(ticks, className="plan-axis", **DECORATION)


def _round(each: Round, lines: Sequence[Line], scale: _Scale, names: Names, words: Words) -> Component:
    orders = {visit.stop.order for visit in each.after.visits}
    before = {visit.stop.order for visit in each.before.visits}
    head = [
        html.H3(names.get(each.courier, each.courier)),
        html.Span(words("load {n} → {m}", n=len(before), m=len(orders)), className="quiet"),
        *([html.Span(words("break at {clock}", clock=words.clock(each.rest)), className="quiet")] if each.rest else []),
    ]
    return html.Div([html.Div(head, className="plan-head"), _strip(each.after, each.rest, scale, words),
                     *(_line(line, names, words) for line in lines)], className="plan-round")  # fmt: skip


def _strip(way: Itinerary, rest: datetime | None, scale: _Scale, words: Words) -> Component:
    """Pickups and drop-offs along the time, late ones as such."""
    marks = [
        html.Span(className=f"plan-mark is-{visit.stop.end}{' is-late' if lateness(visit) >= MINUTE else ''}",
                  style={"left": scale.at(visit.arrives)}, title=words.clock(visit.arrives))
        for visit in way.visits
    ]  # fmt: skip
    pause = [html.Span(className="plan-rest", style={"left": scale.at(rest)})] if rest else []
    end = way.visits[-1].leaves if way.visits else scale.begins
    return html.Div([html.Span(className="plan-ridden", style={"width": scale.at(end)}), *pause, *marks],
                    className="plan-strip", **DECORATION)  # fmt: skip


def _line(line: Line, names: Names, words: Words) -> Component:
    giver = line.order.courier
    told = words("from {courier}", courier=names.get(giver, giver)) if giver else words("waits")
    stood = "" if line.before is None else words("was {clock}, {late}", clock=words.clock(line.before),
                                                 late=_late(line.late_before, words))  # fmt: skip
    late = line.late >= MINUTE
    cells = [
        html.Span(line.order.ref, className="plan-ref"),
        html.Span([line.order.pickup.name or line.order.pickup.address, html.Small(f" · {told}")],
                  className="plan-from"),
        html.Span(words.clock(line.arrives), className="plan-arrives"),
        html.Span(_late(line.late, words) if line.order.dropoff.before else "", className="is-late" if late else ""),
        html.Span(stood, className="plan-before"),
    ]  # fmt: skip
    return dmc.Checkbox(id=ids.plan_line(line.order.id), checked=True, label=html.Span(cells, className="plan-cells"),
                        className="plan-line", size="xs")  # fmt: skip


def _summary(draft: Draft, words: Words) -> str:
    handed = sum(line.order.courier is not None for line in draft.lines)
    parts = [words("Orders to give: {n}. To hand over: {m}.", n=len(draft.lines) - handed, m=handed)]
    before, after = draft.others_late()
    change = round((after - before) / MINUTE)
    if change > 0:
        parts.append(words("Others on these ways come {n} min later all together.", n=change))
    if change < 0:
        parts.append(words("Others on these ways come {n} min less late all together.", n=-change))
    return " ".join(parts)


def _left(left: Sequence[Order], words: Words) -> list[Component]:
    if not left:
        return []
    refs = ", ".join(order.ref for order in left)
    return [html.P(words("Nobody can bring these in time: {refs}", refs=refs), className="plan-left")]


def _guessed(ways: Sequence[Itinerary], words: Words) -> list[Component]:
    note = words("Some ways are estimated as the crow flies: ask again in a moment.")
    return [html.P(note, className="quiet")] if any(way.guessed for way in ways) else []


def _stop_list(way: Itinerary, before: Sequence[Any], orders: Mapping[str, Order], words: Words) -> Component:
    rows = []
    for place, visit in enumerate(way.visits):
        order = orders.get(visit.stop.order)
        was = before.index(_mark(visit)) if before else place
        rows.append(html.Li([
            html.Span(words.clock(visit.arrives), className="plan-arrives"),
            html.Span(order.ref if order else visit.stop.order, className="plan-ref"),
            html.Span(_stop_text(visit, order, words)),
            html.Span(_late(lateness(visit), words) if visit.stop.end == DROPOFF and visit.stop.before else "",
                      className="is-late" if lateness(visit) >= MINUTE else ""),
            html.Span("" if was == place else words("was {n}", n=was + 1), className="plan-before"),
        ]))  # fmt: skip
    return html.Ol(rows, className="plan-stops")


def _stop_text(visit: Visit, order: Order | None, words: Words) -> str:
    if order is None:
        return ""
    if visit.stop.end == DROPOFF:
        return words("deliver to {place}", place=order.dropoff.address or order.dropoff.name or order.ref)
    return words("fetch from {place}", place=order.pickup.name or order.pickup.address or order.ref)


def _refused(one: Outcome, orders: Mapping[str, Order], names: Names, words: Words) -> str:
    assert one.refusal is not None
    order, why = orders.get(one.order), refusal_text(one.refusal, words, names)
    courier = names.get(one.taker, one.taker)
    if not one.order:
        return words("The order of {courier}’s stops: {why}", courier=courier, why=why)
    return words("{ref} to {courier}: {why}", ref=order.ref if order else one.order, courier=courier, why=why)


def _mark(visit: Visit) -> tuple[str, str]:
    return visit.stop.order, visit.stop.end


def _late(late: timedelta | None, words: Words) -> str:
    return words("on time") if late is None or late < MINUTE else f"+{words.minutes(late)}"


def _span(span: timedelta, words: Words) -> str:
    return words.minutes(max(timedelta(), span))

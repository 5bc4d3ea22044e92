"""Recurring orders: the rules in words with their next days, and the form that has an order come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.recurring import Document, Missed, Recurring, starts
from dashboard.recurrence import WEEKDAYS, WORKDAYS, parts_of
from layouts import ids
from layouts.account_page import DASH
from layouts.account_page import day as written_day
from layouts.aria import aria
from layouts.change_form import button, day_input, said_line, text_table
from layouts.order_fields import field_name
from layouts.words import Words

PAGE = "/recurring"
PREVIEWED = 5
EXAMPLE = "FREQ=MONTHLY;BYDAY=1MO"


@dataclass(frozen=True, slots=True)
class RecurringView:
    """``rules`` with their next days; ``missed``: days whose order nobody placed; ``order`` (its number and document)
    is the one to repeat, None: none.
    """

    rules: Sequence[tuple[Recurring, Sequence[date]]]
    today: date
    order: tuple[str, str, Document] | None = None
    missed: Sequence[Missed] = ()


def recurring_page(view: RecurringView, words: Words) -> list[Any]:
    """The content."""
    live = [(one, days) for one, days in view.rules if one.is_live]
    ended = [one for one, _ in view.rules if not one.is_live]
    return [
        html.H1(words("Recurring orders")),
        html.P(words("An order that comes again is placed by itself: at 04:00 for the day, by the co-op’s clock. "
                     "Choose an order on the desk, open everything about it (X) and press «Repeat».")),
        said_line(),
        *([_missed(view.missed, words)] if view.missed else []),
        *([_form(*view.order, view.today, words)] if view.order else []),
        _live(live, words) if live else html.P(words("No order comes again yet."), role="status", className="quiet"),
        *([_ended(ended, words)] if ended else []),
    ]  # fmt: skip


def every_part(words: Words) -> list[Component]:
    """The form, for Dash to check the callbacks against."""
    place = {"lat": 0.0, "lon": 0.0}
    return [_form("", "", {"pickup": place, "dropoff": place, "ready_at": "12:00"}, date(2026, 1, 5), words)]


def rule_text(rrule: str, order: Document, words: Words) -> str:
    """Every weekday at 12:00."""
    parts, at = parts_of(rrule), clock_text(order, words)
    weeks, days = int(parts.get("INTERVAL", 1)), parts.get("BYDAY", "")
    if parts["FREQ"] == "DAILY":
        said = (
            words("every day at {time}", time=at) if weeks == 1 else words("every {n} days at {time}", n=weeks, time=at)
        )
    elif parts["FREQ"] == "WEEKLY" and days:
        said = _weekly(days.split(","), weeks, at, words)
    else:
        said = words("by the rule {rule} at {time}", rule=rrule, time=at)
    if "COUNT" in parts:
        n = int(parts["COUNT"])
        said = words("{rule}, once", rule=said) if n == 1 else words("{rule}, {n} times", rule=said, n=n)
    if "UNTIL" in parts:
        said = words("{rule}, until {day}", rule=said, day=written_day(date.fromisoformat(parts["UNTIL"]), words))
    return said


def clock_text(order: Document, words: Words) -> str:
    """The time of day that the order is for: 12:00."""
    return _clock(starts(order), words)


def _clock(minutes: int, words: Words) -> str:
    clock = f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    return words("{clock} on the day after", clock=clock) if minutes >= 24 * 60 else clock


def missed_text(day: date, minutes: int, words: Words) -> str:
    """Mon 30 Nov, 12:00."""
    return words("{day}, {clock}", day=day_text(day, words), clock=_clock(minutes, words))


def order_text(order: Document, words: Words) -> str:
    """From where to where, and what."""
    ends = [order[end].get("name") or order[end].get("address") or f"{order[end]['lat']:.4f}, {order[end]['lon']:.4f}"
            for end in ("pickup", "dropoff")]  # fmt: skip
    items = ", ".join(f"{item.get('quantity', 1)} × {item['name']}" for item in order.get("items", ()))
    way = words("{pickup} → {dropoff}", pickup=ends[0], dropoff=ends[1])
    return f"{way} · {items}" if items else way


def day_text(day: date, words: Words) -> str:
    """Mon 30 Nov."""
    return format_date(day, "EEE d MMM", locale=words.locale)


def preview(rule: Recurring, days: Sequence[date], words: Words) -> list[Component]:
    """What a rule would mean: in words, and its next days."""
    return [html.P(rule_text(rule.rrule, rule.order, words), className="answer"),
            html.Ul([html.Li(day_text(day, words)) for day in days])]  # fmt: skip


def _weekly(days: Sequence[str], weeks: int, at: str, words: Words) -> str:
    named = format_list([_day_name(day, words) for day in WEEKDAYS if day in days], locale=words.locale)
    is_work, is_every = set(days) == set(WORKDAYS), len(set(days)) == len(WEEKDAYS)
    if weeks > 1:
        return words("every {n} weeks, {days}, at {time}", n=weeks, days=named, time=at)
    if is_every:
        return words("every day at {time}", time=at)
    return (
        words("every weekday at {time}", time=at) if is_work else words("every {days} at {time}", days=named, time=at)
    )


def _day_name(day: str, words: Words, width: str = "wide") -> str:
    return str(get_day_names(width, "format", locale=words.locale)[WEEKDAYS.index(day)])  # type: ignore[arg-type]  # one of Babel's widths


def _missed(missed: Sequence[Missed], words: Words) -> Component:
    rows = [
        [order_text(one.rule.order, words), missed_text(one.day, starts(one.rule.order), words),
         button(ids.place_missed(one.rule.id, one.day.isoformat()), words("Place it now")),
         _choice(words("Leave out"), ids.skip_day(one.rule.id, one.day.isoformat()), one.day, words)]
        for one in missed
    ]  # fmt: skip
    return html.Section([
        html.H2(words("Missed")),
        html.P(words("Nobody placed these while it was time: the desk was off, or the order was refused. Placed now, "
                     "its times are moved to now.")),
        text_table([words("Order"), words("For"), "", ""], rows),
    ], className="recurring-missed")  # fmt: skip


def _choice(text: str, id: dict[str, str], day: date, words: Words) -> Component:
    label = words("{what}: {day}", what=text, day=day_text(day, words))
    return html.Button(text, id=id, type="button", className="quiet-button", **aria(label=label))


def _live(rules: Sequence[tuple[Recurring, Sequence[date]]], words: Words) -> Component:
    heads = [words("Order"), words("When"), words("Next"), words("Set by"), ""]
    rows = [
        [order_text(one.order, words), _when(one, words), _next(one, days, words),
         words("{day} by {by}", day=written_day(one.at.astimezone(words.zone).date(), words), by=one.by),
         button(ids.end_recurring(one.id), words("End it"))]
        for one, days in rules
    ]  # fmt: skip
    return html.Div(text_table(heads, rows), className="recurring-rules")


def _when(one: Recurring, words: Words) -> str:
    said = rule_text(one.rrule, one.order, words)
    return words("{rule}, until {day}", rule=said, day=written_day(one.until, words)) if one.until else said


def _next(one: Recurring, days: Sequence[date], words: Words) -> Component:
    lines = [
        html.Li([html.Span(day_text(day, words)),
                 _choice(words("Leave out"), ids.skip_day(one.id, day.isoformat()), day, words)])
        for day in days
    ]  # fmt: skip
    left = ", ".join(day_text(day, words) for day in sorted(one.skipped) if not days or day >= min(one.skipped))
    out = [html.Li(words("left out: {days}", days=left), className="quiet")] if left else []
    return html.Ul([*(lines or [html.Li(DASH)]), *out], className="recurring-days")


def _ended(rules: Sequence[Recurring], words: Words) -> Component:
    rows = [[order_text(one.order, words), rule_text(one.rrule, one.order, words),
             words("{day} by {by}", by=one.ended_by,
                   day=written_day(one.ended_at.astimezone(words.zone).date(), words) if one.ended_at else DASH)]
            for one in rules]  # fmt: skip
    return html.Details([html.Summary(words("Ended: {n}", n=len(rows))),
                         text_table([words("Order"), words("When"), words("Ended")], rows)])  # fmt: skip


def _form(id: str, ref: str, order: Document, today: date, words: Words) -> Component:
    days = [dmc.Checkbox(label=_day_name(day, words), value=day) for day in WEEKDAYS]
    clock = f"{starts(order) // 60 % 24:02d}:{starts(order) % 60:02d}"
    return html.Section([
        html.H2(words("Repeat order {ref}", ref=ref)), dcc.Store(id=ids.RECUR_ORDER, data=id),
        html.P(order_text(order, words)), *_more(order, words),
        dmc.CheckboxGroup(html.Div(days, className="pack-choices"), id=ids.RECUR_DAYS, label=words("On"),
                          value=[WEEKDAYS[today.weekday()]]),
        html.Div([
            dmc.TextInput(id=ids.RECUR_WEEKS, label=words("Every how many weeks"), value="1", className="day-input",
                          inputProps={"inputMode": "numeric"}),
            dmc.TextInput(id=ids.RECUR_TIME, label=words("At"), value=clock, className="time-input",
                          inputProps={"type": "time"}),
            day_input(ids.RECUR_FIRST, words("From"), today, words),
            day_input(ids.RECUR_UNTIL, words("Until, if it ends"), "", words),
        ], className="days"),
        dmc.TextInput(id=ids.RECUR_RULE, label=words("Or a rule by hand (RRULE), in place of days and weeks"), value="",
                      placeholder=EXAMPLE, autoComplete="off"),
        html.Div(id=ids.RECUR_PREVIEW, role="status", className="recurring-preview"),
        button(ids.RECUR_SET, words("Have it come again"), is_main=True),
    ], className="form-card")  # fmt: skip


def _more(order: Document, words: Words) -> list[Component]:
    """Its windows, which move along with the time."""
    times: Mapping[str, Any] = {"ready_at": order.get("ready_at"), **{
        end: " – ".join(filter(None, (order[end].get("after"), order[end].get("before"))))
        for end in ("pickup", "dropoff")
    }}  # fmt: skip
    said = [f"{field_name(name, words)} {text}" for name, text in times.items() if text]
    return [html.P(" · ".join(said), className="quiet")] if len(said) > 1 else []

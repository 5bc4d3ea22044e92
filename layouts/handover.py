"""/handover: what lies open at the end of a shift, giving it to whoever comes next, and reading an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain import handover as open_things
from dashboard.domain.alarm_rules import RULES
from dashboard.domain.handover import Compared, Duty, Handover, Item
from dashboard.domain.times import from_wire
from layouts import ids
from layouts.account_page import DASH
from layouts.alarm_text import alarm_text
from layouts.change_form import button, said_line, text_table
from layouts.moments import on_day, when
from layouts.recurring import PAGE as RECURRING
from layouts.recurring import missed_text
from layouts.states import state_name
from layouts.words import N_, Words

PAGE = "/handover"
SECTIONS: Mapping[str, str] = {
    open_things.ALARMS: N_("Alarms"), open_things.WAITING: N_("Orders that wait for a courier"),
    open_things.PROBLEMS: N_("Orders with a problem"), open_things.MISSED: N_("Recurring orders that were missed"),
    open_things.COURIERS: N_("Couriers on break, or leaving soon"),
    open_things.KITCHENS: N_("Busy kitchens"), open_things.RAIN: N_("Weather"),
    open_things.DESK_NOTES: N_("Notes for the desk"),
}  # fmt: skip
PROBLEMS: Mapping[str, str] = {
    "missing": N_("An item is missing"), "closed": N_("We are closed"), "cancel": N_("Has to be cancelled"),
    "call": N_("Please call us"),
}  # fmt: skip
BECAME: Mapping[str, str] = {"changed": N_("changed since"), "gone": N_("no longer"), "new": N_("new since")}


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What the page shows: the list of now, or one that was given (``read``) beside it.

    ``waiting`` are those that somebody has to take; ``me`` is the visitor's name; ``others`` who may be meant.
    """

    now: datetime
    items: Sequence[Item]
    waiting: Sequence[Handover]
    earlier: Sequence[Handover]
    duties: Sequence[Duty]
    me: str
    others: Sequence[str] = ()
    read: Handover | None = None
    compared: Sequence[Compared] = ()


def handover_page(view: HandoverView, words: Words) -> list[Any]:
    """The content of the page."""
    if view.read:
        return [_head(words("Handover by {name}, {when}", name=view.read.by, when=when(view.read.at, words)), words),
                said_line(), *_read(view.read, view, words)]  # fmt: skip
    return [
        _head(words("Handover"), words),
        html.P(words("What lies open now, gathered by itself. Check it, write what it does not say, and hand over; "
                     "whoever comes next confirms, and the journal keeps both names."), className="no-print"),
        said_line(),
        *(_waiting(one, view, words) for one in view.waiting),
        html.P(words("As of {when}", when=when(view.now, words)), className="quiet"),
        *_list([Compared(one, "same", one) for one in view.items], view.now, words),
        html.Div([_note_form(words), _give_form(view, words)], className="handover-forms no-print"),
        html.Section([html.H2(words("Earlier handovers")), _earlier(view, words)], className="no-print"),
        html.Section([html.H2(words("Who had the desk")), _duties(view, words)], className="no-print"),
    ]  # fmt: skip


def _head(title: str, words: Words) -> Component:
    back = html.A(words("Back to the desk"), href="/dispatch", className="page-button")
    printing = button(ids.HANDOVER_PRINT, words("Print"))
    return html.Div([html.H1(title), html.Div([back, printing], className="switches no-print")],
                    className="handover-head")  # fmt: skip


def _waiting(one: Handover, view: HandoverView, words: Words) -> Component:
    mine = one.by == view.me
    said = (
        words("You have handed over at {clock}; nobody has taken over yet.", clock=_clock(one.at, view.now, words))
        if mine else _given_text(one, view.now, words)
    )  # fmt: skip
    act = (
        button(ids.handover_act("withdraw", one.id), words("Take it back")) if mine
        else html.A(words("Read and confirm"), href=f"{PAGE}?id={one.id}", className="page-button is-main")
    )  # fmt: skip
    return html.Div([html.P(said), act], className="handover-waiting", **{"data-handover": one.id})  # type: ignore[arg-type]


def _read(one: Handover, view: HandoverView, words: Words) -> list[Any]:
    parts: list[Any] = [html.P(_fate(one, view.now, words), className="handover-fate")]
    if one.note:
        parts.append(html.Blockquote(one.note, className="handover-note"))
    if one.is_open and one.by != view.me:
        parts.append(html.Div(
            [button(ids.handover_act("confirm", one.id), words("I have read it and take over"), is_main=True)],
            className="no-print"))  # fmt: skip
    if one.is_open and one.by == view.me:
        parts.append(html.Div([button(ids.handover_act("withdraw", one.id), words("Take it back"))],
                              className="no-print"))  # fmt: skip
    parts.append(html.P(words("The list as it was then; what has changed since is marked."), className="quiet"))
    return [*parts, *_list(view.compared, view.now, words, one.at),
            html.P(html.A(words("All handovers"), href=PAGE), className="no-print")]  # fmt: skip


def _fate(one: Handover, now: datetime, words: Words) -> str:
    if one.taken_at:
        return words("{name} took over at {clock}.", name=one.taken_by, clock=_clock(one.taken_at, now, words))
    if one.withdrawn_at:
        return words("{name} took it back, or handed over anew, at {clock}.", name=one.by,
                     clock=_clock(one.withdrawn_at, now, words))  # fmt: skip
    meant = words(" It is meant for {name}.", name=one.to) if one.to else ""
    return words("Nobody has taken over yet.") + meant


def _list(
    compared: Sequence[Compared], now: datetime, words: Words, then: datetime | None = None
) -> list[Component]:  # fmt: skip
    """``then`` is when the list was given: ages are as of that moment, those of what has changed or come as of now."""
    sections = [(name, [one for one in compared if one.item.section == name]) for name in SECTIONS]
    found = [_section(name, those, now, words, then or now) for name, those in sections if those]
    return found or [html.P(words("Nothing lies open: a quiet desk."), className="handover-empty")]


def _section(name: str, those: Sequence[Compared], now: datetime, words: Words, then: datetime) -> Component:
    rows = [_row(one, now, words, then) for one in those]
    title = html.H2([words(SECTIONS[name]), html.Span(str(len(those)), className="count")])
    more = [html.P(html.A(words("Place them, or leave them out"), href=RECURRING), className="no-print")]
    return html.Section(
        [title, html.Ul(rows), *(more if name == open_things.MISSED else [])], className=f"handover-section is-{name}"
    )


def _row(one: Compared, now: datetime, words: Words, then: datetime) -> Component:
    text, more = TEXTS[one.item.section](one.item.facts, now if one.became == "new" else then, words)
    cells: list[Any] = [html.Span(text, className="handover-text"), html.Span(more, className="handover-more")]
    if one.became == "changed" and one.now:
        text, more = TEXTS[one.now.section](one.now.facts, now, words)
        cells.append(html.Span([words(BECAME["changed"]), " → ", text, " · " if more else "", more],
                               className="handover-became"))  # fmt: skip
    elif one.became in BECAME:
        cells.append(html.Span(words(BECAME[one.became]), className="handover-became"))
    about: Any = {"data-about": one.item.about}
    return html.Li(cells, className=f"is-{one.became}", **about)


type Said = tuple[str, str]


def _alarm(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    named = {"ref": facts["ref"], "place": facts["place"] or DASH, "name": facts["name"] or words("the courier"),
             "minutes": round(facts["value"])}  # fmt: skip
    said = [words("since {clock}", clock=_clock(from_wire(facts["raised_at"]), now, words))]
    if facts["acknowledged_by"]:
        said.append(words("acknowledged by {name}", name=facts["acknowledged_by"]))
    if facts["shelved_by"]:
        said.append(_shelved(facts, now, words))
    text = alarm_text(facts["rule"], facts["about"], named, words) if facts["rule"] in RULES else facts["rule"]
    return text, " · ".join(said)


def _shelved(facts: Mapping[str, Any], now: datetime, words: Words) -> str:
    if not facts["shelved_until"]:
        return words("put aside by {name} until it clears", name=facts["shelved_by"])
    until = _clock(from_wire(facts["shelved_until"]), now, words)
    return words("put aside by {name} until {clock}", name=facts["shelved_by"], clock=until)


def _order(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    placed = from_wire(facts["placed_at"])
    promised = facts["promised"] and _clock(from_wire(facts["promised"]), now, words)
    text = words("{ref} from {pickup} to {dropoff}", ref=facts["ref"], pickup=facts["from"] or DASH,
                 dropoff=facts["to"] or DASH)  # fmt: skip
    said = [
        state_name(facts["state"], words),
        words("placed {minutes} ago", minutes=words.minutes(max(timedelta(), now - placed))),
        words("promised for {clock}", clock=promised) if promised else "",
        facts["courier"] or "",
        _problem(facts["problem"], words) if facts["problem"] else "",
    ]  # fmt: skip
    return text, " · ".join(each for each in said if each)


def _problem(problem: str, words: Words) -> str:
    kind, _, rest = problem.partition(": ")
    name = words(PROBLEMS.get(kind, N_("Something else")))
    return f"{name}: {rest}" if rest else name


def _missed(facts: Mapping[str, Any], _now: datetime, words: Words) -> Said:
    text = words("{pickup} → {dropoff}", pickup=facts["from"] or DASH, dropoff=facts["to"] or DASH)
    day = missed_text(date.fromisoformat(facts["day"]), facts["minute"], words)
    return text, day


def _courier(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    until = facts["until"] and _clock(from_wire(facts["until"]), now, words)
    if facts["what"] == "ends":
        return facts["name"], words("rides until {clock}", clock=until)
    return facts["name"], words("on break until about {clock}", clock=until) if until else words("on break")


def _kitchen(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    until = _clock(from_wire(facts["until"]), now, words)
    return facts["name"], words("busy until {clock}: {n} min at least", clock=until, n=facts["minutes"] or 0)


def _rain(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    return words("Rain since {clock}", clock=_clock(from_wire(facts["since"]), now, words)), ""


def _desk_note(facts: Mapping[str, Any], now: datetime, words: Words) -> Said:
    return facts["text"], f"{facts['by']}, {_clock(from_wire(facts['at']), now, words)}"


TEXTS: Mapping[str, Callable[[Mapping[str, Any], datetime, Words], Said]] = {
    open_things.ALARMS: _alarm, open_things.WAITING: _order, open_things.PROBLEMS: _order,
    open_things.MISSED: _missed, open_things.COURIERS: _courier, open_things.KITCHENS: _kitchen,
    open_things.RAIN: _rain, open_things.DESK_NOTES: _desk_note,
}  # fmt: skip


def _note_form(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("A note for the desk")),
            dmc.Textarea(id=ids.HANDOVER_NOTE, label=words("What the next dispatcher has to know"), minRows=2,
                         autosize=True, value=""),
            button(ids.HANDOVER_NOTE_WRITE, words("Write it down")),
        ]
    )  # fmt: skip


def _give_form(view: HandoverView, words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("Hand over")),
            dmc.Textarea(id=ids.HANDOVER_WORD, label=words("A last word, if there is one"), minRows=2, autosize=True,
                         value=""),
            dmc.TextInput(id=ids.HANDOVER_TO, label=words("To whom, if you know"), value="",
                          placeholder=", ".join(view.others[:3])),
            button(ids.HANDOVER_GIVE, words("Hand the desk over"), is_main=True),
        ]
    )  # fmt: skip


def _earlier(view: HandoverView, words: Words) -> Component:
    rows = [
        (html.A(when(one.at, words), href=f"{PAGE}?id={one.id}"), one.by, _fate(one, view.now, words),
         str(len(one.items)))
        for one in view.earlier
    ]  # fmt: skip
    heads = [words("When"), words("By"), words("What became of it"), words("Lines")]
    return text_table(heads, rows) if rows else html.P(words("None so far."))


def _duties(view: HandoverView, words: Words) -> Component:
    rows = [(one.name, when(one.since, words) if one.since else DASH, when(one.until, words) if one.until else DASH)
            for one in view.duties]  # fmt: skip
    heads = [words("Name"), words("From"), words("Until")]
    return text_table(heads, rows) if rows else html.P(words("No handover says it so far."))


def handover_host(waiting: Sequence[Handover], me: str, now: datetime | None, words: Words) -> Component:
    """On the desk: the banner, and what looks whether the journal says something else about handovers."""
    return html.Div([
        html.Div(handover_banner(waiting, me, now, words), id=ids.HANDOVER_BANNER, role="status"),
        dcc.Store(id=ids.HANDOVER_SEQ),
    ])  # fmt: skip


def handover_banner(waiting: Sequence[Handover], me: str, now: datetime | None, words: Words) -> list[Component]:
    """A line for each handover that this dispatcher may take; nothing for one's own."""
    return [
        html.P([_given_text(one, now, words), " ",
                html.A(words("Read and confirm"), href=f"{PAGE}?id={one.id}", className="handover-link")],
               className="note-banner handover-banner")
        for one in waiting if one.by != me
    ]  # fmt: skip


def _given_text(one: Handover, now: datetime | None, words: Words) -> str:
    clock = _clock(one.at, now, words)
    if one.to:
        return words("{name} has handed over at {clock} to {to}.", name=one.by, clock=clock, to=one.to)
    return words("{name} has handed over at {clock}.", name=one.by, clock=clock)


def _clock(moment: datetime, now: datetime | None, words: Words) -> str:
    """17:58, with the day where it is another."""
    is_today = now is None or on_day(moment, words) == on_day(now, words)
    return words.clock(moment) if is_today else when(moment, words)

"""Webhooks for administrators: who is told of what, a new one, and what became of each event that was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.webhooks import ALL, DELIVERED, GIVEN_UP, KINDS, PENDING, Delivery, Subscription
from layouts import ids
from layouts.account_page import DASH, day
from layouts.aria import aria
from layouts.change_form import button, said_line, text_table
from layouts.moments import when
from layouts.words import N_, Words

SCHEME = "https://"
GROUPS: Mapping[str, str] = {
    "order": N_("Orders"),
    "courier": N_("Couriers"),
    "restaurant": N_("Restaurants"),
    "incident": N_("Incidents"),
}
STATES: Mapping[str, str] = {PENDING: N_("on its way"), DELIVERED: N_("received"), GIVEN_UP: N_("given up")}
FILTERS: Mapping[str, str] = {"": N_("Everything"), PENDING: N_("On its way"), DELIVERED: N_("Received"),
                              GIVEN_UP: N_("Given up")}  # fmt: skip
# What the sender writes down, in English; here each is said in the reader's language.
PROBLEMS = (
    N_("The webhook was switched off"), N_("The journal does not hold this entry any more"),
    N_("The address answered 410 Gone: the webhook was switched off"),
    N_("An event ({kind}, entry {seq}) was given up after a day: {problem}"),
    N_("It answered {status}: redirects are not followed, name the last address itself"), N_("It answered {status}"),
    N_("{host} leads to {address}, a place inside: nothing is sent there"), N_("The name leads nowhere"),
    N_("The answer took too long"), N_("The answer is no HTTP: {kind}"),
    # of the operating system
    N_("Connection refused"), N_("Network is unreachable"), N_("No route to host"), N_("timed out"),
    N_("Name or service not known"), N_("Temporary failure in name resolution"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Log:
    """A page of what was sent, newest first; ``state`` limits it, ``older`` is the cursor of the next page."""

    deliveries: Sequence[Delivery]
    state: str = ""
    older: int | None = None


def webhooks_page(found: Sequence[Subscription], restaurants: Mapping[str, str], words: Words) -> list[Any]:
    """The content of the page: those that there are, then the form for another; ``restaurants`` are names by id."""
    heads = [words("Address"), words("Told of"), words("State"), words("Made")]
    rows = [
        [html.A(one.url, href=f"/webhooks?webhook={one.id}", className="plain-link long"), _told(one, words),
         _state(one, words), words("{day} by {by}", day=day(one.created_at.astimezone(words.zone), words),
                                   by=one.created_by)]
        for one in found
    ]  # fmt: skip
    nothing = html.P(words("No program is told of anything yet."), role="status", className="quiet")
    return [
        html.H1(words("Webhooks")),
        html.P([words("Other programs are told at once what happens: a shop, a till, a map of one’s own. Pay, votes "
                      "and objections never go out."), " ",
                html.A(words("How messages look and are checked (API)"), href="/api/v1/reference",
                       className="plain-link")]),
        said_line(),
        text_table(heads, rows) if rows else nothing,
        _form(restaurants, words),
    ]  # fmt: skip


def webhook_page(one: Subscription, log: Log, now: datetime, words: Words) -> list[Any]:
    """One of them: how it is, what can be changed, and what was sent."""
    return [
        html.P(html.A(words("All webhooks"), href="/webhooks", className="plain-link")),
        html.H1(words("Webhook to {host}", host=urlsplit(one.url).hostname or one.url), className="no-capital"),
        said_line(), dcc.Store(id=ids.WEBHOOK, data=one.id),
        text_table([words("Address"), words("Told of"), words("State"), words("Made")],
                   [[html.Span(one.url, className="long"), _told(one, words), _state(one, words),
                     words("{day} by {by}", day=day(one.created_at.astimezone(words.zone), words),
                           by=one.created_by)]]),
        html.Div([_change(one, words), _secret(one, now, words)], className="columns"),
        _sent(one, log, words),
        html.Details([
            html.Summary(words("Remove this webhook")),
            html.P(words("Its log goes with it. Who only wants rest switches it off.")),
            button(ids.WEBHOOK_REMOVE, words("Remove it with its log")),
        ], className="form-card remove"),
    ]  # fmt: skip


def secret_shown(secret: str, said: str, words: Words, more: Sequence[Component] = ()) -> Component:
    """The secret, this once."""
    return html.Div([
        html.P(said), html.Code(secret, className="secret"),
        html.P(words("It is shown this once: put it into the program that receives."), className="quiet"), *more,
    ], className="answer handed")  # fmt: skip


def added(one: Subscription, words: Words) -> Component:
    """The secret of a new one, and the way to it."""
    onward = html.P(html.A(words("Open this webhook"), href=f"/webhooks?webhook={one.id}", className="plain-link"))
    return secret_shown(one.secret, words("From now on {url} is told. Its messages are signed with this secret:",
                                          url=one.url), words, [onward])  # fmt: skip


def problem_text(problem: str, words: Words) -> str:
    """What the sender wrote down, in the reader's language; what it has from elsewhere stays as it is."""
    problem = re.sub(r"^\[Errno -?\d+\] ", "", problem)
    for known in PROBLEMS:
        pattern = re.escape(known).replace(r"\{", "{").replace(r"\}", "}")
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>.+)", pattern), problem)
        if found:
            facts = found.groupdict()
            return words(known, **{name: problem_text(fact, words) for name, fact in facts.items()})
    return problem


def _form(restaurants: Mapping[str, str], words: Words) -> Component:
    places: Any = [{"value": key, "label": name} for key, name in sorted(restaurants.items(), key=lambda one: one[1])]
    return html.Section([
        html.H2(words("Tell another program")),
        html.Div([
            _address(ids.WEBHOOK_URL, "", words), _events(ids.WEBHOOK_EVENTS, [ALL], words),
            dmc.Select(id=ids.WEBHOOK_RESTAURANT, label=words("Of one restaurant’s orders alone"), data=places,
                       value=None, clearable=True, searchable=True, placeholder=words("of all"),
                       description=words("Without pay, couriers and customers’ doors"),
                       comboboxProps={"withinPortal": False}),
        ], className="webhook-fields"),
        button(ids.WEBHOOK_ADD, words("Add the webhook"), is_main=True),
        html.Div(id=ids.WEBHOOK_SECRET, role="status"),
    ], className="form-card")  # fmt: skip


def _change(one: Subscription, words: Words) -> Component:
    return html.Section([
        html.H2(words("Change it")),
        html.Div([
            _address(ids.WEBHOOK_NEW_URL, one.url, words), _events(ids.WEBHOOK_NEW_EVENTS, one.events, words),
        ], className="webhook-fields"),
        button(ids.WEBHOOK_SAVE, words("Save"), is_main=True),
        button(ids.WEBHOOK_SWITCH, words("Switch off") if one.is_on else words("Switch on")),
    ], className="form-card")  # fmt: skip


def _secret(one: Subscription, now: datetime, words: Words) -> Component:
    former = []
    if one.former_until and now < one.former_until:
        said = words("The former secret signs beside the present one until {when}.", when=when(one.former_until, words))
        former = [html.P(said)]
    return html.Section([
        html.H2(words("Secret")),
        html.P(words("Each message is signed, so that the program that receives knows it is ours. After a renewal the "
                     "former secret signs beside the new one for 24 hours: change it over there meanwhile.")),
        *former,
        button(ids.WEBHOOK_RENEW, words("Make a new secret")),
        html.Div(id=ids.WEBHOOK_RENEWED, role="status"),
    ], className="form-card")  # fmt: skip


def _sent(one: Subscription, log: Log, words: Words) -> Component:
    here = f"/webhooks?webhook={one.id}"
    switches = [
        html.A(words(name), href=f"{here}&state={state}" if state else here,
               className="switch is-current" if state == log.state else "switch")
        for state, name in FILTERS.items()
    ]  # fmt: skip
    heads = [words("Last try"), words("Event"), words("Entry"), words("State"), words("Tries"), words("Answer"),
             words("Took"), ""]  # fmt: skip
    rows = [_row(each, one, words) for each in log.deliveries]
    state = f"&state={log.state}" if log.state else ""
    older = [html.P(html.A(words("Older ones"), href=f"{here}{state}&before={log.older}", className="plain-link"))]
    return html.Section([
        html.H2(words("What was sent")),
        html.Nav(switches, className="switches", **aria(label=words("State"))),
        text_table(heads, rows) if rows else html.P(words("Nothing so far."), className="quiet", role="status"),
        *(older if log.older is not None else []),
        html.P(words("What was settled is kept for 30 days."), className="quiet"),
    ])  # fmt: skip


def _row(each: Delivery, one: Subscription, words: Words) -> list[Any]:
    answer = [part for part in (str(each.status or ""), problem_text(each.problem, words)) if part]
    state = words(STATES[each.state])
    if each.state == PENDING:
        state = words("{state}, next try at {clock}", state=state, clock=words.second(each.due_at))
    again = button(ids.redeliver(each.id), words("Send again")) if one.is_on and each.state != PENDING else ""
    return [
        DASH if each.last_at is None else when(each.last_at, words), html.Code(each.kind), str(each.seq), state,
        str(each.tries), answer[-1] if answer else DASH,
        DASH if each.took_ms is None else words("{n} ms", n=each.took_ms), again,
    ]  # fmt: skip


def _address(id: str, value: str, words: Words) -> Component:
    return dmc.TextInput(id=id, label=words("Address"), value=value, placeholder=SCHEME, autoComplete="off",
                         description=words("Where the messages go; it begins with https://"))  # fmt: skip


def _events(id: str, value: Sequence[str], words: Words) -> Component:
    choices: Any = [{"group": words("All"), "items": [{"value": ALL, "label": words("everything that goes out")}]}]
    choices += [
        {"group": words(GROUPS[group]), "items": [
            {"value": f"{group}.*", "label": words("{group}: everything", group=words(GROUPS[group]))},
            *({"value": f"{group}.{kind}", "label": f"{group}.{kind}"} for kind in kinds),
        ]} for group, kinds in KINDS.items()
    ]  # fmt: skip
    return dmc.MultiSelect(id=id, label=words("Told of"), description=words("Kinds of the journal"), data=choices,
                           value=list(value), searchable=True, comboboxProps={"withinPortal": False})  # fmt: skip


def _told(one: Subscription, words: Words) -> Component:
    known = {ALL: words("everything that goes out")}
    known |= {f"{group}.*": words("{group}: everything", group=words(name)) for group, name in GROUPS.items()}
    named = [known.get(event, event) for event in one.events]
    of = [html.Small(words("of {restaurant} alone", restaurant=one.restaurant))] if one.restaurant else []
    return html.Span([", ".join(named), *of], className="told")


def _state(one: Subscription, words: Words) -> Component:
    said = words("switched on") if one.is_on else words("switched off")
    trouble = [html.Small(problem_text(one.problem, words), className="trouble")] if one.problem else []
    return html.Span([said, *trouble], className="told")

"""The members' assembly: what is put to the vote, one's own vote, and the minutes to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.domain.coop_settings import DESK, HALF_LIFE, QUORUM, SETTINGS, TRACE
from dashboard.domain.proposals import CHOICES, Proposal
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_changes import takes_effect
from layouts import ids
from layouts.account_page import day, figure, figures, take_away
from layouts.change_form import button, change_form, day_input, said_line, text_table
from layouts.moments import date_of
from layouts.rule_words import SETTING_NAMES, change_rows
from layouts.what_if import Asked
from layouts.words import N_, Words

CHOICE_NAMES = {"yes": N_("Yes"), "no": N_("No"), "abstain": N_("Abstention")}


@dataclass(frozen=True, slots=True)
class AssemblyView:
    """Who looks: ``voter`` is whose vote it would be (None: no vote), and what else is open to them.

    ``desk`` is what holds of what the members set for the desk (coop_settings.DESK).
    """

    voter: str | None
    may_propose: bool
    may_close: bool
    notice_days: int
    quorum: int = 0
    half_life: int = 14
    trace: int = 0
    desk: Mapping[str, int] = field(default_factory=dict)


def assembly(
    found: Sequence[Proposal], asked: Asked, since: date, scheme: Scheme, view: AssemblyView, words: Words
) -> list[Any]:  # fmt: skip
    """The content of the page: newest first, then the form."""
    cards = [proposal(one, scheme, view, words) for one in reversed(found)]
    nothing = html.P(words("Nothing has been put to the vote yet."), className="answer")
    return [
        html.H1(words("Assembly")),
        html.P(words("One member, one vote. The votes are counted when the vote is closed, and not shown before; who "
                     "voted what stands in the journal."), className="quiet"),
        html.P(words("A change of the rules of pay takes effect {n} {n:day|days} after the vote at the earliest.",
                     n=view.notice_days), className="quiet", id="assembly-notice"),
        html.P(_needed(view, words), className="quiet", id="assembly-quorum"),
        said_line(), *(cards or [nothing]),
        *([_form(asked, since, scheme, view, words)] if view.may_propose else []),
    ]  # fmt: skip


def _needed(view: AssemblyView, words: Words) -> str:
    if view.quorum:
        return words("A proposal is carried by more yes than no, of at least {n} {n:vote|votes} (the quorum, "
                     "abstentions included).", n=view.quorum)  # fmt: skip
    return words("A proposal is carried by more yes than no. There is no quorum: any number of votes decides.")


def minutes_page(one: Proposal, scheme: Scheme, view: AssemblyView, words: Words) -> list[Any]:
    """One proposal alone, to print."""
    back = html.P(html.A(words("All proposals"), href="/assembly"), className="no-print")
    printed = take_away([(words("Download as {kind}", kind="PDF"), f"/exports/minutes.pdf?proposal={one.id}")])
    return [html.H1(words("Minutes of the assembly")), back, said_line(), proposal(one, scheme, view, words), printed]


def proposal(one: Proposal, scheme: Scheme, view: AssemblyView, words: Words) -> Component:
    """Title, change, figures, votes."""
    made = words("Proposed by {by} on {day}", by=one.by, day=day(date_of(one.at, words), words))
    return html.Section([
        html.H2(html.A(one.title, href=f"/assembly?proposal={one.id}", className="plain-link")),
        html.P(made, className="quiet"),
        _change(one, scheme, words),
        *(_open(one, view, words) if one.is_open else _closed(one, words)),
        _snapshot(one, words),
    ], className="proposal form-card", id=f"proposal-{one.id}")  # fmt: skip


def outcome(one: Proposal, words: Words) -> str:
    """Carried, in force from 1 Dec 2026."""
    failed = words("Not carried") if one.has_quorum else words("Not carried: the quorum was not reached")
    said = words("Carried") if one.carried else failed
    since = [words("in force from {day}", day=day(one.since, words))] if one.carried and one.since else []
    return ", ".join([said, *since])


def needed(one: Proposal, words: Words) -> str:
    """How many votes were needed, and how many there were."""
    if not one.quorum:
        return words("No quorum was needed.")
    return words("Quorum: {quorum} {quorum:vote|votes} needed, {n} cast.", quorum=one.quorum, n=len(one.votes))


def agrees(is_same: bool, words: Words) -> str:
    """What computing again showed."""
    if is_same:
        return words("Computed again from the journal: the same figures, bit for bit.")
    return words("Computed again from the journal: other figures. The journal or the program is not what it was.")


def _change(one: Proposal, scheme: Scheme, words: Words) -> Component:
    heads = [words("Rule"), words("From"), words("To"), words("Since")]
    return text_table(heads, change_rows(one.change, scheme, words))


def _open(one: Proposal, view: AssemblyView, words: Words) -> list[Any]:
    voted = words("{n} {n:has|have} voted.", n=len(one.votes))
    if view.quorum:
        voted = words(
            "{n} {n:has|have} voted; {quorum} {quorum:vote is|votes are} needed.", n=len(one.votes), quorum=view.quorum
        )
    parts: list[Any] = [html.P(voted, className="voted")]
    own = one.votes.get(view.voter or "")
    if own:
        parts.append(html.P(words("Your vote: {choice}", choice=words(CHOICE_NAMES[own])), className="own"))
    elif view.voter:
        buttons = [button(ids.vote(one.id, choice), words(CHOICE_NAMES[choice])) for choice in CHOICES]
        parts.append(html.Div([html.Span(words("You vote as {name}:", name=view.voter)), *buttons],
                              className="vote no-print"))  # fmt: skip
    return [*parts, *([_closing(one, words)] if view.may_close else [])]


def _closing(one: Proposal, words: Words) -> Component:
    since = "" if "notice_days" in one.change else takes_effect(one.change)
    return html.Details([
        html.Summary(words("Close the vote")),
        dmc.Textarea(id=ids.close_vote("minutes", one.id), label=words("Minutes"), value="", autosize=True, minRows=3),
        day_input(ids.close_vote("since", one.id), words("In force from"), since, words),
        button(ids.close_vote("now", one.id), words("Count the votes and close"), is_main=True),
    ], className="closing no-print")  # fmt: skip


def _closed(one: Proposal, words: Words) -> list[Any]:
    assert one.closed_at
    closed = words("closed by {by} on {day}", by=one.closed_by, day=day(date_of(one.closed_at, words), words))
    return [
        html.P(outcome(one, words), className="answer"),
        figures([figure(words(CHOICE_NAMES[choice]), str(one.count(choice)), words("Votes, one for each member."))
                 for choice in CHOICES]),
        html.P(f"{needed(one, words)} {closed[:1].upper()}{closed[1:]}.", className="quiet"),
        *([html.H3(words("Minutes")), html.P(one.minutes, className="minutes")] if one.minutes else []),
    ]  # fmt: skip


def _snapshot(one: Proposal, words: Words) -> Component:
    seen = one.snapshot
    digest = seen["sha256"]
    span = words("{first} to {last}", first=day(date.fromisoformat(seen["first"]), words),
                 last=day(date.fromisoformat(seen["last"]), words))  # fmt: skip
    return html.Details([
        html.Summary(words("The figures that were looked at: {span}, as of entry {seq}", span=span, seq=seen["seq"])),
        html.P([words("SHA-256 of the figures:"), " ", html.Code(digest)], className="digest"),
        button(ids.compute_again(one.id), words("Compute again from the journal")),
    ], open=not one.is_open)  # fmt: skip


def _form(asked: Asked, since: date, scheme: Scheme, view: AssemblyView, words: Words) -> Component:
    return html.Section([
        html.H2(words("Put something to the vote")),
        dmc.TextInput(id=ids.PROPOSE_TITLE, label=words("What is to be decided"), value=""),
        change_form(ids.PROPOSE, scheme, asked.last, words, pack=asked.pack, given=asked.numbers),
        html.Div([
            day_input(ids.change_since(ids.PROPOSE), words("In force from"), since, words),
            day_input(ids.PROPOSE_FIRST, words("Figures from"), asked.first, words),
            day_input(ids.PROPOSE_LAST, words("to"), asked.last, words),
        ], className="days"),
        html.Details([
            html.Summary(words("Or how the members decide, how fast the past fades, and whether ways are kept")),
            html.Div([
                _whole(ids.PROPOSE_NOTICE, words("Days between a vote and its effect"), view.notice_days),
                _whole(ids.PROPOSE_HALF_LIFE, words(SETTING_NAMES[HALF_LIFE]), view.half_life),
                _whole(ids.PROPOSE_QUORUM, words(SETTING_NAMES[QUORUM]), view.quorum),
                _whole(ids.PROPOSE_TRACE, words(SETTING_NAMES[TRACE]), view.trace),
            ], className="change-numbers"),
        ]),
        html.Details([
            html.Summary(words("Or what suggestions at the desk go by")),
            html.Div([
                _whole(ids.propose_setting(name), words(SETTING_NAMES[name]), view.desk.get(name, SETTINGS[name].usual),
                       asked.weights.get(name))
                for name in DESK
            ], className="change-numbers"),
        ], open=bool(asked.weights)),
        button(ids.PROPOSE_PUT, words("Put to the vote"), is_main=True),
    ], className="form-card no-print")  # fmt: skip


def _whole(id: str, label: str, held: int, wanted: int | None = None) -> Component:
    """A whole number; what holds now stands in it in grey."""
    value = "" if wanted is None else str(wanted)
    return dmc.TextInput(id=id, label=label, value=value, placeholder=str(held), inputProps={"inputMode": "numeric"})

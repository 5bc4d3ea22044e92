"""The calls about the rules of pay: read them, change them, correct a slip, and ask what others would have meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.api import answers_rules as answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.metrics import period, today_of
from dashboard.api.requests import PeriodAsked
from dashboard.api.rules_given import Correction, OnDay, OtherWeightsAsked, RulesChanged, WhatIfAsked
from dashboard.domain import whole_periods
from dashboard.domain.coop_settings import SETTINGS
from dashboard.domain.events import Entry, entry_to_wire
from dashboard.domain.other_weights import nobodys_choices
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_numbers import numbers
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.rules_wire import floor_to_wire, rule_to_wire
from dashboard.reports_wire import wire
from dashboard.trials import Question, asked_of


def read(desk: Desk, asked: Asked[Nothing, OnDay]) -> Reply:
    """Every version of every rule, and the numbers that hold on a day."""
    coop = asked.by.coop
    on = asked.query.on or today_of(desk, asked)
    settings = {name: desk.assembly.setting(coop, name, on).value for name in SETTINGS}
    notice = desk.assembly.notice_days(coop)
    return Reply({**_scheme(desk.accounts.scheme(coop), on), **settings, "coop": coop, "notice_days": notice})


def packs(desk: Desk, asked: Asked[Nothing, OnDay]) -> Reply:
    """The packs that there are to choose from."""
    on = asked.query.on or today_of(desk, asked)
    return Reply({"packs": {name: _scheme(scheme, on) for name, scheme in PACKS.items()}})


def change(desk: Desk, asked: Asked[RulesChanged, Nothing]) -> Reply:
    """A change without a vote."""
    made = desk.assembly.decide(
        asked.by.coop, asked.body.change(), reason=asked.body.reason, by=asked.by.name, at=asked.at
    )  # fmt: skip
    return Reply(_entries(made), 201)


def correct(desk: Desk, asked: Asked[Correction, Nothing]) -> Reply:
    """What was written stays: the correction is a line of its own."""
    given = asked.body
    made = desk.dispatch.correct_pay(
        asked.by.coop, given.courier, given.amount_cents, reason=given.reason, by=asked.by.name, at=asked.at,
        corrects=given.corrects, counts=given.counts,
    )  # fmt: skip
    return Reply(_entries([made]), 201)


def what_if(desk: Desk, asked: Asked[WhatIfAsked, Nothing]) -> Reply:
    """Waits for the answer; the live desk goes on meanwhile."""
    given = asked.body
    question = Question(*_days(desk, asked), given.pack, asked_of(given.exact()))
    return Reply(wire(desk.trials.answer(asked.by.coop, question)))


def other_weights(desk: Desk, asked: Asked[OtherWeightsAsked, Nothing]) -> Reply:
    """The lists of the record in another order; how one or two people choose is not told to members."""
    first, last = _days(desk, asked)
    found = desk.decisions.by_other_weights(
        asked.by.coop, first, last, asked.body.weights(), today_of(desk, asked)
    )  # fmt: skip
    return Reply(wire(nobodys_choices(found) if asked.by.role == "member" else found))


def _days(desk: Desk, asked: Asked[WhatIfAsked, Nothing] | Asked[OtherWeightsAsked, Nothing]) -> tuple[date, date]:
    given, today = asked.body, today_of(desk, asked)
    first, last = period(PeriodAsked.model_validate({"from": given.first, "to": given.last}), today)
    return whole_periods.only_month(first, last, today) if asked.by.role == "member" else (first, last)


def _scheme(scheme: Scheme, on: date) -> dict[str, Any]:
    held = numbers(scheme, on)
    return {
        "scheme": scheme.name, "currency": scheme.currency, "on": on.isoformat(),
        "rules": [rule_to_wire(rule) for rule in scheme.rules],
        "offer_floors": [floor_to_wire(floor) for floor in scheme.offer_floors],
        "numbers": {one.key: None if one.value is None else str(one.value) for one in held},
    }  # fmt: skip


def _entries(made: Iterable[Entry]) -> dict[str, Any]:
    return {"entries": [entry_to_wire(entry) for entry in made]}


CALLS: tuple[Call[Any, Any], ...] = (
    Call("GET", "/rules", "read_rules", "The rules of pay, all versions", "see_pay", read, answers.Rules, query=OnDay),
    Call(
        "GET", "/rules/packs", "read_packs", "The packs of rules to choose from", "see_pay", packs, answers.Packs,
        query=OnDay,
    ),
    Call(
        "POST", "/rules", "change_rules", "A change without a vote, from today at the earliest", "set_pay", change,
        answers.Written, body=RulesChanged, statuses=(201,),
    ),
    Call(
        "POST", "/rules/corrections", "correct_pay", "A correction of what was paid", "set_pay", correct,
        answers.Written, body=Correction, statuses=(201,), names_others=True,
    ),
    Call(
        "POST", "/what-if", "ask_what_if", "The same days under other rules: arithmetic on the past", "ask_what_if",
        what_if, answers.Trial, body=WhatIfAsked,
    ),
    Call(
        "POST", "/what-if/weights", "ask_other_weights", "The recorded hand-overs by other weights of the suggestions",
        "ask_what_if", other_weights, answers.Weighed, body=OtherWeightsAsked,
    ),
)  # fmt: skip

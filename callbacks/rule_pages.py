"""The pages about the rules of pay: what-if, the assembly, the rules themselves, how suggestions work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dash.development.base_component import Component

from callbacks import session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.coop_settings import HALF_LIFE, QUORUM, SETTINGS, TRACE, WEIGHTS
from dashboard.domain.other_weights import nobodys_choices
from dashboard.domain.rules import Scheme
from dashboard.domain.rules_numbers import numbers
from dashboard.domain.rules_packs import PACKS
from dashboard.domain.whole_periods import last_month, last_weeks, month_of
from dashboard.workings import workings
from layouts import assembly, how, rules, what_if, what_if_weights
from layouts.what_if import Asked
from layouts.words import Words

ACTIONS = {"/what-if": "ask_what_if", "/assembly": "see_assembly", "/rules": "see_pay", "/how": "see_fairness"}
USUAL_DAYS = 28
MONTHS_ASKED = 3
LONGEST = timedelta(days=400)


def content(path: str, search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    """What stands on one of these pages."""
    scheme, today = given.accounts.scheme(visitor.coop), given.today(visitor.coop)
    match path:
        case "/what-if":
            months = _months(today) if visitor.role == "member" else ()
            asked = asked_in(search, today, scheme, visitor)
            weights = _by_other_weights(asked, visitor, given, words)
            return what_if.what_if(asked, scheme, words, months, weights)
        case "/assembly":
            return _assembly(search, visitor, given, words)
        case "/rules":
            names = given.names(visitor.coop) if visitor.may("set_pay") else None
            return rules.rules_page(scheme, today, given.assembly.notice_days(visitor.coop), words, couriers=names)
        case _:
            is_demo = visitor.coop == access.DEMO_COOP
            settings = {name: given.assembly.setting(visitor.coop, name, today) for name in SETTINGS}
            return how.how(workings(scheme, today, settings, is_demo=is_demo), words)


def asked_in(search: str, today: date, scheme: Scheme, visitor: Visitor) -> Asked:
    """What the address asks for; what makes no sense is left out. Members ask about one whole month that is over."""
    query = session.query_in(search)
    days = int(query["days"]) if query.get("days") in {str(each) for each in what_if.PERIODS} else USUAL_DAYS
    last = min(_day(query.get("to"), today), today)
    first = _day(query.get("from"), last - timedelta(days=days - 1))
    if not timedelta() <= last - first <= LONGEST:
        first = last - timedelta(days=days - 1)
    if visitor.role == "member":
        first, last = month_of(_day(query.get("from"), last_month(today)[0]), today)
    pack = query.get("pack", "")
    known = {one.key for one in numbers(scheme, last)}
    wanted = {name: int(text) for name in WEIGHTS if _is_weight(name, text := query.get(name, ""))}
    return Asked(first, last, pack if pack in PACKS else "", {k: v for k, v in query.items() if k in known}, wanted)


def _is_weight(name: str, text: str) -> bool:
    return text.isdecimal() and int(text[:9]) <= SETTINGS[name].most


def _by_other_weights(asked: Asked, visitor: Visitor, given: Given, words: Words) -> Component:
    coop, today = visitor.coop, given.today(visitor.coop)
    held = {name: given.assembly.setting(coop, name, today).value for name in WEIGHTS}
    if not asked.weights:
        return what_if_weights.other_weights(asked, held, words)
    found = given.decisions.by_other_weights(coop, asked.first, asked.last, asked.weights, today)
    found = nobodys_choices(found) if visitor.role == "member" else found
    return what_if_weights.other_weights(asked, held, words, found, may_propose=visitor.may("propose"))


def _assembly(search: str, visitor: Visitor, given: Given, words: Words) -> list[Any]:
    coop, scheme = visitor.coop, given.accounts.scheme(visitor.coop)
    notice, today = given.assembly.notice_days(coop), given.today(coop)
    held = {name: given.assembly.setting(coop, name, today).value for name in SETTINGS}
    view = assembly.AssemblyView(
        access.voter() if access.has_vote() else None, visitor.may("propose"), visitor.may("close_vote"), notice,
        quorum=held[QUORUM], half_life=held[HALF_LIFE], trace=held[TRACE], desk=held,
    )  # fmt: skip
    wanted = session.query_in(search).get("proposal", "")
    found = given.assembly.proposals(coop)
    alone = next((one for one in found if one.id == wanted), None)
    if alone is not None:
        return assembly.minutes_page(alone, scheme, view, words)
    since, shown = today + timedelta(days=notice), last_weeks(today)
    asked = replace(asked_in(search, today, scheme, visitor), first=shown[0], last=shown[1])
    return assembly.assembly(found, asked, since, scheme, view, words)


def _months(today: date) -> tuple[date, ...]:
    """The last three that are over, oldest first."""
    months = [last_month(today)[0]]
    while len(months) < MONTHS_ASKED:
        months.append(last_month(months[-1])[0])
    return tuple(months[::-1])


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2100 else otherwise

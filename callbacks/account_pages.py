"""The pages that show the accounts: read the address, ask access, ask the accounts, lay out the answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from dash.development.base_component import Component

from callbacks import alarms, handover, me, objections, phones, recurring, rule_pages, session, shifts, webhooks
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from dashboard.domain.coop_settings import HALF_LIFE, TRACE
from dashboard.domain.whole_periods import last_month, last_weeks
from dashboard.looks import PAY
from dashboard.reports_pay import sums_alone
from dashboard.retention import PERIODS
from layouts import fairness, imports, pay, register, tokens
from layouts.account_page import AccountView, account_page
from layouts.fairness_course import HALF_LIVES
from layouts.words import Words

KITCHEN = "/restaurant"
ACTIONS = {"/dispatch": "see_desk", "/fairness": "see_fairness", "/pay": "see_pay", "/me": "see_pay"}
ACTIONS |= {"/objections": "answer_objection", KITCHEN: "see_kitchen"} | rule_pages.ACTIONS
ACTIONS |= {"/people": "manage_people"}
ACTIONS |= {"/phones": "see_phones", "/tokens": "see_tokens", "/register": "see_register"}
ACTIONS |= {"/webhooks": "webhooks", "/shifts": "calendar", "/alarms": "see_alarms"}
ACTIONS |= {"/import": "import_orders", "/recurring": "recur"}
ACTIONS |= {"/replay": "see_past", "/handover": "hand_over"}
ONLY = {"/me": "courier", KITCHEN: "restaurant"}
OF_THEIR_OWN = ("/dispatch", "/people", "/replay")
PATHS = tuple(path for path in ACTIONS if path not in OF_THEIR_OWN)


def pages_of(visitor: Visitor) -> list[str]:
    """The paths that are open to the visitor."""
    open_ones = [path for path, action in ACTIONS.items() if visitor.may(action)]
    return [path for path in open_ones if ONLY.get(path, visitor.role) == visitor.role]


def account_page_for(path: str, search: str, visitor: Visitor, given: Given) -> Component:
    """The page at one of PATHS; Denied if it is not open to the visitor's role."""
    access.require(ACTIONS[path])
    words, asked = given.words(visitor.coop), _Asked(search, visitor, given)
    content = (
        rule_pages.content(path, search, visitor, given, words) if path in rule_pages.ACTIONS
        else CONTENTS[path](asked, words)
    )  # fmt: skip
    coop = given.coop(visitor.coop)
    view = AccountView(
        coop.name if coop else visitor.coop, visitor.name, visitor.role, path, session.theme(), pages_of(visitor),
        access.roles_to_try(),
    )  # fmt: skip
    return account_page(view, content, words)


class _Asked:
    """What an address asks for: a month, a number of days, a courier."""

    def __init__(self, search: str, visitor: Visitor, given: Given) -> None:
        self.visitor, self.given, self.search = visitor, given, search
        self._query = session.query_in(search)
        self.today = given.today(visitor.coop)

    @property
    def days(self) -> int:
        wanted = self._query.get("days", "")
        return int(wanted) if wanted in {str(each) for each in fairness.PERIODS} else 28

    @property
    def half_life(self) -> int | None:
        """Another one than the members', to look at."""
        wanted = self._query.get("half_life", "")
        return int(wanted) if wanted in {str(each) for each in HALF_LIVES} else None

    @property
    def month(self) -> date:
        newest = self.months[-1]
        try:
            wanted = date.fromisoformat(f"{self._query.get('month', '')}-01")
        except ValueError:
            return newest
        return min(wanted, newest)

    @property
    def months(self) -> list[date]:
        """The months to choose from; members read sums of those that are over."""
        is_member = self.visitor.role == "member"
        months = [last_month(self.today)[0] if is_member else self.today.replace(day=1)]
        while len(months) < pay.MONTHS_SHOWN:
            months.append((months[-1] - timedelta(days=1)).replace(day=1))
        return months[::-1]

    @property
    def last_of_month(self) -> date:
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    @property
    def courier(self) -> str | None:
        return {"courier": self.visitor.scope, "member": None}.get(self.visitor.role, self._query.get("courier"))


def _fairness(asked: _Asked, words: Words) -> list[Any]:
    own = asked.visitor.scope if asked.visitor.role == "courier" else None
    days = last_weeks(asked.today, asked.days // 7)
    decided = asked.given.assembly.setting(asked.visitor.coop, HALF_LIFE, asked.today)
    looked_at = asked.half_life or decided.value
    found = asked.given.accounts.fairness(asked.visitor.coop, *days, own, looked_at)
    city = asked.given.city(asked.visitor.coop)
    return fairness.fairness(found, asked.days, decided, session.theme(), words, city)


def _pay(asked: _Asked, words: Words) -> list[Any]:
    accounts, coop = asked.given.accounts, asked.visitor.coop
    found = accounts.pay(coop, asked.month, asked.last_of_month, asked.courier)
    if asked.courier:
        asked.given.looks.note(asked.visitor, asked.courier, PAY)
        orders = asked.given.orders(coop, me.named_in(found))
        month = f"{found.first:%Y-%m}" if asked.visitor.role == "courier" else ""
        return pay.slip_page(found, accounts.scheme(coop), asked.months, words, orders, month)
    if not asked.visitor.may("see_desk"):
        return pay.pay_page(sums_alone(found), accounts.scheme(coop), asked.months, words)
    asked.given.looks.note(asked.visitor, None, PAY)
    return pay.pay_page(found, accounts.scheme(coop), asked.months, words)


def _me(asked: _Asked, words: Words) -> list[Any]:
    return me.content(asked.search, asked.month, asked.last_of_month, asked.visitor, asked.given, words)


def _objections(asked: _Asked, words: Words) -> list[Any]:
    return objections.content(asked.search, asked.visitor, asked.given, words)


def _tokens(asked: _Asked, words: Words) -> list[Any]:
    found = [(line.token, line.used_at) for line in asked.given.tokens(asked.visitor.coop)]
    return tokens.tokens_page(found, asked.given.now(), words)


def _phones(asked: _Asked, words: Words) -> list[Any]:
    return phones.content(asked.search, asked.visitor, asked.given, words)


def _webhooks(asked: _Asked, words: Words) -> list[Any]:
    return webhooks.content(asked.search, asked.visitor, asked.given, words)


def _shifts(asked: _Asked, words: Words) -> list[Any]:
    return shifts.content(asked.search, asked.visitor, asked.given, words)


def _import(_asked: _Asked, words: Words) -> list[Any]:
    return imports.imports_page(words)


def _alarms(asked: _Asked, words: Words) -> list[Any]:
    return alarms.content(asked.visitor, asked.given, words)


def _handover(asked: _Asked, words: Words) -> list[Any]:
    return handover.content(asked.search, asked.visitor, asked.given, words)


def _recurring(asked: _Asked, words: Words) -> list[Any]:
    return recurring.content(asked.search, asked.visitor, asked.given, words)


def _register(asked: _Asked, words: Words) -> list[Any]:
    kept = asked.given.assembly.setting(asked.visitor.coop, TRACE, asked.today).value
    return register.register_page(PERIODS, kept, words)


CONTENTS: Mapping[str, Callable[[_Asked, Words], list[Any]]] = {
    "/tokens": _tokens, "/phones": _phones, "/register": _register,
    "/fairness": _fairness, "/pay": _pay, "/me": _me, "/objections": _objections,
    "/alarms": _alarms, "/webhooks": _webhooks, "/shifts": _shifts, "/import": _import, "/handover": _handover,
    "/recurring": _recurring,
}  # fmt: skip

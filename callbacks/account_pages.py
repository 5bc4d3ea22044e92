"""The pages that show the accounts: read the address, ask access, ask the accounts, lay out the answer."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from callbacks import rule_pages, session
from callbacks.given import Given
from dashboard import access
from dashboard.access import Visitor
from layouts import fairness, me, pay
from layouts.account_page import AccountView, account_page
from layouts.words import Words

ACTIONS = {"/dispatch": "see_desk", "/fairness": "see_fairness", "/pay": "see_pay", "/me": "see_pay"}
ACTIONS |= rule_pages.ACTIONS
PATHS = tuple(path for path in ACTIONS if path != "/dispatch")


def pages_of(visitor: Visitor) -> list[str]:
    """The paths that are open to the visitor."""
    open_ones = [path for path, action in ACTIONS.items() if visitor.may(action)]
    return [path for path in open_ones if path != "/me" or visitor.role == "courier"]


def account_page_for(path: str, search: str, visitor: Visitor, given: Given) -> Component:
    """The page at one of PATHS; Denied if it is not open to the visitor's role."""
    access.require(ACTIONS[path])
    words, asked = given.words(visitor.coop), _Asked(search, visitor, given)
    content = (
        rule_pages.content(path, search, visitor, given, words) if path in rule_pages.ACTIONS
        else {"/fairness": _fairness, "/pay": _pay, "/me": _me}[path](asked, words)
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
        self.visitor, self.given = visitor, given
        self._query = {name: values[0] for name, values in parse_qs(str(search or "").removeprefix("?")).items()}
        self.today = given.now().astimezone(ZoneInfo(given.city(visitor.coop).time_zone)).date()

    @property
    def days(self) -> int:
        wanted = self._query.get("days", "")
        return int(wanted) if wanted in {str(each) for each in fairness.PERIODS} else 28

    @property
    def month(self) -> date:
        try:
            wanted = date.fromisoformat(f"{self._query.get('month', '')}-01")
        except ValueError:
            return self.today.replace(day=1)
        return min(wanted, self.today.replace(day=1))

    @property
    def months(self) -> list[date]:
        months = [self.today.replace(day=1)]
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
    first = asked.today - timedelta(days=asked.days - 1)
    found = asked.given.accounts.fairness(asked.visitor.coop, first, asked.today, own)
    return fairness.fairness(found, asked.days, session.theme(), words, asked.given.city(asked.visitor.coop).places)


def _pay(asked: _Asked, words: Words) -> list[Any]:
    accounts, coop = asked.given.accounts, asked.visitor.coop
    found = accounts.pay(coop, asked.month, asked.last_of_month, asked.courier)
    if asked.courier:
        return pay.slip_page(found, accounts.scheme(coop), asked.months, words)
    is_named = asked.visitor.may("see_desk")
    return pay.pay_page(found, accounts.scheme(coop), asked.months, words, is_named=is_named)


def _me(asked: _Asked, words: Words) -> list[Any]:
    accounts, coop, own = asked.given.accounts, asked.visitor.coop, asked.visitor.scope
    span = coop, asked.month, asked.last_of_month, own
    return me.me(accounts.pay(*span), accounts.workload(*span), accounts.fairness(*span), words)

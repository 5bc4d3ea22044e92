"""The calls that read the accounts: what the panels show, from the same functions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dashboard.access import Visitor
from dashboard.api import answers
from dashboard.api.calls import Asked, Call, Desk, Reply
from dashboard.api.fields import Nothing
from dashboard.api.requests import PeriodAsked
from dashboard.api.wrong import Unusable
from dashboard.domain import whole_periods
from dashboard.domain.refusals import N_, WrongField
from dashboard.domain.spans import local_date
from dashboard.looks import PAY, WORK
from dashboard.reports_pay import sums_alone
from dashboard.reports_wire import wire
from dashboard.reports_work import nobodys_work

LONGEST = timedelta(days=400)


def pay(desk: Desk, asked: Asked[Nothing, PeriodAsked]) -> Reply:
    """Everybody's for the desk, one's own for a courier, the sums alone for a member: none of a group below five."""
    _noted(desk, asked, PAY)
    found = desk.accounts.pay(asked.by.coop, *_days_of_sums(desk, asked), whose(asked.by, asked.query.courier))
    return Reply(wire(sums_alone(found) if asked.by.role == "member" else found))


def workload(desk: Desk, asked: Asked[Nothing, PeriodAsked]) -> Reply:
    """Everybody's for the desk, one's own for a courier, waiting at restaurants alone for a member."""
    _noted(desk, asked, WORK)
    days = _days_of_sums(desk, asked)
    found = desk.accounts.workload(asked.by.coop, *days, whose(asked.by, asked.query.courier))
    return Reply(wire(nobodys_work(found) if asked.by.role == "member" else found))


def fairness(desk: Desk, asked: Asked[Nothing, PeriodAsked]) -> Reply:
    """Nobody's name; one's own place for oneself alone; nothing of a group below five; whole weeks outside the desk."""
    own = asked.by.scope if asked.by.role == "courier" else None
    return Reply(wire(desk.accounts.fairness(asked.by.coop, *_days_of_shares(desk, asked), own)))


def whose(by: Visitor, wanted: str | None) -> str | None:
    """Whose figures are shown: a courier's own whatever was asked for, nobody's in particular for a member."""
    return by.scope if by.role == "courier" else None if by.role == "member" else wanted


def _noted(desk: Desk, asked: Asked[Nothing, PeriodAsked], what: str) -> None:
    """A courier can see who read their figures by name; members read nobody's."""
    if asked.by.role != "member":
        desk.looks.note(asked.by, asked.query.courier, what)


def today_of(desk: Desk, asked: Asked[Any, Any]) -> date:
    """The date on the co-op's walls."""
    return local_date(asked.at, desk.accounts.zone(asked.by.coop))


def period(query: PeriodAsked, today: date) -> tuple[date, date]:
    """The days that were asked for; ``today`` is the co-op's. Unusable: they end before they begin, or are too many."""
    last = query.last or today
    first = query.first or last.replace(day=1)
    if not timedelta() <= last - first <= LONGEST:
        said = N_("This has to be {days} days before the last day at most, and not after it")
        detail = f"should be a day up to {LONGEST.days} days before to"
        raise Unusable((WrongField("from", detail, said, days=LONGEST.days),))
    return first, last


def _days_of_sums(desk: Desk, asked: Asked[Nothing, PeriodAsked]) -> tuple[date, date]:
    if asked.by.role != "member":
        return period(asked.query, today_of(desk, asked))
    today = today_of(desk, asked)
    usual = whole_periods.last_month(today)
    return whole_periods.only_month(asked.query.first or usual[0], asked.query.last or usual[1], today)


def _days_of_shares(desk: Desk, asked: Asked[Nothing, PeriodAsked]) -> tuple[date, date]:
    if asked.by.may("see_desk"):
        return period(asked.query, today_of(desk, asked))
    today = today_of(desk, asked)
    usual = whole_periods.last_weeks(today)
    wanted = {"from": asked.query.first or usual[0], "to": asked.query.last or usual[1]}
    return whole_periods.only_weeks(*period(PeriodAsked.model_validate(wanted), today), today)


def _call(name: str, run: Any, summary: str) -> Call[Nothing, PeriodAsked]:
    return Call(
        "GET", f"/metrics/{name}", f"read_{name}", summary, f"see_{name}", run, answers.Figures, query=PeriodAsked
    )


CALLS: tuple[Call[Any, Any], ...] = (
    _call("pay", pay, "What was earned"),
    _call("workload", workload, "What was worked"),
    _call("fairness", fairness, "How both were shared"),
)

"""All that pages are made of, in one place: for Dash, which checks callbacks against it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from itertools import chain

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.alarm_rates import rates
from dashboard.domain.alarm_settings import Limits
from dashboard.domain.phones import Phone
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from dashboard.domain.webhooks import Subscription
from layouts import ids
from layouts.alarms import AlarmsView, alarms_page
from layouts.assembly import AssemblyView
from layouts.assembly import assembly as assembly_content
from layouts.desk import desk
from layouts.desk_parts import timeline_host
from layouts.frame import root
from layouts.handover import HandoverView, handover_page
from layouts.imports import every_part, imports_page
from layouts.login import login
from layouts.objections import answer_form, objection_form
from layouts.phones import phone_page
from layouts.recurring import every_part as recurring_form
from layouts.reporting import report_form
from layouts.results import undo_button
from layouts.rules import rules_page
from layouts.shifts import Rider, courier_page
from layouts.view import DEFAULT_THEME, City, DeskView
from layouts.webhooks import Log, webhook_page, webhooks_page
from layouts.what_if import Asked
from layouts.what_if import what_if as what_if_content
from layouts.what_if_weights import other_weights
from layouts.words import Words

DAY = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@cache
def every_component() -> Component:
    """All pages at once, for Dash to check the callbacks against: nobody ever sees this. One for all of a process."""
    nowhere = DeskView("", "", "", City("", (0.0, 0.0, 0.0, 0.0)), {})
    first = root(), login(DEFAULT_THEME, Words()), desk(nowhere, Words())
    timeline = timeline_host(Words())
    said = undo_button("", Words())
    tablet = html.Div(id=ids.KITCHEN), dcc.Store(id=ids.KITCHEN_CONFIG)
    before = html.P(id=ids.REPLAY_SAID), dcc.Store(id=ids.REPLAY_CONFIG)
    more = (
        _rule_pages(Words()),
        _objecting(Words()),
        report_form({}),
        _phone(Words()),
        _told(),
        _planned(),
        _called(),
        _handed(),
        recurring_form(Words()),
        [*imports_page(Words())[3:], every_part()],
    )
    return html.Div([*first, said, timeline, *tablet, *before, *chain.from_iterable(more)])


def _phone(words: Words) -> list[Component]:
    nobody = Phone("", "", has_key=False, shift="off")
    found: list[Component] = phone_page(nobody, NOON, words, reached=True, is_own=True)
    return found


def _called() -> list[Component]:
    view = AlarmsView(rates((), NOON, NOON), Limits(), {}, may_set=True, theme=DEFAULT_THEME)
    return alarms_page(view, Words())[-2:]


def _handed() -> list[Component]:
    page = handover_page(HandoverView(NOON, (), (), (), (), ""), Words())
    return [page[0], *page[3:]]


def _told() -> list[Component]:
    one = Subscription("", "", "", (), "", None, "", NOON, True, 0)
    all_of_them = webhooks_page([], {}, Words())[4:]
    return [*all_of_them, *webhook_page(one, Log(()), NOON, Words())[3:]]


def _planned() -> list[Component]:
    return courier_page(Rider("", "", ()), DAY, Words(), may_plan=True, is_own=True)[2:]


def _objecting(words: Words) -> list[Component]:
    return [*objection_form("", {}, words), *answer_form("", words)]


def _rule_pages(words: Words) -> list[Component]:
    asked, view = Asked(DAY, DAY, "mdrp"), AssemblyView("", may_propose=True, may_close=True, notice_days=0)
    pages = (
        what_if_content(asked, COOP_EMPLOYEE, words, weights=other_weights(asked, {}, words))[2:],
        assembly_content((), asked, DAY, COOP_EMPLOYEE, view, words)[-1:],
        rules_page(COOP_EMPLOYEE, DAY, 0, words, couriers={})[3:],
    )  # fmt: skip
    return [component for page in pages for component in page]

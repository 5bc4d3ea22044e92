"""The register of what is kept: purpose, period and recipients of each table, from what the program does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dash import html

from layouts.account_page import table
from layouts.words import N_, Words

FOR_GOOD = N_("as long as the co-op keeps its accounts: entries are chained and cannot be taken out")
WITH_IT = N_("as long as what it belongs to")
UNTIL_TAKEN = N_("until an administrator takes it away")
DESK, MEMBERS, ADMINS, SELF = (
    N_("dispatchers, administrators, the courier"), N_("all members, nobody by name"), N_("administrators"),
    N_("the person alone"),
)  # fmt: skip
PROGRAM = N_("the program alone")


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a table is kept, for how long (empty: the period that the program or the members set), and who reads it."""

    purpose: str
    period: str
    recipients: str


_WORK = N_("To pay for work and to share it fairly: who carried what when")
_COOPCYCLE = N_("To work beside CoopCycle without doing anything twice")
REGISTER: Mapping[str, Kept] = {
    "journal": Kept(N_("What happened, in order: the base of pay, objections and accounts"), FOR_GOOD, DESK),
    "orders": Kept(N_("To carry orders: places, windows, prices, customers’ names and addresses"), FOR_GOOD,
                   N_("dispatchers, administrators, the courier and the restaurant of the order")),
    "couriers": Kept(_WORK, FOR_GOOD, DESK), "shifts": Kept(_WORK, FOR_GOOD, DESK),
    "breaks": Kept(_WORK, FOR_GOOD, DESK),
    "photos": Kept(N_("Proof of what went wrong with an order; without place and device"), "",
                   N_("dispatchers, administrators, the courier of the order")),
    "traces": Kept(N_("Proof of a way, if the members have decided to keep it; on shift alone, every 15 s"), "", DESK),
    "looks": Kept(N_("So that couriers see who looked at their position or record"), "",
                  N_("the courier who was looked at")),
    "planned_shifts": Kept(N_("To plan who rides when"), "", DESK),
    "calendars": Kept(N_("The secret link of a courier’s own calendar"), UNTIL_TAKEN, SELF),
    "people": Kept(N_("Accounts: address, name, password (as a hash), second factor (sealed)"), UNTIL_TAKEN, ADMINS),
    "memberships": Kept(N_("Who is what in which co-op"), UNTIL_TAKEN, ADMINS),
    "links": Kept(N_("Invitations, new passwords and tablets’ links; counted from when they run out"), "", ADMINS),
    "sessions": Kept(N_("Who is signed in with which browser, to end it from elsewhere; counted from when it is over"),
                     "", SELF),
    "tokens": Kept(N_("Keys of programs and phones (as a hash)"), UNTIL_TAKEN, ADMINS),
    "token_uses": Kept(N_("When a key was used last, to the hour"), WITH_IT, ADMINS),
    "webhooks": Kept(N_("Programs that are told what happens"), UNTIL_TAKEN,
                     N_("administrators; what is told goes to the addresses that they chose")),
    "webhook_deliveries": Kept(N_("The log of what was told to other programs"), "", ADMINS),
    "placements": Kept(N_("So that an order that is sent twice is placed once"), WITH_IT, PROGRAM),
    "coops": Kept(N_("The co-op itself"), FOR_GOOD, MEMBERS),
    "coopcycle_riders": Kept(_COOPCYCLE, UNTIL_TAKEN, PROGRAM), "coopcycle_jobs": Kept(_COOPCYCLE, WITH_IT, PROGRAM),
    "coopcycle_waiting": Kept(_COOPCYCLE, WITH_IT, PROGRAM), "coopcycle_nudges": Kept(_COOPCYCLE, WITH_IT, PROGRAM),
    "coopcycle_status": Kept(_COOPCYCLE, WITH_IT, N_("dispatchers, administrators")),
}  # fmt: skip


def register_page(periods: Mapping[str, timedelta], trace_days: int, words: Words) -> list[Any]:
    """The content. ``periods`` are those that the worker goes by, ``trace_days`` what the members decided."""
    live = Kept(N_("The live map: where couriers on shift are; nothing off shift and on break"),
                N_("five minutes at most, in memory"), DESK)  # fmt: skip
    rows: list[list[Any]] = [[words("live positions"), words(live.purpose), words(live.period), words(live.recipients)]]
    rows += [
        [html.Code(name), words(kept.purpose), _period(name, kept, periods, trace_days, words), words(kept.recipients)]
        for name, kept in REGISTER.items()
    ]  # fmt: skip
    heads = [words("What"), words("Purpose"), words("Period"), words("Recipients")]
    return [
        html.H1(words("What is kept")),
        html.P(words("The register of this installation, written from what the program does. Couriers find their "
                     "own record, to read and to take away, under «My record».")),
        html.Div(table(heads, rows), className="register"),
    ]  # fmt: skip


def _period(name: str, kept: Kept, periods: Mapping[str, timedelta], trace_days: int, words: Words) -> str:
    if name == "traces":
        return _days(trace_days, words) if trace_days else words("nothing: the members have not decided to")
    return words(kept.period) if kept.period else _days(periods[name].days, words)


def _days(count: int, words: Words) -> str:
    return words("{n} {n:day|days}", n=count)

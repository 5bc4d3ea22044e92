"""A CoopCycle beside us: run the connector, try the credentials, say how it goes."""

from __future__ import annotations

import logging
import signal
from argparse import Namespace
from datetime import date
from random import random
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dashboard.api.coopcycle import said
from dashboard.cities import Cities
from dashboard.commands.command import LOG_FORMAT, Command, Failed, Misused, argument, now, record, until_told_to_stop
from dashboard.commands.connections import dispatch_of
from dashboard.commands.people import coop_id
from dashboard.domain.spans import local_date
from dashboard.settings import Settings
from dashboard.store import SqlStore
from live.coopcycle.backoff import Backoff
from live.coopcycle.channel import Channel
from live.coopcycle.check import check
from live.coopcycle.client import Access, Client
from live.coopcycle.connector import Connector, Pace
from live.coopcycle.our_side import OurSide

PATIENCE = 10.0
NEEDED = {
    "coopcycle_coop": "ROULEMENT_COOPCYCLE_COOP", "coopcycle_user": "ROULEMENT_COOPCYCLE_USER",
    "coopcycle_password": "ROULEMENT_COOPCYCLE_PASSWORD",
}  # fmt: skip


def _run(_: Namespace, settings: Settings) -> None:
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    stopped = until_told_to_stop(signal.SIGTERM, signal.SIGINT)
    if not settings.coopcycle_url:
        logging.info("No CoopCycle is set up (ROULEMENT_COOPCYCLE_URL): there is nothing to do")
        stopped.wait()
        return
    with record(settings) as store:
        _connector(settings, store).run(stopped)


def _connector(settings: Settings, store: SqlStore) -> Connector:
    access, coop = _access(settings, settings.coopcycle_url, "coopcycle_coop"), settings.coopcycle_coop
    if store.coop(coop) is None:
        raise Failed(f"There is no co-op {coop}: set ROULEMENT_COOPCYCLE_COOP to one that `roulement coop add` made")
    backoff = Backoff(random)
    return Connector(
        OurSide(coop, store, store.coopcycle, dispatch_of(store, settings), now),
        Client(access, clock=now, patience=PATIENCE),
        Channel(lambda: Client(access, clock=now, patience=PATIENCE), backoff, patience=PATIENCE),
        zone=_zone(settings, store, coop), pace=Pace(float(settings.coopcycle_poll), backoff), clock=now,
    )  # fmt: skip


def _check(asked: Namespace, settings: Settings) -> int:
    client = Client(_access(settings, asked.url), clock=now, patience=PATIENCE)
    is_enough = True
    for found in check(client, _today(settings), len(settings.webhook_secrets), PATIENCE):
        mark = "works" if found.works else "missing" if found.is_needed else "without"
        print(f"{mark:<8} {found.what:<14} {found.words}", flush=True)
        is_enough &= found.works or not found.is_needed
    client.close()
    print("All that the connector needs is there." if is_enough else "Not enough: mend what is missing.")
    return 0 if is_enough else 1


def _status(asked: Namespace, settings: Settings) -> None:
    coop = asked.coop or settings.coopcycle_coop
    if not coop:
        raise Misused("which co-op? Give --coop ID, or set ROULEMENT_COOPCYCLE_COOP")
    with record(settings) as store:
        for line in said(store.coopcycle.status(coop), store.coopcycle.waiting(coop), now()):
            print(line)


def _access(settings: Settings, url: str, *more: str) -> Access:
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise Failed(f"{url!r} is no address of a CoopCycle: write it as https://town.coopcycle.org")
    for name in ("coopcycle_user", "coopcycle_password", *more):
        if not getattr(settings, name):
            raise Failed(f"{NEEDED[name]} is not set: the connector signs in there as a dispatcher")
    return Access(
        url, settings.coopcycle_user, settings.coopcycle_password, settings.coopcycle_key, settings.coopcycle_secret
    )


def _zone(settings: Settings, store: SqlStore, coop: str) -> ZoneInfo:
    """The day over there is the city's."""
    return ZoneInfo(Cities(store, settings.home, settings.city).shown(coop).time_zone)


def _today(settings: Settings) -> date:
    """By the clocks of the co-op's city; by UTC as long as there is no such co-op here."""
    try:
        with record(settings) as store:
            coop = settings.coopcycle_coop
            return local_date(now(), _zone(settings, store, coop) if store.coop(coop) else ZoneInfo("UTC"))
    except Failed:  # no record yet
        return now().date()


COOPCYCLE = Command(
    "coopcycle", "A CoopCycle beside this desk: run the connector, check the credentials, say how it goes.",
    parts=(
        Command("run", "Read, follow and write back. Does nothing without ROULEMENT_COOPCYCLE_URL.", run=_run),
        Command("check", "Say what works with these credentials and what does not; changes nothing over there.", (
            argument("url", metavar="URL", help="such as https://town.coopcycle.org"),
        ), _check),
        Command("status", "Say when it last read, what waits to be written, and what is wrong.", (
            argument("--coop", metavar="ID", type=coop_id, help="the co-op, if not the one of the settings"),
        ), _status),
    ),
)  # fmt: skip

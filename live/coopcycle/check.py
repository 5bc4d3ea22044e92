"""What works with these credentials, and what does not, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from live.coopcycle.channel import Lost, listen
from live.coopcycle.client import Away, Client, Refused
from live.coopcycle.documents import Unreadable
from live.coopcycle.pairs import pairs
from live.coopcycle.reading import usable

ASSIGNING = frozenset({"ROLE_DISPATCHER", "ROLE_ADMIN", "ROLE_SUPER_ADMIN"})


class Wrong(Exception):
    """It answers, and it will not do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried. ``is_needed``: without it the connector cannot do its work."""

    what: str
    works: bool
    words: str
    is_needed: bool = True


def check(client: Client, today: date, webhook_secrets: int, patience: float = 10.0) -> Iterator[Finding]:
    """One after the other; nothing is changed over there."""
    yield _client(client)
    yield _try("login", lambda: _login(client))
    yield _try("may assign", lambda: _may_assign(client))
    yield _try("couriers", lambda: f"{len(client.couriers())} can be read")
    yield _try("tasks", lambda: _tasks(client, today))
    yield _try("task lists", lambda: f"{len(client.task_lists(today))} today", is_needed=False)
    yield _try("shifts", lambda: f"{len(client.shifts(today))} around today", is_needed=False)
    yield _try("live channel", lambda: _channel(client, patience), is_needed=False)
    secrets = f"{webhook_secrets} secrets are set" if webhook_secrets > 1 else "a secret is set"
    missing = "no secret is set (ROULEMENT_COOPCYCLE_WEBHOOKS): the live channel and polling have to be enough"
    yield Finding("webhooks", bool(webhook_secrets), secrets if webhook_secrets else missing, is_needed=False)


def _client(client: Client) -> Finding:
    if not client.access.key:
        words = "no key is set (ROULEMENT_COOPCYCLE_KEY): tasks are read with the dispatcher's login"
        return Finding("OAuth2 client", False, words, is_needed=False)
    return _try("OAuth2 client", lambda: "signs in" if client.client_token() else "")


def _login(client: Client) -> str:
    username, roles = client.who()
    return f"signs in as {username} ({', '.join(roles) or 'roles are not told'})"


def _may_assign(client: Client) -> str:
    username, roles = client.who()
    if not ASSIGNING & set(roles):
        raise Wrong(f"{username} is no dispatcher there: ask for ROLE_DISPATCHER")
    return "yes, by its role"


def _tasks(client: Client, today: date) -> str:
    tasks, unusable = usable(client.tasks(today))
    jobs, unpaired = pairs({task.id: task for task in tasks})
    left = len(unusable) + len(unpaired)
    rest = f", {left} left aside ({next(iter({**unusable, **unpaired}.values()))})" if left else ""
    return f"{len(tasks)} today make {len(jobs)} {'order' if len(jobs) == 1 else 'orders'}{rest}"


def _channel(client: Client, patience: float) -> str:
    for _ in listen(client, patience, patience):
        return "connected"
    raise Wrong("it closes at once")


def _try(what: str, do: Callable[[], str], *, is_needed: bool = True) -> Finding:
    try:
        return Finding(what, True, do(), is_needed)
    except (Away, Refused, Unreadable, Lost, Wrong) as reason:
        return Finding(what, False, str(reason), is_needed)

"""The record: bring the tables up to date, check the journal, write it out."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from dashboard.commands.command import Command, Failed, argument, no_answer, record
from dashboard.commands.people import coop_id
from dashboard.commands.progress import watched
from dashboard.domain.events import entry_to_wire
from dashboard.settings import Settings
from dashboard.store import NotMigrated, SqlStore, migrate, verify


def _migrate(_: Namespace, settings: Settings) -> None:
    bring_up_to_date(settings)


def bring_up_to_date(settings: Settings) -> None:
    """Create the tables, or bring them up to this version."""
    try:
        migrate(settings.database)
    except (NotMigrated, ValueError) as error:
        raise Failed(str(error)) from error
    except (SQLAlchemyError, OSError) as error:
        raise no_answer(error) from error


def _verify(asked: Namespace, settings: Settings) -> int:
    with record(settings) as store:
        return max((_verify_one(store, coop) for coop in _asked_for(asked, store)), default=0)


def _verify_one(store: SqlStore, coop: str) -> int:
    fault = verify(store, coop)
    if fault:
        sys.stderr.write(f"roulement: the journal of {coop} is damaged: {fault.reason}: compare it with a backup\n")
        return 1
    print(f"{coop}: {store.head(coop).seq} entries, whole")
    return 0


def _export(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        for coop in _asked_for(asked, store):
            entries = store.iter_entries(coop, after=asked.after)
            for entry in watched(entries, store.head(coop).seq - asked.after, coop):
                print(json.dumps(entry_to_wire(entry), ensure_ascii=False))


def _asked_for(asked: Namespace, store: SqlStore) -> Iterator[str]:
    known = [coop.id for coop in store.coops()]
    if asked.coop and asked.coop not in known:
        raise Failed(f"There is no co-op {asked.coop}: known are {', '.join(known) or 'none'}")
    return iter([asked.coop] if asked.coop else known)


_COOP = argument("--coop", metavar="ID", type=coop_id, help="this co-op alone")

MIGRATE = Command("migrate", "Create the tables, or bring them up to this version.", run=_migrate)
JOURNAL = Command(
    "journal", "The journal: verify it.",
    parts=(Command("verify", "Find the first changed, missing or reordered entry.", (_COOP,), _verify),),
)  # fmt: skip
EXPORT = Command(
    "export", "Write the journal to stdout, one entry a line, as JSON.",
    (_COOP, argument("--after", type=int, default=0, metavar="SEQ", help="the entries that follow this one")), _export,
)  # fmt: skip

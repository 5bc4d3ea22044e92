"""Pay: choose the pack of rules that a co-op pays by, and correct what was paid."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import date

from dashboard.commands.command import Command, argument, now, record
from dashboard.commands.connections import dispatch_of
from dashboard.commands.people import BY, coop_id, name, subject_id
from dashboard.domain.rules_packs import PACKS
from dashboard.settings import Settings


def day(text: str) -> date:
    """A day such as 2026-06-01."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day: write it as 2026-06-01") from error


def _choose(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        dispatch_of(store, settings).choose_pack(
            asked.coop, asked.pack, since=asked.since, by=asked.by, at=now(), minutes=asked.minutes
        )


def _correct(asked: Namespace, settings: Settings) -> None:
    with record(settings) as store:
        dispatch_of(store, settings).correct_pay(
            asked.coop, asked.courier, asked.cents, reason=asked.reason, by=asked.by, at=now()
        )


_COOP = argument("--coop", required=True, metavar="ID", type=coop_id)
_BY = argument("--by", default=BY, type=name, metavar="NAME", help="who decided")

PAY = Command(
    "pay", "Pay: choose a pack of rules, correct what was paid. Both are entries of the journal.",
    parts=(
        Command(
            "pack", "Pay by a pack of rules from a day on.",
            (
                _COOP, argument("--pack", required=True, choices=sorted(PACKS)),
                argument("--since", required=True, type=day, metavar="DAY"), _BY,
                argument("--minutes", default="", help="where the decision is written down"),
            ),
            _choose,
        ),
        Command(
            "correct", "Add cents to a courier's pay, or take some away.",
            (
                _COOP, argument("--courier", required=True, type=subject_id, metavar="ID"),
                argument("--cents", required=True, type=int), argument("--reason", required=True), _BY,
            ),
            _correct,
        ),
    ),
)  # fmt: skip

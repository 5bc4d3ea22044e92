"""The tokens that an administrator has handed out: whose, limited to what, used last when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from dash import html

from dashboard.ports import Token
from layouts.account_page import DASH, table
from layouts.states import state_name
from layouts.words import Words

UNUSED = timedelta(days=90)
ADD, REVOKE = "roulement token add", "roulement token revoke"


def tokens_page(lines: Sequence[tuple[Token, datetime | None]], now: datetime, words: Words) -> list[Any]:
    """The content of the page; those that nobody used for long are marked."""
    heads = [words("Holder"), words("Role"), words("Limited to"), words("Last used"), ""]
    rows = [
        [token.name or DASH, state_name(token.role, words), token.scope or DASH, _when(used, words),
         _advice(used, now, words)]
        for token, used in lines
    ]  # fmt: skip
    return [
        html.H1(words("Tokens")),
        html.P(words("Keys for programs and phones. A key itself is shown once, when it is made; here stands who holds "
                     "one, what it is limited to and when it opened a door last (to the hour).")),
        table(heads, rows) if rows else html.P(words("There is no token yet."), role="status"),
        html.P([words("{add} makes a new one, {revoke} takes one back.", add=ADD, revoke=REVOKE), " ",
                html.A(words("What programs may ask (API)"), href="/api/v1/reference", className="plain-link")]),
    ]  # fmt: skip


def _when(used: datetime | None, words: Words) -> str:
    if used is None:
        return words("never since this is kept")
    return format_datetime(used, "d MMM y, HH:mm", tzinfo=ZoneInfo(words.time_zone), locale=words.locale)


def _advice(used: datetime | None, now: datetime, words: Words) -> str:
    return words("Not used for 90 days: take it back?") if used is not None and now - used > UNUSED else ""

"""Who looked at a courier's position or record, for the courier."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.ports import Look
from layouts.change_form import text_table
from layouts.moments import when
from layouts.states import state_name
from layouts.words import N_, Words

WHATS = {"way": N_("your position and the way ahead"), "trail": N_("your way of the last 15 minutes"),
         "pay": N_("your pay slip"), "work": N_("your working time"),
         "journal": N_("the journal of a week, yours included")}  # fmt: skip
OF_ALL = {
    "trail": N_("everybody’s way of the last 15 minutes"),
    "pay": N_("everybody’s pay, yours included"),
    "work": N_("everybody’s working time, yours included"),
    "past": N_("where everybody rode at an earlier hour, you included"),
}
SHOWN = 60


def looked(found: Sequence[Look], words: Words) -> Component:
    """The newest looks, with name, role, what and when."""
    rows = [(when(one.at, words), one.by, state_name(one.role, words), _what(one, words)) for one in found[:SHOWN]]
    heads = [words("When"), words("Who"), words("Role"), words("What was looked at")]
    shown = text_table(heads, rows) if rows else html.P(words("Nobody so far."))
    said = words(
        "While you are on shift, the dispatchers’ map shows your newest position all the time: that is not listed "
        "here. Positions are not recorded: only the newest is kept, for five minutes at most; an open map also "
        "remembers the last 15 minutes that it has shown, until you leave shift or take a break. Listed is, once an "
        "hour for each person, who followed you, had your way drawn, opened or took away your pay or working time, or "
        "a list with you in it."
    )  # fmt: skip
    return html.Section([html.H2(words("Who looked at my trace")), html.P(said, className="quiet"), shown],
                        id="my-looks")  # fmt: skip


def _what(one: Look, words: Words) -> str:
    named = OF_ALL if one.courier == "*" else WHATS
    return words(named.get(one.what) or WHATS.get(one.what) or one.what)

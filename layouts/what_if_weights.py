"""What other weights of the suggestions would have put first: the same lists in another order, nothing replayed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.domain.coop_settings import WEIGHTS
from dashboard.domain.other_weights import OtherWeights
from layouts import ids
from layouts.account_page import DASH, figure, figures
from layouts.change_form import button
from layouts.rule_words import SETTING_NAMES
from layouts.what_if import Asked
from layouts.words import Words


def other_weights(
    asked: Asked, held: Mapping[str, int], words: Words, found: OtherWeights | None = None, *, may_propose: bool = False
) -> Component:
    """The question, and below it the answer once it was asked; ``held`` are the weights of today."""
    return html.Section([
        html.H2(words("What if suggestions had weighed otherwise?")),
        html.P(words("Orders the list of each recorded assignment anew, by other weights. 0 for all three: minutes "
                     "late count first, then pay, then the way."), className="quiet"),
        html.Div([_weight(name, asked, held, words) for name in WEIGHTS], className="change-numbers"),
        button(ids.WHAT_IF_WEIGH, words("Order anew"), is_main=True),
        *([] if found is None else _answer(found, words)),
        *(_proposals(asked, held, words) if may_propose else []),
    ], className="form-card", id="what-if-weights")  # fmt: skip


def _weight(name: str, asked: Asked, held: Mapping[str, int], words: Words) -> Component:
    value = str(asked.weights[name]) if name in asked.weights else ""
    return dmc.TextInput(id=ids.what_if_setting(name), label=words(SETTING_NAMES[name]), value=value,
                         placeholder=str(held.get(name, 0)), inputProps={"inputMode": "numeric"})  # fmt: skip


def _answer(found: OtherWeights, words: Words) -> list[Component]:
    known = not found.too_few and found.n > 0
    said = [html.P(text) for text in in_words(found, words)]
    return [
        html.Div(said, className="answer", id="what-if-weights-answer"),
        *([_figures(found, words)] if known else []),
        html.P(words("What this does not say: what would have come of it. Whoever had got an order would have been "
                     "elsewhere afterwards, and the next lists would have been others; that chain is not replayed. "
                     "Minutes, metres and pay are what the lists expected, not what became of them; and people choose, "
                     "not lists."), className="caution"),
    ]  # fmt: skip


def in_words(found: OtherWeights, words: Words) -> list[str]:
    """The answer, one sentence for each thing."""
    if not found.n:
        return [_nothing(found, words)]
    if found.too_few:
        return [words("Fewer than five couriers stood on these lists: figures would point at persons, so none are "
                      "shown.")]  # fmt: skip
    said = [words("In {changed} of {n} assignments another courier would have stood first.",
                  changed=found.changed, n=found.n)]  # fmt: skip
    if None in (found.late_minutes, found.lower_paid_cents):
        said.append(words("Amounts of which only one or two couriers are the cause would point at them: they are not "
                          "shown."))  # fmt: skip
    if found.taken_then is None:
        said.append(words("One or two people gave these orders: how often they took the first is theirs."))
    if found.left_out:
        said.append(words("{n} more cannot be compared: the first had no position, or the list is not kept whole.",
                          n=found.left_out))  # fmt: skip
    return said


def _nothing(found: OtherWeights, words: Words) -> str:
    if not found.left_out:
        return words("No assignment with a suggestion was recorded on these days.")
    return words("None of the assignments of these days can be compared: the first had no position, or the list is not "
                 "kept whole.")  # fmt: skip


def _figures(found: OtherWeights, words: Words) -> Component:
    late, metres, cents = found.late_minutes, found.metres, found.lower_paid_cents
    return figures([
        figure(words("Customers later"), _signed(late, words.minutes(timedelta(minutes=abs(late or 0)))),
               words("Minutes late of all their customers that the lists expected with the new first, less those with "
                     "the old one.")),
        figure(words("More to ride"), _signed(metres, words.distance(abs(metres or 0))),
               words("Metres that the lists expected with the new first, less those with the old one.")),
        figure(words("Pay to the lower paid"), _signed(cents, words.money(abs(cents or 0))),
               words("Expected pay that would have gone to those below the median pay an hour on shift of each list, "
                     "less what would no longer have.")),
        figure(words("The first then was taken"), _of(found.taken_then, found.n, words),
               words("How often whoever gave the order took the first of the list that was shown.")),
        figure(words("The new first was taken"), _of(found.taken_now, found.n, words),
               words("How often the one who was taken would have stood first by the other weights.")),
    ])  # fmt: skip


def _signed(value: int | None, size: str) -> str:
    if value is None:
        return DASH
    return size if value == 0 else f"+{size}" if value > 0 else f"−{size}"


def _of(count: int | None, n: int, words: Words) -> str:
    return DASH if count is None else words("{n} of {all}", n=count, all=n)


def _proposals(asked: Asked, held: Mapping[str, int], words: Words) -> list[Component]:
    """A link for each weight that would change: members vote on one thing after the other."""
    links = [
        html.A(words("Propose this to the assembly: {what}", what=f"{words(SETTING_NAMES[name])} ({value})"),
               href=f"/assembly?{name}={value}", className="page-button")
        for name, value in asked.weights.items() if value != held.get(name)
    ]  # fmt: skip
    return [html.P(link, className="no-print") for link in links]

"""Orders from a file: choose it, see what it says and what is wrong in which cell, confirm, watch it come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.orders import Order, Place
from dashboard.domain.sheet_orders import MOST_ROWS, Line, Sheet
from layouts import ids
from layouts.account_page import number
from layouts.aria import aria
from layouts.change_form import button, said_line, stored, text_table
from layouts.moments import on_day
from layouts.states import refusal_text
from layouts.words import Words

LARGEST_KB = 1024
SHOWN = 100
"""So many rows are shown; of more the number says enough."""

DELIVERY_COLUMNS = (
    "pickup.address", "pickup.latlong", "pickup.address.name", "pickup.comments", "pickup.timeslot", "dropoff.…",
    "dropoff.packages", "weight", "ref",
)  # fmt: skip
TASK_COLUMNS = (
    "type", "address", "latlong", "address.name", "comments", "after", "before", "timeslot", "packages", "weight",
    "ref", "group",
)  # fmt: skip


def imports_page(words: Words) -> list[Any]:
    """Before a file is chosen."""
    too_large = words("This file is larger than {n} kB: divide it", n=LARGEST_KB)
    return [
        html.H1(words("Orders from a file")),
        html.P(words("A CSV, XLSX or ODS file in the columns of CoopCycle’s delivery or task files. You see first what "
                     "it says; nothing is taken in until you confirm, and the same file only once.")),
        said_line(),
        html.Div([_choose(words), _columns(words)], className="columns"),
        dcc.Store(id=ids.IMPORT_TOO_LARGE, data=too_large), stored(ids.IMPORT_TAKEN), stored(ids.IMPORT_GO),
        stored(ids.IMPORT_BEHIND),
        html.Div(id=ids.IMPORT_PROGRESS, role="status"), html.Div(id=ids.IMPORT_FOUND),
    ]  # fmt: skip


def every_part() -> Component:
    """What a preview brings, for Dash to check the callbacks against."""
    return button(ids.IMPORT_CONFIRM, "")


def preview(sheet: Sheet, known: frozenset[str], name: str, words: Words) -> list[Component]:
    """What the file says: what is wrong, then the orders, and the button that takes them in."""
    good = [line for line in sheet.lines if line.order]
    new, wrong = sum(line.key not in known for line in good), len(sheet.lines) - len(good)
    said = [words("New orders: {n}.", n=new)]
    if len(good) > new:
        said.append(words("Here already: {n}.", n=len(good) - new))
    if wrong:
        said.append(words("Rows with mistakes: {n}. They are left out; mend them and choose the file again.", n=wrong))
    confirm = [button(ids.IMPORT_CONFIRM, words("Take in {n} {n:order|orders}", n=new), is_main=True)] if new else []
    unread = words("Nothing is taken from these columns: {names}", names=", ".join(sheet.unread))
    return [
        html.H2(name or words("The file")), html.P(" ".join(said), className="answer", role="status"), *confirm,
        *([html.P(unread, className="quiet")] if sheet.unread else []), *_mistakes(sheet, words),
        *_orders(good, known, words),
    ]  # fmt: skip


def progress(done: int, total: int, created: int, words: Words) -> list[Component]:
    """How far it has come; at the end, what has come of it."""
    bar = html.Progress(value=str(done), max=str(max(total, 1)), className="import-bar",
                        **aria(label=words("Orders from a file")))  # fmt: skip
    if done < total:
        return [bar, html.P(words("{done} of {total} {total:order|orders}", done=done, total=total))]
    said = words("Taken in: {n} {n:order|orders}. Here already: {m}.", n=created, m=total - created)
    return [bar, html.P([said, " ", html.A(words("To the desk"), href="/dispatch", className="plain-link")],
                        className="answer")]  # fmt: skip


def _choose(words: Words) -> Component:
    return html.Section([
        html.H2(words("The file")),
        html.P(words("At most {n} kB and {rows} rows. Of a workbook the first sheet is read.",
                     n=LARGEST_KB, rows=MOST_ROWS)),
        dcc.Upload(button(f"{ids.IMPORT_FILE}-choose", words("Choose a file (CSV, XLSX, ODS)"), is_main=True),
                   id=ids.IMPORT_FILE, accept=".csv,.tsv,.txt,.xlsx,.ods,.xls"),
        html.P(html.A(words("Today’s orders in these columns (CSV)"), href="/exports/deliveries.csv",
                      className="plain-link")),
    ], className="form-card import-card")  # fmt: skip


def _columns(words: Words) -> Component:
    return html.Section([
        html.H2(words("The columns")),
        html.P(words("One row an order:")), html.P(html.Code(" ".join(DELIVERY_COLUMNS))),
        html.P(words("Or one row a stop, each drop-off below its pickup (in its group):")),
        html.P(html.Code(" ".join(TASK_COLUMNS))),
        html.P(words("Slots as 2026-12-24 10:00 - 2026-12-24 11:00, weights in kilograms, parcels as small-box=1 "
                     "big-box=2. An address without coordinates is looked up in the city."), className="quiet"),
    ], className="form-card import-card")  # fmt: skip


def _mistakes(sheet: Sheet, words: Words) -> list[Component]:
    if not sheet.faults:
        return []
    rows = [[fault.cell, refusal_text(fault.why, words, {})] for fault in sheet.faults[:SHOWN]]
    table = text_table([words("Cell"), words("What is wrong")], rows)
    return [html.H3(words("To be mended")), table, *_more(len(sheet.faults), words)]


def _orders(lines: Sequence[Line], known: frozenset[str], words: Words) -> list[Component]:
    if not lines:
        return []
    heads = [words("Row"), words("Pickup"), words("From"), words("Drop-off"), words("Until"), words("Parcels"),
             words("Weight"), words("Note"), ""]  # fmt: skip
    rows = [[str(line.row), *_cells(line.order, words), words("here already") if line.key in known else words("new")]
            for line in lines[:SHOWN] if line.order]  # fmt: skip
    return [html.H3(words("Orders")), text_table(heads, rows), *_more(len(lines), words)]


def _cells(order: Order, words: Words) -> list[str]:
    parcels = ", ".join(f"{item.quantity} × {item.name}" for item in order.items)
    weight = "" if order.weight_g is None else words("{n} kg", n=number(order.weight_g / 1000, words, 1))
    begins, ends = order.pickup.after, order.dropoff.before
    return [
        _where(order.pickup), f"{on_day(begins, words)} {words.clock(begins)}" if begins else "",
        _where(order.dropoff), f"{on_day(ends, words)} {words.clock(ends)}" if ends else "",
        parcels, weight, order.note,
    ]  # fmt: skip


def _where(place: Place) -> str:
    return ", ".join(filter(None, (place.name, place.address))) or f"{place.lat:.5f}, {place.lon:.5f}"


def _more(number: int, words: Words) -> list[Component]:
    return [html.P(words("and {n} more", n=number - SHOWN))] if number > SHOWN else []

"""The page of orders from a file: preview, and part after part once it is confirmed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks import buttons, changing
from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import Invalid
from dashboard.domain.sheet_orders import MOST_ROWS
from layouts import ids, imports

PARTS = 10
LEAST = 10
"""The bar moves at each tenth of the file, but not for fewer orders than this."""


def register(app: Dash, given: Given) -> None:
    """Look at a file, and take it in."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    cleared = Output(ids.SAID, "children", allow_duplicate=True)
    found = Output(ids.IMPORT_FOUND, "children", allow_duplicate=True)
    moved = Output(ids.IMPORT_PROGRESS, "children", allow_duplicate=True)

    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own
        ClientsideFunction("desk", "file"), Output(ids.IMPORT_TAKEN, "data"), cleared,
        Input(ids.IMPORT_FILE, "contents"), State(ids.IMPORT_TOO_LARGE, "data"), prevent_initial_call=True,
    )  # fmt: skip
    # With an output, though nobody reads it: Dash fires one without only for what is there from the first moment.
    app.clientside_callback(  # type: ignore[no-untyped-call]  # Dash's own box takes no label
        ClientsideFunction("desk", "label"), Output(ids.IMPORT_FOUND, "data-labelled"), Input(ids.IMPORT_FILE, "id")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]  # no output: it starts the next part
        ClientsideFunction("desk", "again"), Input(ids.IMPORT_BEHIND, "data"), prevent_initial_call=True
    )

    @app.callback(
        found, moved, cleared, Input(ids.IMPORT_TAKEN, "data"), State(ids.IMPORT_FILE, "filename"), **answer
    )  # fmt: skip
    @access.guarded("import_orders")
    def look(file: Any, name: Any) -> tuple[list[Component], str, str]:
        buttons.pressed(file)
        by = access.require("import_orders")
        sheet, known = given.imports.look(by.coop, _content(file), given.now())
        return imports.preview(sheet, known, str(name or ""), given.words(by.coop)), "", ""

    @app.callback(
        Output(ids.IMPORT_GO, "data"), Output(ids.IMPORT_CONFIRM, "disabled"), Input(ids.IMPORT_CONFIRM, "n_clicks"),
        **answer,
    )  # fmt: skip
    @access.guarded("import_orders")
    def confirm(clicks: int | None) -> tuple[dict[str, int], bool]:
        buttons.pressed(clicks)
        return {"done": 0, "created": 0, "many": LEAST}, True

    @app.callback(
        found, moved, Output(ids.IMPORT_BEHIND, "data"), cleared, Input(ids.IMPORT_GO, "data"),
        State(ids.IMPORT_TAKEN, "data"), State(ids.IMPORT_FILE, "filename"), **answer,
    )  # fmt: skip
    @access.guarded("import_orders")
    def take_in(go: Any, file: Any, name: Any) -> tuple[Any, list[Component], Any, str]:
        buttons.pressed(isinstance(go, Mapping) and file)
        by, content = access.require("import_orders"), _content(file)
        words = given.words(by.coop)
        first, created, many = (_whole(go.get(part)) for part in ("done", "created", "many"))
        taken = given.imports.take_in(by.coop, content, first, max(many, LEAST), by=by.name, at=given.now())
        created += taken.created
        bar = imports.progress(taken.done, taken.total, created, words)
        if taken.done < taken.total:
            behind = {"done": taken.done, "created": created, "many": max(LEAST, -(-taken.total // PARTS))}
            return no_update, bar, behind, ""
        sheet, known = given.imports.look(by.coop, content, given.now())
        return imports.preview(sheet, known, str(name or ""), words), bar, None, ""


def _whole(value: Any) -> int:
    return min(value, MOST_ROWS) if isinstance(value, int) and value > 0 else 0


def _content(file: Any) -> bytes:
    """A file as the page sends it: a data URL."""
    try:
        return base64.b64decode(str(file).partition(",")[2], validate=True)
    except binascii.Error as error:
        raise Invalid("This file could not be read: choose it again", field="file") from error

"""The pages: Dash on our Flask, with everything served from here and nothing from elsewhere."""

from __future__ import annotations

import logging
from pathlib import Path

from dash import Dash
from flask import Flask

import callbacks
from callbacks import Given
from dashboard.access import Denied, NotSignedIn
from dashboard.callback_door import check_bodies, unguarded

log = logging.getLogger(__name__)
ASSETS = Path(__file__).parents[1] / "assets"


class Unguarded(RuntimeError):
    """A callback that asks nobody whether it may run: mark it with ``@access.guarded``."""


def create_pages(flask: Flask, given: Given) -> Dash:
    """The pages and their callbacks on ``flask``. Unguarded when a callback would run for anybody."""
    app = Dash(
        "dashboard", server=flask,  # type: ignore[arg-type]  # Dash takes a Flask, its types say a bool
        title="Roulement", assets_folder=str(ASSETS), assets_path_ignore=["desk"],
        update_title=None,  # type: ignore[arg-type]  # the title never blinks
        serve_locally=True, use_pages=False, enable_mcp=False, add_log_handler=False, on_error=_on_error,
    )  # fmt: skip
    callbacks.register(app, given)
    check_bodies(flask, lambda: app.callback_map)
    if forgotten := unguarded(app.callback_map):
        raise Unguarded(f"{', '.join(forgotten)}: mark each with @access.guarded(…)")
    return app


def _on_error(error: Exception) -> None:
    """For callbacks that have no answer of their own to an error: the page stays as it is, the log says why."""
    if isinstance(error, NotSignedIn | Denied):
        raise error
    log.error("a callback failed", exc_info=error)

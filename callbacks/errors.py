"""What becomes of an error in a callback: a line that says what was refused, why, and what to do next."""

from __future__ import annotations

import logging
from collections.abc import Callable

from dash import set_props
from dash.development.base_component import Component

from callbacks.given import Given
from dashboard import access
from dashboard.domain.refusals import Refusal
from layouts import ids, results

log = logging.getLogger(__name__)

OnError = Callable[[Exception], None]


def on_desk(given: Given) -> OnError:
    """For callbacks of the desk: the result line says it, and the dialogs are shut so that the line is seen."""

    def say(error: Exception) -> None:
        if isinstance(error, access.NotSignedIn):
            set_props(ids.ADDRESS, {"href": "/sign-in"})
            return
        for dialog in (ids.MENU, ids.CONSENT):
            set_props(dialog, {"opened": False})
        set_props(ids.DESK_RESULT, {"children": line(error, given)})

    return say


def line(error: Exception, given: Given) -> Component:
    """The result line for a refusal; anything else is our fault, and goes to the log."""
    coop = access.visitor().coop
    words = given.words(coop)
    if isinstance(error, Refusal):
        return results.refused(error, given.names(coop), given.now(), words)
    log.error("a callback of the desk failed", exc_info=error)
    return results.broken(given.now(), words)

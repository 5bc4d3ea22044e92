"""What the desk asks for when an order is taken up, or a courier becomes free: cards for all couriers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, request

from dashboard.access import require
from dashboard.api.problems import answering
from dashboard.domain.board import Board
from dashboard.domain.refusals import NotFound, WrongState
from dashboard.freed import Freed
from dashboard.looks import PAY, Looks
from dashboard.shown import seal
from dashboard.suggestions import Suggestions
from layouts.card import cards
from layouts.suggestion_words import freed_text
from layouts.words import Words


def register_cards(
    flask: Flask, suggestions: Suggestions, freed: Freed, board: Callable[[str], Board],
    words: Callable[[str], Words], clock: Callable[[], datetime], looks: Looks, wanted: Callable[[], bool],
) -> None:  # fmt: skip
    """``GET /live/cards?order=``: ``cards`` as layouts/card.py has them, and ``shown``, which an assignment hands back;
    null when it cannot be given to anybody any more.
    ``guessed``: some ways are still being learnt, so it is worth while to ask again.

    ``GET /live/freed?courier=``: a ``text`` and its ``order`` when the courier would make a difference to one that
    waits; both null when not. ``wanted`` tells whether whoever asks wants suggestions.
    """

    def shown() -> Mapping[str, Any] | None:
        by = require("assign")
        try:
            beside = suggestions.beside(by.coop, request.args.get("order", ""), clock(), is_wanted=wanted())
        except (NotFound, WrongState):
            return None  # closed while it was looked at
        looks.note(by, None, PAY)
        names = {courier.id: courier.name for courier in board(by.coop).couriers.values()}
        return {
            "order": beside.order.id, "ref": beside.order.ref, "version": beside.order.version, "seq": beside.seq,
            "suggested": beside.terms.is_on, "guessed": any(one.after and one.after.guessed for one in beside.found),
            "cards": cards(beside, names, words(by.coop)), "shown": seal(beside),
        }  # fmt: skip

    def gained() -> Mapping[str, Any]:
        by = require("assign")
        found = freed.gain(by.coop, request.args.get("courier", ""), clock()) if wanted() else None
        text = freed_text(found, words(by.coop)) if found else None
        return {"text": text, "order": found.order.id if found else None}

    flask.add_url_rule("/live/cards", "cards", answering(shown))
    flask.add_url_rule("/live/freed", "freed", answering(gained))

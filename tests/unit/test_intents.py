"""What the page sends is read as it is meant, or refused with a text that says what to mend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from callbacks.intents import Intent, Target, read_intent
from dashboard.domain.refusals import Invalid


@pytest.mark.parametrize(("sent", "meant"), [
    ({"verb": "assign", "order": "o1", "version": 3, "courier": "lea", "nonce": "1-1"},
     Intent("assign", "o1", 3, "lea")),
    ({"verb": "swap", "order": "o1", "version": 3, "courier": "noe", "from": "lea"},
     Intent("swap", "o1", 3, "noe", "lea")),
    ({"verb": "delay", "order": "o1", "minutes": 10}, Intent("delay", "o1", minutes=10)),
    ({"verb": "cancel", "order": "o1", "version": 1, "reason": " wrong address "},
     Intent("cancel", "o1", 1, reason="wrong address")),
    ({"verb": "break", "order": "", "courier": "lea", "minutes": 20}, Intent("break", courier="lea", minutes=20)),
    ({"verb": "unassign", "order": "", "orders": [{"order": "o1", "version": 2}, {"order": "o2"}]},
     Intent("unassign", orders=(Target("o1", 2), Target("o2")))),
    ({"verb": "assign", "order": "o1", "courier": "lea", "day": "2026-12-24", "tags": ["vip"]},
     Intent("assign", "o1", courier="lea", day=date(2026, 12, 24), tags=("vip",))),
])  # fmt: skip
def test_what_the_page_sends_is_read_as_it_is_meant(sent: dict[str, Any], meant: Intent) -> None:
    """Each verb of the desk with what it says besides becomes the same value, whatever sent it."""
    assert read_intent(sent) == meant


@pytest.mark.parametrize(("sent", "says"), [
    (None, "did not understand what to do"),
    ({"verb": "sing", "order": "o1"}, "did not understand what to do"),
    ({"verb": "assign", "order": "", "courier": "lea"}, "Which order"),
    ({"verb": "break", "order": ""}, "Which courier"),
    ({"verb": "assign", "order": "o1"}, "To whom"),
    ({"verb": "swap", "order": "o1", "courier": "lea"}, "From whom"),
    ({"verb": "delay", "order": "o1"}, "By how many minutes"),
    ({"verb": "delay", "order": "o1", "minutes": 0}, "from 1 to 240"),
    ({"verb": "delay", "order": "o1", "minutes": True}, "did not understand minutes"),
    ({"verb": "ready", "order": ["o1"]}, "did not understand order"),
    ({"verb": "ready", "order": "o1", "version": "3"}, "did not understand version"),
    ({"verb": "ready", "orders": ["o1"]}, "did not understand orders"),
    ({"verb": "ready", "order": "o1", "day": "tomorrow"}, "write it as 2026-12-24"),
    ({"verb": "cancel", "order": "o1", "reason": "x" * 501}, "longer than 500"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_with_what_to_mend(sent: Any, says: str) -> None:
    """Nothing half understood is carried out."""
    with pytest.raises(Invalid, match=says):
        read_intent(sent)

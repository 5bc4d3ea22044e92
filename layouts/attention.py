"""What needs attention: the panel on the desk, which the browser code fills, and the texts that it fills it with."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain.alarm_rules import INCIDENT, INCIDENT_SAYS, RULES, SYSTEM, SYSTEM_SAYS
from layouts import ids
from layouts.aria import aria
from layouts.words import Words


def attention_panel(words: Words) -> Component:
    """The panel, empty."""
    return html.Section(
        id=ids.DESK_ATTENTION, className="panel attention-panel", tabIndex=-1, **aria(label=words("Attention"))
    )


def alarm_texts(words: Words) -> dict[str, dict[str, Any]]:
    """By rule, by part of the system, and by kind of incident: its name, what it says and what to do, with gaps."""
    rules = {
        rule.id: {"name": words(rule.name), "says": words(rule.says), "response": words(rule.response)}
        for rule in RULES.values()
    }
    parts = {
        f"{rule}.{part}": {"name": rules[rule]["name"], "says": words(says), "response": words(response)}
        for rule, said in ((SYSTEM, SYSTEM_SAYS), (INCIDENT, INCIDENT_SAYS))
        for part, (says, response) in said.items()
    }
    return rules | parts

"""The dialog before an order that crosses a limit of working time: the courier is asked, and somebody says why."""

from __future__ import annotations

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.domain.working_time import Finding
from layouts import ids
from layouts.frame import dialog, held_line
from layouts.words import Words
from layouts.working_time import limit_text


def consent_dialog(words: Words) -> Component:
    """The dialog, shut. Nothing is given until there is a reason and the courier's consent."""
    content = [
        dcc.Store(id=ids.CONSENT_ABOUT),
        held_line(),
        html.Div(id=ids.CONSENT_LIMITS, className="consent-limits"),
        dmc.TextInput(id=ids.CONSENT_REASON, label=words("Reason"), value="", autoComplete="off",
                      description=words("It stays in the journal, and the courier can read it."),
                      inputProps={"data-autofocus": True, "maxLength": 300}),
        dmc.Checkbox(id=ids.CONSENT_AGREES, label=words("The courier was asked and agrees"), checked=False),
        html.Div(
            [html.Button(words("Give it all the same"), id=ids.CONSENT_GIVE, className="step", type="button"),
             html.Button(words("Do not give it"), id=ids.CONSENT_LEAVE, className="step", type="button")],
            className="steps",
        ),
    ]  # fmt: skip
    return dialog(ids.CONSENT, words("Ask first"), content, words)


def consent_title(ref: str, courier: str, words: Words) -> str:
    """1042 to Léa: ask first."""
    return words("{ref} to {courier}: ask first", ref=ref, courier=courier)


def crossed(courier: str, findings: Sequence[Finding], words: Words) -> list[Component]:
    """Which limits the courier (a name) would cross."""
    return [
        html.P(words("With this order, {courier} would work beyond a limit that law or agreement sets:",
                     courier=courier)),
        html.Ul([html.Li(limit_text(one, words), className="is-red") for one in findings]),
        html.P(words("Nobody has to agree, and nobody may be worse off for refusing.")),
    ]  # fmt: skip


def missing(reason: str, agrees: bool, words: Words) -> tuple[str | None, str | None]:
    """What is still to be filled in: at the reason, at the consent; None where nothing is."""
    return (
        None if reason.strip() else words("Say why: give a reason."),
        None if agrees else words("Without consent it cannot be given: choose another courier."),
    )

"""Where a token opens the door."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.domain.refusals import Refusal
from layouts import ids
from layouts.frame import brand, page
from layouts.states import state_name
from layouts.switches import language_links
from layouts.words import Words


def login(theme: str, words: Words, *, is_known: bool = False) -> Component:
    """The form. Its errors say what to do; whoever ``is_known`` already may as well go on."""
    onward = [html.A(words("Go to the desk"), href="/", className="plain-link")] if is_known else []
    return _card(
        [
            html.H1(words("Sign in with a token")),
            html.P(words("Your co-op's administrator hands out tokens: one long word for each person or program.")),
            html.A(words("Sign in with your address and password"), href="/sign-in", className="plain-link"),
            dmc.PasswordInput(
                id=ids.LOGIN_TOKEN, label=words("Token"), name="token", autoComplete="current-password", size="md",
                inputProps={"autoFocus": True}, visibilityToggleButtonProps={"aria-label": words("Show the token")},
            ),
            html.P(id=ids.LOGIN_ERROR, className="form-error", role="alert"),
            dmc.Button(words("Sign in"), id=ids.LOGIN_ENTER, size="md", fullWidth=True),
            *onward,
        ],
        theme,
        words,
    )  # fmt: skip


def empty_token(words: Words) -> str:
    """What stands under the field when there is nothing in it."""
    return words("Paste your token into the field, then sign in.")


def not_for(role: str, theme: str, words: Words) -> Component:
    """The desk is shut for this role: say so, and how to go on."""
    return _card(
        [
            html.H1(words("The desk is for dispatchers")),
            html.P(words("You are signed in as {role}. Sign out, then sign in as somebody who works at the desk.",
                         role=state_name(role, words))),
            dmc.Button(words("Sign out"), id=ids.SIGN_OUT, size="md", fullWidth=True),
        ],
        theme,
        words,
    )  # fmt: skip


LOOK_AGAIN_SECONDS = 15
"""Between two looks of a page whose figures are not ready."""


def not_ready(refusal: Refusal, theme: str, words: Words) -> Component:
    """The accounts cannot be shown yet: how far they are, and a way to look again; the page does so by itself, too."""
    return _card(
        [
            html.Meta(httpEquiv="refresh", content=str(LOOK_AGAIN_SECONDS)),
            html.H1(words("The accounts are not ready yet")),
            html.P(words(refusal.message, **refusal.facts), role="status"),
            html.P(words("This page looks again by itself every {n} seconds.", n=LOOK_AGAIN_SECONDS)),
            html.A(words("Look again now"), href="", className="plain-link", id="look-again"),
        ],
        theme,
        words,
    )


def nowhere(theme: str, words: Words) -> Component:
    """There is no such page."""
    return _card(
        [html.H1(words("There is no such page")), html.A(words("Go to the desk"), href="/", className="plain-link")],
        theme,
        words,
    )


def _card(content: list[Any], theme: str, words: Words) -> Component:
    foot = html.Footer(language_links(words), className="card-foot")
    return page(html.Main([html.Div([brand(), "Roulement"], className="brand"), *content, foot], className="card"),
                theme, words)  # fmt: skip

"""Language and theme: plain links, so that they work by keyboard, can be bookmarked and need no script."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.aria import DECORATION, aria
from layouts.states import state_name
from layouts.view import THEMES
from layouts.words import LANGUAGE_NAMES, Words


def language_links(words: Words) -> Component:
    """Each language under its own name."""
    return html.Nav(
        [html.A(name, href=f"?language={code}", lang=code, hrefLang=code,
                className="switch is-current" if code == words.language else "switch")
         for code, name in LANGUAGE_NAMES.items()],
        className="switches", **aria(label=words("Language")),
    )  # fmt: skip


def role_choices(roles: Sequence[str], role: str, words: Words) -> Sequence[Component]:
    """At the demo: look at the co-op as somebody else."""
    choices = [_choice(state_name(one, words), f"/?role={one}", one == role) for one in roles]
    return [html.Nav([html.H2(words("Look as")), *choices], **aria(label=words("Look as")))] if choices else []


def suggestion_choices(is_on: bool, words: Words) -> Sequence[Component]:
    """Suggestions for oneself, or couriers by name alone."""
    choices = [(words("Shown"), "on", is_on), (words("Off: couriers by name"), "off", not is_on)]
    links = [_choice(name, f"?suggestions={code}", is_current) for name, code, is_current in choices]
    return [html.Nav([html.H2(words("Suggestions")), *links], **aria(label=words("Suggestions")))]


def visitor_menu(visitor: str, theme: str, words: Words, roles: Sequence[Component] = ()) -> Component:
    """The visitor's name, and behind it roles to try (or other choices), language, theme and the way out."""
    languages = [_choice(name, f"?language={code}", code == words.language) for code, name in LANGUAGE_NAMES.items()]
    themes = [_choice(words(name), f"?theme={code}", code == theme) for code, name in THEMES.items()]
    return html.Details(
        [
            html.Summary([html.Span(visitor), html.Span("▾", **DECORATION)], className="quiet-button",
                         title=words("Account, language, theme and sign out")),
            html.Div(
                [
                    *roles,
                    html.A(words("My account"), href="/account", className="choice account-link"),
                    html.Nav([html.H2(words("Language")), *languages], **aria(label=words("Language"))),
                    html.Nav([html.H2(words("Theme")), *themes], **aria(label=words("Theme"))),
                    html.Button(words("Sign out"), id=ids.SIGN_OUT, className="choice", type="button"),
                ],
                className="choices",
            ),
        ],
        className="visitor-menu",
    )  # fmt: skip


def _choice(name: str, href: str, is_current: bool) -> Component:
    mark = html.Span("✓" if is_current else "", className="choice-mark", **DECORATION)
    current = aria(current="true") if is_current else {}
    return html.A([mark, name], href=href, className="choice", **current)

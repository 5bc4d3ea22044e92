"""What a browser session remembers of its person's taste: language, theme, suggestions or none."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import request, session

from dashboard.roles import ROLES
from layouts.view import DEFAULT_THEME, THEMES
from layouts.words import LOCALES, choose_language

CHOICES = {
    "language": frozenset(LOCALES), "theme": frozenset(THEMES), "role": frozenset(ROLES),
    "suggestions": frozenset({"on", "off"}),
}  # fmt: skip
"""``role`` counts for guests of the demo alone: whoever holds a token has that token's role."""


def language(installed: str = "") -> str:
    """The person's choice, else the installation's, else the browser's."""
    return choose_language(session.get("language") or installed, list(request.accept_languages.values()))


def theme() -> str:
    """The person's choice, else the light one."""
    chosen: str = session.get("theme", DEFAULT_THEME)
    return chosen if chosen in THEMES else DEFAULT_THEME


def wants_suggestions() -> bool:
    """Whether the person has not switched them off."""
    return bool(session.get("suggestions", "on") == "on")


def query_in(search: str | None) -> dict[str, str]:
    """What stands behind the ``?`` of a page's address: the first value of each name."""
    return {name: values[0] for name, values in parse_qs(str(search or "").removeprefix("?")).items()}


def remember(search: str | None) -> None:
    """Keep what a link such as ``?language=fr`` or ``?theme=dark`` chose; anything else is left alone."""
    for name, value in query_in(search).items():
        if value in CHOICES.get(name, frozenset()):
            session[name] = value


def next_page(search: str | None) -> str:
    """The page of our own that ``?next=`` names, else the first one: never another site's."""
    wanted = query_in(search).get("next", "/")
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wanted if is_ours else "/"

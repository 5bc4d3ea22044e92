"""Pages that are plain forms: they work without scripts, for signing in and for people's accounts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from layouts.view import THEMES
from layouts.words import LANGUAGE_NAMES, Words

FOLDER = Path(__file__).parent
NOTHING: Mapping[str, Any] = {"problem": "", "said": "", "keep": "", "next": "/", "email": "", "name": ""}


def render(template: str, words: Words, theme: str, csrf: str, **values: Any) -> str:
    """The page ``template``.html; whatever stands in ``values`` is text, and is shown as text."""
    themes = [(code, words(name)) for code, name in THEMES.items()]
    page = _pages().get_template(f"{template}.html")
    return page.render(
        {
            **NOTHING,
            "words": words,
            "theme": theme,
            "csrf": csrf,
            "languages": LANGUAGE_NAMES,
            "themes": themes,
            **values,
        }
    )


@cache
def _pages() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True)

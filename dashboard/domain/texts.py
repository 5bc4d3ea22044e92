"""Texts with gaps, which facts fill: ``{ref}``, or ``{n:order|orders}`` for the word that goes with so many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any


class Filling(Formatter):
    """Fills gaps as ``str.format`` does; ``is_one`` says of which numbers a language speaks in the singular."""

    def __init__(self, is_one: Callable[[float], bool]) -> None:
        self.is_one = is_one

    def __call__(self, text: str, facts: Mapping[str, Any]) -> str:
        """KeyError for a gap without its fact."""
        return self.vformat(text, (), facts)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A number may be written out already: what is none, like 1,234, is many."""
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        try:
            return one if self.is_one(float(value)) else many
        except ValueError:
            return many


fill_english = Filling(lambda number: number == 1)

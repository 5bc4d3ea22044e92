"""Names for those who try the demo: two browsers get two names, so that each sees who the other is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import sample

FIRST_NAMES = (
    "Aino", "Aïcha", "Alba", "Amara", "Anouk", "Bruno", "Camille", "Chiara", "Dario", "Elif", "Emil", "Fatou", "Freya",
    "Gaël", "Hugo", "Ines", "Ivo", "Jonas", "Kaisa", "Karim", "Leïla", "Lumi", "Malik", "Manon", "Marek", "Mina",
    "Nadia", "Niilo", "Noor", "Oskar", "Paola", "Rafael", "Rosa", "Sofia", "Tariq", "Tuuli", "Valentin", "Yara",
    "Youssef", "Zoé",
)  # fmt: skip


def first_names() -> Callable[[], str]:
    """Gives a name each time, in an order of chance, all before any comes again."""
    return cycle(sample(FIRST_NAMES, len(FIRST_NAMES))).__next__

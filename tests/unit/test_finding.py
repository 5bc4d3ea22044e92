"""Finding closed orders by what somebody types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from dashboard.domain.finding import asked_for, find, words_about, words_of
from dashboard.domain.orders import Place
from tests.unit.desk_values import ORDER

ORDERS = {
    "a": replace(
        ORDER, ref="1042", pickup=Place(60, 25, "Bœuf Bar"), dropoff=Place(60, 25, address="Risto 1"), note="nuts"
    ),
    "b": replace(
        ORDER, ref="1043", pickup=Place(60, 25, "Toscana"), dropoff=Place(60, 25, address="Ristokuja 2"), note=""
    ),
    "c": replace(
        ORDER, ref="1044", pickup=Place(60, 25, "Toscana"), dropoff=Place(60, 25, address="Aristotle 3"), note=""
    ),
}


def found(text: str) -> list[str]:
    vocabulary: dict[str, Collection[str]] = {}
    for key, order in ORDERS.items():
        for word in words_about(order, "Noémie" if key == "c" else ""):
            vocabulary[word] = {*vocabulary.get(word, ()), key}
    return [key for _, key in find(asked_for(text), vocabulary)]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1042", ["a"]), ("boeuf", ["a"]), ("BŒUF bar", ["a"]), ("noemie", ["c"]), ("nuts", ["a"]),
        ("104", ["a", "b", "c"]),
        ("risto", ["a", "b", "c"]), ("toscana aristotle", ["c"]), ("nothing of that name", []), ("", []),
    ],
)  # fmt: skip
def test_words(typed: str, keys: list[str]) -> None:
    """Accents and case do not count; whole words come before beginnings, beginnings before parts; all words count."""
    assert found(typed) == keys


@pytest.mark.parametrize("typed", ["tosacna", "tosana", "toscanna", "toxcana", "tosxan"])
def test_slips(typed: str) -> None:
    """One letter too many, too few, wrong, or two swapped are forgiven."""
    assert found(typed) == ["b", "c"]


def test_numbers_are_meant_as_written() -> None:
    """A slip in a number would lead to somebody else's order; nor is one sought where the word itself is found."""
    assert found("1024") == []
    assert found("risto") == ["a", "b", "c"]


def test_a_long_question_is_cut() -> None:
    """No question takes longer than its first words."""
    assert len(asked_for("word " * 200)) == 8
    assert words_of("L’Œuvre, 12 bis") == ("l", "oeuvre", "12", "bis")

"""Finding orders by what somebody types: accents and case apart, the beginnings of words before parts of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from dashboard.domain.orders import Order

type Words = frozenset[str]
_WORD = re.compile(r"\w+")
_WRITTEN_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_LONGEST, _MOST_WORDS = 120, 8
_SHORTEST_WITH_SLIPS = 4
EXACT, BEGINS, WITHIN, SLIPPED = range(4)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small letters without accents; ß is ss."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WRITTEN_OUT))
    return tuple(_WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


def asked_for(text: str) -> tuple[str, ...]:
    """The words of a question, of which only so many count."""
    return words_of(text[:_LONGEST])[:_MOST_WORDS]


def words_about(order: Order, courier: str) -> Words:
    """All words that lead to an order; ``courier`` is the name of who had it."""
    ends = (text for end in (order.pickup, order.dropoff) for text in (end.name, end.address))
    tags = getattr(order, "tags", ())
    return frozenset(word for text in (order.ref, *ends, order.note, courier, *tags) for word in words_of(text))


def find(asked: Sequence[str], vocabulary: Mapping[str, Collection[str]]) -> list[tuple[int, str]]:
    """Which documents have each word, with how badly (0: word for word), the best first; slips count only where
    nothing is found without. ``vocabulary``: the documents of each word."""
    for slips in (False, True):
        if found := _in_all([_levels(word, vocabulary, slips) for word in asked]):
            return found
    return []


def _in_all(levels: Sequence[Mapping[str, int]]) -> list[tuple[int, str]]:
    if not levels:
        return []
    keys = set(levels[0]).intersection(*levels[1:])
    return sorted((sum(level[key] for level in levels), key) for key in keys)


def _levels(word: str, vocabulary: Mapping[str, Collection[str]], slips: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for other, documents in vocabulary.items():
        level = _level(word, other, slips)
        if level is not None:
            found |= {key: min(level, found.get(key, level)) for key in documents}
    return found


def _level(word: str, other: str, slips: bool) -> int | None:
    if other.startswith(word):
        return EXACT if len(other) == len(word) else BEGINS
    if len(word) > 1 and word in other:
        return WITHIN
    return SLIPPED if slips and _is_near(word, other) else None


def _is_near(word: str, other: str) -> bool:
    """Whether one slip leads from the word to a beginning of the other. Numbers are meant as they are written."""
    if len(word) < _SHORTEST_WITH_SLIPS or any(letter.isdigit() for letter in word):
        return False
    at = next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))
    left, right = word[at:], other[at:]
    swapped = left[1:2] + left[:1] + left[2:]
    return right.startswith((left[1:], swapped)) or right[1:].startswith((left, left[1:]))

"""Finds streets, house numbers and places of a city by what somebody types, whatever the accents and the case."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from threading import Lock
from typing import Any

_NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"\w+")
_LOOKED_AT = 60
"""Names that begin so, of which the best are answered."""

_LONGEST = 120
_MOST_WORDS = 8
_SHORTEST_MENDED = 4
"""Letters of a word in which a slip is looked for: shorter ones are near to everything."""
_MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """What was found. ``kind``: ``address`` (a house number), ``street``, ``quarter``, ``eating`` or ``spot``;
    ``detail`` says where or what it is: a part of town, an address, OpenStreetMap's word for it, or ''."""

    name: str
    kind: str
    detail: str
    lat: float
    lon: float


class Gazetteer:
    """The index in a city pack; may be asked from any thread."""

    def __init__(self, file: Path) -> None:
        self._sql = sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._lock = Lock()
        self._terms: list[str] = []
        self._number_first = bool(self._sql.execute("SELECT number_first FROM country").fetchone()[0])

    def search(self, text: str, limit: int = 10) -> list[Spot]:
        """What begins so, word for word: ``mairie``, ``riv`` (rue de Rivoli), ``12 rue de riv``, ``Bulevardi 9``.

        Where nothing begins so, one slip of the finger in a word is forgiven: ``bulevadri 9``."""
        words = words_of(text[:_LONGEST])[:_MOST_WORDS]
        with self._lock:
            found = self._found(words, limit) or self._nearly(words, limit)
        return list(dict.fromkeys(found))[:limit]

    def point(self, street: str, number: str) -> Spot | None:
        """A house number of a street of exactly that name (accents and case apart); None where it is not mapped."""
        folded = " ".join(words_of(street))
        with self._lock:
            row = self._sql.execute(
                "SELECT place.name, written, detail, number.lat, number.lon FROM place JOIN number ON street = id"
                " WHERE place.folded = ? AND number.folded = ? ORDER BY id",
                (folded, _number(words_of(number))),
            ).fetchone()
        return self._address(*row) if row else None

    def _found(self, words: Sequence[str], limit: int) -> list[Spot]:
        return [*self._addresses(words, limit), *self._names(words)]

    def _nearly(self, words: Sequence[str], limit: int) -> list[Spot]:
        """What is found when a word that begins no name is read with one slip of the finger in it."""
        self._terms = self._terms or self._known_words()
        tries = [mended(word, self._terms) if len(word) >= _SHORTEST_MENDED else [word] for word in words]
        found: list[Spot] = []
        for each in islice(product(*tries), _MOST_TRIES):
            found += self._found(each, limit)
        return found

    def _known_words(self) -> list[str]:
        self._sql.execute("PRAGMA temp_store = MEMORY")
        self._sql.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'words', 'row')")
        return sorted(term for (term,) in self._sql.execute("SELECT term FROM temp.terms"))

    def _addresses(self, words: Sequence[str], limit: int) -> Iterator[Spot]:
        for number, rest in _numbers(words):
            for street, name, _, detail, _, _ in self._begin(rest, "street")[:limit]:
                rows = self._sql.execute(
                    "SELECT written, lat, lon FROM number WHERE street = ? AND folded >= ? AND folded < ?"
                    " ORDER BY length(folded), folded LIMIT ?",
                    (street, number, number + "\U0010ffff", limit),
                )
                yield from (self._address(name, found, detail, lat, lon) for found, lat, lon in rows)

    def _names(self, words: Sequence[str]) -> list[Spot]:
        rows = [*self._begin(words, "street"), *self._begin(words, "place")]
        typed = " ".join(words)
        rows.sort(key=lambda row: not " ".join(words_of(row[1])).startswith(typed))
        return [Spot(name, kind, detail, lat, lon) for _, name, kind, detail, lat, lon in rows]

    def _address(self, street: str, number: str, detail: str, lat: float, lon: float) -> Spot:
        name = f"{number} {street}" if self._number_first else f"{street} {number}"
        return Spot(name, "address", detail, lat, lon)

    def _begin(self, words: Sequence[str], table: str) -> list[tuple[Any, ...]]:
        """Streets, or all else, of whose words some begin so: the most important first, as they are stored."""
        if not words:
            return []
        order = "> 0 ORDER BY rowid" if table == "street" else "< 0 ORDER BY rowid DESC"
        wanted = " ".join(f'"{word}"*' for word in words)
        found = self._sql.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? AND rowid {order} LIMIT {_LOOKED_AT}",  # noqa: S608
            (wanted,),
        ).fetchall()
        look_up = "SELECT id, name, kind, detail, lat, lon FROM place WHERE id = ?"
        return [self._sql.execute(look_up, each).fetchone() for each in found]


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: small letters without accents; ß is ss."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return _WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark)))


def mended(word: str, terms: Sequence[str]) -> list[str]:
    """The word itself if one of the sorted ``terms`` begins so; else what they begin with that is one slip away:
    a letter too many, too few, another one, or two that changed places. The whole words among them first."""
    if _begins(word, terms):
        return [word]
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase),
        *(head + letter + tail for head, tail in cuts for letter in ascii_lowercase),
    }
    likely = [one for one in slips if _begins(one, terms)]
    return sorted(likely, key=lambda one: (terms[bisect_left(terms, one)] != one, one))


def _begins(word: str, terms: Sequence[str]) -> bool:
    at = bisect_left(terms, word)
    return at < len(terms) and terms[at].startswith(word)


def _numbers(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What of a query may be a house number («12», «12 b»), last or first, and the words that are left."""
    for start, length in ((len(words) - 1, 1), (len(words) - 2, 2), (0, 1), (0, 2)):
        number, rest = words[start : start + length], [*words[: max(start, 0)], *words[start + length :]]
        if (
            start >= 0
            and rest
            and number[0][0].isdigit()
            and all(one.isalpha() and len(one) == 1 for one in number[1:])
        ):
            yield _number(number), rest


def _number(words: Sequence[str]) -> str:
    return "".join(words)

"""Where an address of a spreadsheet lies, by the index of the city; what comes nearest where it is not in it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from dashboard.domain.refusals import Invalid
from dashboard.domain.sheet_orders import Find
from live.city.gazetteer import Gazetteer, Spot, words_of

PROPOSED = 3
_BEGINNINGS = (4, 3, 2)
"""So many letters of each word have to be right for a name to be proposed: many first, few if that finds none."""

_LIKE = 0.6

_NUMBER = r"(\d+(?:\s?[-–/]\s?\d+)?(?:\s?(?:bis|ter|quater|[a-z]))?)"
_FIRST = re.compile(rf"{_NUMBER}\s*,?\s+([^,]+)(?:,.*)?", re.IGNORECASE)
_LAST = re.compile(rf"([^,]*?[^,\s])\s*,?\s+{_NUMBER}\b(?:[\s,].*)?", re.IGNORECASE)


def finder(gazetteer: Gazetteer | None) -> Find:
    """Looks addresses up, each once."""

    @cache
    def find(text: str) -> tuple[float, float]:
        if gazetteer is None:
            raise Invalid("This city is invented and has no addresses: give coordinates in latlong")
        spot = _exactly(gazetteer, text)
        if spot is None:
            raise _not_found(text, _nearest(gazetteer, text))
        return spot.lat, spot.lon

    return find


def _exactly(gazetteer: Gazetteer, text: str) -> Spot | None:
    for number, street in _split(text):
        if found := gazetteer.point(street, number):
            return found
    name = text.partition(",")[0]
    named = [spot for spot in gazetteer.search(name, 40) if words_of(spot.name) == words_of(name)]
    if any(spot.kind in ("street", "quarter") for spot in named):
        return None  # a tram stop has the street's name, too
    return named[0] if named else None


def _split(text: str) -> list[tuple[str, str]]:
    """The house number and the street: «12 bis rue X, 75004 Paris», «Bulevardi 9, Helsinki»."""
    first, last = _FIRST.fullmatch(text), _LAST.fullmatch(text)
    found = [(first[1], first[2].strip())] if first else []
    if last:  # «9 B 12» is a staircase and a door of number 9
        found += [(number, last[1].strip()) for number in (last[2], re.split(r"\D", last[2])[0])]
    return found


def _nearest(gazetteer: Gazetteer, text: str) -> list[str]:
    """The names that are most like it, with the house number where the street has it."""
    number, street = next(iter(_split(text)), ("", re.split(r",|\s\d", text)[0]))
    wanted = words_of(street)
    for letters in _BEGINNINGS:
        found = {spot.name for spot in gazetteer.search(" ".join(word[:letters] for word in wanted), 120)}
        like = sorted((-_likeness(name, wanted), name) for name in found if _likeness(name, wanted) >= _LIKE)
        if like:
            spots = [(name, gazetteer.point(name, number)) for _, name in like[:PROPOSED]]
            return [spot.name if spot else name for name, spot in spots]
    return []


def _likeness(name: str, wanted: list[str]) -> float:
    return SequenceMatcher(None, " ".join(words_of(name)), " ".join(wanted)).ratio()


def _not_found(text: str, nearest: list[str]) -> Invalid:
    if nearest and words_of(nearest[0]) == words_of(text.partition(",")[0]):
        return Invalid("“{text}” is a street: add the house number, or give coordinates in latlong", text=text)
    if nearest:
        return Invalid("“{text}” is not found in this city. Nearest: {names}", text=text, names="; ".join(nearest))
    return Invalid("“{text}” is not found in this city: give street and number, or coordinates in latlong", text=text)

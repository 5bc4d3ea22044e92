"""First names of couriers and of customers, French and Finnish."""

from __future__ import annotations

import unicodedata
from random import Random

COURIERS = (
    "Aino", "Léa", "Eetu", "Camille", "Väinö", "Manon", "Onni", "Inès", "Elias", "Chloé", "Leevi", "Jeanne", "Helmi",
    "Théo", "Venla", "Lucas", "Oskari", "Zoé", "Lumi", "Hugo", "Pihla", "Anaïs", "Veikko", "Margaux", "Siiri", "Élise",
    "Niilo", "Noémie", "Aada", "Maël", "Kerttu", "Solène", "Toivo", "Agathe", "Iida", "Rémi", "Sanni", "Bastien",
    "Emmi", "Yanis",
)  # fmt: skip
CUSTOMERS = (
    "Sofia", "Antoine", "Matti", "Nadia", "Juhani", "Claire", "Riikka", "Olivier", "Tuula", "Mehdi", "Anna", "Pekka",
    "Sylvie", "Jari", "Fatou", "Kaisa", "Benoît", "Minna", "Karim", "Laura", "Timo", "Hélène", "Ville", "Aïcha",
)  # fmt: skip
_INITIALS = "ABCDEFGHIJKLMNPRSTV"


def couriers(count: int) -> list[tuple[str, str]]:
    """So many couriers as (id, name); beyond the list of names each comes again with a number."""
    return [_courier(n) for n in range(count)]


def customer(dice: Random) -> str:
    """Somebody who orders: ``Sofia K.``"""
    return f"{dice.choice(CUSTOMERS)} {dice.choice(_INITIALS)}."


def _courier(n: int) -> tuple[str, str]:
    turn, index = divmod(n, len(COURIERS))
    name = COURIERS[index] + (f" {turn + 1}" if turn else "")
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return plain.replace(" ", "-"), name

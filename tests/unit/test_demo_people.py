"""The demo's people and what is drawn for them: names, menus, fates, and how many order when."""

from __future__ import annotations

from itertools import pairwise

import pytest

from live.city.pack import Restaurant
from live.demo.demand import CALM, DAY, DINNER, LUNCH, intensity
from live.demo.fate import fate_of
from live.demo.menus import menu_of
from live.demo.people import couriers


def test_couriers_have_names_and_plain_ids() -> None:
    """Names keep their accents, ids are plain; beyond the list names come again with a number."""
    everybody = couriers(90)

    assert everybody[:2] == [("aino", "Aino"), ("lea", "Léa")]
    assert everybody[40] == ("aino-2", "Aino 2")
    assert len(dict(everybody)) == len({name for _, name in everybody}) == 90
    assert couriers(10) == everybody[:10]


def test_an_order_has_one_fate() -> None:
    """Seed and number decide; another seed decides otherwise."""
    assert fate_of("1042", 1, 0.6) == fate_of("1042", 1, 0.6)
    assert fate_of("1042", 1, 0.6) != fate_of("1042", 2, 0.6) != fate_of("1043", 2, 0.6)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.6, 1.0])
def test_the_colleague_gets_its_share(share: float) -> None:
    """Of many orders that part is for the colleague, and a few are refused or late."""
    fates = [fate_of(str(ref), 7, share) for ref in range(2000)]

    assert sum(fate.is_for_colleague for fate in fates) / 2000 == pytest.approx(share, abs=0.03)
    assert 0.005 < sum(fate.is_refused for fate in fates) / 2000 < 0.03
    assert 0.05 < sum(fate.extra_minutes > 0 for fate in fates) / 2000 < 0.12
    assert min(fate.patience for fate in fates) >= 9 * 60


def test_a_demo_day_peaks_twice_and_is_never_empty() -> None:
    """It begins at lunch; dinner is the height; the quietest moment has almost half of it; days join without a jump."""
    minutes = [intensity(minute * 60) for minute in range(8 * 60 * 2)]

    assert CALM < min(minutes) < CALM + 0.05
    assert max(minutes) == intensity(DINNER) == 1
    assert intensity(LUNCH) > 0.9
    assert intensity(0) > 0.75
    assert intensity((LUNCH + DINNER) / 2) < 0.6
    assert max(abs(a - b) for a, b in pairwise(minutes)) < 0.02
    assert intensity(DAY + 100) == intensity(100)


@pytest.mark.parametrize(
    ("name", "kind", "cuisine", "dish"),
    [
        ("Haru", "restaurant", "sushi", "Miso soup"),
        ("Pizza Hut", "restaurant", "", "Margherita"),
        ("Café Ekberg", "cafe", "", "Cinnamon bun"),
        ("Finnjävel", "restaurant", "scandinavian", "Salmon soup"),
        ("Vltava", "bar", "", "Nachos"),
    ],
)
def test_kitchens_cook_what_they_are_known_for(name: str, kind: str, cuisine: str, dish: str) -> None:
    """By cuisine, else by name, else by the kind of place."""
    restaurant = Restaurant("id", name, "", 60.17, 24.94, kind, cuisine)

    assert dish in dict(menu_of(restaurant))


def test_a_place_of_which_nothing_is_known_cooks_something() -> None:
    """It has a menu like others, and the same one whenever it is asked."""
    unknown = [Restaurant(f"r{n}", "Kosmos", "", 60.17, 24.94, "restaurant", "eclectic") for n in range(50)]

    assert len({menu_of(one) for one in unknown}) > 3
    assert [menu_of(one) for one in unknown] == [menu_of(one) for one in unknown]

"""Streets, house numbers and places are found by what somebody types."""

from __future__ import annotations

import pytest

from live.city.gazetteer import Gazetteer, mended, words_of
from live.city.pack import CityPack
from tests.app.conftest import Desk


@pytest.fixture(scope="module")
def helsinki(pack: CityPack) -> Gazetteer:
    """The index of the middle of Helsinki."""
    assert pack.gazetteer is not None
    return Gazetteer(pack.gazetteer)


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("mannerh", "Mannerheimintie", "street"),
        ("ETELAESPL", "Eteläesplanadi", "street"),
        ("Bulevardi 9", "Bulevardi 9", "address"),
        ("9 bulev", "Bulevardi 9", "address"),
        ("ekberg", "Cafe Ekberg", "eating"),
        ("mannerheimintie 5 a", "Mannerheimintie 5", ""),
        ("bulevadri 9", "Bulevardi 9", "address"),
        ("manerheimintie", "Mannerheimintie", "street"),
    ],
)
def test_what_is_typed_is_found(helsinki: Gazetteer, typed: str, name: str, kind: str) -> None:
    """The first answer is what was meant; an entrance that is not mapped finds nothing wrong."""
    found = helsinki.search(typed)
    if kind:
        assert (found[0].name, found[0].kind) == (name, kind)
    else:
        assert all(one.name.startswith(name) for one in found)


def test_a_house_number_has_a_point(helsinki: Gazetteer, pack: CityPack) -> None:
    """Street and number give the place of the door, in any case and accents; what is not mapped gives none."""
    door = next(one for one in pack.doors if one.address == "Bulevardi 9")
    found = helsinki.point("BULEVÁRDI", "9")

    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((door.lat, door.lon), abs=0.001)
    assert helsinki.point("Bulevardi", "999") is None
    assert helsinki.point("No such street", "1") is None


@pytest.mark.parametrize("typed", ["", "   ", '"', "a* OR b", "NEAR(", "x" * 5000, "1", "12 34 56"])
def test_whatever_is_typed_is_no_error(helsinki: Gazetteer, typed: str) -> None:
    """Signs that mean something to the index mean nothing to whoever types them."""
    assert isinstance(helsinki.search(typed), list)


@pytest.mark.parametrize("typed", ["kasarmi", "kasrmi", "kasaarmi", "kasatmi", "kasamri"])
def test_one_slip_of_the_finger_is_forgiven(typed: str) -> None:
    """A letter too few, too many, another one, or two that changed places; two slips in one word are another word."""
    terms = ["kaivopiha", "kasarmikatu", "kasino"]
    assert mended(typed, terms)[0].startswith(typed if typed == "kasarmi" else "kasarmi")
    assert mended("kksrmi", terms) == []


def test_words_are_compared_without_accents() -> None:
    """Letters of their own have a plain one, too."""
    assert words_of("Straße des 17. Juni") == ["strasse", "des", "17", "juni"]
    assert words_of("Łódź, Ærø") == ["lodz", "aero"]


def test_the_desk_asks_over_http(desk: Desk) -> None:
    """GET /places answers the best first, at most so many, to whoever sees the map; without a question it says so."""
    answer = desk.get("/places?q=bulev&limit=3")
    found = answer.json["places"]  # type: ignore[index]

    assert answer.status_code == 200
    assert len(found) <= 3
    assert (found[0]["name"], found[0]["kind"]) == ("Bulevardi", "street")
    assert 60.1 < found[0]["lat"] < 60.2
    assert desk.get("/places").status_code == 422
    assert desk.get("/places?q=a", token=None).status_code == 401

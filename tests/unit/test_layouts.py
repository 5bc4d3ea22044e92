"""The pages as component trees: what the browser code needs is there, once, and can be reached by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from layouts import assign_menu, ids
from layouts.desk import desk
from layouts.desk_window import config
from layouts.everything import every_component
from layouts.login import login
from layouts.view import THEMES
from layouts.words import Words
from tests.unit.desk_values import HELSINKI, ORDER, VIEW, beside

WORDS = Words("en", "Europe/Helsinki")
HOSTS = (
    ids.DESK, ids.DESK_MAP, ids.DESK_ORDERS, ids.DESK_COURIERS, ids.DESK_CONNECTION, ids.DESK_STALE_BANNER,
    ids.DESK_ORDERS_COUNT, ids.DESK_COURIERS_COUNT, ids.DESK_CLOCK, ids.DESK_PRESENCE, ids.DESK_FIT, ids.DESK_FOLLOW,
    ids.HELP_OPEN, ids.DESK_CONFIG, ids.DESK_INTENT, ids.DESK_SELECTION, ids.DESK_RESULT, ids.MENU, ids.HELP,
)  # fmt: skip
CONTROLS = {"Button", "TextInput", "PasswordInput", "A"}


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """Every component of a tree, in the order in which they stand."""
    if isinstance(tree, list):
        for one in tree:
            yield from components(one)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree
        yield from components(tree["props"].get("children"))


def sent(component: Any) -> Any:
    return json.loads(json.dumps(component, default=lambda one: one.to_plotly_json()))


def by_id(tree: Any) -> dict[str, dict[str, Any]]:
    return {one["props"]["id"]: one for one in components(sent(tree)) if isinstance(one["props"].get("id"), str)}


@pytest.mark.parametrize("host", HOSTS)
def test_hosts(host: str) -> None:
    """Each element that the browser code fills or listens to is on the desk."""
    assert host in by_id(desk(VIEW, WORDS))


@pytest.mark.parametrize(
    "page", [desk(VIEW, WORDS), login("light", WORDS), every_component()], ids=["desk", "login", "all"]
)
def test_ids_once(page: Any) -> None:
    """No id stands twice on a page, and all are in kebab-case."""
    known = [one["props"]["id"] for one in components(sent(page)) if isinstance(one["props"].get("id"), str)]
    assert [one for one, times in Counter(known).items() if times > 1] == []
    assert [one for one in known if one != one.lower() or "_" in one] == []


def test_controls_have_names() -> None:
    """Every control has a text or a label, so that it can be found by ear."""
    for one in components(sent(desk(VIEW, WORDS))):
        if one["type"] in CONTROLS:
            props = one["props"]
            assert props.get("children") or props.get("label") or props.get("aria-label"), props


def test_language_is_marked() -> None:
    """The page says in which language it is, for those who have it read aloud."""
    page = next(one for one in components(sent(desk(VIEW, Words("fr")))) if one["props"].get("lang"))
    assert page["props"]["lang"] == "fr"


def test_status_and_alert() -> None:
    """The result line and the stale banner are announced by themselves; the banner is hidden until it is needed."""
    found = by_id(desk(VIEW, WORDS))
    assert found[ids.DESK_RESULT]["props"]["role"] == "status"
    assert found[ids.DESK_STALE_BANNER]["props"]["role"] == "alert"
    assert found[ids.DESK_STALE_BANNER]["props"]["hidden"] is True


def test_config_is_plain() -> None:
    """What the browser code is handed is JSON, with the co-op, the words and the city in it, and small."""
    text = json.dumps(config(VIEW, Words("fr", "Europe/Helsinki")))
    known = json.loads(text)
    assert known["coop"] == "acme"
    assert known["locale"] == "fr-FR"
    assert known["time_zone"] == "Europe/Helsinki"
    assert known["words"]["No orders"] == "Aucune commande"
    assert known["city"]["bounds"] == [24.935, 60.164, 24.953, 60.179]
    assert len(text) < 100_000


def test_invented_city_says_so() -> None:
    """A city that is on no map is named as one, and no real one is."""
    invented = replace(VIEW, city=replace(HELSINKI, invented=True, basemap_url=None))
    assert "An invented city" in json.dumps(sent(desk(invented, WORDS)))
    assert "An invented city" not in json.dumps(sent(desk(VIEW, WORDS)))


@pytest.mark.parametrize("theme", THEMES)
def test_themes(theme: str) -> None:
    """Each theme marks the page, so that the style sheets know it."""
    page = desk(replace(VIEW, theme=theme), WORDS)
    assert f"theme-{theme}" in json.dumps(sent(page))


def test_candidate_cells() -> None:
    """Without a position a row says load, and one who cannot take it is shut and says why."""
    rows, *_ = assign_menu.candidate_list(beside(), "", None, WORDS)
    _heads, first, *_, last = sent(rows)["props"]["children"]
    assert [span["props"]["children"] for span in first["props"]["children"]] == ["Léa", "0", "not located", "–", ""]
    assert last["props"]["disabled"] is True
    assert last["props"]["children"][-1]["props"]["children"].startswith("on break")


@pytest.mark.parametrize(
    ("state", "courier", "steps"),
    [
        ("placed", None, ["accept", "refuse", "cancel"]),
        ("ready", None, ["fail", "cancel"]),
        ("ready", "lea", ["unassign", "pick_up", "fail", "cancel"]),
        ("picked_up", "lea", ["deliver", "fail"]),
        ("delivered", "lea", []),
    ],
)
def test_steps(state: str, courier: str | None, steps: list[str]) -> None:
    """The dialog offers exactly the steps that exist from where the order stands."""
    assert assign_menu.possible_steps(replace(ORDER, state=state, courier=courier)) == steps

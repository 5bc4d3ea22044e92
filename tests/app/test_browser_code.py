"""Scripts and base maps: kept for good by browsers, named by their content, and never another co-op's map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.browser_code import AGAIN, BUNDLES, LIBRARIES, PAGES, WORKER, NotBuilt, find_browser_code
from dashboard.promises import FOR_GOOD
from tests.app.conftest import Desk


@pytest.fixture
def signed_in(desk: Desk) -> FlaskClient:
    """A dispatcher's browser."""
    client = desk.flask.test_client()
    client.post("/login", data={"token": desk.token()})
    return client


def checkout(root: Path) -> Path:
    """A checkout with scripts of a few bytes each."""
    for path in [*LIBRARIES.values(), *(BUNDLES / name for name in (*PAGES.values(), AGAIN, WORKER))]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"// {path.name}\n")
    return root


def test_the_restaurants_worker_looks_after_its_page_alone(desk: Desk) -> None:
    """The header that lets it do so is on that one file."""
    code = find_browser_code()
    with_it = []
    for name in code.files:
        if "/kitchen/" in name:
            answer = desk.flask.test_client().get(f"/vendor/{name}")
            with_it += [name.rsplit("/", 1)[1]] if answer.headers.get("Service-Worker-Allowed") == "/restaurant" else []
    assert with_it == ["worker.js"]


@pytest.mark.parametrize("name", ["deck", "socketio", "desk", "kitchen", "past", "courier"])
def test_scripts_are_served_for_good(desk: Desk, name: str) -> None:
    """Each script that a page asks for is there for everybody, as a script, to be kept for good."""
    answer = desk.flask.test_client().get(find_browser_code().urls[name])
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == FOR_GOOD
    assert len(answer.data) > 1000


def test_only_what_is_meant_is_served(desk: Desk) -> None:
    """Neither another version nor any other file comes through that door."""
    client = desk.flask.test_client()
    for path in ("/vendor/deck-000000000000.js", "/vendor/../package.json", "/vendor/%2e%2e/package.json", "/vendor/x"):
        assert client.get(path).status_code == 404


def test_the_name_changes_with_the_content(tmp_path: Path) -> None:
    """A changed page is another address for all of ours, because they name each other by relative names."""
    before = find_browser_code(checkout(tmp_path))
    (tmp_path / BUNDLES / WORKER).write_text("// changed\n")
    after = find_browser_code(tmp_path)
    assert before.urls["desk"] != after.urls["desk"]
    assert before.urls["deck"] == after.urls["deck"]


@pytest.mark.parametrize("path", [*LIBRARIES.values(), BUNDLES / "main.js"])
def test_a_script_that_was_not_built_is_named_with_the_way_to_mend_it(tmp_path: Path, path: Path) -> None:
    """Without `npm ci && npm run build` the program says so, and does not serve a page without a map."""
    (checkout(tmp_path) / path).unlink()
    with pytest.raises(NotBuilt, match="make env"):
        find_browser_code(tmp_path)


def test_a_browser_that_opens_the_desk_is_told_what_it_will_want(signed_in: FlaskClient) -> None:
    """The desk's page announces all scripts at once; other pages announce none."""
    links = signed_in.get("/dispatch").headers["Link"]
    wanted = {name: url for name, url in find_browser_code().urls.items() if name not in ("kitchen", "past", "courier")}
    assert all(f"<{url}>; rel=modulepreload" in links for url in wanted.values())
    assert "Link" not in signed_in.get("/login").headers


def test_the_base_map_is_the_co_ops_own(desk: Desk, signed_in: FlaskClient) -> None:
    """A signed-in member of the co-op gets the map of its city; for everybody else it is not there."""
    mine = signed_in.get("/city/acme/basemap-anything.json")
    assert mine.headers["Cache-Control"] == FOR_GOOD
    assert {each["properties"]["layer"] for each in json.loads(mine.data)["features"]} >= {"street", "building"}
    assert signed_in.get("/city/other/basemap-anything.json").status_code == 404
    assert desk.flask.test_client().get("/city/acme/basemap-anything.json").status_code in {302, 401}

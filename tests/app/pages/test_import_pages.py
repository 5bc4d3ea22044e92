"""Orders from a file: looked at, confirmed, taken in once."""

from __future__ import annotations

import base64
import csv
import io
from typing import Any

import pytest

from dashboard.domain.refusals import Invalid
from dashboard.imports.reading import LARGEST, read_rows
from tests.app.conftest import Desk
from tests.app.pages.page import Page, texts
from tests.app.workbooks import ods, xlsx

HEAD = ["pickup.address", "dropoff.address", "dropoff.latlong", "weight"]
GOOD = [["Bulevardi 9, Helsinki", f"{n} Somewhere", "60.168,24.95", "2.5"] for n in range(12)]
WRONG = ["Bulevarde 9", "Here", "60.168,24.95", "much"]


def page_of(desk: Desk, role: str = "dispatcher", language: str = "en") -> Page:
    return Page(desk.flask.test_client(), language).sign_in(
        desk.token(role, scope="k" if role == "restaurant" else None)
    )


def data(content: bytes) -> str:
    return f"data:application/octet-stream;base64,{base64.b64encode(content).decode()}"


def look(page: Page, content: bytes) -> Any:
    return page.fire([("import-taken", "data", data(content))], [("import-file", "filename", "day.xlsx")])


def take_in(page: Page, content: bytes, go: Any = None) -> Any:
    """A part; the first one is what the button sets off."""
    go = go or page.fire([("import-confirm", "n_clicks", 1)])["response"]["import-go"]["data"]
    state: Any = [("import-taken", "data", data(content)), ("import-file", "filename", "day.xlsx")]
    found = page.fire([("import-go", "data", go)], state)["response"]
    return found["import-progress"]["children"], found["import-behind"]["data"]


def placed(desk: Desk) -> int:
    return len(desk.application.store.orders("acme").orders)


def test_a_file_is_looked_at_then_taken_in_once(desk: Desk) -> None:
    """Nothing before the confirmation, then part after part; the wrong row is named; the same again adds nothing."""
    page, content = page_of(desk), xlsx([HEAD, *GOOD, WRONG])
    assert "Orders from a file" in texts(page.show("/import"))
    said = " ".join(texts(look(page, content)["response"]["import-found"]["children"]))
    assert "New orders: 12. Rows with mistakes: 1." in said
    assert "A14 “Bulevarde 9” is not found in this city. Nearest: Bulevardi 9" in said
    assert "D14" in said
    assert placed(desk) == 0

    bar, behind = take_in(page, content)
    assert "10 of 12 orders" in texts(bar)
    assert placed(desk) == 10
    bar, behind = take_in(page, content, behind)
    assert behind is None
    assert "Taken in: 12 orders. Here already: 0." in texts(bar)
    assert placed(desk) == 12

    again = " ".join(texts(look(page, ods([HEAD, *GOOD]))["response"]["import-found"]["children"]))
    assert "New orders: 0. Here already: 12." in again
    take_in(page, content)
    assert placed(desk) == 12


def test_the_day_goes_out_in_the_same_columns(desk: Desk) -> None:
    """What was taken in is in the file of the day, in columns that can be taken in again: which adds nothing, whatever
    became of the orders; the same for another day is new."""
    page, content = page_of(desk), xlsx([HEAD, *GOOD[:1]])
    take_in(page, content)
    answer = page.client.get("/exports/deliveries.csv")
    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True)))
    assert (row["pickup.address"], row["dropoff.latlong"], row["weight"]) == (
        "Bulevardi 9, Helsinki",
        "60.168,24.95",
        "2.5",
    )
    once = desk.placed(dropoff={"lat": 60.16812345678, "lon": 24.95, "before": "2026-12-01T12:00:00Z"})
    desk.post(f"/orders/{once['id']}/note", {"text": "ring twice"})
    exported = page.client.get("/exports/deliveries.csv").get_data()
    said = " ".join(texts(look(page, exported)["response"]["import-found"]["children"]))
    assert "New orders: 0. Here already: 2." in said
    take_in(page, exported)
    assert placed(desk) == 2
    take_in(page, exported.replace(b"2026-12-01", b"2026-12-02"))
    assert placed(desk) == 3


def test_a_pickup_of_several_drop_offs_comes_in_and_goes_out_as_one(desk: Desk) -> None:
    """Of a file of tasks: orders of one group, in one go and once; the file of the day names it in each row."""
    head, pickup = ["type", "latlong", "group"], ["pickup", "60.168,24.94", "florist"]
    content = xlsx([head, pickup, *(["dropoff", f"60.168,24.9{n}", "florist"] for n in (5, 6))])
    page = page_of(desk)
    for _ in range(2):
        take_in(page, content)
    first, second = desk.application.store.orders("acme").orders
    assert first.group == second.group
    rows = csv.DictReader(io.StringIO(page.client.get("/exports/deliveries.csv").get_data(as_text=True)))
    assert {row["group"] for row in rows} == {first.group}


def test_only_the_desk_takes_files_in(desk: Desk) -> None:
    """Members and restaurants get no page and no answer."""
    for role in ("member", "restaurant"):
        answer = page_of(desk, role).post([("import-taken", "data", data(b"x"))], [("import-file", "filename", "x")])
        assert answer.status_code == 403


def test_a_file_that_is_none_is_refused_in_words(desk: Desk) -> None:
    """The page's line says it, in French, and there is nothing to confirm."""
    answer = look(page_of(desk, language="fr"), b"PK\x03\x04 and nothing more")
    assert "Ce classeur ne peut pas être lu" in " ".join(texts(answer["sideUpdate"]["page-said"]["children"]))


@pytest.mark.parametrize(
    "content",
    [
        b"", b" \n", b"a" * (LARGEST + 1), b"\x89PNG\0\0", xlsx([["a"]])[:200],
        xlsx([["a"]], '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row>'),
        ods([["a"]], '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                     'office:value-type="string" table:number-columns-repeated="16384"><text:p>a</text:p>'
                     "</table:table-cell></table:table-row>"),
    ],
)  # fmt: skip
def test_broken_files_and_bombs_are_refused(content: bytes) -> None:
    """Empty, too large, a picture, cut off, or small and unpacking to 17 billion cells: this process goes on."""
    with pytest.raises(Invalid):
        read_rows(content)

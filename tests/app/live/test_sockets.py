"""``/live`` of a running desk, over real connections: who is let in, what each sees, and what clients may say."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import websocket

from live.demo.tablets import Tablets
from tests.faults.line import TelephoneLine
from tests.running import COOP, PATIENCE, SLACK, Desk, until
from tests.viewer import WatchingViewer


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, cities: Path) -> Iterator[Desk]:
    """Two web processes, three couriers on shift."""
    home = tmp_path_factory.mktemp("desk")
    (home / "cities").symlink_to(cities)
    desk = Desk(home, webs_wanted=2, couriers=3)
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.fixture
def pages(desk: Desk) -> Iterator[list[WatchingViewer]]:
    """Pages that a test has opened: closed at its end."""
    opened: list[WatchingViewer] = []
    yield opened
    for page in opened:
        page.stop()


def open_page(
    desk: Desk, pages: list[WatchingViewer], *, token: str = "", web: int = 0, **rest: bool
) -> WatchingViewer:
    page = WatchingViewer(desk.url(desk.ports[web]), token or desk.token, **rest)
    pages.append(page)
    return page.start()


def raw(desk: Desk, **options: object) -> websocket.WebSocket:
    """A connection without a page's manners."""
    url = desk.url().replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    return websocket.create_connection(url, timeout=5, **options)  # type: ignore[arg-type]


def people(page: WatchingViewer) -> list[tuple[str, str | None, list[str]]]:
    """Who is there, as this page was told: name, looking, holding."""
    return [(each["name"], each["looking"], each["holding"]) for each in page.presence]


def has_ended(line: websocket.WebSocket) -> bool:
    """Whether the other side has closed this connection."""
    try:
        return not line.recv()
    except (websocket.WebSocketException, OSError):
        return True


def test_nobody_is_let_in_without_a_token(desk: Desk) -> None:
    """No token, a wrong one, or one of another shape: refused in words."""
    for auth in ("", "{}", '{"token":"wrong"}', '{"token":7}', "[1]", '"x"'):
        line = raw(desk)
        line.recv()
        line.send(f"40/live,{auth}")
        answer = line.recv()
        assert answer.startswith("44/live,"), answer
        assert "sign in" in answer
        line.close()


def test_a_page_of_another_site_is_refused(desk: Desk) -> None:
    """A browser says where the page is from, and cookies would come along."""
    with pytest.raises(websocket.WebSocketBadStatusException):
        raw(desk, origin="https://evil.example")


def test_long_polling_is_refused(desk: Desk) -> None:
    """It would need sticky sessions, and be a second way for everything."""
    with socket.create_connection(("127.0.0.1", desk.ports[0]), timeout=5) as line:
        line.sendall(b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 400 " in line.recv(4096).split(b"\r\n")[0]


def test_compression_is_not_agreed_to(desk: Desk) -> None:
    """It would cost 300 kB and most of the time for each viewer."""
    line = raw(desk, header=["Sec-WebSocket-Extensions: permessage-deflate"])
    assert "sec-websocket-extensions" not in line.handshake_response.headers  # type: ignore[union-attr]
    line.close()


def test_what_is_no_websocket_is_answered_politely(desk: Desk) -> None:
    """A handshake of another version is a bad request, not a mistake of the server."""
    with socket.create_connection(("127.0.0.1", desk.ports[0]), timeout=5) as line:
        head = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
        line.sendall(f"{head}Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: x\r\n\r\n".encode())
        assert b" 400 " in line.recv(4096).split(b"\r\n")[0]


def test_a_page_shows_what_happens_in_either_process(desk: Desk, pages: list[WatchingViewer]) -> None:
    """A change made at one web process is on the screens of both; so is a position."""
    here, there = open_page(desk, pages), open_page(desk, pages, web=1)
    order = desk.place()
    for page in (here, there):
        until(lambda p=page: any(e["subject"] == order["id"] for e in p.entries), PATIENCE, "not told")  # type: ignore[misc]
    desk.publish("c1", lon=24.95)
    for page in (here, there):
        until(lambda p=page: "c1" in p.positions, PATIENCE, "not shown")  # type: ignore[misc]
        assert page.positions["c1"] == pytest.approx((24.95, 60.17), abs=1e-5)


def test_a_page_opened_later_shows_the_same(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Its snapshot and first frame hold what the others were told one by one."""
    early = open_page(desk, pages)
    order = desk.place()
    desk.publish("c2")
    until(lambda: "c2" in early.positions and early.entries, PATIENCE, "not told")
    late = open_page(desk, pages)
    assert order["id"] in [each["id"] for each in late.snapshot["orders"]]
    assert {each["id"] for each in late.snapshot["couriers"]} == {"c0", "c1", "c2"}
    until(lambda: "c2" in late.positions, PATIENCE, "not shown")


def test_the_desk_knows_who_else_is_there(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Names and the order that each looks at, over both processes; gone when the page is closed."""
    ada = open_page(desk, pages)
    bob = open_page(desk, pages, token=desk.new_token("dispatcher", name="Bob"), web=1)
    bob.emit("looking", {"order": "o42"})
    bob.emit("hold", {"orders": ["o42", "o43"]})
    expected = [("Ada", None, []), ("Bob", "o42", ["o42", "o43"])]
    until(lambda: people(ada) == people(bob) == expected, PATIENCE, "they do not see each other")
    bob.emit("hold", {"orders": []})
    until(lambda: people(ada)[1:] == [("Bob", "o42", [])], PATIENCE, "Bob still holds it")
    bob.stop()
    until(lambda: people(ada) == expected[:1], PATIENCE, "Bob is still there")


def test_who_is_behind_a_cut_line_is_gone_within_three_seconds(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Nothing comes any more and nothing is closed: a page that said each second that it is here is not."""
    ada = open_page(desk, pages)
    line = TelephoneLine(desk.ports[1])
    bob = WatchingViewer(f"http://127.0.0.1:{line.port}", desk.new_token("dispatcher", name="Bob"))
    pages.append(bob.start())
    for _ in range(3):  # for longer than a silence counts
        said = time.monotonic()
        bob.emit_alone("here")
        until(lambda said=said: time.monotonic() - said > 1, PATIENCE, "time stands still")  # type: ignore[misc]
        assert [name for name, *_ in people(ada)] == ["Ada", "Bob"]
    bob.emit_alone("here")
    line.block()
    took = until(lambda: [name for name, *_ in people(ada)] == ["Ada"], PATIENCE, "Bob is still there")
    assert took < 3 + SLACK
    line.close()


def test_what_is_selected_is_selected_in_all_windows_of_the_person(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Over both processes, and in no window of anybody else; a window opened later begins with it."""
    first, second = open_page(desk, pages), open_page(desk, pages, web=1)
    bob = open_page(desk, pages, token=desk.new_token("dispatcher", name="Bob"))
    first.emit("select", {"order": "o42", "courier": "c1", "chosen": ["o42"], "number": 1})
    wanted = {"order": "o42", "courier": "c1", "chosen": ["o42"], "number": 1}
    until(lambda: second.selected == {**wanted, "own": False}, PATIENCE, "the other window is not told")
    until(lambda: first.selected == {**wanted, "own": True}, PATIENCE, "the own window is not told")
    until(lambda: people(bob) == [("Ada", "o42", []), ("Bob", None, [])], PATIENCE, "Bob is not told where Ada looks")
    third = open_page(desk, pages)
    until(lambda: third.selected == {**wanted, "own": False}, PATIENCE, "the third window begins with nothing")
    second.emit("select", {"order": None, "courier": None, "chosen": [], "number": 1})
    until(lambda: first.selected["order"] is None, PATIENCE, "it stays selected")
    assert bob.selected == {}


def test_a_restaurant_sees_its_own_orders_and_nobody_on_the_map(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Of all else it learns the seq alone, so that it knows that it has missed nothing."""
    soup = open_page(desk, pages, token=desk.new_token("restaurant", scope="soup"))
    dispatcher = open_page(desk, pages)
    own = desk.place(restaurant="soup")
    desk.place(restaurant="pizza")
    desk.publish("c0")
    until(lambda: "c0" in dispatcher.positions, PATIENCE, "not shown")
    until(lambda: soup.seq == dispatcher.seq, PATIENCE, "not told")
    told = [entry for entry in soup.entries if set(entry) != {"seq"}]
    assert [entry["subject"] for entry in told] == [own["id"]]
    assert soup.positions == {}
    assert soup.presence == []
    assert soup.snapshot["couriers"] == []
    assert all(order["restaurant"] == "soup" for order in soup.snapshot["orders"])


def test_it_is_known_where_a_restaurants_screen_is_open(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Whoever listens (the demo's kitchens) hears of it while it is open, and for two minutes more."""
    tablets, patient = Tablets(desk.redis.url, COOP, grace=0), Tablets(desk.redis.url, COOP)
    until(lambda: not tablets.open(), PATIENCE, "screens of before are still open")
    page = open_page(desk, pages, token=desk.new_token("restaurant", scope="noodles"))
    until(lambda: tablets.open() == {"noodles"}, PATIENCE, "the screen is not heard of")
    until(lambda: "noodles" in patient.open(), PATIENCE, "the screen is not heard of")
    page.stop()
    until(lambda: not tablets.open(), PATIENCE, "the screen stays open")
    assert "noodles" in patient.open(), "it may only be without a network"
    assert Tablets("redis://127.0.0.1:1/0", COOP).open() == frozenset()


def test_resume_brings_what_was_missed(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Entries after a seq, in order; a seq that lies ahead or far behind brings a new snapshot."""
    page = open_page(desk, pages)
    desk.place()
    until(lambda: page.entries, PATIENCE, "not told")
    page.emit("resume", {"seq": 0})
    until(lambda: page.repeated == page.seq, PATIENCE, "the journal from the beginning is not sent")
    page.emit("resume", {"seq": page.seq + 10})
    until(lambda: page.snapshots == 2, PATIENCE, "no snapshot came")


def test_clients_may_say_anything(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Wrong shapes, unknown events, huge numbers: passed over, and the page goes on."""
    page = open_page(desk, pages)
    for data in (
        None,
        [],
        {},
        "x",
        7,
        {"seq": "1"},
        {"seq": -1},
        {"seq": 1e300},
        {"order": 7},
        {"order": "x" * 100},
        {"orders": [7]},
    ):
        for name in ("resume", "looking", "select", "hold", "here", "ack", "unknown", "connect", "disconnect"):
            page.emit(name, data)
    page.emit("ack", 10**30)
    desk.place()
    until(lambda: page.entries and not page.is_stale(), PATIENCE, "the page is dead")
    assert page.connections == 1


@pytest.mark.parametrize("noise", [b"\x81\x05hello", b"\xff" * 50, b"\x82\xff" + (10**9).to_bytes(8, "big") + b"mask"])
def test_a_client_that_breaks_the_protocol_is_cut_off_alone(
    desk: Desk, pages: list[WatchingViewer], noise: bytes
) -> None:
    """Unmasked, nonsense, or a message of a gigabyte: that connection ends, no other."""
    page = open_page(desk, pages)
    rude = raw(desk)
    rude.recv()
    assert rude.sock is not None
    rude.sock.sendall(noise)
    until(lambda: has_ended(rude), PATIENCE, "it is not cut off")
    desk.publish("c0")
    until(lambda: "c0" in page.positions, PATIENCE, "the others suffer")
    assert page.connections == 1


def test_ten_windows_cost_one_encoding(desk: Desk, pages: list[WatchingViewer]) -> None:
    """Frames are encoded once per tick, and sent to each."""
    windows = [open_page(desk, pages) for _ in range(10)]
    until(lambda: all(window.frames for window in windows), PATIENCE, "no frames")
    encoded, sent = (desk.metric(f"roulement_frames_{what}_total") for what in ("encoded", "sent"))
    for _ in range(5):
        seen = len(windows[0].frames)
        desk.publish("c0")
        until(lambda n=seen: len(windows[0].frames) > n, PATIENCE, "no frame")  # type: ignore[misc]
    until(lambda: desk.metric("roulement_frames_sent_total") - sent >= 50, PATIENCE, "not sent to each")
    assert desk.metric("roulement_frames_encoded_total") - encoded <= 10
    assert desk.metric("roulement_viewers") >= 10


def test_a_process_that_ends_sends_its_screens_away_first(desk: Desk, pages: list[WatchingViewer]) -> None:
    """SIGTERM: the page loses its line within seconds, without a word that would keep it from coming back."""
    page = open_page(desk, pages, web=1)
    desk.webs[1].end()
    assert not desk.is_ready(desk.ports[1])
    desk.webs[1].start()
    desk.wait_ready()
    until(lambda: page.connections == 2 and not page.is_stale(), PATIENCE, "the page did not come back")
    assert json.loads(json.dumps(page.snapshot))["coop"] == COOP

"""Webhooks from the call that makes one to a real receiver on the other side, whatever befalls it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.domain.webhooks import sign
from dashboard.outgoing import Unsafe, post
from dashboard.webhooks import KEEP_LOG, Sending, sender
from live.loops import in_background
from tests.app.conftest import Desk
from tests.receiver import Receiver, receiving
from tests.running import PATIENCE, SLACK, until

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Line:
    """A desk, a receiver, and the sender between them, at a time of our own."""

    desk: Desk
    receiver: Receiver
    now: datetime = NOON
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        store = self.desk.application.store
        self.admin = self.desk.token("admin")
        self.sending = Sending(
            store.webhooks, store, sender(is_open=True), lambda: self.now, self.stopped, lambda: 0.5
        )  # fmt: skip

    def subscribe(self, **more: Any) -> dict[str, Any]:
        answer = self.desk.post("/webhooks", {"url": self.receiver.url, **more}, token=self.admin)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def get(self, path: str) -> Any:
        answer = self.desk.get(path, token=self.admin)
        assert answer.status_code == 200, answer.text
        return answer.json

    def serve(self, times: int = 1) -> None:
        """As the worker does, for all that has something to do."""
        for _ in range(times):
            for one in self.desk.application.store.webhooks.busy(self.now):
                self.sending.serve(one)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.serve()

    @property
    def seqs(self) -> list[int]:
        return [json.loads(body)["data"]["seq"] for _, body in self.receiver.came]


@pytest.fixture
def line(open_desk: Desk) -> Iterator[Line]:
    """With a receiver that takes everything."""
    with receiving() as receiver:
        made = Line(open_desk, receiver)
        yield made
        made.stopped.set()
        made.sending.close()


def test_what_happens_is_told_signed_and_in_order(line: Line) -> None:
    """From the subscription on, each event once, in the journal's order, with a signature that its secret checks."""
    line.desk.courier("lea")
    made = line.subscribe(events=["order.*"])
    order = line.desk.given("lea")
    line.serve()
    assert [json.loads(body)["type"] for _, body in line.receiver.came] == [
        "order.placed", "order.accepted", "order.assigned"
    ]  # fmt: skip
    key = base64.b64decode(made["secret"].removeprefix("whsec_"))
    for headers, body in line.receiver.came:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{right}"
        assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
        assert json.loads(body)["data"]["subject"] == order["id"]
    log = line.get(f"/webhooks/{made['id']}/deliveries")["deliveries"]
    assert {(each["state"], each["tries"], each["status"]) for each in log} == {("delivered", 1, 204)}
    line.serve(3)
    assert len(line.receiver.came) == 3


def test_secrets_are_shown_once(line: Line) -> None:
    """Only the answer that makes a webhook holds its secret."""
    made = line.subscribe()
    assert made["secret"] not in json.dumps([line.get("/webhooks"), line.get(f"/webhooks/{made['id']}")])


def test_a_secret_is_renewed_without_a_gap(line: Line) -> None:
    """The answer alone shows the new one; messages carry both signatures; what is refused changes nothing."""
    made = line.subscribe(events=["order.placed"])
    path = f"/webhooks/{made['id']}"
    for wrong in ({"secret": SECRET}, {"renew_secret": True, "secret": "whsec_abc", "on": False}):
        assert line.desk.call("PATCH", path, json=wrong, token=line.admin).status_code == 422
    assert line.get(path)["on"]
    renewed = line.desk.call("PATCH", path, json={"renew_secret": True}, token=line.admin).json
    assert isinstance(renewed, dict)
    assert "secret" not in line.get(path)
    assert line.get(path)["former_until"] == renewed["former_until"] is not None
    line.now = max(line.now, datetime.now(UTC))  # the call goes by the desk's own clock
    line.desk.placed()
    line.serve()
    ((headers, body),) = line.receiver.came
    moment = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    both = sign((renewed["secret"], made["secret"]), headers["webhook-id"], moment, body)
    assert headers["webhook-signature"] == both["webhook-signature"]


def test_an_outage_is_waited_out_in_order(line: Line) -> None:
    """While the receiver fails, nothing overtakes; afterwards all comes, in order, the first one with the same id."""
    made = line.subscribe(events=["order.placed"])
    line.receiver.answers = [500, 503]
    for _ in range(3):
        line.desk.placed()
    line.serve(2)
    assert len(set(line.seqs)) == 1
    line.later(seconds=6)
    assert len(set(line.seqs)) == 1
    log = line.get(f"/webhooks/{made['id']}/deliveries")["deliveries"]
    assert log[-1]["problem"] == "It answered 503"
    line.later(seconds=11)
    assert line.seqs == [line.seqs[0]] * 3 + sorted(line.seqs[3:])
    assert len({headers["webhook-id"] for headers, _ in line.receiver.came[:3]}) == 1
    assert len(set(line.seqs)) == 3


def test_a_receiver_that_is_not_there_is_given_up_after_a_day(line: Line) -> None:
    """For 24 hours it is tried; then the log, the webhook and the list say so, and what comes later is tried anew."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    made = line.subscribe(url=f"http://127.0.0.1:{port}/", events=["order.placed"])
    line.desk.placed()
    line.serve()
    tries = 0
    while line.now < NOON + timedelta(hours=25):
        line.later(minutes=10)
        tries += 1
    log = line.get(f"/webhooks/{made['id']}/deliveries?state=given_up")["deliveries"]
    assert [each["state"] for each in log] == ["given_up"]
    assert 25 <= log[0]["tries"] <= 40
    assert "given up after a day" in line.get(f"/webhooks/{made['id']}")["problem"]
    assert datetime.fromisoformat(log[0]["last_at"]) >= NOON + timedelta(hours=22)
    assert line.desk.post(
        f"/webhooks/{made['id']}/redeliver", {"delivery": log[0]["id"]}, token=line.admin
    ).json["state"] == "pending"  # fmt: skip
    line.desk.call("PATCH", f"/webhooks/{made['id']}", json={"url": line.receiver.url}, token=line.admin)
    line.now = max(line.now, datetime.now(UTC))  # the call goes by the desk's own clock
    line.serve()
    assert line.seqs == [log[0]["seq"]]
    assert line.get(f"/webhooks/{made['id']}")["problem"] == ""


def test_gone_switches_off(line: Line) -> None:
    """410: nothing is sent any more, the webhook says why, and switched on again it begins with what comes then."""
    line.receiver.usual = 410
    made = line.subscribe(events=["order.placed"])
    line.desk.placed()
    line.desk.placed()
    line.serve()
    found = line.get(f"/webhooks/{made['id']}")
    assert (found["on"], "410" in found["problem"], len(line.receiver.came)) == (False, True, 1)
    line.later(hours=2)
    assert len(line.receiver.came) == 1
    line.receiver.usual = 200
    line.desk.call("PATCH", f"/webhooks/{made['id']}", json={"on": True}, token=line.admin)
    line.desk.placed()
    line.serve()
    assert len(line.receiver.came) == 2


def test_one_event_that_is_refused_lets_the_others_pass(line: Line) -> None:
    """A receiver that answers 400 to one event gets the next ones after three tries, and that one again later."""
    made = line.subscribe(events=["order.placed"])
    line.receiver.answers = [400, 400, 400]
    line.desk.placed()
    line.desk.placed()
    line.serve()
    for _ in range(2):
        line.later(seconds=15)
    assert line.seqs[:3] == [line.seqs[0]] * 3
    line.later(seconds=1)
    assert len(set(line.seqs)) == 2
    line.later(hours=1)
    states = {each["state"] for each in line.get(f"/webhooks/{made['id']}/deliveries")["deliveries"]}
    assert states == {"delivered"}


def test_a_receiver_may_ask_for_a_pause(line: Line) -> None:
    """429 with Retry-After is obeyed."""
    line.subscribe(events=["order.placed"])
    line.receiver.answers, line.receiver.headers = [429], {"Retry-After": "600"}
    line.desk.placed()
    line.serve()
    line.later(minutes=9)
    assert len(line.receiver.came) == 1
    line.later(minutes=2)
    assert len(line.receiver.came) == 2


def test_redirects_are_not_followed(line: Line) -> None:
    """A receiver that sends elsewhere gets nothing further, nor does elsewhere; the log says what to do."""
    with receiving() as elsewhere:
        line.receiver.usual, line.receiver.headers = 302, {"Location": elsewhere.url}
        made = line.subscribe(events=["order.placed"])
        line.desk.placed()
        line.serve()
        assert elsewhere.came == []
    log = line.get(f"/webhooks/{made['id']}/deliveries")["deliveries"]
    assert "redirects are not followed" in log[0]["problem"]


def test_a_slow_receiver_is_cut_off() -> None:
    """However it spreads its bytes over time: the whole answer has so many seconds, then the line is cut."""
    with receiving(slow=0.05) as receiver:
        begun = time.monotonic()
        with pytest.raises(OSError, match=r".+"):
            post(receiver.url, b"{}", {}, is_open=True, patience=0.4)
        assert time.monotonic() - begun < 2 + SLACK


def test_a_name_that_leads_to_this_machine_gets_nothing() -> None:
    """Looked up by the system's own resolver: no connection reaches the port, and the problem says why."""
    with receiving() as receiver:
        for host in ("localhost", "127.1", "0x7f000001", "2130706433"):
            with pytest.raises(Unsafe, match="inside"):
                post(f"http://{host}:{receiver.port}/", b"{}", {}, is_open=False)
        assert receiver.came == []


def test_the_usual_setting_takes_no_place_inside(desk: Desk) -> None:
    """Without the setting for it, http and private addresses are refused when the webhook is made, the field named."""
    for url in ("http://x.example/", "https://10.0.0.1/", "https://localhost/"):
        answer = desk.post("/webhooks", {"url": url}, token=desk.token("admin"))
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "url")


def test_a_restaurants_program_learns_of_its_orders_alone(line: Line) -> None:
    """Neither other places' orders, nor couriers, nor doors, nor tips."""
    line.desk.courier("lea")
    line.subscribe(restaurant="kirja")
    line.desk.given("lea", restaurant="ravintola", ref="R-9")
    line.desk.given("lea", restaurant="kirja", ref="K-1", tip_cents=250)
    line.serve()
    said = b" ".join(body for _, body in line.receiver.came).decode()
    assert "K-1" in said
    for hidden in ("R-9", "lea", "dropoff", "tip", "shift"):
        assert hidden not in said


def test_coops_see_nothing_of_each_other(line: Line) -> None:
    """Another co-op's administrator finds neither the webhook nor its log, and its events do not come here."""
    made = line.subscribe()
    theirs = line.desk.token("admin", "other")
    assert line.desk.get("/webhooks", token=theirs).json == {"webhooks": []}
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/deliveries")):
        assert line.desk.call(method, f"/webhooks/{made['id']}{path}", token=theirs).status_code == 404
    line.desk.post("/couriers", {"id": "max", "name": "Max"}, token=line.desk.token(coop="other"))
    line.serve()
    assert line.receiver.came == []


def test_two_workers_send_everything_once(line: Line) -> None:
    """Two senders on the same record share the work: none is sent twice while both live."""
    line.subscribe(events=["order.placed"])
    store = line.desk.application.store
    other = Sending(store.webhooks, store, sender(is_open=True), lambda: line.now, line.stopped)
    orders = [line.desk.placed() for _ in range(8)]
    (one,) = store.webhooks.busy(line.now)
    both = [threading.Thread(target=each.serve, args=(one,)) for each in (line.sending, other)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    line.serve(3)
    assert sorted(line.seqs) == sorted(set(line.seqs))
    assert len(line.seqs) == len(orders)
    other.close()


def test_the_worker_tells_within_a_moment(line: Line) -> None:
    """The loop as the worker runs it: a second webhook that never answers holds up nobody."""
    with receiving(slow=0.05) as stuck:
        line.subscribe(events=["order.placed"])
        line.subscribe(url=stuck.url, events=["order.placed"])
        running = in_background(line.sending.step, line.stopped)
        line.desk.placed()
        assert until(lambda: line.receiver.came, PATIENCE, "nothing came") < 5 + SLACK
        line.stopped.set()
        stuck.over.set()
        running.join()


def test_the_log_is_not_kept_for_ever(line: Line) -> None:
    """Deliveries that were settled more than thirty days ago go; removing a webhook takes its log along."""
    made = line.subscribe(events=["order.placed"])
    line.desk.placed()
    line.serve()
    book = line.desk.application.store.webhooks
    assert book.forget(line.now + timedelta(days=1) - KEEP_LOG) == 0
    assert book.forget(line.now + timedelta(seconds=61)) == 1
    assert line.desk.call("DELETE", f"/webhooks/{made['id']}", token=line.admin).json == {"removed": made["id"]}
    assert line.get("/webhooks") == {"webhooks": []}

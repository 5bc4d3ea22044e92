"""What goes out, how it is signed, how long one waits, and which addresses are inside."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.events import Entry
from dashboard.domain.orders import MOVES
from dashboard.domain.refusals import Invalid
from dashboard.domain.webhooks import (
    BOTH_SIGN,
    KINDS,
    LONGEST_WAIT,
    RESTAURANT_READS,
    Delivery,
    Subscription,
    check_events,
    check_signing_secret,
    new_signing_secret,
    payload,
    sign,
    wait_after,
)
from dashboard.outgoing import Unsafe, check_url, is_inside, post

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def entry(kind: str, subject: str = "o1", **changes: Any) -> Entry:
    data = {"changes": changes, "shown": [{"courier": "max", "pay_cents": 1200}], "reason": "closer"}
    return Entry("acme", 7, "an-id", NOON, "ana", kind, subject, 3, data, "0" * 64, "1" * 64)


def subscription(*events: str, restaurant: str | None = None) -> Subscription:
    return Subscription("w", "acme", "https://x.example/", events, SECRET, restaurant, "ada", NOON, True, 0)


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The vector that the standard's own libraries are tested with."""
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = sign((SECRET,), "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }  # fmt: skip


def test_a_former_secret_signs_for_a_day() -> None:
    """After a renewal there is a signature by each, the new one first; a day later that of the new one alone."""
    renewed = subscription("*").renewed(new := new_signing_secret(), NOON)
    assert renewed.secrets(NOON + BOTH_SIGN - timedelta(seconds=1)) == (new, SECRET)
    assert renewed.secrets(NOON + BOTH_SIGN) == (new,)
    each = [sign((one,), "m", NOON, b"{}")["webhook-signature"] for one in (new, SECRET)]
    assert sign((new, SECRET), "m", NOON, b"{}")["webhook-signature"] == " ".join(each)


def test_kinds_to_choose_from_are_those_of_orders() -> None:
    """Whatever an order can come to can be chosen."""
    assert {move.kind.partition(".")[2] for move in MOVES.values()} <= set(KINDS["order"])


def test_a_secret_is_checked() -> None:
    """A made one is good; too short, not base64 and without the prefix are refused."""
    assert check_signing_secret(made := new_signing_secret()) == made
    for wrong in ("whsec_abc", "whsec_!!!!", SECRET.removeprefix("whsec_"), ""):
        with pytest.raises(Invalid):
            check_signing_secret(wrong)


def test_only_what_is_asked_for_goes_out() -> None:
    """All, a group, one kind; pay, votes and objections for nobody, whatever is asked."""
    assert subscription("*").wants(entry("order.placed"), None)
    assert subscription("order.*").wants(entry("order.placed"), None)
    assert not subscription("order.assigned").wants(entry("order.placed"), None)
    for kind in ("pay.rule_changed", "proposal.voted", "objection.raised", "pay.corrected"):
        assert not subscription("*").wants(entry(kind), None)
        with pytest.raises(Invalid):
            check_events([kind])
    assert check_events(["order.*", "order.*", "*"]) == ("order.*", "*")


def test_a_restaurant_is_told_of_its_own_orders_alone() -> None:
    """Another's orders and couriers' shifts are not its business; when it is busy, is."""
    kirja = subscription("*", restaurant="kirja")
    assert kirja.wants(entry("order.placed"), "kirja")
    assert not kirja.wants(entry("order.placed"), "ravintola")
    assert not kirja.wants(entry("courier.shift_started", "lea"), None)
    assert kirja.wants(entry("restaurant.busy", "restaurant:kirja"), None)
    assert not kirja.wants(entry("restaurant.busy", "restaurant:ravintola"), None)


def test_what_is_sent_holds_what_changed_and_no_more() -> None:
    """No candidates, no pay, no reasons; to a restaurant neither courier nor door, nor who decided."""
    told = entry("order.assigned", courier="lea", dropoff={"address": "Door 1"}, tip_cents=200, state="accepted")
    whole = json.loads(payload(told, None))
    assert whole["type"] == "order.assigned"
    assert whole["timestamp"] == "2026-11-24T12:00:00.000Z"
    assert whole["data"]["changes"]["courier"] == "lea"
    assert "shown" not in json.dumps(whole)
    assert "closer" not in json.dumps(whole)
    broken = replace(entry("incident.reported", "incident:o1"), data={"incident": "i", "kind": "damaged"})
    assert json.loads(payload(broken, None))["data"]["incident"] == {"incident": "i", "kind": "damaged"}
    assert not subscription("*", restaurant="kirja").wants(broken, None)
    limited = json.loads(payload(told, "kirja"))["data"]
    assert limited["changes"] == {"state": "accepted"}
    assert "actor" not in limited
    assert not {"courier", "dropoff", "tip_cents", "delivery_fee_cents"} & RESTAURANT_READS


@given(st.integers(1, 200), st.floats(0, 1))
def test_one_waits_longer_each_time_but_never_for_ever(tries: int, chance: float) -> None:
    """Between three quarters and five quarters of the doubled wait, and never much more than an hour."""
    wait = wait_after(tries, chance)
    assert timedelta(seconds=3.75) <= wait <= LONGEST_WAIT * 1.25
    assert wait_after(tries + 1, 0.5) >= wait_after(tries, 0.5)


def test_who_refuses_one_event_does_not_hold_up_the_others_for_long() -> None:
    """A 400 lets others pass after three tries; an outage, a 429 and a 500 never do."""
    one = Delivery("a", "acme", "w", 1, "order.placed", "pending", 3, NOON, status=400)
    assert one.lets_others_pass
    for status, tries in ((400, 2), (500, 9), (429, 9), (None, 9)):
        assert not Delivery("a", "acme", "w", 1, "k", "pending", tries, NOON, status=status).lets_others_pass


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",
    "168.63.129.16", "192.0.0.192", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
    "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
    "ff02::1", "198.18.0.1",
])  # fmt: skip
def test_places_inside_are_known(address: str) -> None:
    """Loopback, private, link-local, metadata, multicast, reserved, and IPv6 forms that carry one of them."""
    assert is_inside(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111"])
def test_the_world_is_not_inside(address: str) -> None:
    """Public addresses of both kinds."""
    assert not is_inside(address)


@pytest.mark.parametrize("url", [
    "http://x.example/", "ftp://x.example", "https://", "https:///path", "https://user:pw@x.example/", "x",
    "https://127.0.0.1/", "https://[::1]/", "https://localhost:8050/", "https://metadata.internal/", "https://a b/",
    "https://x.example:99999/", "https://x.example/\r\nX: y", "https://[", "https://x.example/#part", "javascript:1",
])  # fmt: skip
def test_addresses_that_cannot_be_are_refused(url: str) -> None:
    """Not https, no host, a password in it, a place inside by its very name, and what would break a request."""
    with pytest.raises(Invalid) as refused:
        check_url(url, is_open=False)
    assert refused.value.facts["field"] == "url"


def test_a_good_address_is_kept_as_it_is() -> None:
    """With port, path and query; and with the setting for it a place inside too."""
    assert check_url("https://x.example:8443/a?b=c", is_open=False) == "https://x.example:8443/a?b=c"
    assert check_url("http://127.0.0.1:9/", is_open=True) == "http://127.0.0.1:9/"


def test_a_name_that_leads_inside_gets_no_connection() -> None:
    """One private address among public ones is enough; the name is not looked up again after the check."""
    asked = []

    def resolve(host: str, port: int) -> list[Any]:
        asked.append(host)
        public, private = ("93.184.216.34", port), ("10.0.0.1", port)
        return [(2, 1, 6, "", public), (2, 1, 6, "", private)]

    with pytest.raises(Unsafe, match=r"10\.0\.0\.1"):
        post("https://rebound.example/", b"{}", {}, is_open=False, resolve=resolve)
    assert asked == ["rebound.example"]

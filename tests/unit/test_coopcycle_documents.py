"""Their documents as values: what is understood, and in which words what is not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from live.coopcycle import documents, webhook
from live.coopcycle.client import claims, skew
from live.coopcycle.documents import DROPOFF, PICKUP, Shift, Task, TaskList, Unreadable, User
from live.coopcycle.pairs import Pair, draft, pairs, with_couriers
from live.coopcycle.reading import usable
from tests.coopcycle import signed

AT = datetime(2026, 5, 12, 10, tzinfo=UTC)
WIRE: dict[str, Any] = {
    "@id": "/api/tasks/2", "@type": "Task", "type": "DROPOFF", "status": "TODO",
    "address": {"name": "Ana", "streetAddress": "2 Street", "geo": {"latitude": 60.1, "longitude": 24.9}},
    "after": "2026-05-12T12:00:00+02:00", "before": "2026-05-12T12:30:00+02:00", "assignedTo": "lea",
    "previous": "/api/tasks/1", "metadata": {"order_number": "A1", "order_total": 2350}, "weight": 900,
    "packages": [{"name": "BOX", "quantity": 2}, {"name": "", "quantity": 1}, "junk"],
    "createdAt": "2026-05-12T11:00:00+02:00", "updatedAt": "2026-05-12T12:00:00+02:00",
}  # fmt: skip


def test_a_task_is_read_whole() -> None:
    """Place, window in UTC, courier, what came before, number, price, weight and packages."""
    assert documents.task(WIRE) == Task(
        "/api/tasks/2", "DROPOFF", "TODO", 60.1, 24.9, AT, created_at=AT.replace(hour=9), name="Ana",
        address="2 Street", after=AT, before=AT.replace(minute=30), assigned="lea", previous="/api/tasks/1",
        number="A1", weight_g=900, price_cents=2350, packages=(("BOX", 2),),
    )  # fmt: skip


def test_older_names_of_the_window_are_read_too() -> None:
    """doneAfter and doneBefore are what after and before were called."""
    old = {**WIRE, "doneAfter": WIRE["after"], "doneBefore": WIRE["before"]}
    del old["after"], old["before"]
    assert documents.task(old) == documents.task(WIRE)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"@id": None}, "no @id"), ({"@id": "tasks/2"}, "no @id"), ({"@id": 7}, "no @id"),
        ({"type": "RETURN"}, "type 'RETURN'"), ({"type": ["PICKUP"]}, "type"), ({"status": "LOST"}, "status 'LOST'"),
        ({"address": None}, "no place"), ({"address": {"geo": {"latitude": 60.1}}}, "no place"),
        ({"address": {"geo": {"latitude": True, "longitude": 1}}}, "no place"),
        ({"address": {"geo": {"latitude": "60.1", "longitude": 24}}}, "no place"),
        ({"address": {"geo": {"latitude": float("nan"), "longitude": 24}}}, "no place"),
        ({"address": {"geo": {"latitude": 91, "longitude": 24}}}, "no place"),
        ({"updatedAt": None}, "no updatedAt"), ({"updatedAt": "yesterday"}, "no updatedAt"),
        ({"updatedAt": "2026-05-12T12:00:00"}, "no updatedAt"), ({"updatedAt": 1747051200}, "no updatedAt"),
    ],
)  # fmt: skip
def test_a_task_that_is_none_is_refused_in_words(change: dict[str, Any], says: str) -> None:
    """Whatever is missing or of another type: one reason, no other error."""
    with pytest.raises(Unreadable, match=says):
        documents.task({**WIRE, **change})


@pytest.mark.parametrize("junk", [None, 1, "x", [], True])
def test_what_is_no_object_is_refused(junk: Any) -> None:
    """Neither a task, a user, a list, a shift, a tour, an event nor a collection."""
    readers = (documents.task, documents.user, documents.task_list, documents.shift, documents.tour, documents.event)
    for read in readers:
        with pytest.raises(Unreadable):
            read(junk)
    if junk != []:
        with pytest.raises(Unreadable):
            documents.page(junk)


@pytest.mark.parametrize(
    "extra", ["tags", "metadata", "packages", "weight", "assignedTo", "previous", "after", "comments"]
)
@pytest.mark.parametrize("junk", [None, 1, "x", [1], {"a": 1}, True, -1, 1e400])
def test_junk_where_nothing_is_needed_stops_nothing(extra: str, junk: Any) -> None:
    """A field that an order can do without may hold anything."""
    assert documents.task({**WIRE, extra: junk}).id == "/api/tasks/2"


def test_texts_fit_the_desk() -> None:
    """Control characters become blanks, what is too long is cut."""
    place = {**WIRE["address"], "name": "A\x00na\n" + "x" * 300}
    name = documents.task({**WIRE, "address": place}).name
    assert name.startswith("A na")
    assert len(name) == 100
    assert name.isprintable()


def test_collections_with_and_without_a_total() -> None:
    """Hydra, its newer spelling, and a plain list."""
    for document, total in (
        ({"hydra:member": [1, 2], "hydra:totalItems": 9}, 9), ({"member": [1, 2], "totalItems": 9}, 9),
        ({"hydra:member": [1, 2]}, None), ([1, 2], None),
    ):  # fmt: skip
        found = documents.page(document)
        assert (found.members, found.total) == ((1, 2), total)


@pytest.mark.parametrize(
    ("assignment", "who"),
    [
        ("/api/users/3", ("/api/users/3",)), ({"user": "/api/users/3"}, ("/api/users/3",)),
        ({"username": "lea"}, ("lea",)),
        ({"user": {"@id": "/api/users/3", "username": "lea"}}, ("lea",)), ({"courier": {"username": "lea"}}, ("lea",)),
        ({"@id": "/api/users/3"}, ("/api/users/3",)), ({}, ()), (None, ()), (7, ()),
    ],
)  # fmt: skip
def test_who_has_a_shift_is_read_in_every_spelling(assignment: Any, who: tuple[str, ...]) -> None:
    """A user by name, by address, or inside the assignment."""
    wire = {"@id": "/api/shifts/1", "startsAt": "2026-05-12T10:00:00Z", "endsAt": "2026-05-12T11:00:00Z",
            "assignments": [assignment]}  # fmt: skip
    assert documents.shift(wire) == Shift("/api/shifts/1", AT, AT.replace(hour=11), who)


def test_users_lists_tours_and_events() -> None:
    """The smaller documents, each by its documented form."""
    assert documents.user({"@id": "/api/users/1", "username": "lea", "givenName": "Léa", "familyName": ""}) == User(
        "/api/users/1", "lea", "Léa"
    )
    assert documents.user({"username": "tom"}).name == "tom"
    wire = {"username": "lea", "items": ["/api/tasks/1", {"@id": "/api/tours/2"}, {"task": "/api/tasks/3"}, 4]}
    assert documents.task_list(wire) == TaskList("lea", ("/api/tasks/1", "/api/tours/2", "/api/tasks/3"))
    assert documents.tour({"@id": "/api/tours/2", "items": None}) == ("/api/tours/2", ())
    assert documents.event({"event": {"name": "task:done", "data": {"task": WIRE}}}) == ("task:done", WIRE)
    assert documents.event({"event": {"name": "notifications", "data": {}}}) is None


def test_what_an_error_says_is_found() -> None:
    """In the first of the places where they put it; nothing where there is nothing."""
    assert documents.said({"hydra:description": "Not allowed", "message": "no"}) == "Not allowed"
    assert documents.said({"error": "invalid_client"}) == "invalid_client"
    assert documents.said([1]) == ""


def task(which: int, kind: str = DROPOFF, previous: int | None = None, **more: Any) -> Task:
    """A task without the rest."""
    before = f"/api/tasks/{previous}" if previous else None
    return Task(f"/api/tasks/{which}", kind, more.pop("status", "TODO"), 60.1, 24.9, AT, previous=before, **more)


def test_jobs_are_found_along_the_chain_of_stops() -> None:
    """Drop-offs one after the other have one pickup; what has no other half is named; a circle ends."""
    known = (task(1, PICKUP), task(2, previous=1), task(3, previous=2), task(4, PICKUP), task(5), task(6, previous=7),
             task(7, previous=6), task(8, PICKUP, status="DONE"))  # fmt: skip
    jobs, aside = pairs({one.id: one for one in known})
    assert [(job.pickup.id, job.task) for job in jobs] == [
        ("/api/tasks/1", "/api/tasks/2"), ("/api/tasks/1", "/api/tasks/3")
    ]  # fmt: skip
    assert aside == {
        "/api/tasks/4": "a pickup without a drop-off", "/api/tasks/5": "a drop-off without a pickup",
        "/api/tasks/6": "a drop-off without a pickup", "/api/tasks/7": "a drop-off without a pickup",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pickup", "dropoff", "progress"),
    [
        ("TODO", "TODO", "waiting"), ("DOING", "TODO", "waiting"), ("DONE", "TODO", "picked_up"),
        ("DONE", "DOING", "picked_up"), ("DONE", "DONE", "delivered"), ("TODO", "DONE", "delivered"),
        ("DONE", "FAILED", "failed"), ("FAILED", "TODO", "failed"), ("TODO", "CANCELLED", "cancelled"),
        ("CANCELLED", "TODO", "cancelled"), ("CANCELLED", "DONE", "delivered"),
    ],
)  # fmt: skip
def test_how_far_a_job_is(pickup: str, dropoff: str, progress: str) -> None:
    """From the states of its two ends."""
    assert Pair(task(1, PICKUP, status=pickup), task(2, previous=1, status=dropoff)).progress == progress


def test_lists_tell_where_tasks_are_silent() -> None:
    """A document without assignedTo: whoever's list, or tour, it is on. One that says nobody is nobody's."""
    known = [task(1, says_who=False), task(2, says_who=False), task(3, says_who=False), task(4)]
    lists = [TaskList("lea", ("/api/tasks/1", "/api/tasks/4")), TaskList("tom", ("/api/tours/9",))]
    found = with_couriers(known, lists, {"/api/tours/9": ("/api/tasks/2",)})
    assert [one.assigned for one in found] == ["lea", "tom", None, None]


def test_an_order_of_several_drop_offs_has_no_price_and_number_of_its_own() -> None:
    """They are of all of them; and nothing was placed in the future."""
    job = Pair(task(1, PICKUP), task(2, previous=1, number="A1", price_cents=900, created_at=AT.replace(hour=11)))
    alone, shared = draft("acme", job, AT, is_alone=True), draft("acme", job, AT, is_alone=False)
    assert (alone.ref, alone.price_cents, alone.placed_at) == ("A1", 900, AT)
    assert (shared.ref, shared.price_cents) == ("", None)


def test_documents_that_are_no_tasks_are_left_aside_by_name() -> None:
    """All others are read; the same task on two pages counts once, as it was read last."""
    tasks, aside = usable([WIRE, {"@id": "/api/tasks/3"}, 7, {**WIRE, "status": "DONE"}])
    assert [(one.id, one.status) for one in tasks] == [("/api/tasks/2", "DONE")]
    assert set(aside) == {"/api/tasks/3", "document 2"}


def test_a_webhook_is_theirs_or_it_is_not() -> None:
    """Base64 of HMAC-SHA256 of the body, by any of the secrets; nothing else will do."""
    body = b'{"data": {"object": "/api/deliveries/1", "event": "delivery.assigned"}}'
    right = webhook.signature("b", body)
    assert right == signed(body, "b")
    assert webhook.is_theirs(right, body, ("a", "b"))
    for given, sent, secrets in (
        (right, body + b" ", ("b",)),
        (right, body, ("a",)),
        ("", body, ("b",)),
        (right, body, ()),
    ):
        assert not webhook.is_theirs(given, sent, secrets)
    assert not webhook.is_theirs("ü", body, ("b",))
    assert webhook.message(body) == ("/api/deliveries/1", "delivery.assigned")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"data": 1}', b'{"data": {"object": "", "event": "x"}}',
                                  b'{"data": {"object": ["x"], "event": "x"}}', b"\xff"])  # fmt: skip
def test_a_signed_message_that_says_nothing_is_refused(body: bytes) -> None:
    """Whatever JSON, or none: Unreadable, and no other error."""
    with pytest.raises(Unreadable):
        webhook.message(body)


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.!.c", "a.W10.c"])
def test_a_token_that_says_nothing_says_nothing(token: str) -> None:
    """What is no JSON Web Token has no claims."""
    assert claims(token) == {}


def test_clocks_are_compared_with_what_the_way_takes() -> None:
    """Their time within the call (to the second): no difference is known. Outside it: at least that much."""
    began, ended = AT, AT.replace(second=10)
    for theirs, seconds in ((AT, 0), (AT.replace(second=9), 0), (AT.replace(second=11), 0), (AT.replace(second=40), 30),
                            (AT.replace(hour=9), -3600)):  # fmt: skip
        assert skew(theirs, began, ended).total_seconds() == seconds

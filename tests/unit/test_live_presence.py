"""Who sits at the desk, told by several processes."""

import pytest

from live.presence import FORGET, Person, Presence, to_wire

ADA, BOB = Person("Ada", id="a"), Person("Bob", "o1", ("o2",), "b")


def test_everybody_is_known_in_every_process() -> None:
    """Those here, and those that another process has told of, by name."""
    one, two = Presence("one"), Presence("two")
    one.hear(two.here([BOB]), 10.0)
    two.hear(one.here([ADA]), 10.0)
    assert one.people(11.0) == two.people(11.0) == [ADA, BOB]
    assert to_wire(one.people(11.0)) == [
        {"id": "a", "name": "Ada", "looking": None, "holding": []},
        {"id": "b", "name": "Bob", "looking": "o1", "holding": ["o2"]},
    ]


def test_a_process_that_falls_silent_is_forgotten() -> None:
    """With all its people."""
    one, two = Presence("one"), Presence("two")
    one.hear(two.here([BOB]), 10.0)
    assert one.people(10.0 + FORGET - 0.1) == [BOB]
    assert one.people(10.0 + FORGET) == []


def test_several_windows_of_one_person_are_one_person() -> None:
    """Except where each looks at another order; a window that looks at nothing does not count beside one that does."""
    one = Presence("one")
    one.here([Person("Ada"), Person("Ada", "o1"), Person("Ada", "o1"), Person("Ada", "o2")])
    assert one.people(0.0) == [Person("Ada", "o1"), Person("Ada", "o2")]


def test_a_person_holds_what_any_of_their_windows_holds() -> None:
    """In whichever process; somebody else of the same name is somebody else."""
    one, two = Presence("one"), Presence("two")
    one.here([Person("Ada", "o1", ("o1",), "a"), Person("Ada", "o9", (), "other")])
    one.hear(two.here([Person("Ada", "o1", ("o2",), "a"), Person("Ada", None, (), "a")]), 0.0)
    assert one.people(0.0) == [Person("Ada", "o1", ("o1", "o2"), "a"), Person("Ada", "o9", (), "other")]


def test_processes_of_before_are_understood() -> None:
    """They tell neither ids nor what is held, and their people count by name."""
    one = Presence("one")
    one.hear(b'{"process":"old","people":[{"name":"Ada","looking":"o1"},{"name":"Ada","looking":null}]}', 0.0)
    assert to_wire(one.people(0.0)) == [{"id": "Ada", "name": "Ada", "looking": "o1", "holding": []}]


def test_kitchens_with_an_open_screen_are_known_while_it_is_open() -> None:
    """Said with the people, over all processes; gone with the process; who says nothing of kitchens has none."""
    one, two = Presence("one"), Presence("two")
    one.hear(two.here([], ["soup"]), 10.0)
    one.here([ADA], ["pizza"])
    assert one.kitchens(11.0) == {"soup", "pizza"}
    assert one.people(11.0) == [ADA]
    assert one.kitchens(10.0 + FORGET) == {"pizza"}
    one.hear(b'{"process":"old","people":[]}', 20.0)
    one.here([])
    assert one.kitchens(20.0) == frozenset()


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff",
        b"{}",
        b'{"process":"x","people":[{"name":"A","holding":7}]}',
        b'{"process":1,"people":[]}',
        b"[" * 5000,
    ],
)
def test_nonsense_is_passed_over(message: bytes) -> None:
    """Anybody may publish anything."""
    one = Presence("one")
    one.here([ADA])
    one.hear(message, 0.0)
    assert one.people(0.0) == [ADA]


def test_its_own_words_are_not_news() -> None:
    """What a process hears from itself would keep people who have left."""
    one = Presence("one")
    message = one.here([ADA])
    one.here([])
    one.hear(message, 0.0)
    assert one.people(0.0) == []

"""Taking back one's own last step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.dispatch import Dispatch, Press
from dashboard.domain.board import KEEP_CLOSED, Board, apply
from dashboard.domain.orders import Order, Place
from dashboard.domain.refusals import Invalid, Refusal, WrongState
from dashboard.domain.restaurants import restaurant_from_wire
from dashboard.ports import Coop
from tests.memory_store import MemoryStore

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
KITCHEN = "Toscana"


@pytest.fixture
def store() -> MemoryStore:
    """A record of one co-op."""
    return MemoryStore(Coop("acme", "Acme"))


@pytest.fixture
def dispatch(store: MemoryStore) -> Dispatch:
    """The use cases on it."""
    ids = iter(f"o{number}" for number in range(100))
    return Dispatch(store, lambda entry: None, lambda: next(ids))


def placed(dispatch: Dispatch, at: datetime = NOON, **more: object) -> Order:
    """An order of the restaurant."""
    draft = Order("", "acme", "", Place(60.17, 24.94), Place(60.16, 24.95), at, kind="meal", restaurant="toscana")
    return dispatch.place("acme", replace(draft, **more), by="shop", at=at).order  # type: ignore[arg-type]


STEPS: dict[str, Callable[[Dispatch, str, datetime], Order]] = {
    "accept": lambda desk, order, at: desk.move("acme", order, "accept", by=KITCHEN, at=at),
    "refuse": lambda desk, order, at: desk.move("acme", order, "refuse", by=KITCHEN, at=at, reason="closed"),
    "delay": lambda desk, order, at: desk.delay("acme", order, 5, by=KITCHEN, at=at),
    "problem": lambda desk, order, at: desk.report("acme", order, "missing: tofu", by=KITCHEN, at=at),
}


@pytest.mark.parametrize("step", list(STEPS))
def test_a_step_is_taken_back(dispatch: Dispatch, store: MemoryStore, step: str) -> None:
    """Accept, refuse, a delay and a problem leave nothing behind but two entries, and the version goes on."""
    before = placed(dispatch)
    STEPS[step](dispatch, before.id, NOON + SECOND)
    after = dispatch.undo("acme", before.id, by=KITCHEN, at=NOON + 9 * SECOND)
    assert after == replace(before, version=3)
    assert store.about("acme", before.id)[-1].data["undone"] == store.about("acme", before.id)[-2].kind


def test_what_was_refused_is_in_hand_again(dispatch: Dispatch, store: MemoryStore) -> None:
    """A board that has forgotten a refused order shows it again whole, and does not forget it as closed."""
    before = placed(dispatch)
    dispatch.move("acme", before.id, "refuse", by=KITCHEN, at=NOON)
    dispatch.undo("acme", before.id, by=KITCHEN, at=NOON + SECOND)
    later = placed(dispatch, NOON + 2 * KEEP_CLOSED)
    board = Board("acme")
    for entry in store.entries("acme"):
        board = apply(board, entry)
    assert set(board.orders) == {before.id, later.id}
    assert not board.closed_at


@pytest.mark.parametrize(
    ("by", "seconds"), [("Ana", 1), (KITCHEN, 16)], ids=["somebody else's", "too long ago"]
)  # fmt: skip
def test_what_cannot_be_taken_back(dispatch: Dispatch, by: str, seconds: int) -> None:
    """Somebody else's step, and one of more than ten seconds ago (and the time on the way), stay."""
    before = placed(dispatch)
    after = dispatch.move("acme", before.id, "accept", by=KITCHEN, at=NOON)
    with pytest.raises(WrongState):
        dispatch.undo("acme", before.id, by=by, at=NOON + seconds * SECOND)
    assert dispatch.move("acme", before.id, "prepare", by=KITCHEN, at=NOON).version == after.version + 1


def test_a_press_that_comes_twice_counts_once(dispatch: Dispatch, store: MemoryStore) -> None:
    """The same key again changes nothing, keeps when it was pressed, and is refused for something else."""
    order = placed(dispatch)
    press = Press("k1", "accept", NOON - MINUTE)
    for _ in range(2):
        assert dispatch.move("acme", order.id, "accept", by=KITCHEN, at=NOON, press=press).state == "accepted"
    told = store.about("acme", order.id)
    assert [entry.kind for entry in told] == ["order.placed", "order.accepted"]
    assert told[-1].data["pressed_at"] == "2026-05-04T11:59:00.000Z"
    with pytest.raises(Invalid):
        dispatch.delay("acme", order.id, 5, by=KITCHEN, at=NOON, press=Press("k1", "delay 5"))


def test_a_busy_kitchen_takes_longer(dispatch: Dispatch, store: MemoryStore) -> None:
    """While a kitchen is busy new orders are ready later; after its end, or when it says so, as they wish."""
    dispatch.busy("acme", "toscana", 30, NOON + 60 * MINUTE, by=KITCHEN, at=NOON)
    soon = NOON + 10 * MINUTE
    assert placed(dispatch, ready_at=soon).ready_at == NOON + 30 * MINUTE
    assert placed(dispatch, ready_at=NOON + 50 * MINUTE).ready_at == NOON + 50 * MINUTE
    assert placed(dispatch, NOON + 61 * MINUTE).ready_at is None
    dispatch.usual("acme", "toscana", by=KITCHEN, at=NOON)
    assert placed(dispatch, ready_at=soon).ready_at == soon
    board = Board("acme")
    for entry in store.entries("acme"):
        board = apply(board, entry)
    assert board.restaurants["toscana"] == restaurant_from_wire(
        {"id": "toscana", "busy_until": None, "busy_minutes": None}
    )


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_busy_has_an_end(dispatch: Dispatch, minutes: int) -> None:
    """Busy without an end, or for the whole evening by mistake, is refused."""
    with pytest.raises(Refusal):
        dispatch.busy("acme", "toscana", 20, NOON + minutes * MINUTE, by=KITCHEN, at=NOON)

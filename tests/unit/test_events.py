"""The journal's chain: what fits, and the first thing that does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.events import (
    GENESIS,
    Entry,
    Fact,
    Fault,
    Head,
    canonical,
    entry_from_wire,
    entry_to_wire,
    first_fault,
    is_whole,
    seal,
)  # fmt: skip

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def journal(length: int) -> list[Entry]:
    """That many entries, each sealed after the one before."""
    entries: list[Entry] = []
    for number in range(length):
        fact = Fact("order.delayed", "o1", number + 1, {"changes": {"tip_cents": number}, "reason": "Zürich ☂"})
        at = NOON + timedelta(seconds=number)
        entries.append(seal(fact, head_of(entries), coop="taille", id=f"e{number}", at=at, actor="anna"))
    return entries


def head_of(entries: Sequence[Entry]) -> Head:
    """Where such a journal ends."""
    return Head(entries[-1].seq, entries[-1].hash) if entries else Head()


def test_entries_are_chained_from_the_beginning() -> None:
    """seq counts from 1, the first follows GENESIS, each next one its predecessor's hash."""
    entries = journal(3)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert all(is_whole(entry) for entry in entries)
    assert first_fault(entries, head_of(entries)) is first_fault([], Head()) is None


def test_the_hash_can_be_recomputed_by_hand() -> None:
    """It is SHA-256 over the entry's JSON without the hash: keys sorted, no blanks, UTF-8 as it is."""
    wire = entry_to_wire(journal(1)[0])
    sealed = wire.pop("hash")
    text = json.dumps(wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == sealed
    assert "Zürich ☂" in text


def test_the_wire_has_the_contract_s_fields() -> None:
    """The document has the contract's members in its order, and reads back as the same entry."""
    entry = journal(1)[0]
    wire = entry_to_wire(entry)
    names = ["coop", "seq", "id", "at", "actor", "kind", "subject", "version", "data", "prev", "hash"]
    assert list(wire) == names
    assert entry_from_wire(json.loads(json.dumps(wire))) == entry


CHANGES: dict[str, Any] = {
    "coop": "other", "seq": 7, "id": "x", "at": NOON - timedelta(days=1), "actor": "bob", "kind": "order.failed",
    "subject": "o2", "version": 9, "data": {"changes": {}}, "prev": "f" * 64, "hash": "f" * 64,
}  # fmt: skip


@pytest.mark.parametrize("name", [field.name for field in fields(Entry)])
def test_no_member_can_be_changed(name: str) -> None:
    """Whichever member of an entry is changed, the entry is not whole any more."""
    assert not is_whole(replace(journal(1)[0], **{name: CHANGES[name]}))


@pytest.mark.parametrize("data", [{"x": float("nan")}, {"x": "\ud800"}])
def test_what_cannot_be_written_was_never_sealed(data: dict[str, object]) -> None:
    """Content that has no canonical form is a broken entry, not an accident while checking."""
    assert not is_whole(replace(journal(1)[0], data=data))


def test_the_first_fault_is_named() -> None:
    """Missing at the start, in the middle, at the end; doubled; swapped; added: each is found at its place."""
    one, two, three, four = entries = journal(4)
    head = head_of(entries)
    assert first_fault([two, three, four], head) == Fault(1, "entry 1 is missing: 2 follows 0")
    assert first_fault([one, two, four], head) == Fault(3, "entry 3 is missing: 4 follows 2")
    assert first_fault([one, two, three], head) == Fault(4, "entry 4 is missing: the journal should end with 4")
    assert first_fault([], head) == Fault(1, "entry 1 is missing: the journal should end with 4")
    assert _seq(first_fault([one, one, two, three, four], head)) == 2
    assert _seq(first_fault([one, three, two, four], head)) == 2
    assert first_fault(journal(4), head_of(journal(3))) == Fault(4, "entry 4 is not the one that was written last")


def test_a_forged_entry_breaks_the_chain_after_it() -> None:
    """An entry that was sealed anew is whole by itself, and found by the one that follows it."""
    one, two, three = journal(3)
    forged = seal(Fact("order.failed", "o1", 2, {}), head_of([one]), coop="taille", id="x", at=NOON, actor="eve")
    assert is_whole(forged)
    fault = first_fault([one, forged, three], head_of([three]))
    assert fault == Fault(3, "entry 3 does not follow entry 2: one of them was replaced or moved")
    assert _seq(first_fault([one, forged], head_of([one, two]))) == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_the_canonical_form_is_stable(value: Any) -> None:
    """Reading a canonical text and writing it again gives the very same characters."""
    try:
        text = canonical(value)
        text.encode()
    except UnicodeEncodeError:
        return
    assert canonical(json.loads(text)) == text


def _seq(fault: Fault | None) -> int | None:
    return fault.seq if fault else None

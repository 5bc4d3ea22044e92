"""A history opened from its segments: the same rows, bit for bit, as one that was replayed from the first entry."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.api.problems import status_of
from dashboard.domain.events import Fact
from dashboard.domain.refusals import NotReady
from dashboard.domain.workload import Workload, apply
from dashboard.history import History, prepare, tables_of
from dashboard.history_cache import HistoryCache
from dashboard.history_segments import FORMAT, Damaged, from_bytes, state_of, to_bytes, work_from
from dashboard.preparing import preparing
from dashboard.tables import Tables
from layouts.login import not_ready
from layouts.words import Words
from tests.unit.desk_script import COOP, Desk

SMALL = 16
"""Entries of a segment here."""


def busy_day(seed: int, couriers: int = 4, orders: int = 18) -> Desk:
    """Shifts, breaks, arrivals, hand-overs, two in hand at once, notes; the last orders are still open."""
    chance, desk, minute = random.Random(seed), Desk(), 0.0
    names = [f"c{number}" for number in range(couriers)]
    for name in names:
        desk.starts(name, minute)
    hands: list[tuple[str, str]] = []
    for number in range(orders):
        minute += chance.uniform(0.5, 6)
        order, name = f"o{number}", chance.choice(names)
        desk.places(order, minute, tip_cents=chance.choice([None, 150]), weight_g=chance.choice([None, 900]),
                    restaurant=chance.choice([None, "bistro"]))  # fmt: skip
        desk.gives(order, name, minute)
        hands.append((order, name))
        if chance.random() < 0.3:
            desk.gives(order, chance.choice([each for each in names if each != name]), minute + 0.1)
        elif chance.random() < 0.5:
            desk.arrives(name, order, "pickup", minute + 0.2)
        if len(hands) > 3:
            done, _ = hands.pop(chance.randrange(len(hands)))
            desk.step(done, "pick_up", minute + 0.3)
            desk.step(done, "deliver", minute + 0.4)
        if number % 5 == 4:
            desk.dispatch.note(COOP, Fact("alarm.raised", f"a{number}", 0, {"n": number}), by="x", at=desk.at(minute))
    desk.shift(names[0], "end", minute + 1)
    return desk


def same(one: Tables, other: Tables) -> bool:
    """Every name, row, type and note."""
    pd.testing.assert_frame_equal(one.jobs, other.jobs, check_exact=True)
    pd.testing.assert_frame_equal(one.stretches, other.stretches, check_exact=True)
    return replace(one, jobs=other.jobs, stretches=other.stretches).notes == other.notes and (
        one.seq, one.couriers, one.restaurants
    ) == (other.seq, other.couriers, other.restaurants)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_every_cut_is_the_full_replay(seed: int, tmp_path: Path) -> None:
    """Opened from segments as of any entry, or caught up to the newest, the frames are those of a full replay."""
    desk, cache = busy_day(seed), HistoryCache(tmp_path, SMALL)
    entries = desk.entries
    prepare(desk.store, cache, COOP, lambda done, whole: None)
    assert cache.newest(COOP) == len(entries) // SMALL * SMALL > 2 * SMALL
    for seq in range(1, len(entries) + 1):
        assert same(History(desk.store, cache=cache).tables(COOP, seq), tables_of(entries[:seq]))


def test_whoever_reads_leaves_the_segments_that_the_worker_would(tmp_path: Path) -> None:
    """Segments written by a page that caught up are, byte for byte, those of the preparing worker."""
    desk = busy_day(7)
    pages, worker = tmp_path / "pages", tmp_path / "worker"
    history = History(desk.store, cache=HistoryCache(pages, SMALL))
    history.tables(COOP, 5)
    history.tables(COOP)
    prepare(desk.store, HistoryCache(worker, SMALL), COOP, lambda done, whole: None)
    written = [{path.name: path.read_bytes() for path in folder.rglob("*.segment")} for folder in (pages, worker)]
    assert written[0] == written[1] != {}


def test_the_state_survives_its_journey_at_every_entry() -> None:
    """The fold's state reads back equal after each entry of a day, doors by name and by place included."""
    doors = set()
    for seed in range(4):
        work = Workload(COOP)
        for entry in busy_day(seed).entries:
            work = apply(work, entry)
            doors |= {type(clock.place[1]) for clock in work.clocks.values() if clock.place}
            assert work_from(state_of(work)) == replace(work, stretches=(), jobs=())
    assert doors == {str, tuple}


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"x" * len(data), lambda data: b""])
def test_a_damaged_segment_is_made_anew(harm: object, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Cut, overwritten or empty: the file is thrown away, logged and written again; the answer is right."""
    desk, cache = busy_day(1), HistoryCache(tmp_path, SMALL)
    prepare(desk.store, cache, COOP, lambda done, whole: None)
    second = sorted(tmp_path.rglob("*.segment"))[1]
    whole = second.read_bytes()
    second.write_bytes(harm(whole))  # type: ignore[operator]
    assert same(History(desk.store, cache=cache).tables(COOP), tables_of(desk.entries))
    assert "made anew" in caplog.text
    assert second.read_bytes() == whole


def test_another_version_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program with another format wrote is refused as damaged, whole as it is."""
    desk, cache = busy_day(1), HistoryCache(tmp_path, SMALL)
    prepare(desk.store, cache, COOP, lambda done, whole: None)
    data = next(tmp_path.rglob("*.segment")).read_bytes()
    assert to_bytes(from_bytes(data)) == data
    monkeypatch.setattr("dashboard.history_segments.FORMAT", 3)
    with pytest.raises(Damaged, match="version"):
        from_bytes(data)


def test_the_worker_deletes_what_an_older_format_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder goes, the present one's stays, and so does a newer program's; other files are nobody's business."""
    desk, cache, stopped = busy_day(1), HistoryCache(tmp_path, SMALL), threading.Event()
    prepare(desk.store, cache, COOP, lambda done, whole: None)
    (ours,) = tmp_path.iterdir()
    newer, other = tmp_path / f"0123456789abcdef-{FORMAT + 2}", tmp_path / "read-me"
    newer.mkdir()
    other.write_text("kept")
    monkeypatch.setattr("dashboard.history_cache.FORMAT", FORMAT + 1)
    stopped.set()
    preparing(desk.store, cache, stopped)()
    assert not ours.exists()
    assert newer.exists()
    assert other.exists()


def test_another_journal_never_meets_old_segments(tmp_path: Path) -> None:
    """A journal that was restored and went another way is answered from its own entries alone, in memory too."""
    old, new, cache = busy_day(1), busy_day(2), HistoryCache(tmp_path, SMALL)
    history = History(old.store, cache=cache)
    assert same(history.tables(COOP), tables_of(old.entries))
    old.store._records[COOP] = new.store._records[COOP]
    assert same(history.tables(COOP), tables_of(new.entries))
    assert same(History(new.store, cache=cache).tables(COOP), tables_of(new.entries))


def test_whoever_has_no_patience_is_told_how_far_it_is(tmp_path: Path) -> None:
    """A page does not wait for a long replay: it is told the share that is done, and is served once it is written."""
    desk, cache = busy_day(1), HistoryCache(tmp_path, SMALL)
    history = History(desk.store, cache=cache, patience=SMALL)
    with pytest.raises(NotReady, match="0 % is done"):
        history.tables(COOP)
    prepare(desk.store, cache, COOP, lambda done, whole: None)
    assert same(history.tables(COOP), tables_of(desk.entries))


def test_an_unwritable_disk_costs_the_cache_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where the folder cannot be made, everything is answered, and the log says why nothing was kept."""
    desk = busy_day(1)
    (tmp_path / "file").write_text("in the way")
    history = History(desk.store, cache=HistoryCache(tmp_path / "file", SMALL))
    assert same(history.tables(COOP), tables_of(desk.entries))
    assert "could not be written" in caplog.text


def test_a_page_without_accounts_says_how_far_they_are() -> None:
    """The page says it in words of the visitor's language, with the share; programs get 503."""
    text = str(not_ready(NotReady(37), "light", Words("fr"))).replace("\\xa0", "\N{NO-BREAK SPACE}")
    assert "37\N{NO-BREAK SPACE}% est fait" in text
    assert "Les comptes ne sont pas encore prêts" in text
    assert "httpEquiv='refresh'" in text
    assert status_of(NotReady(37)) == 503

"""The line on the desk about a CoopCycle beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.coopcycle import Going, Status, Waiting
from layouts.coopcycle import coopcycle_host, coopcycle_line
from layouts.words import Words

NOW = datetime(2026, 5, 12, 20, 14, 30, tzinfo=UTC)
WELL = Status(NOW - timedelta(seconds=25), True)
LETTER = Waiting("o1", "/api/tasks/2", "lea", "anna", NOW, NOW)
MET = {"order": "o1", "ref": "1042", "kept": "coopcycle", "theirs": "tom", "ours": "lea", "by": "anna",
       "at": "2026-05-12T20:13:00.000Z"}  # fmt: skip


def lines(status: Status, *waiting: Waiting, language: str = "en") -> list[tuple[str, str]]:
    """(class, text) of each line."""
    found: list[Any] = coopcycle_line(Going(status, waiting), NOW, Words(language, "UTC"))
    return [(one.className, one.children) for one in found]


def test_all_is_well() -> None:
    """When it was read, and no more."""
    assert lines(WELL) == [("note-banner", "CoopCycle, last read at 20:14:05")]


def test_what_is_wrong_is_said() -> None:
    """What waits, what was left aside, no answer, never read: in trouble where somebody has to look after it."""
    ((tone, text),) = lines(replace(WELL, problem="x", aside={"a": "b"}), LETTER, LETTER)
    assert tone == "note-banner is-in-trouble"
    for words in ("does not answer", "2 assignments wait", "1 job there could not"):
        assert words in text
    assert lines(Status())[0] == ("note-banner is-in-trouble", "CoopCycle, not read yet")
    assert lines(replace(WELL, last_read=NOW - timedelta(minutes=5)))[0][0].endswith("is-in-trouble")


def test_a_decision_that_does_not_hold_is_shown_for_a_while() -> None:
    """Both ways round; after ten minutes it is history."""
    old = {**MET, "at": "2026-05-12T20:00:00.000Z"}
    both = (MET, {**MET, "kept": "here", "ours": None}, old)
    _, theirs, ours = (text for _, text in lines(replace(WELL, overruled=both)))
    assert theirs == "20:13:00: 1042 was decided on both sides; CoopCycle's holds: tom, not lea"
    assert "ours is the later: nobody, not tom" in ours


def test_in_french_nothing_is_english() -> None:
    """The words come from the catalogue."""
    text = " ".join(text for _, text in lines(replace(WELL, problem="x", overruled=(MET,)), LETTER, language="fr"))
    assert "dernière lecture" in text
    assert "l’emporte" in text
    assert "assignment" not in text


def test_where_there_is_none_nothing_is_asked() -> None:
    """An empty host, and a beat at rest."""
    host: Any = coopcycle_host(None, None, Words())
    line, beat = host.children
    assert (line.children, beat.disabled) == ([], True)
    host = coopcycle_host(Going(WELL, ()), NOW, Words())
    assert host.children[1].disabled is False

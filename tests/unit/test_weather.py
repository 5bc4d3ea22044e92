"""Rain in the journal, and what is paid by it: plain values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from dashboard.domain.events import Entry, Head, seal
from dashboard.domain.pay import Calendar, pay_slip
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.rules import NOBODY, Rule, Scheme
from dashboard.domain.weather import may_begin, rain, raining, spell, spells, stands
from tests.unit.pay_work import PARIS, span, stretch, when

SCHEME = Scheme("rain", "EUR").plus(
    Rule("wage", "hour_on_shift", Decimal("12.00"), NOBODY),
    Rule("rain", "hour_on_shift", Decimal(10), NOBODY, when="rain", percent_of="wage"),
)
NOW = when("2026-05-20 23:00")


def journal(*written: tuple[str, str | None, int | None]) -> list[Entry]:
    """Entries (since, until, number of the entry that is corrected), one after the other."""
    entries: list[Entry] = []
    for since, until, corrects in written:
        fact = spell(
            when(since), when(until) if until else None, NOW, None if corrects is None else entries[corrects].id
        )
        number = len(entries)
        entries.append(seal(fact, Head(number), coop="acme", id=f"w{number}", at=NOW, actor="Ana"))
    return entries


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ([], 0),
        ([("2026-05-20 20:00", "2026-05-20 22:00", None)], 240),
        ([("2026-05-20 20:00", None, None)], 240),
        ([("2026-05-20 20:00", None, None), ("2026-05-20 20:00", "2026-05-20 21:00", 0)], 120),
        ([("2026-05-20 20:00", "2026-05-20 22:00", None), ("2026-05-20 19:30", "2026-05-20 20:00", 0)], 60),
        ([("2026-05-20 20:00", "2026-05-20 22:00", None), ("2026-05-20 20:00", "2026-05-20 20:00", 0)], 0),
        ([("2026-05-20 18:00", "2026-05-20 19:00", None), ("2026-05-20 18:30", "2026-05-20 20:00", None)], 240),
        ([("2026-05-20 10:00", "2026-05-20 11:00", None)], 0),
    ],
    ids=["dry", "half the shift", "still raining", "rain off", "corrected", "taken back", "overlap once", "before"],
)
def test_a_shift_in_the_rain(written: list[tuple[str, str | None, int | None]], cents: int) -> None:
    """Four hours from 18:00 at 12 €/h, 10 % in the rain: what stands after corrections is paid, each minute once."""
    entries = journal(*written)
    calendar = Calendar(PARIS, rain=rain(entries))
    work = [stretch("2026-05-20 18:00", "2026-05-20 22:00")]
    slip = pay_slip("lea", SCHEME, calendar, span("2026-05-20 00:00", "2026-05-21 00:00"), work, [])
    assert {line.name: line.amount_cents for line in slip.lines} == {"wage": 4800} | ({"rain": cents} if cents else {})


def test_what_cannot_be_written_down() -> None:
    """Rain of tomorrow, an end before the beginning, a second beginning, and a correction of what stands no more."""
    early, late = when("2026-05-20 20:00"), when("2026-05-21 08:00")
    wrong: list[tuple[datetime, datetime | None]] = [(late, None), (early, late), (early, when("2026-05-20 19:00"))]
    for since, until in wrong:
        with pytest.raises(Invalid):
            spell(since, until, NOW)
    entries = journal(("2026-05-20 20:00", None, None), ("2026-05-20 20:00", "2026-05-20 21:00", 0))
    with pytest.raises(Invalid):
        may_begin(entries[:1])
    may_begin(entries)
    with pytest.raises(NotFound):
        stands(entries, entries[0].id)
    stands(entries, entries[1].id)
    assert raining(entries[:1]) == spells(entries[:1])[0]
    assert raining(entries) is None

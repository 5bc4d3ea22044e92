"""The line on the desk that says how it goes with a CoopCycle beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.coopcycle import Going
from dashboard.domain.times import from_wire
from layouts import ids
from layouts.words import Words

BEAT_MS = 5000
OLD = timedelta(minutes=3)
"""Without a reading for so long somebody has to look after it."""
NEWS = timedelta(minutes=10)
MOST_NEWS = 3


def coopcycle_host(going: Going | None, now: datetime | None, words: Words) -> Component:
    """The line, and the beat that asks for it anew; both at rest where no CoopCycle is set up."""
    is_set_up = going is not None and now is not None
    return html.Div(
        [
            html.Div(coopcycle_line(going, now, words), id=ids.DESK_COOPCYCLE, className="coopcycle", role="status"),
            dcc.Interval(id=ids.DESK_COOPCYCLE_BEAT, interval=BEAT_MS, disabled=not is_set_up),
        ]
    )


def coopcycle_line(going: Going | None, now: datetime | None, words: Words) -> list[Component]:
    """What was read when, what waits, what is wrong, and the newest decisions that did not hold."""
    if going is None or now is None:
        return []
    read = going.status.last_read
    is_well = not going.status.problem and read is not None and now - read < OLD
    tone = "note-banner" if is_well else "note-banner is-in-trouble"
    news = [html.P(_overruled(told, words), className="note-banner is-news") for told in _newest(going, now)]
    return [html.P(" · ".join(_parts(going, words)), className=tone), *news]


def _parts(going: Going, words: Words) -> Iterator[str]:
    read, waiting, aside = going.status.last_read, len(going.waiting), len(going.status.aside)
    yield words("CoopCycle, last read at {time}", time=words.second(read)) if read else words("CoopCycle, not read yet")
    if going.status.problem:
        yield words("it does not answer as it should: trying again")
    if waiting:
        yield words("{count} {count:assignment waits|assignments wait} to be written there", count=waiting)
    if aside:
        yield words("{count} {count:job|jobs} there could not be taken over", count=aside)


def _newest(going: Going, now: datetime) -> list[Mapping[str, Any]]:
    return [told for told in going.status.overruled if now - from_wire(told["at"]) < NEWS][:MOST_NEWS]


def _overruled(told: Mapping[str, Any], words: Words) -> str:
    nobody = words("nobody")
    names = {"ref": told["ref"], "theirs": told["theirs"] or nobody, "ours": told["ours"] or nobody,
             "time": words.second(from_wire(told["at"]))}  # fmt: skip
    if told["kept"] == "here":
        return words("{time}: {ref} was decided on both sides; ours is the later: {ours}, not {theirs}", **names)
    return words("{time}: {ref} was decided on both sides; CoopCycle's holds: {theirs}, not {ours}", **names)

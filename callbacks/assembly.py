"""The assembly: put to the vote, vote, close, and compute a snapshot again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State

from callbacks import buttons, changing
from callbacks.given import Given
from dashboard import access
from dashboard.domain.coop_settings import DESK, HALF_LIFE, QUORUM, TRACE
from dashboard.domain.refusals import Invalid
from dashboard.domain.rules_changes import Change
from layouts import assembly, ids

PAGE = "/assembly"


def register(app: Dash, given: Given) -> None:
    """Each ends with the page read anew: what it shows comes from the journal."""
    answer: Any = {"prevent_initial_call": True, "on_error": changing.on_page(given)}
    address = Output(ids.ADDRESS, "href", allow_duplicate=True)
    of_the_desk = [State(ids.propose_setting(name), "value") for name in DESK]

    @app.callback(
        address, Input(ids.PROPOSE_PUT, "n_clicks"), State(ids.PROPOSE_TITLE, "value"),
        State(ids.PROPOSE_NOTICE, "value"), State(ids.PROPOSE_HALF_LIFE, "value"), State(ids.PROPOSE_QUORUM, "value"),
        State(ids.PROPOSE_TRACE, "value"),
        State(ids.change_since(ids.PROPOSE), "value"), State(ids.PROPOSE_FIRST, "value"),
        State(ids.PROPOSE_LAST, "value"), *changing.states(ids.PROPOSE), *of_the_desk, **answer,
    )  # fmt: skip
    @access.guarded("propose")
    def propose(
        clicks: int | None, title: Any, notice: Any, half_life: Any, quorum: Any, trace: Any, since: Any,
        first: Any, last: Any, pack: str | None, values: list[Any], names: list[Any], *desk: Any,
    ) -> str:  # fmt: skip
        buttons.pressed(clicks)
        by = access.require("propose")
        numbers = changing.typed(values, names)
        own = {"notice_days": notice, HALF_LIFE: half_life, QUORUM: quorum, TRACE: trace}
        own |= dict(zip(DESK, desk, strict=True))
        change = _own(own, since, is_alone=not (pack or numbers)) or _change(by.coop, given, since, pack, numbers)
        seen = given.assembly.snapshot(by.coop, changing.day_of(first, "from"), changing.day_of(last, "to"))
        given.assembly.propose(by.coop, str(title or ""), change, seen, by=by.name, at=given.now())
        return PAGE

    every_vote: Any = ids.vote(ALL, ALL)  # type: ignore[arg-type]  # Dash's wildcard

    @app.callback(address, Input(every_vote, "n_clicks"), **answer)
    @access.guarded("vote")
    def vote(_clicks: list[int | None]) -> str:
        chosen, by = buttons.chosen(), access.require("vote")
        given.assembly.vote(
            by.coop, chosen["proposal"], access.voter(), chosen["choice"], by=by.name, at=given.now()
        )  # fmt: skip
        return PAGE

    every_closing: Any = ids.close_vote("now", ALL)  # type: ignore[arg-type]
    minutes: Any = ids.close_vote("minutes", ALL)  # type: ignore[arg-type]
    later: Any = ids.close_vote("since", ALL)  # type: ignore[arg-type]

    @app.callback(
        address, Input(every_closing, "n_clicks"), State(minutes, "value"), State(minutes, "id"),
        State(later, "value"), **answer,
    )  # fmt: skip
    @access.guarded("close_vote")
    def close(_clicks: list[int | None], minutes: list[Any], names: list[Any], days: list[Any]) -> str:
        chosen, by = buttons.chosen()["proposal"], access.require("close_vote")
        place = [name["proposal"] for name in names].index(chosen)
        since = changing.day_of(days[place], "since") if days[place] else None
        given.assembly.close(
            by.coop, chosen, minutes=str(minutes[place] or ""), by=by.name, at=given.now(), since=since
        )  # fmt: skip
        return f"{PAGE}?proposal={chosen}"

    every_snapshot: Any = ids.compute_again(ALL)  # type: ignore[arg-type]

    @app.callback(Output(ids.SAID, "children", allow_duplicate=True), Input(every_snapshot, "n_clicks"), **answer)
    @access.guarded("see_assembly")
    def compute_again(_clicks: list[int | None]) -> str:
        coop, proposal = access.visitor().coop, buttons.chosen()["proposal"]
        found = given.assembly.proposal(coop, proposal)
        is_same = given.assembly.again(coop, proposal).sha256 == found.snapshot["sha256"]
        return f"{found.title}: {assembly.agrees(is_same, given.words(coop))}"


def _own(typed: Mapping[str, Any], since: Any, *, is_alone: bool) -> Change | None:
    """What the members set for themselves, if that is what was typed; Invalid: two things at once, or no number."""
    given = {name: str(text).strip() for name, text in typed.items() if str(text or "").strip()}
    if not given:
        return None
    if len(given) > 1 or not is_alone:
        raise Invalid("Put one thing to the vote after the other", field=next(iter(given)))
    ((name, text),) = given.items()
    if not text.isdecimal():
        raise Invalid("{text} is no whole number", text=text, field=name)
    if name == "notice_days":
        return {name: int(text)}
    return {"setting": name, "value": int(text), "since": changing.day_of(since, "since").isoformat()}


def _change(coop: str, given: Given, since: Any, pack: str | None, numbers: dict[str, str]) -> Change:
    scheme = given.accounts.scheme(coop)
    return changing.change_of(scheme, given.today(coop), pack, numbers, changing.day_of(since, "since"))

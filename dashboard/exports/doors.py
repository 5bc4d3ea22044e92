"""Where the exports are fetched: month by courier and for the book-keeper, letters, minutes, one's own data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from flask import Flask, Response, request
from pydantic import ValidationError

from dashboard.access import Visitor, require
from dashboard.accounts import BookedAccounts
from dashboard.accounts_period import jobs_at
from dashboard.api.metrics import period, whose
from dashboard.api.problems import refusing
from dashboard.api.requests import PeriodAsked
from dashboard.api.wrong import Unusable, wrong_fields
from dashboard.assembly import Assembly
from dashboard.domain.refusals import Invalid, NotFound
from dashboard.domain.spans import local_date
from dashboard.exports import own, papers, sheets
from dashboard.exports.waits import HEAD, waits
from dashboard.exports.week import packed
from dashboard.looks import JOURNAL, PAY, Looks
from dashboard.ports import Store
from dashboard.retention import TraceBook
from layouts.view import Places
from layouts.words import LOCALES, Words

CSV, PDF, JSON, ZIP = "text/csv; charset=utf-8", "application/pdf", "application/json", "application/zip"
GPX = "application/gpx+xml"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def register_exports(
    flask: Flask, accounts: BookedAccounts, assembly: Assembly, store: Store, clock: Callable[[], datetime],
    words: Callable[[str], Words], places: Callable[[str], Places], looks: Looks,
    traces: TraceBook,
) -> None:  # fmt: skip
    """``/exports/pay.csv|pdf?from=&to=&courier=``, ``/exports/letter.pdf?restaurant=``,
    ``/exports/minutes.pdf?proposal=``, ``/exports/me.json|csv``, ``/exports/week.zip?from=&to=``,
    ``/exports/kitchen.csv`` (a restaurant's today).

    What is printed is in the words that ``words`` has for the co-op, or in those of ``?language=``.
    """

    def today(by: Visitor) -> date:
        return local_date(clock(), accounts.zone(by.coop))

    def printed(by: Visitor) -> tuple[str, date, Words]:
        known = store.coop(by.coop)
        return known.name if known else by.coop, today(by), _in_language(words(by.coop))

    def pay(kind: str) -> Response:
        by = require("export_pay")
        first, last = days_asked(today(by))
        courier = whose(by, request.args.get("courier"))
        looks.note(by, courier, PAY)
        found = accounts.pay(by.coop, first, last, courier)
        name = f"pay-{courier or 'all'}-{first}-{last}.{kind}"
        if kind == "csv":
            return file_of(
                sheets.book(found) if found.slip is None else sheets.slip_lines(found.slip, printed(by)[2]), name
            )
        if found.slip is None:
            return file_of(papers.book_paper(found, *printed(by)), name)
        return file_of(papers.slip_paper(found.slip, _name(store, by, found.slip.courier), *printed(by)), name)

    def letter() -> Response:
        by = require("write_letter")
        first, last = days_asked(today(by))
        restaurant = request.args.get("restaurant", "")
        rows = [row for row in accounts.workload(by.coop, first, last).waiting if row.restaurant == restaurant]
        if not rows:
            raise NotFound("There were no pickups at {id}", id=restaurant)
        name = places(by.coop).get(restaurant, (restaurant,))[0]
        coop, day, found = printed(by)
        return file_of(papers.letter(name, rows, coop, (first, last), day, found), f"waiting-{restaurant}.pdf")

    def minutes() -> Response:
        by = require("see_assembly")
        one = assembly.proposal(by.coop, request.args.get("proposal", ""))
        return file_of(papers.minutes_paper(one, accounts.scheme(by.coop), *printed(by)), f"minutes-{one.id}.pdf")

    def mine(kind: str) -> Response:
        by = require("export_own")
        assert by.scope is not None, "a courier's visitor is about one courier"
        write = own.own_json if kind == "json" else own.own_csv
        kept = traces.trace(by.coop, by.scope, EPOCH, clock())
        return file_of(write(store, by.coop, by.scope, looks.of(by.coop, by.scope), kept), f"{by.scope}.{kind}")

    def kitchen() -> Response:
        by = require("see_kitchen")
        day = today(by)
        jobs = jobs_at(accounts.period(by.coop, day, day), by.scope or "")
        rows = waits(jobs, lambda order: store.about(by.coop, order), accounts.zone(by.coop))
        return file_of(sheets.sheet(HEAD, rows), f"waiting-{by.scope}-{day}.csv")

    def week() -> Response:
        by = require("take_journal")
        first, last = days_asked(today(by))
        looks.note(by, None, JOURNAL)
        return file_of(packed(store, accounts.period(by.coop, first, last)), f"week-{first}-{last}.zip")

    flask.add_url_rule("/exports/kitchen.csv", "export_kitchen", refusing(kitchen))
    flask.add_url_rule("/exports/week.zip", "export_week", refusing(week))
    flask.add_url_rule("/exports/pay.<any(csv, pdf):kind>", "export_pay", refusing(pay))
    flask.add_url_rule("/exports/letter.pdf", "export_letter", refusing(letter))
    flask.add_url_rule("/exports/minutes.pdf", "export_minutes", refusing(minutes))
    flask.add_url_rule("/exports/me.<any(json, csv):kind>", "export_own", refusing(mine))


def days_asked(today: date, usual: date | None = None) -> tuple[date, date]:
    """The days that the address names, without ``from`` since ``usual``, without ``to`` until ``today``.

    Unusable when they are none.
    """
    given = {name: value for name, value in request.args.items() if name in ("from", "to", "courier")}
    try:
        return period(PeriodAsked.model_validate(({"from": usual} if usual else {}) | given), today)
    except ValidationError as error:
        raise Unusable(wrong_fields(error)) from error


def _in_language(words: Words) -> Words:
    wanted = request.args.get("language")
    if wanted is None:
        return words
    if wanted not in LOCALES:
        known = ", ".join(sorted(LOCALES))
        raise Invalid("There is no language {language}: use one of {known}", language=wanted, known=known,
                      field="language")  # fmt: skip
    return words.in_language(wanted)


def _name(store: Store, by: Visitor, courier: str) -> str:
    known = store.courier(by.coop, courier)
    return known.name if known else courier


def file_of(content: str | bytes | Iterator[str] | Iterator[bytes], name: str) -> Response:
    """As a download; its name has nothing in it that a header could trip over."""
    kind = {"csv": CSV, "pdf": PDF, "json": JSON, "zip": ZIP, "gpx": GPX}[name.rpartition(".")[2]]
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^A-Za-z0-9_.-]", "_", name)}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer

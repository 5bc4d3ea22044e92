"""Pages to print: a pay slip, the month for the book-keeper, a letter to a restaurant, the minutes of a vote."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.pay import Line, Slip
from dashboard.domain.proposals import CHOICES, Proposal
from dashboard.domain.rules import Scheme
from dashboard.domain.spans import local_date
from dashboard.exports.paper import Paper
from dashboard.reports_pay import CourierPay, Pay
from dashboard.reports_work import WaitingRow
from layouts.account_page import DASH, day, month_name, number
from layouts.assembly import CHOICE_NAMES, needed, outcome
from layouts.rule_words import change_rows, decided_by, rule_name, scheme_name
from layouts.slip_inputs import formula
from layouts.words import N_, Words

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BOOK = (N_("Courier"), N_("Hours"), N_("Jobs"), N_("Pay"), N_("Top-up"), N_("Corrections"), N_("Tips"), N_("Total"))
LETTER = (N_("Hour"), N_("Pickups"), N_("Arrival known"), N_("Median wait, min"), N_("Beyond 4 min, min"))


def slip_paper(slip: Slip, name: str, coop: str, made: date, words: Words) -> bytes:
    """One courier's slip: every line with quantity, rate and amount, who decided the rate, and the total."""
    words, zone = words.paying(slip.currency), ZoneInfo(words.time_zone)
    paper = Paper(words("Pay slip of {name}", name=name), coop, made, words)
    paper.quiet(period(local_date(slip.period.start, zone), local_date(slip.period.end, zone) - DAY, words))
    _lines(paper, slip.lines, words("Total"), slip.total_cents, words)
    if slip.costs:
        paper.heading(words("What the work cost (not taken off)"))
        _lines(paper, slip.costs, words("Costs"), slip.costs_cents, words)
    return paper.bytes()


def book_paper(found: Pay, coop: str, made: date, words: Words) -> bytes:
    """The month for the book-keeper: one row a courier, and the sums."""
    words = words.paying(found.currency)
    days = period(found.first, found.last, words)
    paper = Paper(words("Pay, {days}", days=days), coop, made, words)
    paper.quiet(words("Rules: {scheme}. Journal up to entry {seq}.", scheme=scheme_name(found.scheme, words),
                      seq=found.seq))  # fmt: skip
    rows = [_book_row(row, words) for row in found.couriers]
    paper.table([words(head) for head in BOOK], rows, total=_book_sums(found, words),
                widths=(4.4, 1.7, 1.9, 2.5, 2.7, 2.7, 2.5, 2.6))  # fmt: skip
    return paper.bytes()


def letter(
    restaurant: str, rows: Sequence[WaitingRow], coop: str, days: tuple[date, date], made: date, words: Words
) -> bytes:  # fmt: skip
    """To a restaurant: how long couriers waited, hour by hour, for how many pickups that is known, what it costs."""
    paper = Paper(words("Waiting at {restaurant}", restaurant=restaurant), coop, made, words)
    paper.quiet(period(*days, words))
    beyond, lost = sum((row.beyond for row in rows), timedelta()), sum(row.lost_cents for row in rows)
    paper.text(words(
        "Couriers of {coop} picked up {pickups} orders at your door in this time; for {known} of them it is known when "
        "the courier arrived. Taking over a meal takes four minutes. Beyond these they waited {minutes} minutes "
        "together; at the co-op’s mean pay per hour on shift that is {money} of work.",
        coop=coop, pickups=sum(row.pickups for row in rows), known=sum(row.known for row in rows),
        minutes=number(beyond / MINUTE, words, 0), money=words.money(round(lost)),
    ))  # fmt: skip
    paper.table([words(head) for head in LETTER], [_letter_row(row, words) for row in rows], widths=(2, 2, 2, 3, 3))
    paper.text(words("Which hours could be started earlier, or announced later? We would be glad to talk about it."))
    return paper.bytes()


def minutes_paper(one: Proposal, scheme: Scheme, coop: str, made: date, words: Words) -> bytes:
    """What was put to the vote, how it ended, and what was said; who voted what stands in the journal alone."""
    paper = Paper(one.title, coop, made, words)
    zone = ZoneInfo(words.time_zone)
    paper.quiet(words("Minutes of the assembly"))
    paper.quiet(words("Proposed by {by} on {day}", by=one.by, day=day(local_date(one.at, zone), words)))
    heads = [words("Rule"), words("From"), words("To"), words("Since")]
    paper.table(heads, change_rows(one.change, scheme, words), widths=(3, 4, 4, 2), left=4)
    if one.closed_at is None:
        paper.text(words("{n} have voted.", n=len(one.votes)))
    else:
        paper.heading(outcome(one, words))
        paper.quiet(needed(one, words))
        paper.text("   ·   ".join(_votes(one, choice, words) for choice in CHOICES))
        paper.text(one.minutes or words("No minutes were written."))
        closed = day(local_date(one.closed_at, zone), words)
        said = words("closed by {by} on {day}", by=one.closed_by, day=closed)
        paper.text(said[:1].upper() + said[1:])
    _figures(paper, one, words)
    return paper.bytes()


def period(first: date, last: date, words: Words) -> str:
    """November 2026, or 3 Nov 2026 to 9 Nov 2026."""
    is_month = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
    if is_month:
        return month_name(first, words)
    return words("{first} to {last}", first=day(first, words), last=day(last, words))


def _lines(paper: Paper, lines: Iterable[Line], sum_name: str, cents: int, words: Words) -> None:
    paper.table(
        (words("Line"), words("Counted"), words("Decided by"), words("Amount")),
        [
            (rule_name(line.name, words), formula(line, words), _by(line, words), words.money(line.amount_cents))
            for line in lines
        ],
        widths=(4, 5, 5, 2.4), left=3, total=(sum_name, "", "", words.money(cents)),
    )  # fmt: skip


def _votes(one: Proposal, choice: str, words: Words) -> str:
    return words("{name}: {value}", name=words(CHOICE_NAMES[choice]), value=one.count(choice))


def _by(line: Line, words: Words) -> str:
    return decided_by(line.decision, words) if line.decision.by else DASH


def _book_row(row: CourierPay, words: Words) -> tuple[str, ...]:
    amounts = (row.pay_cents, row.top_up_cents, row.correction_cents, row.tips_cents, row.total_cents)
    return (row.name, number(row.on_shift / HOUR, words), str(row.jobs), *(words.money(cents) for cents in amounts))


def _book_sums(found: Pay, words: Words) -> tuple[str, ...]:
    rows = found.couriers
    amounts = (
        sum(row.pay_cents for row in rows), found.top_up_cents, sum(row.correction_cents for row in rows),
        found.tips_cents, found.total_cents,
    )  # fmt: skip
    hours = sum((row.on_shift for row in rows), timedelta()) / HOUR
    jobs = str(sum(row.jobs for row in rows))
    return (words("Total"), number(hours, words), jobs, *(words.money(cents) for cents in amounts))


def _letter_row(row: WaitingRow, words: Words) -> tuple[str, ...]:
    median = None if row.median is None else row.median / MINUTE
    return (f"{row.hour:02}:00", str(row.pickups), str(row.known), number(median, words, 1),
            number(row.beyond / MINUTE, words, 0))  # fmt: skip


def _figures(paper: Paper, one: Proposal, words: Words) -> None:
    seen = one.snapshot
    days = period(date.fromisoformat(seen["first"]), date.fromisoformat(seen["last"]), words)
    paper.text(words("The figures that were looked at: {span}, as of entry {seq}", span=days, seq=seen["seq"]))
    paper.quiet(f"{words('SHA-256 of the figures:')} {seen['sha256']}")

"""Pages to print: a pay slip, the month for the book-keeper, a letter to a restaurant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from dashboard.domain.pay import Slip
from dashboard.exports.sheets import money
from dashboard.reports import Pay, WaitingRow

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Paper:
    """One document, A4. The printer's own fonts know Western European letters; others become a question mark."""

    def __init__(self, title: str, made: date) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_title(_plain(title))
        self._pdf.set_creator("Roulement")
        self._pdf.set_creation_date(datetime.combine(made, time(), UTC))
        self._pdf.add_page()
        self._pdf.set_font("Helvetica", "B", 16)
        self._line(title, 10)
        self._pdf.set_font("Helvetica", "", 10)
        self._line(made.isoformat(), 6)

    def text(self, paragraph: str) -> None:
        """A paragraph."""
        self._pdf.ln(3)
        self._pdf.multi_cell(0, 5, _plain(paragraph), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; the heading comes again on each page."""
        self._pdf.ln(3)
        self._pdf.set_font("Helvetica", "", 8)
        with self._pdf.table(first_row_as_headings=True) as table:
            for cells in (head, *rows):
                row = table.row()
                for cell in cells:
                    row.cell(_plain(cell))
        self._pdf.set_font("Helvetica", "", 10)

    def bytes(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())

    def _line(self, text: str, height: float) -> None:
        self._pdf.cell(0, height, _plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def slip_paper(slip: Slip, name: str, coop: str, made: date) -> bytes:
    """One courier's slip: every line with quantity, rate and amount, who decided the rate, and the total."""
    paper = Paper(f"Pay slip - {name}", made)
    paper.text(f"{coop}: {slip.period.start:%Y-%m-%d %H:%M} to {slip.period.end:%Y-%m-%d %H:%M} UTC, {slip.currency}")
    paper.table(
        ("Line", "Kind", "Quantity", "Unit", "Rate", "Amount", "Decided by"),
        [
            (
                line.name, line.role, str(line.quantity), line.unit, str(line.rate), str(money(line.amount_cents)),
                line.decision.by,
            )
            for line in slip.lines
        ]
        + [("Total", "", "", "", "", str(money(slip.total_cents)), "")],
    )  # fmt: skip
    if slip.costs:
        costs = money(slip.costs_cents)
        paper.text(f"Costs of the work, not taken off: {costs} {slip.currency}")
    return paper.bytes()


def book_paper(found: Pay, coop: str, made: date) -> bytes:
    """The month for the book-keeper: one row a courier, and the sums."""
    paper = Paper(f"Pay {found.first} to {found.last}", made)
    paper.text(f"{coop}, {found.currency}, rules: {found.scheme}, journal up to entry {found.seq}")
    rows = [
        (
            row.name, f"{row.on_shift / HOUR:.2f}", str(row.jobs), str(money(row.pay_cents)),
            str(money(row.top_up_cents)), str(money(row.correction_cents)), str(money(row.tips_cents)),
            str(money(row.total_cents)),
        )
        for row in found.couriers
    ]  # fmt: skip
    sums = ("Total", "", "", "", str(money(found.top_up_cents)), "", str(money(found.tips_cents)))
    head = ("Courier", "Hours", "Jobs", "Pay", "Top-up", "Corrections", "Tips", "Total")
    paper.table(head, [*rows, (*sums, str(money(found.total_cents)))])
    return paper.bytes()


def letter(restaurant: str, rows: Sequence[WaitingRow], coop: str, first: date, last: date, made: date) -> bytes:
    """To a restaurant: how long couriers waited, hour by hour, for how many pickups that is known, what it costs."""
    paper = Paper(f"Waiting at {restaurant}", made)
    pickups, known = sum(row.pickups for row in rows), sum(row.known for row in rows)
    beyond, lost = sum((row.beyond for row in rows), timedelta()), sum(row.lost_cents for row in rows)
    paper.text(
        f"From {first} to {last} couriers of {coop} picked up {pickups} orders at your door; for {known} of them it is "
        f"known when the courier arrived. Beyond the four minutes that taking over a meal takes, they waited "
        f"{beyond / MINUTE:.0f} minutes together. At the co-op's mean pay per hour on shift that is "
        f"{money(round(lost))} of work."
    )
    paper.table(
        ("Hour", "Pickups", "Known", "Median wait, min", "Beyond 4 min, min"),
        [
            (
                f"{row.hour:02}:00", str(row.pickups), str(row.known),
                "-" if row.median is None else f"{row.median / MINUTE:.1f}", f"{row.beyond / MINUTE:.0f}",
            )
            for row in rows
        ],
    )  # fmt: skip
    paper.text("Which hours could be started earlier, or announced later? We would be glad to talk about it.")
    return paper.bytes()


def _plain(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")

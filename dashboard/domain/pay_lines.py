"""Lines of a pay slip: quantity × rate = amount, rounded once, half up, to the cent; and what each was made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.domain.pay_readings import Reading
from dashboard.domain.rules import MEASURES, NOBODY, Decision, Rule
from dashboard.domain.spans import Span, joined
from dashboard.domain.times import to_wire

CENTS = Decimal(100)


@dataclass(frozen=True, slots=True)
class Input:
    """What went into a line: an order, a span of time or a figure by name, how much of it, and at which rate if any."""

    what: str
    quantity: Decimal
    unit: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """``amount_cents`` = ``quantity`` × ``rate`` × 100, exactly as printed, rounded half up.

    ``role`` is pay, top_up, tip, correction or cost; ``counts`` whether it helps to reach a minimum.
    """

    name: str
    role: str
    quantity: Decimal
    unit: str
    rate: Decimal
    amount_cents: int
    inputs: tuple[Input, ...] = ()
    decision: Decision = NOBODY
    counts: bool = True


def cents(amount: Decimal) -> int:
    """Whole cents of an amount in the currency's unit, half a cent rounded up."""
    return int((amount * CENTS).quantize(Decimal(1), ROUND_HALF_UP))


def printed(quantity: int, measure: str) -> Decimal:
    """Base units as they are printed: hours to 0.0001 (a third of a second), minutes to 0.01, kilometres to 0.001."""
    unit = MEASURES[measure]
    return (Decimal(quantity) / unit.size).quantize(Decimal(1).scaleb(-unit.decimals), ROUND_HALF_UP)


def worth(rule: Rule, rate: Decimal, quantity: int) -> Decimal:
    """Quantity as printed × rate, in the currency's unit, not rounded: what a floor requires."""
    return printed(quantity, rule.measure) * rate


def lines(readings: Iterable[Reading]) -> tuple[Line, ...]:
    """One line for each version and rate, in the order in which they are first met."""
    groups: dict[tuple[Rule, Decimal], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.rule, reading.rate), []).append(reading)
    return tuple(_line(rule, rate, group) for (rule, rate), group in groups.items())


def _line(rule: Rule, rate: Decimal, readings: list[Reading]) -> Line:
    quantity = sum(reading.quantity for reading in readings)
    return Line(
        name=rule.name, role=rule.role, quantity=printed(quantity, rule.measure), unit=MEASURES[rule.measure].word,
        rate=rate, amount_cents=cents(worth(rule, rate, quantity)), inputs=_inputs(rule, readings),
        decision=rule.decision, counts=rule.counts and rule.role == "pay",
    )  # fmt: skip


def _inputs(rule: Rule, readings: list[Reading]) -> tuple[Input, ...]:
    spans = joined(reading.of for reading in readings if isinstance(reading.of, Span))
    orders = [(reading.of, reading.quantity) for reading in readings if isinstance(reading.of, str)]
    made_of = [(f"{to_wire(span.start)}/{to_wire(span.end)}", span.ms) for span in spans] + orders
    return tuple(Input(what, printed(n, rule.measure), MEASURES[rule.measure].word) for what, n in made_of)

"""What an order would change, in words: who gains nothing is told why, and what the co-op saves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.domain.pay import Effect
from dashboard.domain.working_time import Finding
from dashboard.reports_day import CourierNow, DayNow, OrderEffect
from layouts.effect_words import effect_text, is_all_the_same
from layouts.panel import next_order, panel
from layouts.words import Words
from layouts.working_time import limits_text
from tests.unit.desk_values import AT
from tests.unit.test_layouts import components, sent

WORDS = Words("en", "Europe/Helsinki")


def effect(giver: int, taker: int, before: int = 0, after: int = 0) -> OrderEffect:
    found = Effect(giver, taker, before, after)
    return OrderEffect("o1", "lea", "noe" if giver else None, found, 20, (), "ok", 1000, timedelta(hours=1))


@pytest.mark.parametrize(
    ("one", "giver", "text"),
    [
        (effect(-320, 0, 9, 5), "Noé", "gains nothing: under the guarantee · Noé loses €3.20 · the co-op saves €3.20"),
        (effect(0, 320), None, "gains €3.20 · the co-op pays €3.20 more"),
        (effect(0, 0, 900, 580), None, "gains nothing: under the guarantee · the co-op pays the same"),
        (effect(0, 0), None, "gains nothing: no pay goes by this order · the co-op pays the same"),
        (effect(-320, 320), "Noé", "gains €3.20 · Noé loses €3.20 · the co-op pays the same"),
    ],
)  # fmt: skip
def test_effect(one: OrderEffect, giver: str | None, text: str) -> None:
    """Taker, giver and co-op are each told what changes for them."""
    assert effect_text(one, giver, WORDS) == text


def test_said_once() -> None:
    """Where the order changes nobody's pay it is said once; under the guarantee each row says so."""
    assert is_all_the_same([effect(0, 0), effect(0, 0)])
    assert not is_all_the_same([effect(0, 0), effect(0, 0, 900, 580)])
    assert not is_all_the_same([])


def test_limits() -> None:
    """Red goes before amber; what is well is not mentioned."""
    amber = Finding("week", "amber", AT, timedelta(minutes=10))
    red = Finding("day", "red", AT, timedelta(minutes=-10))
    well = Finding("span", "ok", AT, timedelta(hours=3))
    assert limits_text([amber, well], WORDS) == "Close to a limit of working time: longest working week"
    assert limits_text([amber, red], WORDS) == "Beyond a limit of working time: longest working day, at 20:00"
    assert limits_text([well], WORDS) == ""


def courier(name: str, next_cents: int | None, *findings: Finding) -> CourierNow:
    return CourierNow(
        name, name, "on", AT, 1500, 500, 0, 0, timedelta(hours=1), timedelta(minutes=20), 1500, 3000, 1, 900,
        ends_at=AT + timedelta(hours=3), forecast_cents=6100.4, forecast_low_cents=6000, forecast_high_cents=6600,
        forecast_short_cents=100, next_order_cents=next_cents, working_time=findings,
        level=findings[0].level if findings else "ok",
    )  # fmt: skip


def day_of(*couriers: CourierNow) -> DayNow:
    return DayNow("acme", AT, 7, "x", "EUR", couriers, 1500, 500, 0, 0, timedelta(hours=1), timedelta(0), 1500, None)


@pytest.mark.parametrize(
    ("costs", "text"),
    [
        ((0, 1000), "The next order costs the co-op €0.00 or €10.00, by who takes it."),
        ((1000, 1000), "The next order costs the co-op €10.00, whoever takes it."),
        ((0, 400, 1000), "The next order costs the co-op €0.00 to €10.00, by who takes it."),
        ((None,), ""),
    ],
)
def test_next_order(costs: tuple[int | None, ...], text: str) -> None:
    """One sentence says what the next order costs the co-op."""
    assert next_order(day_of(*(courier(str(n), cost) for n, cost in enumerate(costs))), WORDS) == text


def test_panel() -> None:
    """A row has pay, forecast with its range and time, what is short, what the next order costs, and a limit near."""
    near = Finding("day", "amber", AT, timedelta(minutes=10))
    said = [one["props"].get("children") for one in components(sent(panel(day_of(courier("Léa", 0, near)), WORDS)))]
    shown = [text for text in said if isinstance(text, str)]
    for text in ("Close to a limit of working time: longest working day, at 20:00", "€60.00 to €66.00, 23:00", "€5.00"):
        assert text in shown
    assert any(isinstance(text, list) and "€61.00" in text for text in said)

"""Thresholds of load, climb and wait are numbers like the rates: named, typed in kilograms and minutes, and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.domain.rules import Decision, Rule
from dashboard.domain.rules_numbers import from_day, numbers, revised
from dashboard.domain.rules_packs import COOP_EMPLOYEE
from layouts.rule_words import change_rows, number_name, price, unit
from layouts.words import Words

DAY = date(2026, 6, 1)
HEAVY = Rule("load", "order", Decimal(2), Decision("Ana"), since=date(2026, 1, 1), load_from_g=15_000)


def test_a_supplement_is_added_with_its_threshold() -> None:
    """2.00 an order from 12.5 kg on: both numbers are typed, the rule has grams; what is not typed is as offered."""
    (heavy,) = revised(COOP_EMPLOYEE, DAY, {"load": Decimal(2), "load.from_kg": Decimal("12.5")})
    (climb,) = revised(COOP_EMPLOYEE, DAY, {"ascent": Decimal(1)})
    assert isinstance(heavy, Rule)
    assert isinstance(climb, Rule)
    assert (heavy.rate, heavy.load_from_g, heavy.counts) == (2, 12_500, False)
    assert climb.ascent_from_m == 50


def test_a_threshold_in_force_is_changed_alone() -> None:
    """The form shows 15; with 20 the rate stays, and the table says from what to what."""
    scheme = COOP_EMPLOYEE.plus(HEAVY)
    held = {one.key: one for one in numbers(scheme, DAY)}
    assert held["load.from_kg"].value == 15
    assert not revised(scheme, DAY, {"load.from_kg": Decimal(15)})
    (row,) = change_rows(from_day(revised(scheme, DAY, {"load.from_kg": Decimal(20)}), DAY), scheme, Words())
    assert row[1:3] == ("2.00 € per order, from 15 kg on", "2.00 € per order, from 20 kg on")


def test_thresholds_have_names_and_units() -> None:
    """In the reader's language; a rule without a threshold says none."""
    held = {one.key: one for one in numbers(COOP_EMPLOYEE, DAY)}
    wait, words = held["waiting.beyond_min"], Words("fr")
    assert number_name(wait.rule, wait.part, words) == "Attente au restaurant, au-delà de quelle attente"
    assert unit(wait.rule, wait.part, "EUR", words) == "min"
    assert wait.usual == 4
    assert "beyond" not in price(held["wage"].rule, "EUR", Words())

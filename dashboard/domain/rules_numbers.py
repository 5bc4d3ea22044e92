"""The numbers in the rules of pay, one by one: what they are on a day, and the rules with other ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from dashboard.domain.refusals import Invalid
from dashboard.domain.rules import NOBODY, OFFER_PARTS, Decision, OfferFloor, Rule, Scheme, in_force
from dashboard.domain.rules_changes import Change
from dashboard.domain.rules_wire import floor_to_wire, rule_to_wire

ZERO = Decimal(0)
MOST = Decimal(10_000)
OFFERED: tuple[Rule, ...] = (
    Rule("per_order", "order", ZERO, NOBODY),
    Rule("per_dropoff", "dropoff", ZERO, NOBODY),
    Rule("per_km", "km", ZERO, NOBODY),
    Rule("per_minute", "minute_on_job", ZERO, NOBODY),
    Rule("waiting", "minute_at_pickup", ZERO, NOBODY, beyond_ms=240_000),
    Rule("night", "hour_on_shift", ZERO, NOBODY, when="night", percent_of="wage"),
    Rule("sunday", "hour_on_shift", ZERO, NOBODY, when="sunday", percent_of="wage"),
    Rule("bank_holiday", "hour_on_shift", ZERO, NOBODY, when="bank_holiday", percent_of="wage"),
    Rule("guarantee", "hour_on_shift", ZERO, NOBODY, role="floor", window="shift"),
    Rule("bicycle", "km", ZERO, NOBODY, counts=False),
    Rule("rain", "hour_on_shift", ZERO, NOBODY, when="rain", counts=False),
    Rule("load", "order", ZERO, NOBODY, load_from_g=15_000, counts=False),
    Rule("ascent", "ascent_100m", ZERO, NOBODY, ascent_from_m=50, counts=False),
)
"""What a co-op may add to any pack; thresholds are a beginning, and numbers of their own."""
THRESHOLDS: Mapping[str, tuple[str, int]] = {
    "from_kg": ("load_from_g", 1000), "from_m": ("ascent_from_m", 1), "beyond_min": ("beyond_ms", 60_000),
}  # fmt: skip
"""Parts of a rule that say which jobs it counts: the field, and how many of its units are one of the part's."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of one rule: ``key`` names it (``wage``, ``seattle.per_mile``, ``load.from_kg``), ``value`` is None
    where nothing holds, ``usual`` what it is unless it is given."""

    key: str
    rule: Rule | OfferFloor
    part: str
    value: Decimal | None
    usual: Decimal = ZERO


def numbers(scheme: Scheme, day: date) -> tuple[Number, ...]:
    """Those in force on a day, then those that could be added."""
    held = [rule for rule in scheme.rules if in_force(rule, day)]
    floors = [floor for floor in scheme.offer_floors if in_force(floor, day)]
    names = {rule.name for rule in held}
    more = [rule for rule in OFFERED if rule.name not in names and rule.percent_of in (None, *names)]
    return (
        *(number for rule in held for number in (Number(rule.name, rule, "rate", rule.rate), *_thresholds(rule, True))),
        *(Number(f"{one.name}.{part}", one, part, getattr(one, part)) for one in floors for part in OFFER_PARTS),
        *(number for rule in more for number in (Number(rule.name, rule, "rate", None), *_thresholds(rule, False))),
    )


def thresholds(rule: Rule) -> Mapping[str, Decimal]:
    """From which load, climb or wait on a job counts, by part; those that make no difference are not there."""
    read = {part: Decimal(getattr(rule, field)) / size for part, (field, size) in THRESHOLDS.items()}
    usual = next((one for one in OFFERED if one.name == rule.name), rule)
    return {part: value for part, value in read.items() if value or getattr(usual, THRESHOLDS[part][0])}


def read_number(text: str, key: str = "") -> Decimal:
    """A number as people write it, with a comma or a point. Invalid: it is none, is below 0 or beyond all sense."""
    try:
        found = Decimal(text.strip().replace(",", ".").replace("\u202f", "").replace("\xa0", ""))
    except InvalidOperation as error:
        raise Invalid("{text} is no number: write it as 12.50", text=text, field=key) from error
    if not found.is_finite() or not ZERO <= found <= MOST:
        raise Invalid("{text} is no rate: it has to lie between 0 and {most}", text=text, most=str(MOST), field=key)
    return found


def revised(scheme: Scheme, day: date, wanted: Mapping[str, Decimal]) -> tuple[Rule | OfferFloor, ...]:
    """The rules in force on a day whose numbers are to be others; Invalid when one of them does not exist."""
    known = {number.key: number for number in numbers(scheme, day)}
    found: dict[str, Rule | OfferFloor] = {}
    for key, value in wanted.items():
        if key not in known:
            raise Invalid("There is no number {key} in the rules of that day", key=key, field=key)
        number = known[key]
        if value != (number.usual if number.value is None else number.value):
            before = found.get(number.rule.name, number.rule)
            field, size = THRESHOLDS.get(number.part, (number.part, 0))
            found[number.rule.name] = replace(before, **{field: round(value * size) if size else value})  # type: ignore[arg-type]
    return tuple(found.values())


def on_all_days(scheme: Scheme, rules: Iterable[Rule | OfferFloor]) -> Scheme:
    """The scheme as if these had always held, for looking back."""
    for rule in rules:
        always = replace(rule, since=date.min, until=None)
        if isinstance(always, Rule):
            scheme = replace(scheme.without(rule.name), rules=(*scheme.without(rule.name).rules, always))
        else:
            others = tuple(one for one in scheme.offer_floors if one.name != rule.name)
            scheme = replace(scheme, offer_floors=(*others, always))
    return scheme


def from_day(rules: Sequence[Rule | OfferFloor], since: date, decision: Decision = NOBODY) -> Change:
    """The change that puts these in force; Invalid when there are none."""
    if not rules:
        raise Invalid("Nothing would change: choose a pack, or give another number", field="change")
    return {"all": [_wire(replace(rule, since=since, until=None, decision=decision)) for rule in rules]}


def _thresholds(rule: Rule, holds: bool) -> Iterable[Number]:
    for part, value in thresholds(rule).items():
        yield Number(f"{rule.name}.{part}", rule, part, value if holds else None, value)


def _wire(rule: Rule | OfferFloor) -> Change:
    return {"rule": rule_to_wire(rule)} if isinstance(rule, Rule) else {"offer_floor": floor_to_wire(rule)}

"""How the rules of pay are said: names, prices, who decided, and what a change changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.domain import coop_settings
from dashboard.domain.rules import Decision, OfferFloor, Rule, Scheme, in_force
from dashboard.domain.rules_changes import Change, parts_of
from dashboard.domain.rules_numbers import THRESHOLDS, thresholds
from dashboard.domain.rules_wire import floor_from_wire, rule_from_wire
from layouts.account_page import DASH, day, number
from layouts.words import N_, Words

NAMES: Mapping[str, str] = {
    "wage": N_("Hourly wage"), "smic": N_("Minimum wage (SMIC)"), "tips": N_("Tips"), "correction": N_("Correction"),
    "arpe": N_("Minimum of the ARPE agreement"), "per_order": N_("Per order"), "guarantee": N_("Guarantee"),
    "nyc_trip": N_("New York: minimum for the time on jobs"),
    "nyc_all": N_("New York: minimum for the time on shift, all couriers together"),
    "seattle": N_("Seattle: minimum for each job"), "ontario": N_("Ontario: minimum for each job"),
    "per_dropoff": N_("Per drop-off"), "per_km": N_("Per kilometre"), "per_minute": N_("Per minute on a job"),
    "waiting": N_("Waiting at the restaurant"), "night": N_("Night supplement"),
    "sunday": N_("Sunday supplement"), "bank_holiday": N_("Bank holiday supplement"),
    "bicycle": N_("Bicycle allowance"),
    "rain": N_("Rain supplement"), "load": N_("Supplement for heavy loads"), "ascent": N_("Supplement for climbs"),
}  # fmt: skip
PACK_NAMES: Mapping[str, str] = {
    "coop_employee": N_("Employee of a co-op (France)"), "arpe": N_("Self-employed, ARPE agreement (France)"),
    "nyc": N_("New York City"), "seattle": N_("Seattle"), "ontario": N_("Ontario"),
    "mdrp": N_("MDRP test instances"),
}  # fmt: skip
SCHEMES: Mapping[str, str] = {
    "co-op employee": "coop_employee", "ARPE": "arpe", "New York City": "nyc", "Seattle": "seattle",
    "Ontario": "ontario", "MDRP": "mdrp",
}  # fmt: skip
KINDS: Mapping[str, str] = {"pay": N_("pay"), "floor": N_("minimum"), "cost": N_("costs")}
MEASURES: Mapping[str, str] = {
    "hour_on_shift": N_("per hour on shift"), "hour_on_job": N_("per hour on a job"),
    "minute_on_job": N_("per minute on a job"), "order": N_("per order"), "dropoff": N_("per drop-off"),
    "km": N_("per km"), "minute_at_pickup": N_("per minute at the restaurant"),
    "ascent_100m": N_("per 100 m climbed"), "amount": "",
}  # fmt: skip
PARTS: Mapping[str, str] = {
    "per_minute": N_("per minute on a job"), "per_hour": N_("per hour on a job"), "per_mile": N_("per mile"),
    "per_offer": N_("at least per job"),
}  # fmt: skip
FROM: Mapping[str, tuple[str, str, str]] = {
    "from_kg": (N_("from which load on"), "kg", N_("from {n} kg on")),
    "from_m": (N_("from which climb on"), "m", N_("from {n} m on")),
    "beyond_min": (N_("beyond which wait"), "min", N_("beyond {n} min")),
}
"""Thresholds: the label, the unit, and how the rule says it."""
assert FROM.keys() == THRESHOLDS.keys()
WINDOWS: Mapping[str, str] = {
    "shift": N_("over a shift"), "day": N_("over a day"), "168h": N_("over 168 hours"), "week": N_("over a week"),
    "month": N_("over a month"),
}  # fmt: skip
DECIDED: Mapping[str, str] = {
    "French government": N_("French government"), "ARPE agreement": N_("ARPE agreement"),
    "NYC DCWP": N_("New York City, Department of Consumer and Worker Protection"),
    "City of Seattle": N_("City of Seattle"), "Ontario": N_("Government of Ontario"),
    "Grubhub and Georgia Tech": N_("Grubhub and Georgia Tech"), "general assembly": N_("General assembly"),
}  # fmt: skip
SOURCES: Mapping[str, str] = {
    "OpenFisca-France 176.0.7": N_("OpenFisca-France 176.0.7"),
    "arrêté, JORFTEXT000054126589": N_("order of 22 May 2026, JORFTEXT000054126589"),
    "extended, in effect 2023-11-28": N_("extended, in effect since 28 November 2023"),
    "6 RCNY 7-810(b)": N_("6 RCNY 7-810(b)"), "6 RCNY 7-810(b), press note": N_("6 RCNY 7-810(b), press note"),
    "SMC 8.37, rates of 2024": N_("SMC 8.37, rates of 2024"), "SMC 8.37, rates of 2025": N_("SMC 8.37, rates of 2025"),
    "rates of 2025 carried on: those of 2026 not found": N_("rates of 2025 carried on: those of 2026 not found"),
    "DPWRA 2022 and O. Reg. 344/24, general minimum wage from October 2024":
        N_("DPWRA 2022 and O. Reg. 344/24, general minimum wage from October 2024"),
    "DPWRA 2022 and O. Reg. 344/24, general minimum wage from October 2025":
        N_("DPWRA 2022 and O. Reg. 344/24, general minimum wage from October 2025"),
    "Reyes et al. 2018: the test instances' own pay": N_("Reyes et al. 2018: the test instances’ own pay"),
}  # fmt: skip


SETTING_NAMES: Mapping[str, str] = {
    coop_settings.HALF_LIFE: N_("Half-life: days after which the past counts half as much on Fairness"),
    coop_settings.QUORUM: N_("Quorum: votes that have to be cast, abstentions included"),
    coop_settings.TRACE: N_("Traces: days for which couriers’ ways on shift are kept as proof"),
    coop_settings.SUGGEST: N_("Suggestions at the desk: 1 shown, 0 off"),
    coop_settings.LOAD: N_("Load: kilograms that a bicycle carries at most, 0 for no limit"),
    coop_settings.CARGO_LOAD: N_("Load: kilograms that a cargo bike carries at most, 0 for no limit"),
    "weight_late": N_("Weight of lateness: points for each minute"),
    "weight_pay": N_("Weight of pay: points for each unit of money an hour above the lowest paid"),
    "weight_effort": N_("Weight of the way: points for each kilometre more"),
}
assert SETTING_NAMES.keys() == coop_settings.SETTINGS.keys()


def rule_name(name: str, words: Words) -> str:
    """What people call the rule, or the pack; a name that the co-op gave stays as it is."""
    return words(NAMES.get(name) or PACK_NAMES.get(name) or name.replace("_", " "))


def scheme_name(name: str, words: Words) -> str:
    """What people call the rules as a whole."""
    return rule_name(SCHEMES.get(name, name), words)


def decided_by(decision: Decision, words: Words) -> str:
    """Who, when, and where it is written; and whether nobody has checked the figure."""
    said = [words(DECIDED.get(decision.by, decision.by)) or DASH]
    if decision.on:
        said.append(day(decision.on, words))
    if decision.source:
        said.append(words(SOURCES.get(decision.source, decision.source)))
    if not decision.confirmed:
        said.append(words("not checked"))
    return ", ".join(said)


def amount(value: Decimal | None, rule: Rule | OfferFloor, part: str, currency: str, words: Words) -> str:
    """12.31 € per hour on shift."""
    if value is None:
        return DASH
    if isinstance(rule, OfferFloor):
        return f"{exact(value, words)} {words.sign(currency)} {words(PARTS[part])}"
    if rule.percent_of:
        return words("{n} % of: {rule}", n=exact(value, words), rule=rule_name(rule.percent_of, words))
    return f"{exact(value, words)} {words.sign(currency)} {words(MEASURES[rule.measure])}".strip()


def price(rule: Rule | OfferFloor, currency: str, words: Words) -> str:
    """All of a rule's numbers that are not 0."""
    if isinstance(rule, Rule):
        held = amount(rule.rate, rule, "rate", currency, words)
        if rule.role == "floor":
            return f"{held}, {words(WINDOWS[rule.window])}"
        limits = [words(FROM[part][2], n=plain(value, words)) for part, value in thresholds(rule).items() if value]
        return ", ".join([held, *limits])
    parts = [part for part in PARTS if getattr(rule, part)]
    return " · ".join(amount(getattr(rule, part), rule, part, currency, words) for part in parts) or DASH


def number_name(rule: Rule | OfferFloor, part: str, words: Words) -> str:
    """The label of one number."""
    name = rule_name(rule.name, words)
    if part in FROM:
        return f"{name}, {words(FROM[part][0])}"
    return name if part == "rate" else f"{name}, {words(PARTS[part])}"


def unit(rule: Rule | OfferFloor, part: str, currency: str, words: Words) -> str:
    """€ per hour on shift, % of the hourly wage, or kg."""
    if part in FROM:
        return FROM[part][1]
    if isinstance(rule, OfferFloor):
        return f"{words.sign(currency)} {words(PARTS[part])}"
    if rule.percent_of:
        return words("% of: {rule}", rule=rule_name(rule.percent_of, words))
    return f"{words.sign(currency)} {words(MEASURES[rule.measure])}"


def setting_value(name: str, value: int, words: Words) -> str:
    """14 days; 8 votes; none."""
    if name == coop_settings.HALF_LIFE or (name == coop_settings.TRACE and value):
        return words("{n} {n:day|days}", n=value)
    if name == coop_settings.SUGGEST:
        return words("shown") if value else words("off")
    if not value:
        return words("none")
    if name in (coop_settings.LOAD, coop_settings.CARGO_LOAD):
        return words("{n} kg", n=value)
    if name in coop_settings.WEIGHTS:
        return words("{n} {n:point|points}", n=value)
    return words("{n} {n:vote|votes}", n=value)


def change_rows(change: Change, scheme: Scheme, words: Words) -> list[tuple[str, str, str, str]]:
    """What changes: the rule, from what, to what, from which day."""
    if "setting" in change:
        name, since = change["setting"], day(date.fromisoformat(change["since"]), words)
        return [(words(SETTING_NAMES[name]), DASH, setting_value(name, change["value"], words), since)]
    if "notice_days" in change:
        return [(words("Notice before a change takes effect"), DASH, words("{n} {n:day|days}", n=change["notice_days"]),
                 words("when the vote is closed"))]  # fmt: skip
    return [_row(part, scheme, words) for part in parts_of(change)]


def _row(part: Mapping[str, Any], scheme: Scheme, words: Words) -> tuple[str, str, str, str]:
    if "pack" in part:
        since = day(date.fromisoformat(part["since"]), words)
        return words("All rules"), scheme_name(scheme.name, words), rule_name(part["pack"], words), since
    rule = floor_from_wire(part["offer_floor"]) if "offer_floor" in part else rule_from_wire(part["rule"])
    before = next((one for one in _others(scheme, rule) if one.since < rule.since and _until(one, rule.since)), None)
    was = DASH if before is None else price(before, scheme.currency, words)
    return rule_name(rule.name, words), was, price(rule, scheme.currency, words), day(rule.since, words)


def _others(scheme: Scheme, rule: Rule | OfferFloor) -> list[Rule | OfferFloor]:
    everything: list[Rule | OfferFloor] = [*scheme.rules, *scheme.offer_floors]
    return [one for one in everything if one.name == rule.name]


def _until(one: Rule | OfferFloor, since: date) -> bool:
    return one.until == since or in_force(one, since)


def plain(value: Decimal, words: Words) -> str:
    """A weight, a height or a time with as many decimals as it has."""
    return number(float(value), words, max(0, -int(value.normalize().as_tuple().exponent)))


def exact(value: Decimal, words: Words) -> str:
    """A rate with all of its decimals, two at least: who computes again needs them."""
    digits = max(2, -int(value.normalize().as_tuple().exponent)) if value else 2
    return number(float(value), words, digits)

"""Pay rules as data: what is paid for what, from when to when, and who decided it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from dashboard.domain.refusals import Invalid


class Unit(NamedTuple):
    """How a measured quantity is printed: base units in one printed unit, decimals, and the word."""

    size: int
    decimals: int
    word: str


MEASURES: Mapping[str, Unit] = {
    # time, in milliseconds
    "hour_on_shift": Unit(3_600_000, 4, "hours on shift"),
    "hour_on_job": Unit(3_600_000, 4, "hours on a job"),
    "minute_on_job": Unit(60_000, 2, "minutes on a job"),
    # per job
    "order": Unit(1, 0, "orders"),
    "dropoff": Unit(1, 0, "drop-offs"),
    "km": Unit(1000, 3, "km"),
    "minute_at_pickup": Unit(60_000, 2, "minutes at the restaurant"),
    "ascent_100m": Unit(100, 2, "× 100 m climbed"),
    "amount": Unit(100, 2, ""),
}
TIMED = frozenset({"hour_on_shift", "hour_on_job", "minute_on_job"})
CONDITIONS = ("always", "night", "sunday", "bank_holiday", "rain")
ROLES = ("pay", "floor", "cost")
WINDOWS = ("shift", "day", "168h", "week", "month")
SCOPES = ("courier", "coop")
OFFER_PARTS = ("per_minute", "per_hour", "per_mile", "per_offer")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided a rule, when, and where it is written; ``confirmed`` is False for a figure that nobody checked."""

    by: str
    on: date | None = None
    source: str = ""
    confirmed: bool = True


NOBODY = Decision("")


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule, in force from local midnight of ``since`` until that of ``until`` (None: open).

    ``rate`` is in the currency's unit per unit of ``measure``; with ``percent_of`` it is a percentage of the rate of
    the rule of that name then in force. ``role``: ``pay`` adds to the pay, ``cost`` is what the work costs the courier
    (never subtracted, shown beside), ``floor`` guarantees that the pay of a ``window`` is at least quantity × rate, for
    each courier or for the ``coop`` as a whole. ``load_from_g``, ``ascent_from_m`` and ``beyond_ms`` (of each pickup)
    are thresholds of a job, ``outcomes`` how it must have ended. ``counts`` is False for pay that must not be used to
    reach a floor (reimbursements; in France also supplements for hard conditions). ``after_shift`` is False where time
    after the shift's end, with a meal still on the bicycle, is not paid by the hour.
    """

    name: str
    measure: str
    rate: Decimal
    decision: Decision
    since: date = date.min
    until: date | None = None
    when: str = "always"
    role: str = "pay"
    percent_of: str | None = None
    window: str = "shift"
    scope: str = "courier"
    load_from_g: int = 0
    ascent_from_m: int = 0
    beyond_ms: int = 0
    night: tuple[time, time] = (time(22), time(6))
    outcomes: tuple[str, ...] = ("delivered",)
    counts: bool = True
    after_shift: bool = True

    def __hash__(self) -> int:
        """Versions of one rule begin on different days: hashing all the rest would cost more than counting."""
        return hash((self.name, self.since))

    def __post_init__(self) -> None:
        for field, known in (
            ("measure", MEASURES), ("when", CONDITIONS), ("role", ROLES), ("window", WINDOWS), ("scope", SCOPES),
        ):  # fmt: skip
            if getattr(self, field) not in known:
                raise Invalid(
                    "There is no {field} {value}: use one of {known}",
                    field=field, value=getattr(self, field), known=", ".join(known),
                )  # fmt: skip
        if not self.rate.is_finite() or self.rate < 0:
            raise Invalid("{rate} is no rate: it has to be 0 or more", rate=self.rate, field="rate")


@dataclass(frozen=True, slots=True)
class OfferFloor:
    """A minimum for each single job: max(per_minute·min + per_hour·h + per_mile·miles, per_offer)."""

    name: str
    decision: Decision
    since: date = date.min
    until: date | None = None
    per_minute: Decimal = Decimal(0)
    per_hour: Decimal = Decimal(0)
    per_mile: Decimal = Decimal(0)
    per_offer: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for part in OFFER_PARTS:
            rate = getattr(self, part)
            if not rate.is_finite() or rate < 0:
                raise Invalid("{rate} is no rate: it has to be 0 or more", rate=rate, field=part)


class Era(NamedTuple):
    """Which pack held before the local day ``until``, and in which currency it paid."""

    until: date
    name: str
    currency: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The rules a co-op pays by. ``currency`` is ISO 4217; ``anchor`` a day on which a 168-hour period begins.

    ``earlier`` are the packs before this one, oldest first: what was earned then was earned in their currency.
    """

    name: str
    currency: str
    rules: tuple[Rule, ...] = ()
    offer_floors: tuple[OfferFloor, ...] = ()
    anchor: date = date(2026, 1, 5)  # a Monday
    earlier: tuple[Era, ...] = ()

    def era(self, day: date) -> Era:
        """The pack that holds on a local day."""
        now = Era(date.max, self.name, self.currency)
        return next((era for era in self.earlier if day < era.until), now)

    def of(self, role: str) -> tuple[Rule, ...]:
        """All versions of all rules of a role."""
        return tuple(rule for rule in self.rules if rule.role == role)

    def versions(self, name: str) -> tuple[Rule, ...]:
        """All versions of one rule, oldest first."""
        return tuple(sorted((rule for rule in self.rules if rule.name == name), key=lambda rule: rule.since))

    def plus(self, *rules: Rule) -> Scheme:
        """The scheme with further rules; each ends the version of the same name that it follows on its day."""
        scheme = self
        for rule in rules:
            scheme = replace(scheme, rules=(*_ended(scheme.rules, rule), rule))
        return scheme

    def plus_floors(self, *floors: OfferFloor) -> Scheme:
        """The same for minimums of each job."""
        scheme = self
        for floor in floors:
            scheme = replace(scheme, offer_floors=(*_ended(scheme.offer_floors, floor), floor))
        return scheme

    def without(self, name: str) -> Scheme:
        """The scheme with no version of that rule: what-if, not history."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.name != name))


def in_force(rule: Rule | OfferFloor, day: date) -> bool:
    """Whether that version of the rule holds on a local day."""
    return rule.since <= day and (rule.until is None or day < rule.until)


def _ended[R: (Rule, OfferFloor)](rules: Iterable[R], successor: R) -> tuple[R, ...]:
    kept: list[R] = []
    for rule in rules:
        if rule.name == successor.name and rule.since >= successor.since:
            raise Invalid(
                "{name} has a version from {since} already: a change cannot begin before it",
                name=rule.name, since=rule.since.isoformat(), field="since",
            )  # fmt: skip
        follows = rule.name == successor.name and (rule.until is None or rule.until > successor.since)
        kept.append(replace(rule, until=successor.since) if follows else rule)
    return tuple(kept)

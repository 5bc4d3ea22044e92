"""What the calls about the rules of pay take: rules, packs, several at once, corrections, what-if questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from dashboard.api.fields import ONE_MILLION, Body, Id, LongText, Query, ShortText
from dashboard.domain.coop_settings import SETTINGS, WEIGHTS
from dashboard.domain.proposals import MOST_NOTICE_DAYS
from dashboard.domain.rules import NOBODY
from dashboard.domain.rules_wire import decision_to_wire


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not 2000 <= int(value[:4] if value[:4].isdigit() else 0) < 2100:
        raise ValueError("should be a day such as 2026-06-01, between 2000 and 2100")
    return date.fromisoformat(value)


def _length(night: list[str]) -> list[str]:
    if len(night) != 2:
        raise ValueError("should be two times of day")
    return night


Day = Annotated[date, BeforeValidator(_day)]
Rate = Annotated[str, Field(pattern=r"^\d{1,5}(\.\d{1,6})?$", description="exact, as text: 12.31")]
Small = Annotated[int, Field(ge=0, le=10 * ONE_MILLION)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:00)?$")]
Weight = Annotated[int, Field(ge=0, le=SETTINGS[WEIGHTS[0]].most)]
PackName = Literal["coop_employee", "arpe", "nyc", "seattle", "ontario", "mdrp"]
RuleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Measure = Literal[
    "hour_on_shift", "hour_on_job", "minute_on_job", "order", "dropoff", "km", "minute_at_pickup", "ascent_100m",
    "amount",
]  # fmt: skip


class RuleGiven(Body):
    """One version of a rule, in force from ``since``; the meaning of each field: dashboard/domain/rules.py, Rule."""

    name: RuleName
    measure: Measure
    rate: Rate
    since: Day
    when: Literal["always", "night", "sunday", "bank_holiday", "rain"] = "always"
    role: Literal["pay", "floor", "cost"] = "pay"
    percent_of: RuleName | None = None
    window: Literal["shift", "day", "168h", "week", "month"] = "shift"
    scope: Literal["courier", "coop"] = "courier"
    load_from_g: Small = 0
    ascent_from_m: Small = 0
    beyond_ms: Small = 0
    night: Annotated[list[Clock], AfterValidator(_length)] = Field(default=["22:00", "06:00"])
    outcomes: list[Literal["delivered", "failed"]] = Field(default=["delivered"])
    counts: bool = True
    after_shift: bool = True


class FloorGiven(Body):
    """A minimum for each job: the greater of minutes, hours and miles at their rates, and a least amount."""

    name: RuleName
    since: Day
    per_minute: Rate = "0"
    per_hour: Rate = "0"
    per_mile: Rate = "0"
    per_offer: Rate = "0"


class ChangeGiven(Body):
    """A change of the rules of pay: rules and minimums per job, or a pack from a day on. Several are one decision."""

    rules: list[RuleGiven] = Field(default=[], max_length=20)
    offer_floors: list[FloorGiven] = Field(default=[], max_length=20)
    pack: PackName | None = None
    since: Day | None = None

    @model_validator(mode="after")
    def one_kind(self) -> Self:
        """Refuses an empty change, a pack without its day, and a pack mixed with rules."""
        if self.pack and (self.rules or self.offer_floors or not self.since):
            raise ValueError("a pack goes with since, and with nothing else")
        return self

    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not (self.pack or self.rules or self.offer_floors)

    def change(self) -> Mapping[str, Any]:
        """As the use cases take it."""
        if self.pack and self.since:
            return {"pack": self.pack, "since": self.since.isoformat()}
        rules = [{"rule": _wire(rule)} for rule in self.rules]
        return {"all": [*rules, *({"offer_floor": _wire(floor)} for floor in self.offer_floors)]}


class RulesChanged(ChangeGiven):
    """A change without a vote, and where it was decided."""

    reason: LongText

    @model_validator(mode="after")
    def something(self) -> Self:
        """Refuses an empty change."""
        if self.is_empty():
            raise ValueError("give rules, offer_floors or a pack")
        return self


class SettingGiven(Body):
    """What the members set for themselves, by the names of GET /rules: how fast the past fades, votes that are needed,
    whether and by which weights couriers are suggested, what fits on a bicycle."""

    setting: Literal[
        "half_life_days", "quorum", "suggestions", "load_kg", "cargo_load_kg", "weight_late", "weight_pay",
        "weight_effort",
    ]  # fmt: skip
    value: Annotated[int, Field(ge=0, le=1000)]
    since: Day


class Proposed(ChangeGiven):
    """What is put to the vote (a change of the rules, other days of notice, a setting), and the period looked at."""

    title: Annotated[ShortText, Field(min_length=1)]
    notice_days: Annotated[int | None, Field(ge=0, le=MOST_NOTICE_DAYS)] = None
    setting: SettingGiven | None = None
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]

    @model_validator(mode="after")
    def something(self) -> Self:
        """Refuses an empty proposal, and one about two things."""
        if [self.is_empty(), self.notice_days is None, self.setting is None].count(False) != 1:
            raise ValueError("give rules, offer_floors or a pack, or else notice_days, or else a setting")
        return self

    def change(self) -> Mapping[str, Any]:
        """As the use cases take it."""
        if self.setting is not None:
            return self.setting.model_dump(mode="json")
        return super().change() if self.notice_days is None else {"notice_days": self.notice_days}


class Vote(Body):
    """One's own vote: there is one for each member, and it stays."""

    choice: Literal["yes", "no", "abstain"]


class Closing(Body):
    """The end of a vote; ``since`` only where it came too late for the proposed day."""

    minutes: LongText = ""
    since: Day | None = None


class Correction(Body):
    """Cents added to a courier's pay, or taken away; ``corrects`` names the order or line of the slip."""

    courier: Id
    amount_cents: Annotated[int, Field(ge=-100 * ONE_MILLION, le=100 * ONE_MILLION)]
    reason: LongText
    corrects: ShortText = ""
    counts: bool = True


class WhatIfAsked(Body):
    """The same days under a pack, or with other numbers in the rules of the last day (keys: see GET /rules)."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    pack: PackName | None = None
    numbers: dict[str, Rate] = Field(default={}, max_length=30)

    def exact(self) -> dict[str, Decimal]:
        """The numbers."""
        return {key: Decimal(value) for key, value in self.numbers.items()}


class OtherWeightsAsked(Body):
    """The recorded hand-overs of some days by other weights of the suggestions; without one, what holds today."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    weight_late: Weight | None = None
    weight_pay: Weight | None = None
    weight_effort: Weight | None = None

    @model_validator(mode="after")
    def something(self) -> Self:
        """Refuses an empty question."""
        if not self.weights():
            raise ValueError("give weight_late, weight_pay or weight_effort")
        return self

    def weights(self) -> Mapping[str, int]:
        """Those that were given, by setting."""
        return {name: value for name in WEIGHTS if (value := getattr(self, name)) is not None}


class OnDay(Query):
    """The day on which the rules are looked at; today without it."""

    on: date | None = None


def _wire(given: RuleGiven | FloorGiven) -> dict[str, Any]:
    return {**given.model_dump(mode="json"), "decision": decision_to_wire(NOBODY)}

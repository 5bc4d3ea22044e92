"""What a co-op's members set for themselves beside the rules of pay: how fast the past fades, what suggestions weigh.

A change is ``{"setting", "value", "since"}``; in the journal an entry of KIND about SUBJECT has the same members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.domain.events import Entry
from dashboard.domain.fairness_time import HALF_LIFE_DAYS
from dashboard.domain.refusals import Invalid

KIND, SUBJECT = "coop.setting_changed", "coop-settings"
HALF_LIFE, QUORUM, TRACE = "half_life_days", "quorum", "trace_days"
SUGGEST, LOAD, CARGO_LOAD = "suggestions", "load_kg", "cargo_load_kg"
WEIGHTS = ("weight_late", "weight_pay", "weight_effort")
DESK = (SUGGEST, *WEIGHTS, LOAD, CARGO_LOAD)
"""What the desk goes by."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A whole number: ``usual`` until the members decide, and between which bounds they may."""

    usual: int
    least: int
    most: int


SETTINGS: Mapping[str, Setting] = {
    HALF_LIFE: Setting(int(HALF_LIFE_DAYS), 1, 365), QUORUM: Setting(0, 0, 1000), TRACE: Setting(0, 0, 60),
    SUGGEST: Setting(1, 0, 1), LOAD: Setting(0, 0, 300), CARGO_LOAD: Setting(0, 0, 300),
    **{name: Setting(0, 0, 100) for name in WEIGHTS},
}  # fmt: skip
"""``quorum`` is how many votes have to be cast, abstentions included; 0: any number decides. ``trace_days`` is for how
long the ways of couriers on shift are kept as proof; 0: positions are live only. ``suggestions`` 0 switches them off;
``load_kg`` is what fits on a bicycle, ``cargo_load_kg`` on a cargo bike, 0: no limit; ``weight_*``: see Weights."""


@dataclass(frozen=True, slots=True)
class Held:
    """What holds on a day; ``since``, ``proposal`` (its id) and ``by`` are empty where nobody decided."""

    value: int
    since: date | None = None
    proposal: str = ""
    by: str = ""


def checked(change: Mapping[str, Any]) -> dict[str, Any]:
    """The change as it is kept; Invalid when there is no such setting, or the number lies outside its bounds."""
    name, value = change["setting"], change.get("value")
    setting = SETTINGS.get(name)
    if setting is None:
        raise Invalid("There is no setting {name}", name=str(name), field="setting")
    if type(value) is not int or not setting.least <= value <= setting.most:
        raise Invalid(
            "This has to lie between {least} and {most}", least=setting.least, most=setting.most, field="value"
        )
    return {"setting": name, "value": value, "since": date.fromisoformat(change["since"]).isoformat()}


def held(entries: Iterable[Entry], name: str, on: date) -> Held:
    """What the entries say about a setting on a day: the newest day counts, and on one day the newest entry."""
    found = [_held(entry) for entry in entries if entry.kind == KIND and entry.data["setting"] == name]
    in_force = [one for one in found if one.since and one.since <= on]
    return max(in_force[::-1], key=lambda one: one.since or date.min, default=Held(SETTINGS[name].usual))


def _held(entry: Entry) -> Held:
    data = entry.data
    return Held(int(data["value"]), date.fromisoformat(data["since"]), data.get("proposal", ""), entry.actor)

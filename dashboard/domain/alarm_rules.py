"""The eleven alarms as a table: when each is raised, how urgent, and what to do. Whatever asks for nothing is none.

Conditions: domain/alarm_findings.py; numbers that a co-op may change: domain/alarm_settings.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dashboard.domain.refusals import N_

HIGHEST, HIGH, MEDIUM, LOW = PRIORITIES = ("highest", "high", "medium", "low")
RANK: Mapping[str, int] = {priority: rank for rank, priority in enumerate(PRIORITIES)}
SOS, SYSTEM, INCIDENT, ABSENT, FLOOD = "A8", "A9", "A10", "A11", "flood"
TOLD = frozenset({SOS, INCIDENT})
"""Raised at once by what somebody tells, not by a look around; over when somebody says that it is."""
REDIS, POSITIONS, ROUTES, PACK = "redis", "positions", "routes", "pack"
"""What an alarm about the system may be about; PACK: the city pack answers for a routing server that is away."""
ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table. ``says`` is filled with ``ref``, ``place``, ``name`` and ``minutes``.

    ``on_delay``: the condition has to hold for so long; ``off_delay``: it has to be gone for so long. ``minutes`` is
    the time within which somebody should respond. ``stays``: it goes only when a person has acknowledged it.
    """

    id: str
    priority: str
    name: str
    says: str
    condition: str
    response: str
    consequence: str
    minutes: int
    on_delay: timedelta = ONCE
    off_delay: timedelta = ONCE
    stays: bool = False


_ROWS = (
    Rule(
        "A1", HIGH, N_("Has to be given now"), N_("{ref} from {place}: give it now"),
        N_("An order without a courier, and the latest moment to give it is here"),
        N_("Give it to a courier; else tell the customer."), N_("The food comes late"), 3,
    ),
    Rule(
        "A2", MEDIUM, N_("Will be late"), N_("{ref} from {place} will be {minutes} min late"),
        N_("The drop-off is expected later than promised, by more than the limit"),
        N_("Hand it over or call {name}; tell the customer."), N_("A customer waits and does not know why"), 5,
        timedelta(seconds=60), timedelta(seconds=10),
    ),
    Rule(
        "A3", MEDIUM, N_("Not at the pickup"), N_("{name} is not at {place} for {ref}"),
        N_("The pickup is due, and the courier is not near"),
        N_("Call {name}; if need be, give it to somebody nearer."), N_("The food gets cold"), 5,
    ),
    Rule(
        "A4", LOW, N_("Waits at the restaurant"), N_("{name} has waited {minutes} min at {place} for {ref}"),
        N_("The courier is at the pickup, and the food is not there"),
        N_("Call {place}: how much longer? Meanwhile {name} may take another."), N_("A courier stands idle"), 10,
    ),
    Rule(
        "A5", HIGH, N_("Ready, nobody near"), N_("{ref} is ready at {place}, and nobody is near"),
        N_("The restaurant said that it is ready, and no courier is there soon"),
        N_("Give it to somebody nearer, or exchange two orders."), N_("The food gets cold"), 3, timedelta(seconds=30),
    ),
    Rule(
        "A6", LOW, N_("No position"), N_("No position of {name} for {minutes} min"),
        N_("A courier with work in hand, and nothing heard of the phone"),
        N_("Call {name}; look at the phone’s page."), N_("Arrival times are guesses"), 10, timedelta(seconds=90),
    ),
    Rule(
        "A7", LOW, N_("Stands still"), N_("{name} has stood still for {minutes} min with {ref}"),
        N_("A courier who carries an order has hardly moved, and is at no stop"),
        N_("Call {name}: is all well?"), N_("Somebody may have had a fall"), 5,
    ),
    Rule(
        SOS, HIGHEST, N_("Calls for help"), N_("{name} calls for help"),
        N_("The courier pressed SOS on the phone"),
        N_("Call {name} at once. No answer: send somebody there, call the emergency services."),
        N_("Somebody is in danger"), 1, stays=True,
    ),
    Rule(
        SYSTEM, HIGH, N_("System"), N_("A part of the system is away"),
        N_("A part of the system has been away for longer than ten seconds"),
        N_("See docs/operations.md."), N_("The desk does not show what happens"), 5,
        timedelta(seconds=10), timedelta(seconds=10), stays=True,
    ),
    Rule(
        INCIDENT, HIGH, N_("Incident"), N_("{ref} from {place}: an incident"),
        N_("Somebody told of an incident, and it is not settled"),
        N_("Read what was told in the order; call {name}."),
        N_("A courier waits for an answer, and so does a customer"), 3,
    ),
    Rule(
        ABSENT, MEDIUM, N_("Recurring order not placed"), N_("The recurring order of {ref} from {place} is not there"),
        N_("The order of a day of a recurring rule should be there, and nobody could place it"),
        N_("See «Recurring orders»: place it now or leave the day out. Tell {place}."),
        N_("Somebody counts on an order that nobody rides"), 15, ONCE, timedelta(seconds=30),
    ),
)  # fmt: skip
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _ROWS}

SYSTEM_SAYS: Mapping[str, tuple[str, str]] = {
    REDIS: (
        N_("The live line is down: screens are behind"),
        N_("Start Redis and the worker again; what was decided is safe."),
    ),
    POSITIONS: (
        N_("No position of any courier comes in"),
        N_("Call one courier; look at the network and at /readyz. Work by telephone meanwhile."),
    ),
    ROUTES: (
        N_("Routes and arrival times are guesses: the router is away"),
        N_("Look at the router’s address and process; add some minutes to each time meanwhile."),
    ),
    PACK: (
        N_("The routing server is away: routes come from this desk’s own map"),
        N_("Look at the server’s address and process; times stay good as long as the map is of today."),
    ),
}  # fmt: skip
"""Of SYSTEM, by what it is about: what it says, and what to do."""
SYSTEM_PRIORITY: Mapping[str, str] = {PACK: MEDIUM}
"""Where it is another than the rule's own."""
INCIDENT_SAYS: Mapping[str, tuple[str, str]] = {
    "damaged": (
        N_("{ref} from {place}: damaged"),
        N_("Call {name}: can it be handed over? Else ask {place} to make it anew, and tell the customer."),
    ),
    "missing_items": (
        N_("{ref} from {place}: items are missing"),
        N_("Call {place}: can they be brought after? Tell the customer."),
    ),
    "nobody_there": (
        N_("{ref} from {place}: nobody is there"),
        N_("Call the customer; tell {name} to wait, to leave it or to bring it back."),
    ),
    "wrong_address": (
        N_("{ref} from {place}: wrong address"),
        N_("Ask the customer for the address, change the order, and tell {name}."),
    ),
    "accident": (
        N_("{ref} from {place}: an accident"),
        N_("Call {name} at once. No answer: send somebody there, call the emergency services."),
    ),
    "theft": (
        N_("{ref} from {place}: theft"),
        N_("Call {name}: is all well? Report it to the police; tell the customer."),
    ),
}  # fmt: skip
"""Of INCIDENT, by its kind; of another kind the rule's own."""


def says(rule: str, about: str) -> tuple[str, str]:
    """What an alarm says, and what to do: texts with gaps."""
    if rule == INCIDENT:
        return INCIDENT_SAYS.get(about.partition(".")[0], (RULES[rule].says, RULES[rule].response))
    if rule == SYSTEM and about in SYSTEM_SAYS:
        return SYSTEM_SAYS[about]
    return RULES[rule].says, RULES[rule].response

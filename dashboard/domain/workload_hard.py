"""Hard jobs: which are, by thresholds that belong to the members, and whether they are shared as chance would."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.domain.workload_effort import PLAIN_BICYCLE, Bicycle, flat_km
from dashboard.domain.workload_states import Job


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What makes a job hard. Percentiles are of the last 28 days; the rest in kg, metres, floors."""

    load_kg: float = 15
    ascent_m: float = 60
    floors: int = 4
    far_percentile: float = 80
    poor_percentile: float = 20


@dataclass(frozen=True, slots=True)
class Usual:
    """The two percentiles of recent jobs: flat kilometres, and cents per minute on the job; None: nothing to go by."""

    far_km: float | None
    poor_rate: float | None


def usual(flat_kms: Sequence[float], cents_per_minute: Sequence[float], thresholds: Thresholds) -> Usual:
    """The percentiles (linear, type 7) of the jobs of the last 28 days."""
    return Usual(
        float(np.percentile(flat_kms, thresholds.far_percentile)) if flat_kms else None,
        float(np.percentile(cents_per_minute, thresholds.poor_percentile)) if cents_per_minute else None,
    )


def why_hard(
    job: Job, thresholds: Thresholds, past: Usual, *, cents_per_minute: float | None = None, floors: int = 0,
    bad_weather: bool = False, bicycle: Bicycle = PLAIN_BICYCLE,
) -> tuple[str, ...]:  # fmt: skip
    """Every reason for which the job is hard, none for an ordinary one.

    An unknown ascent or load is no reason; without a recorded way, the crow's flight makes too few jobs far.
    """
    far = flat_km(job.metres, job.ascent_m or 0, bicycle)
    reasons = {
        "far": past.far_km is not None and far > past.far_km,
        "heavy": (job.weight_g or 0) / 1000 >= thresholds.load_kg,
        "steep": (job.ascent_m or 0) >= thresholds.ascent_m,
        "stairs": floors >= thresholds.floors,
        "weather": bad_weather,
        "after_shift": job.after_shift,
        "poor": cents_per_minute is not None and past.poor_rate is not None and cents_per_minute < past.poor_rate,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


@dataclass(frozen=True, slots=True)
class Turn:
    """One job as its slot saw it: ``slot`` is hour × zone × kind of bicycle, whatever makes jobs comparable."""

    courier: str
    slot: Hashable
    hard: bool


@dataclass(frozen=True, slots=True)
class HardShare:
    """Hard jobs of one courier against what the same slots gave the others.

    ``ratio`` O/E and ``z`` are None where nothing was expected; ``alone`` counts jobs in slots that nobody else had:
    they can be compared with nothing and are in neither O nor E.
    """

    observed: int
    expected: float
    ratio: float | None
    z: float | None
    flagged: bool
    alone: int


FLAG_Z = 2.5
FLAG_FROM = 10


def hard_shares(turns: Iterable[Turn]) -> Mapping[str, HardShare]:
    """E_i = Σ p_s over i's jobs, p_s the share of hard jobs in the slot among the *others*; z = (O−E)/√Σp(1−p).

    Flagged when |z| > 2.5 and O+E >= 10.
    """
    own, own_hard = Counter[tuple[str, Hashable]](), Counter[tuple[str, Hashable]]()
    for turn in turns:
        own[turn.courier, turn.slot] += 1
        own_hard[turn.courier, turn.slot] += turn.hard
    return shares_of(own, own_hard)


def shares_of(
    own: Mapping[tuple[str, Hashable], int], own_hard: Mapping[tuple[str, Hashable], int]
) -> Mapping[str, HardShare]:
    """The same from numbers of jobs, and of hard ones, by courier and slot."""
    jobs, hard = _by_slot(own), _by_slot(own_hard)
    found: dict[str, list[_Part]] = {}
    for (courier, slot), n in own.items():
        others, observed = jobs[slot] - n, own_hard.get((courier, slot), 0)
        p = (hard[slot] - observed) / others if others else None
        found.setdefault(courier, []).append(_Part(n, observed, p))
    return {courier: _share(parts) for courier, parts in sorted(found.items())}


class _Part(NamedTuple):
    """One courier's jobs in one slot, the hard ones among them, and the others' share of hard ones."""

    n: int
    hard: int
    p: float | None


def _by_slot(counts: Mapping[tuple[str, Hashable], int]) -> Counter[Hashable]:
    slots = Counter[Hashable]()
    for (_, slot), n in counts.items():
        slots[slot] += n
    return slots


def _share(parts: Sequence[_Part]) -> HardShare:
    comparable = [(n, hard, p) for n, hard, p in parts if p is not None]
    observed = sum(hard for _, hard, _ in comparable)
    expected = math.fsum(n * p for n, _, p in comparable)
    spread = math.sqrt(math.fsum(n * p * (1 - p) for n, _, p in comparable))
    z = (observed - expected) / spread if spread else None
    return HardShare(
        observed=observed,
        expected=expected,
        ratio=observed / expected if expected else None,
        z=z,
        flagged=z is not None and abs(z) > FLAG_Z and observed + expected >= FLAG_FROM,
        alone=sum(n for n, _, p in parts if p is None),
    )

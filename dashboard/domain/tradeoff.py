"""Who next, as a trade-off: who is not worse than somebody else in everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.domain.fairness import gini_corrected


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a courier can expect at the end of the shift: cents (guarantee included, tips not), and its hours (> 0)."""

    cents: float
    hours: float

    @property
    def per_hour(self) -> float:
        """Cents an hour on shift."""
        return self.cents / self.hours

    def plus(self, cents: float) -> Forecast:
        """With so much more."""
        return Forecast(self.cents + cents, self.hours)


@dataclass(frozen=True, slots=True)
class Offer:
    """What giving an order to one courier means; each the less the better.

    ``late_minutes`` of all the courier's customers together, ``rate_cents`` an hour on shift that the courier can
    expect at the shift's end without it (the lower, the more it goes to the lowest paid), ``effort_metres`` more to
    ride. Compared in whole minutes, ten cents and hundreds of metres: less decides nothing.
    """

    courier: str
    late_minutes: int
    rate_cents: float
    effort_metres: float

    @property
    def criteria(self) -> tuple[float, float, float]:
        """As they are compared, in the order in which they are named."""
        return self.late_minutes, round(self.rate_cents / 10), round(self.effort_metres / 100)


@dataclass(frozen=True, slots=True)
class Weights:
    """Points that the members give: for a minute late, for each unit of money that a courier's hour brings above the
    lowest, for a kilometre more to ride. All 0: nobody decided, and the criteria count one after the other."""

    late: int = 0
    pay: int = 0
    effort: int = 0

    def points(self, one: Offer, lowest: float) -> float:
        """The fewer the better; ``lowest`` rate as it is compared."""
        late, rate, metres = one.criteria
        return self.late * late + self.pay * (rate - lowest) / 10 + self.effort * metres / 10

    @property
    def are_decided(self) -> bool:
        """Whether they say anything."""
        return any((self.late, self.pay, self.effort))


NO_WEIGHTS = Weights()


def dominated(offers: Sequence[Offer]) -> Mapping[str, str]:
    """For each courier who is in nothing better and in something worse than another: that other, the best such.

    Whoever beats one comes before it in the order of the criteria, and those who stand beat all that any other beats.
    """
    found: dict[str, str] = {}
    standing: list[Offer] = []
    for one in ranking(offers):
        better = next((other for other in standing if _beats(other, one)), None)
        if better is None:
            standing.append(one)
        else:
            found[one.courier] = better.courier
    return found


def ranking(offers: Iterable[Offer], weights: Weights = NO_WEIGHTS) -> list[Offer]:
    """By points where there are weights, then by the criteria in their order, then by name.

    Nobody is dominated by who comes after, so the first never is.
    """
    known = list(offers)
    lowest = min((one.criteria[1] for one in known), default=0)
    points = {one.courier: round(weights.points(one, lowest), 6) for one in known}
    return sorted(known, key=lambda one: (points[one.courier], one.criteria, one.courier))


def comparison(one: Offer, other: Offer) -> tuple[int, int, int]:
    """For each criterion, -1 where ``one`` is better than the other, 0 where they are equal, 1 where it is worse."""
    pairs = zip(one.criteria, other.criteria, strict=True)
    late, pay, effort = ((a > b) - (a < b) for a, b in pairs)
    return late, pay, effort


def spread(ahead: Mapping[str, Forecast], changes: Mapping[str, float]) -> float | None:
    """How much the spread of pay per hour on shift (Gini, corrected for few people) changes; below 0: fairer.

    ``changes`` in cents by courier. None where the spread says nothing: below two people, or nobody is paid.
    """
    before = gini_corrected([one.per_hour for one in ahead.values()])
    after = gini_corrected([one.plus(changes.get(courier, 0)).per_hour for courier, one in ahead.items()])
    return None if before is None or after is None else after - before


def _beats(one: Offer, other: Offer) -> bool:
    return one.criteria != other.criteria and all(a <= b for a, b in zip(one.criteria, other.criteria, strict=True))

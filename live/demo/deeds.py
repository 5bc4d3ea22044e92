"""What the people of the demo do: each is one use case of the desk, by somebody."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.orders import Order

COLLEAGUE = "demo:colleague"
RESTAURANT = "demo:restaurant"
CUSTOMER = "demo:customer"


def rider(courier: str) -> str:
    """The actor that a courier is."""
    return f"courier:{courier}"


@dataclass(frozen=True, slots=True)
class Place:
    """A customer orders. The order has neither id nor ref yet."""

    draft: Order
    by: str = CUSTOMER


@dataclass(frozen=True, slots=True)
class Step:
    """An order moves on by a step of MOVES, if it is still the ``order`` that was seen."""

    order: Order
    step: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Delay:
    """The kitchen needs more minutes."""

    order: Order
    minutes: int
    by: str = RESTAURANT


@dataclass(frozen=True, slots=True)
class HandOut:
    """The colleague gives an order to a courier, if it is still the ``order`` that was seen."""

    order: Order
    courier: str
    reason: str = ""
    by: str = COLLEAGUE


@dataclass(frozen=True, slots=True)
class Shift:
    """A courier starts, ends, breaks or resumes."""

    courier: str
    action: str

    @property
    def by(self) -> str:
        """Everybody does this for themselves."""
        return rider(self.courier)


@dataclass(frozen=True, slots=True)
class Arrive:
    """A courier stands at the ``pickup`` or ``dropoff`` of an order in hand."""

    courier: str
    order: str
    place: str

    @property
    def by(self) -> str:
        """Everybody says so for themselves."""
        return rider(self.courier)


Deed = Place | Step | Delay | HandOut | Shift | Arrive

"""Couriers' phones: how each of them does, and a new key for one, with the links that set it up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from dashboard.domain.board import Board
from dashboard.domain.couriers import Courier
from dashboard.domain.phones import Phone
from dashboard.ports import Store, Token
from live.coop import moment
from live.fixes import Fix
from live.phones.setup import owntracks_link, traccar_link

KEY_NAME = "phone"
"""The name of tokens that are made here: a new one takes the place of the courier's last."""


@dataclass(frozen=True, slots=True)
class Links:
    """What a phone is set up with; whoever has one has the key. ``address`` and ``key`` are for typing it in."""

    traccar: str
    owntracks: str
    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Phones:
    """``newest`` and ``every`` tell a courier's newest position and the seconds between reports, by co-op and id."""

    store: Store
    board: Callable[[str], Board]
    newest: Callable[[str, str], Fix | None]
    every: Callable[[str, str], float | None]
    new_id: Callable[[], str]
    new_secret: Callable[[], str]
    digest: Callable[[str], str]
    address: str

    def seen(self, coop: str, courier: str | None = None) -> list[Phone]:
        """Of all couriers (of one), by name."""
        keys = {token.scope for token in self.store.tokens(coop) if token.role == "courier"}
        found = [each for each in self.board(coop).couriers.values() if courier in (None, each.id)]
        return [self._phone(each, each.id in keys) for each in sorted(found, key=lambda each: each.name.casefold())]

    def new_key(self, coop: str, courier: Courier) -> Links:
        """A new key for the courier's phone; the last one that was made so opens nothing any more."""
        for token in self.store.tokens(coop):
            if (token.role, token.scope, token.name) == ("courier", courier.id, KEY_NAME):
                self.store.remove_token(coop, token.id)
        key = self.new_secret()
        self.store.add_token(Token(self.new_id(), coop, "courier", self.digest(key), KEY_NAME, courier.id))
        links = traccar_link(self.address, key), owntracks_link(self.address, courier.id, key)
        return Links(*links, f"{self.address}/ingest/traccar", key)

    @property
    def can_be_reached(self) -> bool:
        """Whether a phone can reach the address at which the desk believes to be."""
        return "//localhost" not in self.address and "//127." not in self.address

    def _phone(self, courier: Courier, has_key: bool) -> Phone:
        fix = self.newest(courier.coop, courier.id) if courier.shift == "on" else None
        known = Phone(courier.id, courier.name, has_key, courier.shift, courier.shift_started_at)
        if fix is None:
            return known
        every = self.every(courier.coop, courier.id)
        return replace(
            known, seen_at=moment(fix.t), accuracy=fix.accuracy, battery=fix.battery,
            every=None if every is None else timedelta(seconds=every),
        )  # fmt: skip

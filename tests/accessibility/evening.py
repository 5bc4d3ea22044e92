"""The demo's co-op with its two months past, and one evening on its desk on which nothing moves by itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.access import DEMO_SCOPES
from dashboard.commands.city import people_the_demo
from dashboard.domain.times import to_wire
from dashboard.settings import Settings
from live.demo import people
from live.demo.run import COOP
from tests.running import Desk
from tests.unit.test_incidents import picture

COURIERS = 6
DONE = "K7"
"""The number of the order that was delivered."""
TIRED = "tired"
"""Somebody who has been on shift for eleven hours."""
OFF = 1
"""The last ones are off shift."""
DOORS = ((60.1725, 24.9405), (60.1745, 24.9475), (60.1675, 24.9405), (60.1655, 24.9475), (60.1665, 24.9445))
RIDING = [courier for courier, _ in people.couriers(COURIERS)][: COURIERS - OFF]


class Evening(Desk):
    """Guests may come in each role, as in the demo; the town does not live: what is on the desk was put there.

    ``known`` are the ids of an ``order`` that waits, of a ``job`` of the guest who is a courier, and of a ``handover``.
    """

    known: Mapping[str, str]

    def settle(self) -> None:
        """The demo's co-op, and what its accounts say."""
        people_the_demo(Settings.read({"ROULEMENT_HOME": str(self.home)}), COURIERS)
        self.hire({TIRED: "Tove"}, timedelta(hours=11))

    def begin(self) -> None:
        """Couriers on shift, one of them at rest; orders that wait, one of them too long; in hand, done, wrong."""
        for courier in RIDING:
            self.shift(courier, "start")
        self.shift(RIDING[-1], "break")
        self.seen()
        waiting = [self._order(n, tags=["fragile"] if n % 2 else []) for n in range(4)]
        late = self._order(4, within=timedelta(minutes=1), restaurant=DEMO_SCOPES["restaurant"])
        jobs = [self._given(self._order(n), RIDING[n // 2]) for n in range(3)]
        done = self._given(self._order(3, ref=DONE), RIDING[1])
        for step in ("accept", "ready", "picked-up", "delivered"):
            self._do(f"/orders/{done}/{step}")
        photo = base64.b64encode(picture("JPEG", (320, 240))).decode()
        self._do(f"/orders/{late}/incidents", kind="damaged", note="The box is wet", photo=photo)
        self._do(f"/orders/{waiting[0]}/incidents", kind="nobody_there")
        self._do("/desk-notes", text="Toscana closes at ten today")
        handover = self._do("/handovers", note="A quiet evening until now", to="")
        again = {"pickup": self._place(0), "dropoff": self._place(1), "ready_at": "12:00"}
        self._do("/recurring", order=again, rrule="FREQ=WEEKLY;BYDAY=MO,WE", first=f"{datetime.now(UTC):%Y-%m-%d}")
        self.known = {"order": late, "job": jobs[-1], "handover": str(handover["id"])}

    def one_more_job(self) -> str:
        """An order in the hands of the guest who is a courier, whatever was taken back from them; its id."""
        return self._given(self._order(0), RIDING[1])

    def seen(self) -> None:
        """Where each courier is now."""
        for courier, (lat, lon) in zip(RIDING, DOORS, strict=True):
            self.publish(courier, lat, lon)

    def _order(self, n: int, within: timedelta = timedelta(minutes=50), **more: Any) -> str:
        promised = {"before": to_wire(datetime.now(UTC) + within)}
        placed = self.place(pickup=self._place(n), dropoff=self._place(n + 1) | promised, items=[{"name": "Pizza"}],
                            kind="meal", price_cents=1850, **more)  # fmt: skip
        return str(placed["id"])

    @staticmethod
    def _place(n: int) -> dict[str, Any]:
        lat, lon = DOORS[n % len(DOORS)]
        return {"lat": lat, "lon": lon, "name": f"Toscana {n}", "address": f"Lönnrotinkatu {n + 1}"}

    def _given(self, order: str, courier: str) -> str:
        """With consent: at night the demo's past is so near that its couriers want their rest."""
        asked = {"reason": "a long evening", "consent": True}
        self._do(f"/orders/{order}/assign", courier=courier, expected_version=1, **asked)
        return order

    def _do(self, path: str, **body: Any) -> Any:
        status, answer = self.call("POST", path, body)
        assert status in (200, 201), answer
        return answer


def prepared(home: Any) -> Evening:
    """Running, with everything on the desk."""
    evening = Evening(home, coop=COOP.id, server=("-m", "dashboard.server", "--demo", "1"))
    evening.start()
    evening.begin()
    return evening

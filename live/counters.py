"""What the live part has done since it began, for /metrics: plain numbers, read only when somebody asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

COUNTS = {
    "messages": "Messages heard on the positions channels",
    "fixes": "Positions accepted",
    "entries": "Journal entries brought to the screens",
    "caught_up": "Journal entries that no announcement brought and that were read from the journal",
    "bad_announcements": "Messages on the journal channels that were neither an entry nor a heartbeat",
    "subscriptions": "Subscriptions to Redis that were built",
    "subscriptions_lost": "Subscriptions to Redis that were lost or silent",
    "frames_encoded": "Position frames encoded, once per co-op and tick whatever the number of viewers",
    "frames_sent": "Position frames handed to viewers",
    "frames_skipped": "Position frames that a viewer was too slow for",
    "viewers_cut": "Viewers cut off because they took nothing any more",
    "announced": "Entries announced",
    "announcements_failed": "Entries that could not be announced: the journal has them, the heartbeat tells",
    "orders_taken_in": "Orders that came by the intake stream",
    "orders_rejected": "Entries of the intake stream that made no order",
}


@dataclass(slots=True, eq=False)
class Counters(Collector):
    """``counts`` by the names above, ``refused`` fixes by their reason, ``gauges`` asked for when scraped."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    gauges: dict[str, tuple[str, Callable[[], float]]] = field(default_factory=dict)

    def collect(self) -> Iterator[Metric]:
        """The families as prometheus_client wants them."""
        for name, meaning in COUNTS.items():
            yield CounterMetricFamily(f"roulement_{name}", meaning, value=self.counts[name])
        refused = CounterMetricFamily("roulement_fixes_refused", "Positions refused, by reason", labels=["reason"])
        for reason, number in sorted(self.refused.items()):
            refused.add_metric([reason], number)
        yield refused
        for name, (meaning, ask) in self.gauges.items():
            yield GaugeMetricFamily(f"roulement_{name}", meaning, value=ask())

    def register(self, registry: CollectorRegistry) -> None:
        """Show these numbers in a registry."""
        registry.register(self)

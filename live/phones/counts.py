"""What became of the phones' reports, for /metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

MEANING = "What phones sent: accepted, or why it was dropped or refused"


class PhoneCounts(Collector):
    """One counter, by outcome; register it with the registry of the process."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def __call__(self, outcome: str) -> None:
        """One more."""
        self.outcomes[outcome] += 1

    def collect(self) -> Iterator[Metric]:
        """The family as prometheus_client wants it."""
        family = CounterMetricFamily("roulement_phone_reports", MEANING, labels=["outcome"])
        for outcome, number in sorted(self.outcomes.items()):
            family.add_metric([outcome], number)
        yield family

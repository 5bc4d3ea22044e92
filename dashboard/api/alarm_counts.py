"""Alarms for /metrics: what this process has heard of them since it began, and how many are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dashboard.domain.alarm_rules import FLOOD, PRIORITIES
from dashboard.domain.alarms import alarm_of
from dashboard.domain.board import Board
from dashboard.domain.events import Entry
from dashboard.domain.refusals import NotFound


class AlarmCounts(Collector):
    """``hear`` is told of every entry; boards are asked for when somebody scrapes."""

    def __init__(
        self, coops: Callable[[], Iterable[str]], board: Callable[[str], Board],
        unwatched_since: Callable[[str], datetime | None],
    ) -> None:  # fmt: skip
        self._coops, self._board, self._unwatched_since = coops, board, unwatched_since
        self._heard: Counter[tuple[str, str, str]] = Counter()

    def hear(self, entry: Entry, _: Board) -> None:
        """Count an entry about an alarm."""
        group, _dot, word = entry.kind.partition(".")
        if group == "alarm" and "changes" in entry.data:
            alarm = alarm_of(entry)
            self._heard[word, alarm.rule, "grouped" if alarm.cause else "single"] += 1

    def collect(self) -> Iterator[Metric]:
        """The families as prometheus_client wants them."""
        told = CounterMetricFamily(
            "roulement_alarms", "What was written about alarms, by word, rule and whether another one explains it",
            labels=["word", "rule", "stands"],
        )  # fmt: skip
        for labels, number in sorted(self._heard.items()):
            told.add_metric(labels, number)
        yield told
        boards = [board for coop in self._coops() if (board := self._known(coop))]
        active = [one for board in boards for one in board.alarms.values() if one.is_active and one.rule != FLOOD]
        still = GaugeMetricFamily("roulement_alarms_open", "Alarms that are so now, by priority", labels=["priority"])
        for priority in PRIORITIES:
            still.add_metric([priority], sum(one.priority == priority for one in active))
        yield still
        floods = sum(board.alarms[FLOOD].is_active for board in boards if FLOOD in board.alarms)
        yield GaugeMetricFamily("roulement_alarm_floods", "Co-ops with more alarms than anybody answers", value=floods)
        blind = sum(self._unwatched_since(board.coop) is not None for board in boards)
        yield GaugeMetricFamily("roulement_alarms_unwatched", "Co-ops that no worker watches now", value=blind)

    def _known(self, coop: str) -> Board | None:
        try:
            return self._board(coop)
        except NotFound:
            return None

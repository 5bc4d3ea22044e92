"""What is done to a desk, and what was measured. Each scene has a desk of its own, and runs beside the others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.faults.line import TelephoneLine
from tests.faults.load import HandOvers, Riding, difference, lost, wait_until_all_know
from tests.running import COOP, PATIENCE, STARTING, Desk, until
from tests.viewer import WatchingViewer


@dataclass
class Report:
    """Seconds until the screens said that they were stale and until they were right again, one for each blow; what
    was acknowledged and lost, and where a viewer's entries differ from the journal."""

    stale_after: list[float] = field(default_factory=list)
    right_after: list[float] = field(default_factory=list)
    acknowledged: int = 0
    lost: list[Any] = field(default_factory=list)
    differences: list[Any] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def close(self, desk: Desk, viewers: Sequence[WatchingViewer], *hand_overs: HandOvers) -> None:
        """Compare everything with the journal."""
        wait_until_all_know(desk, viewers, PATIENCE)
        for each in hand_overs:
            self.acknowledged += len(each.acknowledged)
            self.lost += lost(desk, each)
        self.differences = [each for viewer in viewers for each in difference(desk, viewer)]
        self.connections = [viewer.connections for viewer in viewers]


def open_pages(desk: Desk) -> list[WatchingViewer]:
    """A viewer at each web process."""
    return [WatchingViewer(desk.url(port), desk.token).start() for port in desk.ports]


def seconds_until_stale(viewers: Sequence[WatchingViewer]) -> float:
    """Until all of them say so."""
    return until(lambda: all(viewer.is_stale() for viewer in viewers), PATIENCE, "the screens do not say it")


def redis_is_killed(desk: Desk) -> Report:
    """kill -9 of Redis, twice, while orders are handed over; then back, empty."""
    report, viewers, hand_overs = Report(), open_pages(desk), HandOvers(desk)
    with hand_overs.busily(), Riding(desk, 2).busily():
        for _ in range(2):
            until(lambda: viewers[0].positions, PATIENCE, "no courier rides")
            desk.redis.kill()
            report.stale_after.append(seconds_until_stale(viewers))
            time.sleep(2)  # the outage
            desk.redis.start()
            began = time.monotonic()
            wait_until_all_know(desk, viewers, PATIENCE)
            desk.wait_ready()
            until(lambda: desk.redis.client().hlen(f"last:{{{COOP}}}") == 2, PATIENCE, "last positions are not back")
            report.right_after.append(time.monotonic() - began)
    report.close(desk, viewers, hand_overs)
    return report


def worker_is_killed(desk: Desk) -> Report:
    """Nobody sends heartbeats; then somebody does."""
    report, viewers = Report(), open_pages(desk)
    desk.worker.kill()
    report.stale_after.append(seconds_until_stale(viewers))
    report.notes["not_ready_after"] = until(lambda: not desk.is_ready(), PATIENCE, "it still says that it is ready")
    desk.worker.start()
    until(desk.is_ready, STARTING, "it is not ready again")
    report.close(desk, viewers)
    return report


def web_is_paused(desk: Desk) -> Report:
    """SIGSTOP of a web process for 15 s at least, until Redis cuts it off for what it left unread; then SIGCONT."""
    redis = desk.redis.client()
    redis.config_set("client-output-buffer-limit", "pubsub 2mb 1mb 10")
    report, viewers, hand_overs = Report(), open_pages(desk), HandOvers(desk, desk.ports[1])
    before = desk.metric("roulement_subscriptions_lost_total")
    with hand_overs.busily(), Riding(desk, 2, padding=60_000).busily(every=0.02):
        desk.webs[0].pause()
        began = time.monotonic()
        subscribed = {each["id"] for each in redis.client_list(_type="pubsub")}
        report.stale_after.append(seconds_until_stale(viewers[:1]))
        time.sleep(max(0.0, 15 - (time.monotonic() - began)))
        until(
            lambda: not subscribed <= {each["id"] for each in redis.client_list(_type="pubsub")}, 2 * PATIENCE,
            "Redis does not cut it off",
        )  # fmt: skip
        desk.webs[0].resume()
        report.right_after.append(wait_until_all_know(desk, viewers, PATIENCE))
    report.close(desk, viewers, hand_overs)
    until(lambda: desk.metric("roulement_subscriptions_lost_total") > before, PATIENCE, "it noticed no loss")
    report.notes["cut_off_by_redis"] = desk.metric("roulement_subscriptions_lost_total") - before
    return report


def web_is_killed(desk: Desk) -> Report:
    """kill -9 of a web process with its screens open; then a new one at the same address."""
    report, viewers, hand_overs = Report(), open_pages(desk), HandOvers(desk, desk.ports[1])
    with hand_overs.busily():
        desk.webs[0].kill()
        report.stale_after.append(seconds_until_stale(viewers[:1]))
        desk.webs[0].start()
        desk.wait_ready()
        report.right_after.append(wait_until_all_know(desk, viewers, PATIENCE))
    report.close(desk, viewers, hand_overs)
    return report


def subscriptions_are_killed(desk: Desk, seconds: int = 60) -> Report:
    """CLIENT KILL TYPE pubsub, each second for a minute."""
    report, viewers, hand_overs = Report(), open_pages(desk), HandOvers(desk)
    killer = desk.redis.client()
    with hand_overs.busily(), Riding(desk, 2).busily():
        for _ in range(seconds):
            killed = killer.client_kill_filter(_type="pubsub")
            report.notes["killed"] = report.notes.get("killed", 0) + killed
            time.sleep(1)
        report.right_after.append(wait_until_all_know(desk, viewers, PATIENCE))
    report.notes["blows"] = seconds
    report.notes["lost"] = [desk.metric("roulement_subscriptions_lost_total", port) for port in desk.ports]
    report.close(desk, viewers, hand_overs)
    return report


def viewers_are_cut_off(desk: Desk) -> Report:
    """Two viewers without a line for 30 s: one is told, the other hears nothing any more."""
    report, hand_overs = Report(), HandOvers(desk)
    lines = [TelephoneLine(desk.ports[0]), TelephoneLine(desk.ports[0])]
    viewers = [WatchingViewer(f"http://127.0.0.1:{line.port}", desk.token).start() for line in lines]
    with hand_overs.busily(every=0.2):
        lines[0].cut()
        lines[1].block()
        report.stale_after.append(seconds_until_stale(viewers))
        time.sleep(30 - report.stale_after[-1])
        for line in lines:
            line.mend()
        report.right_after.append(wait_until_all_know(desk, viewers, PATIENCE))
    report.close(desk, viewers, hand_overs)
    for line in lines:
        line.close()
    return report


def a_courier_leaves(desk: Desk) -> Report:
    """Couriers take a break and go home while fixes still come; their place is secret from then on."""
    report, viewers = Report(), open_pages(desk)
    redis, last = desk.redis.client(), f"last:{{{COOP}}}"
    secret = {"c2": 12.345678, "c3": 23.456789}  # who have no order in hand
    for courier, action in (("c2", "break"), ("c3", "end")):
        desk.publish(courier)
        until(lambda c=courier: redis.hexists(last, c), PATIENCE, "the fix is not in last:{coop}")  # type: ignore[misc]
        until(lambda c=courier: c in viewers[0].positions, PATIENCE, "the fix is not on the map")  # type: ignore[misc]
        desk.shift(courier, action)
        gone = until(lambda c=courier: not redis.hexists(last, c), PATIENCE, "still in last:{coop}")  # type: ignore[misc]
        report.notes.setdefault("gone_from_last_after", []).append(gone)
        off = until(lambda c=courier: c not in viewers[0].positions, PATIENCE, "still on the map")  # type: ignore[misc]
        report.notes.setdefault("gone_from_map_after", []).append(gone + off)
        desk.publish(courier, lat=secret[courier])
    until(lambda: desk.metric('roulement_fixes_refused_total{reason="off_shift"}') == 2, PATIENCE, "not refused")
    time.sleep(1)  # two writings of last:{coop}, a dozen frames
    written = [redis.dump(key) or b"" for key in redis.keys("*")]
    logs = [path.read_bytes() for path in desk.home.glob("*.log")]
    secrets = [str(place).encode() for place in secret.values()]
    report.notes["leaks"] = [place for place in secrets for text in (*written, *logs) if place in text]
    report.notes["seen"] = [viewer.positions for viewer in viewers if viewer.positions]
    report.close(desk, viewers)
    return report


def a_viewer_is_slow(desk: Desk) -> Report:
    """Two viewers on lines that carry half of what comes, one of which acknowledges frames, beside one on a good line:
    1,200 couriers who report each second make 17 kB/s, fewer where the machine does not keep up."""
    report = Report()
    lines = [TelephoneLine(desk.ports[0], rate=1_000_000) for _ in range(2)]
    urls = [desk.url(), *(f"http://127.0.0.1:{line.port}" for line in lines)]
    good, acknowledging, silent = viewers = [
        WatchingViewer(url, desk.token, acknowledges=url != urls[-1]).start() for url in urls
    ]
    with Riding(desk, desk.couriers, at_once=60).busily(every=0.05):
        until(lambda: all(len(viewer.frames) > 5 for viewer in viewers), 2 * PATIENCE, "no frames come")
        heard, since = good.received, time.monotonic()
        time.sleep(3)
        for line in lines:
            line.rate = (good.received - heard) / (time.monotonic() - since) / 2
        seen = [len(viewer.frames) for viewer in viewers]
        until(
            lambda: all(len(viewer.frames) > at + 2 for viewer, at in zip(viewers, seen, strict=True)),
            PATIENCE,
            "no frames come slowly",
        )
        memory = desk.metric("process_resident_memory_bytes")
        for viewer in viewers:
            viewer.ages.clear()
        time.sleep(15)
        report.notes = {
            "good": sorted(good.ages), "acknowledging": sorted(acknowledging.ages), "silent": sorted(silent.ages),
            "growth": desk.metric("process_resident_memory_bytes") - memory,
            "frame_takes": acknowledging.largest_frame / lines[0].rate,
            "skipped": desk.metric("roulement_frames_skipped_total"),
        }  # fmt: skip
    for line in lines:
        line.close()
    return report

"""What a desk survives: every process that can die or hang does so while orders are handed over."""

import pytest

from tests.faults.scenes import Report
from tests.running import SLACK

STALE_WITHIN = 2.0 + SLACK
RIGHT_WITHIN = 5.0 + SLACK

pytestmark = pytest.mark.timeout(900)


def is_as_in_the_journal(report: Report) -> None:
    """Every acknowledged change is in the journal, and every viewer saw each entry once, in order."""
    assert report.lost == []
    assert report.differences == []


@pytest.mark.scene("redis_is_killed")
def test_nothing_acknowledged_is_lost_with_redis_and_every_screen_heals(report: Report) -> None:
    """Redis is killed twice: no hand-over is lost, screens say so within 2 s and are right 5 s after it is back."""
    is_as_in_the_journal(report)
    assert report.acknowledged > 20, "hand-overs went on"
    assert max(report.stale_after) < STALE_WITHIN
    assert max(report.right_after) < RIGHT_WITHIN
    assert report.connections == [1, 1], "no screen had to connect anew"


@pytest.mark.scene("worker_is_killed")
def test_a_process_without_heartbeats_is_not_ready_and_says_so(report: Report) -> None:
    """Without a worker the screens are stale within 2 s and /readyz says 503 soon after the third second, until one is
    back."""
    assert report.stale_after[0] < STALE_WITHIN
    assert report.stale_after[0] + report.notes["not_ready_after"] < 4.5 + SLACK
    is_as_in_the_journal(report)


@pytest.mark.scene("web_is_paused")
def test_a_process_that_slept_through_everything_catches_up(report: Report) -> None:
    """A web process stopped for 15 s, which Redis cuts off meanwhile, is right again within 5 s: nothing is missed."""
    is_as_in_the_journal(report)
    assert report.acknowledged > 50
    assert report.stale_after[0] < STALE_WITHIN
    assert report.right_after[0] < RIGHT_WITHIN
    assert report.notes["cut_off_by_redis"] >= 1, "Redis did throw it out"


@pytest.mark.scene("web_is_killed")
def test_screens_of_a_killed_process_lose_nothing(report: Report) -> None:
    """A web process is killed; its screens come back to the next one and miss no entry, nor see one twice."""
    is_as_in_the_journal(report)
    assert report.stale_after[0] < STALE_WITHIN
    assert report.right_after[0] < RIGHT_WITHIN
    assert report.connections[0] > 1


@pytest.mark.scene("subscriptions_are_killed")
def test_a_subscription_that_is_killed_every_second_loses_nothing(report: Report) -> None:
    """CLIENT KILL TYPE pubsub each second for a minute: every loss is noticed, and every entry arrives once."""
    is_as_in_the_journal(report)
    assert report.acknowledged > 60
    assert report.notes["killed"] > report.notes["blows"], "somebody was subscribed nearly always"
    assert min(report.notes["lost"]) > report.notes["blows"] / 3, "each web process noticed, and subscribed again"
    assert report.right_after[0] < RIGHT_WITHIN


@pytest.mark.scene("viewers_are_cut_off")
def test_a_browser_without_a_line_for_half_a_minute_is_right_again(report: Report) -> None:
    """Viewers cut off for 30 s, by a broken and by a silent line, miss nothing and are right within 5 s."""
    is_as_in_the_journal(report)
    assert report.stale_after[0] < STALE_WITHIN
    assert report.right_after[0] < RIGHT_WITHIN


@pytest.mark.scene("a_courier_leaves")
def test_who_goes_off_shift_or_takes_a_break_is_followed_no_more(report: Report) -> None:
    """Gone from last:{coop} within 1 s, from the maps within 2 s; a later position is nowhere in Redis or a log."""
    assert max(report.notes["gone_from_last_after"]) < 1 + SLACK
    assert max(report.notes["gone_from_map_after"]) < 2 + SLACK
    assert report.notes["leaks"] == []
    assert report.notes["seen"] == []
    is_as_in_the_journal(report)


@pytest.mark.scene("a_viewer_is_slow")
def test_a_slow_viewer_gets_fewer_frames_and_disturbs_nobody(report: Report) -> None:
    """On half the line that it takes frames are left out, what comes is fresh, memory stays, others notice nothing."""
    notes = report.notes
    assert notes["skipped"] > 0
    assert len(notes["acknowledging"]) < len(notes["good"]) / 2
    assert len(notes["silent"]) < len(notes["good"])
    assert max(notes["acknowledging"]) < 2 * notes["frame_takes"] + 2, "two frames are on their way at most"
    assert notes["good"][len(notes["good"]) // 2] < max(notes["acknowledging"]) / 4
    assert notes["growth"] < 8 * 1024 * 1024, "bytes, for two slow viewers"

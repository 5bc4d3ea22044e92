"""Real processes: under gevent, killed in mid-work."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from dashboard.store import open_store, verify
from tests.contract.desk import TAILLEFERRE, SqlDesk

ROOT = Path(__file__).parents[2]

IN_GREENLETS = """
from gevent import monkey
monkey.patch_all()
import sys, gevent
from dashboard.store import open_store
from tests.contract.desk import Desk, TAILLEFERRE
desk = Desk(open_store(sys.argv[1]))
turns = 0
def tick():
    global turns
    while True:
        turns += 1
        gevent.sleep(0.001)
ticking = gevent.spawn(tick)
def take_in():
    for _ in range(2):
        desk.order()
        desk.store.board(TAILLEFERRE, desk.now())
with gevent.Timeout(30):
    gevent.joinall([gevent.spawn(take_in) for _ in range(40)], raise_error=True)
ticking.kill()
print(turns)
"""

WITHOUT_END = """
import sys
from dashboard.store import open_store
from tests.contract.desk import Desk
desk = Desk(open_store(sys.argv[1]))
rider = desk.rider("lea")
while True:
    order = desk.assign(desk.order(), rider)
    print(desk.store.head(order.coop).seq, order.id, flush=True)
"""


def test_forty_greenlets_work_on_one_store(desk: SqlDesk, url: str) -> None:
    """Under gevent, with more greenlets than connections, all work is done, the chain holds and the loop goes on."""
    command = [sys.executable, "-c", IN_GREENLETS, url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    assert desk.store.head(TAILLEFERRE).seq == 80
    assert verify(desk.store, TAILLEFERRE) is None
    assert int(done.stdout) >= 5  # the loop had its turns


def test_what_was_acknowledged_survives_a_kill(desk: SqlDesk, url: str) -> None:
    """A process killed with -9 in mid-work loses nothing that it had acknowledged, and leaves no half change."""
    worker = subprocess.Popen([sys.executable, "-c", WITHOUT_END, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    acknowledged = [worker.stdout.readline().split() for _ in range(20)]
    worker.send_signal(signal.SIGKILL)
    acknowledged += [line.split() for line in worker.stdout if line.endswith("\n")]
    worker.wait(60)
    store = open_store(url)
    seq, _ = acknowledged[-1]
    assert store.head(TAILLEFERRE).seq >= int(seq)
    for _, known in acknowledged:
        order = store.order(TAILLEFERRE, known)
        assert order is not None
        assert order.courier == "lea"
    assert verify(store, TAILLEFERRE) is None
    assert desk.replayed() == store.board(TAILLEFERRE, desk.now())
    desk.order()
    store.close()

"""A stand-in for a Valhalla server: answers by real tiles, or hangs, drips, refuses, talks nonsense."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from live.city.ask import Ask

NO_PATH = {"error_code": 442, "error": "No path could be found for input", "status_code": 400}
HANGS, DRIPS, FAILS, NOWHERE, WELL = "hangs", "drips", "fails", "nowhere", "well"


class ValhallaServer:
    """On a free port from ``start()`` to ``stop()``; ``asked`` counts the questions.

    ``mood`` is WELL, HANGS, DRIPS, FAILS, NOWHERE (no way to anywhere), or what is answered to everything.
    """

    def __init__(self, ask: Ask) -> None:
        self.mood: Any = WELL
        self.asked = 0
        self._ask = ask
        self._stopped = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> ValhallaServer:
        """Listen, where it did before."""
        whole = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                whole._answer(self)

            def log_message(self, *_: object) -> None: ...

        self._stopped.clear()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Die: nobody listens any more."""
        self._stopped.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        request = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        match self.mood:
            case "hangs":
                self._stopped.wait(5)
            case "drips":
                self._drip(handler)
            case "fails":
                _send(handler, 500, b"Internal error")
            case "nowhere":
                _send(handler, 400, json.dumps(NO_PATH).encode())
            case "well":
                answer = self._ask(handler.path.strip("/"), request)
                _send(handler, 400 if answer is None else 200, json.dumps(answer or NO_PATH).encode())
            case bytes() as told:
                _send(handler, 200, told)
            case told:
                _send(handler, 200, json.dumps(told).encode())

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(50):
            if self._stopped.wait(0.1):
                return
            try:
                handler.wfile.write(b" ")
            except OSError:
                return


def _send(handler: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def seconds_of(work: Any) -> float:
    """How long it took."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun

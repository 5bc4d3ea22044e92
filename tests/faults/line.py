"""A telephone line between a viewer and the desk, that a test can cut, block or make slow."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

PIECE = 2048


class TelephoneLine:
    """A TCP proxy to a local port. ``rate`` is the bytes a second towards the viewer (0: as fast as it goes); a line
    that was made with one can have another later."""

    def __init__(self, port: int, rate: float = 0) -> None:
        self._target, self.rate = port, rate
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._flowing, self._accepting = threading.Event(), True
        self._flowing.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and take no new one."""
        self._accepting = False
        self._hang_up()

    def block(self) -> None:
        """Let nothing through, and tell nobody."""
        self._flowing.clear()

    def mend(self) -> None:
        """As before."""
        self._accepting = True
        self._flowing.set()

    def close(self) -> None:
        """For good."""
        self._accepting = False
        self._flowing.set()
        self._listener.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for end in list(self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                viewer, _ = self._listener.accept()
                if not self._accepting:
                    viewer.close()
                    continue
                if self.rate:
                    viewer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
                desk = socket.socket()
                if self.rate:
                    desk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                try:
                    desk.connect(("127.0.0.1", self._target))
                except ConnectionRefusedError:  # the desk is down: the line is still there when it comes back
                    viewer.close()
                    desk.close()
                    continue
                self._open |= {viewer, desk}
                for source, sink in ((viewer, desk), (desk, viewer)):
                    threading.Thread(target=self._carry, args=(source, sink, sink is viewer), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, to_viewer: bool) -> None:
        try:
            while data := source.recv(PIECE):
                self._flowing.wait()
                sink.sendall(data)
                time.sleep(len(data) / self.rate if self.rate and to_viewer else 0)
        except OSError:
            pass
        finally:
            for end in (source, sink):
                self._open.discard(end)
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                    end.close()

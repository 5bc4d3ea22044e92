"""Phones for the tests: requests as each client version sends them, kept as HTTP text in fixtures/phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "phones"
SECRET = "kN3v-lea-phone-secret"
SENT_AT = datetime(2026, 11, 24, 10, 42, 11, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """One request of a phone."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """What the client says that its body is."""
        return self.headers.get("Content-Type", "")


def recording(name: str) -> Recording:
    """The recorded request, such as ``traccar/client-9-moving``."""
    head, _, body = (FOLDER / f"{name}.http").read_bytes().partition(b"\n\n")
    first, *lines = head.decode().splitlines()
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    return Recording(method, path, query, dict(line.split(": ", 1) for line in lines), body)


def recordings() -> list[str]:
    """All names."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.http"))

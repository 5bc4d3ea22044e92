"""A POST to an address that somebody else has chosen: never to a place inside, never further, never for long."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from dashboard.domain.refusals import Invalid

PATIENCE = 10.0
"""Seconds for all of it, from the first packet to the last."""
MOST_READ = 16 * 1024
"""Bytes of the answer that are read; nobody looks at them."""
LONGEST_URL = 2000
# Inside of a cloud although their addresses look public: Azure's wire server, and Oracle's metadata among others.
ALSO_INSIDE = tuple(map(ipaddress.IPv4Network, ("168.63.129.16/32", "192.0.0.0/24")))
# Addresses that carry an IPv4 address of anywhere in them.
CARRIERS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

Address = tuple[Any, ...]
Resolve = Callable[[str, int], Sequence[Address]]


class Unsafe(OSError):
    """The name leads to a place inside, where nothing may be sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and for how many seconds the receiver asks to be left alone (None: it does not)."""

    status: int
    retry_after: float | None = None


def check_url(url: str, *, is_open: bool) -> str:
    """The address, if something may be sent there. Invalid otherwise. ``is_open``: http and places inside too."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    schemes = ("https", "http") if is_open else ("https",)
    if not host or parts.scheme not in schemes or len(url) > LONGEST_URL or not url.isascii() or not url.isprintable():
        raise Invalid("The address has to begin with {schemes} and name a host", schemes=" or ".join(
            f"{each}://" for each in schemes), field="url")  # fmt: skip
    if parts.username is not None or " " in url or "#" in url:
        raise Invalid("The address may hold no name, password, space or #", field="url")
    if not is_open and (_literal(host) or host == "localhost" or host.endswith((".localhost", ".internal", ".local"))):
        raise Invalid("{host} is a place inside: name a host that the whole internet can reach", host=host, field="url")
    return url


def is_inside(address: str) -> bool:
    """Whether an IP address is private, loopback, link-local, metadata, multicast, reserved, or hides another one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_inside(str(found.ipv4_mapped))
        if any(found in carrier for carrier in CARRIERS):
            return True
    return not found.is_global or found.is_multicast or found.is_reserved or any(found in each for each in ALSO_INSIDE)


def look_up(host: str, port: int) -> Sequence[Address]:
    """Where a name leads, by the system's own resolver."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, is_open: bool, patience: float = PATIENCE,
    resolve: Resolve = look_up,
) -> Answer:  # fmt: skip
    """Send it. OSError when nobody answers in time, Unsafe when the name leads inside; redirects are not followed.

    The connection goes to the very address that was checked, so that a name that changes meanwhile changes nothing.
    """
    asked = _Asked("POST", urlsplit(url), body, headers, MOST_READ)
    return _exchange(asked, is_open=is_open, patience=patience, resolve=resolve)[0]


def get(url: str, most: int, *, is_open: bool, patience: float = PATIENCE, resolve: Resolve = look_up) -> bytes:
    """What lies there, with the same care. OSError when it is not there (200), or larger than ``most`` bytes."""
    asked = _Asked("GET", urlsplit(url), None, {}, most + 1)
    answer, content = _exchange(asked, is_open=is_open, patience=patience, resolve=resolve)
    if answer.status != 200:
        raise OSError(f"It answered {answer.status}")
    if len(content) > most:
        raise OSError(f"It is larger than {most // 1024} kB")
    return content


def ask(url: str, body: bytes, most: int, *, patience: float) -> tuple[int, bytes]:
    """POST JSON to an address that a setting names: the status and at most so many bytes. OSError as ``post``."""
    asked = _Asked("POST", urlsplit(url), body, {"Content-Type": "application/json"}, most)
    answer, content = _exchange(asked, is_open=True, patience=patience, resolve=look_up)
    return answer.status, content


@dataclass(frozen=True, slots=True)
class _Asked:
    method: str
    parts: SplitResult
    body: bytes | None
    headers: Mapping[str, str]
    most: int


def _exchange(asked: _Asked, *, is_open: bool, patience: float, resolve: Resolve) -> tuple[Answer, bytes]:
    end = time.monotonic() + patience
    host = asked.parts.hostname or ""
    found = resolve(host, asked.parts.port or (443 if asked.parts.scheme == "https" else 80))
    if not is_open and (inside := [each[4][0] for each in found if is_inside(each[4][0])]):
        raise Unsafe(f"{host} leads to {inside[0]}, a place inside: nothing is sent there")
    plain = _connect(found, end)
    ending = Timer(max(end - time.monotonic(), 0.01), _cut, (plain,))
    ending.daemon = True
    ending.start()
    try:
        return _ask(asked, plain, end)
    except (HTTPException, ValueError) as error:
        raise OSError(f"The answer is no HTTP: {type(error).__name__}") from error
    finally:
        ending.cancel()
        plain.close()


def _ask(asked: _Asked, plain: socket.socket, end: float) -> tuple[Answer, bytes]:
    parts, host = asked.parts, asked.parts.hostname or ""
    connection = HTTPSConnection(host, parts.port) if parts.scheme == "https" else HTTPConnection(host, parts.port)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        )
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(asked.method, target, asked.body, dict(asked.headers))
        answer = connection.getresponse()
        content = answer.read(asked.most)
        if time.monotonic() > end:
            raise TimeoutError("The answer took too long")
        return Answer(answer.status, _seconds(answer.getheader("Retry-After"))), content
    finally:
        connection.close()


def _connect(found: Sequence[Address], end: float) -> socket.socket:
    problem: OSError = OSError("The name leads nowhere")
    for family, kind, protocol, _, address in found:
        one = socket.socket(family, kind, protocol)
        one.settimeout(max(end - time.monotonic(), 0.01))
        try:
            one.connect(address)
        except OSError as error:
            one.close()
            problem = error
        else:
            return one
    raise problem


def _cut(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # over already


def _seconds(told: str | None) -> float | None:
    return float(told) if told and told.isascii() and told.isdecimal() and len(told) < 7 else None


def _literal(host: str) -> bool:
    try:
        return is_inside(host)
    except ValueError:
        return False

"""How often somebody may try, counted in Redis for all web processes together; in this process while Redis is away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded

from dashboard.tries import PATIENT

TRIES = "20 per minute"
"""From one address, at signing in, links and resets."""
TRIES_AT_ONE = "5 per minute; 30 per hour"
"""At one account, from wherever."""


def new_limiter(flask: Flask, redis_url: str) -> Limiter:
    """Limits for the doors that somebody could guess at; 429 with Retry-After beyond them."""
    limiter = Limiter(
        address, app=flask, storage_uri=redis_url or "memory://", strategy="fixed-window", key_prefix="roulement",
        storage_options=dict(PATIENT) if redis_url else {},
        in_memory_fallback_enabled=bool(redis_url),
    )  # fmt: skip
    flask.register_error_handler(RateLimitExceeded, _too_many)
    return limiter


def address() -> str:
    """Whence a request comes, as the nearest proxy saw it."""
    return request.access_route[-1] if request.access_route else ""


def limited(
    limiter: Limiter, view: Callable[..., Any], about: Callable[[], str] | None = None,
    methods: Sequence[str] = ("POST",),
) -> Callable[..., Any]:  # fmt: skip
    """The view, its changes counted by address, and by what they are ``about``."""
    guarded = limiter.limit(TRIES, methods=list(methods))(view)
    if about:
        guarded = limiter.limit(TRIES_AT_ONE, key_func=about, methods=list(methods))(guarded)
    found: Callable[..., Any] = guarded
    return found


def _too_many(refusal: RateLimitExceeded) -> Response:
    seconds = refusal.limit.limit.get_expiry() if refusal.limit else 60
    return Response("Too many tries: wait a little, then try again", 429,
                    {"Retry-After": str(seconds)}, mimetype="text/plain")  # fmt: skip

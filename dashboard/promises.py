"""What the headers of every answer promise: browsers hold our pages to it, whatever somebody managed to put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask, Response, request

FOR_GOOD = "public, max-age=31536000, immutable"

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def promise(flask: Flask, script_hashes: Iterable[str]) -> None:
    """Puts the headers on every answer; ``script_hashes`` are those of the scripts written into the page itself."""
    headers = {**HEADERS, "Content-Security-Policy": policy(script_hashes)}

    def put(answer: Response) -> Response:
        for name, value in headers.items():
            answer.headers.setdefault(name, value)
        if request.is_secure or flask.config.get("BEHIND_TLS"):
            answer.headers["Strict-Transport-Security"] = "max-age=31536000"
        _cache(answer)
        return answer

    flask.after_request(put)


def policy(script_hashes: Iterable[str]) -> str:
    """Scripts from here alone; Dash writes inline styles; the tiles of a map style come from where it says."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        "img-src 'self' data: blob: https:; connect-src 'self' ws: wss: https:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _cache(answer: Response) -> None:
    """What has its version in its name is kept for good; what is about people is not kept at all."""
    if request.path.startswith("/_dash-component-suites/") and answer.cache_control.max_age:
        answer.headers["Cache-Control"] = FOR_GOOD
    elif request.path.startswith("/assets/") and request.args.get("m") and answer.status_code == 200:
        answer.headers["Cache-Control"] = FOR_GOOD  # Dash names them by their time of change
    elif "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"

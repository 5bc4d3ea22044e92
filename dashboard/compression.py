"""Answers go compressed. What is kept for good (a megabyte of scripts) is compressed once per process, not per browser:
each time would hold up everybody's positions for 30 ms."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, request
from flask_compress import Compress

from dashboard.promises import FOR_GOOD

BROTLI_QUALITY = 5
MOST_KEPT = 200  # answers; there are some forty
COMPRESSORS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda data: bytes(brotli.compress(data, quality=BROTLI_QUALITY)),
    "gzip": lambda data: gzip.compress(data, mtime=0),
}


def compress(flask: Flask) -> None:
    """Compress everything worth it, as the browser can take it."""
    flask.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=4, COMPRESS_LEVEL=6, COMPRESS_STREAMS=False
    )
    Compress(flask)
    kept: dict[tuple[str, str], bytes] = {}
    flask.after_request(lambda answer: _once(answer, kept))


def _once(answer: Response, kept: dict[tuple[str, str], bytes]) -> Response:
    algorithm = next((name for name in COMPRESSORS if request.accept_encodings[name]), None)
    if algorithm is None or not _lasts(answer):
        return answer
    key = (request.full_path, algorithm)
    if key not in kept and len(kept) < MOST_KEPT:
        answer.direct_passthrough = False
        kept[key] = COMPRESSORS[algorithm](answer.get_data())
    if key in kept:
        answer.set_data(kept[key])
        answer.headers["Content-Encoding"] = algorithm
    return answer


def _lasts(answer: Response) -> bool:
    return (
        answer.status_code == 200
        and answer.headers.get("Cache-Control") == FOR_GOOD
        and "Content-Encoding" not in answer.headers
        and (answer.mimetype or "").startswith(("text/", "application/"))
    )

"""What browsers are served for good: our modules, the libraries that they use, the base maps and their tiles.

Each has a hash of its content in its address, so that a browser that has it never asks for it again.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from dashboard.access import require
from dashboard.promises import FOR_GOOD
from layouts.parts import PARTS, scripts_of
from live.city.pack import CityPack
from live.city.pyramid import tiles_of

ROOT = Path(__file__).parents[1]
LIBRARIES = {
    "deck": Path("node_modules/.cache/roulement/deck.js"),
    "socketio": Path("node_modules/socket.io-client/dist/socket.io.esm.min.js"),
}
BUNDLES = Path("node_modules/.cache/roulement/desk")
"""Where `npm run build` makes one file of the modules in assets/desk for each page that starts them: 190 requests would
be one after the other on a bad line."""
PAGES = {"desk": "main.js", "kitchen": "kitchen/main.js", "past": "past/main.js", "courier": "courier/main.js"}
"""The files there: the desk's, that of the restaurant's screen, of /replay, and of a courier's form for an incident."""
AGAIN = "kitchen/again.js"
"""The file there that starts KITCHEN_PAGE as it is kept for when there is no network."""
WORKER = "kitchen/worker.js"
"""The file there that looks after that page, and after no other."""
HASH_LENGTH = 12
KITCHEN_PAGE = "/restaurant"


class NotBuilt(RuntimeError):
    """A script that the pages need is not there."""


@dataclass(frozen=True, slots=True)
class BrowserCode:
    """``files`` by the path under /vendor; ``urls`` of deck.gl (``deck``), Socket.IO (``socketio``) and our own first
    modules (``desk``, ``kitchen``, ``past``, ``courier``)."""

    files: Mapping[str, Path]
    urls: Mapping[str, str]


def find_browser_code(root: Path = ROOT) -> BrowserCode:
    """All scripts that are served for good; NotBuilt when they were never made."""
    libraries = {name: _built(root / path) for name, path in LIBRARIES.items()}
    modules = {name: _built(root / BUNDLES / name) for name in (*PAGES.values(), AGAIN, WORKER)}
    desk = f"desk-{_hash(b''.join(path.read_bytes() for path in modules.values()))}"
    names = {name: f"{name}-{_hash(path.read_bytes())}.js" for name, path in libraries.items()}
    return BrowserCode(
        files={
            **{names[name]: path for name, path in libraries.items()},
            **{f"{desk}/{name}": path for name, path in modules.items()},
        },
        urls={
            **{name: f"/vendor/{file}" for name, file in names.items()},
            **{page: f"/vendor/{desk}/{name}" for page, name in PAGES.items()},
        },
    )


def serve_browser_code(code: BrowserCode, city: Callable[[str], CityPack]) -> Blueprint:
    """``/vendor/…``, ``/city/COOP/basemap-….json`` and ``…/Z/X/Y.mvt``; ``city`` is asked by co-op id."""
    blueprint = Blueprint("browser_code", __name__)

    def vendor(name: str) -> Response:
        path = code.files.get(name)
        if path is None:
            abort(404)
        answer = _for_good(path.read_bytes(), "text/javascript")
        if name.endswith(f"/{WORKER}"):
            answer.headers["Service-Worker-Allowed"] = KITCHEN_PAGE
        return answer

    def basemap(coop: str, hash: str) -> Response:  # noqa: ARG001  an old address gets the map of today
        return _for_good(city(require_own(coop)).basemap(), "application/geo+json")

    def tile(coop: str, hash: str, z: int, x: int, y: int) -> Response:  # noqa: ARG001  as above
        pyramid = city(require_own(coop)).pyramid
        return abort(404) if pyramid is None else _zipped(tiles_of(pyramid).tile(z, x, y) or b"")

    blueprint.after_app_request(lambda answer: _announce(answer, code))
    blueprint.add_url_rule("/vendor/<path:name>", "vendor", vendor)
    blueprint.add_url_rule("/city/<coop>/basemap-<hash>.json", "basemap", basemap)
    blueprint.add_url_rule("/city/<coop>/basemap-<hash>/<int:z>/<int:x>/<int:y>.mvt", "tile", tile)
    return blueprint


def basemap_url(coop: str, pack: CityPack) -> str | None:
    """Where a co-op's base map is; None where there is none, or where it is in tiles."""
    return (
        None if pack.invented or pack.pyramid else f"/city/{quote(coop, safe='')}/basemap-{_hash(pack.basemap())}.json"
    )


def basemap_tiles(coop: str, pack: CityPack) -> str:
    """Where the vector tiles of a co-op's base map are, with {z}, {x} and {y}; '' where it is in one piece."""
    if pack.pyramid is None:
        return ""
    return f"/city/{quote(coop, safe='')}/basemap-{tiles_of(pack.pyramid).digest[:HASH_LENGTH]}/{{z}}/{{x}}/{{y}}.mvt"


def require_own(coop: str) -> str:
    """The co-op itself; 404 for everybody of another one."""
    return coop if require("see_live").coop == coop else abort(404)


def _announce(answer: Response, code: BrowserCode) -> Response:
    """Tell a browser that opens the desk which scripts it will want, before it finds out one by one."""
    part = PARTS.get(request.path)
    if part and answer.mimetype == "text/html":
        answer.headers["Link"] = ", ".join(f"<{code.urls[name]}>; rel=modulepreload" for name in scripts_of(part))
    return answer


def _built(path: Path) -> Path:
    if not path.is_file():
        raise NotBuilt(f"{path.name} is missing: run `make env` (or `npm ci && npm run build`) in {ROOT}")
    return path


def _for_good(content: bytes, mimetype: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Cache-Control"] = FOR_GOOD
    return answer


def _zipped(tile: bytes) -> Response:
    """A tile as it lies in its file, or unpacked for whoever cannot; nothing at all where the map is bare."""
    takes_zipped = bool(tile) and request.accept_encodings["gzip"] > 0
    answer = _for_good(
        tile if takes_zipped or not tile else gzip.decompress(tile), "application/vnd.mapbox-vector-tile"
    )
    answer.vary.add("Accept-Encoding")
    if takes_zipped:
        answer.content_encoding = "gzip"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:HASH_LENGTH]

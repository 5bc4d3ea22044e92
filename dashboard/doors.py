"""Every HTTP request passes here first: whose door it is, where it comes from, what the answer's headers promise."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from flask import Flask, Request, abort, redirect, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access import HAS_ACCOUNT, OPEN, SIGNED_IN, Denied, Identify, NotSignedIn, ask, lacks_factor

log = logging.getLogger(__name__)

LOGIN = "/login"
SIGN_IN = "/sign-in"
FACTOR = "/account/factor"
PAGES = "/<path:path>"  # whatever no other rule takes
NOT_PAGES = frozenset({"api", "assets", "calendar", "city", "exports", "ingest", "live", "socket.io", "vendor"})
OUR_PAGES = frozenset({"/", PAGES, "/choose", "/account", "/account/<what>", "/people", "/people/<what>"})
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

# What is not an API call. Rules that are in no table are refused: a new door is closed until somebody says whose it is.
DOORS: Mapping[str, str] = {
    "/": SIGNED_IN,
    PAGES: SIGNED_IN,
    "/_dash-layout": OPEN,  # an empty frame: what is in it comes by callbacks, and each of them asks
    "/_dash-dependencies": OPEN,
    "/_dash-update-component": OPEN,
    "/_reload-hash": SIGNED_IN,
    "/_favicon.ico": OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": OPEN,
    "/assets/<path:filename>": OPEN,
    "/vendor/<path:name>": OPEN,
    "/login": OPEN,
    "/logout": OPEN,
    "/sign-in": OPEN,
    "/sign-in/code": OPEN,
    "/sign-in/single": OPEN,
    "/sign-in/single/back": OPEN,  # what the provider says is checked, whoever brings it
    "/invitation/<secret>": OPEN,  # the link itself is the key
    "/reset": OPEN,
    "/reset/<secret>": OPEN,
    "/device/<secret>": OPEN,
    "/choose": HAS_ACCOUNT,
    "/account": HAS_ACCOUNT,
    "/account/<what>": HAS_ACCOUNT,
    "/people": "manage_people",
    "/people/<what>": "manage_people",
    "/ingest/owntracks": OPEN,  # a phone's token is no bearer token everywhere: the phones' door asks for it
    "/ingest/overland": OPEN,
    "/ingest/traccar": OPEN,
    "/ingest/coopcycle": OPEN,  # whoever has the webhook's secret: the signature says so
    "/healthz": OPEN,
    "/readyz": OPEN,
    "/metrics": OPEN,
    "/api/v1/openapi.json": OPEN,
    "/api/v1/reference": OPEN,
    "/calendar/<secret>.ics": OPEN,  # its address is the key: calendar programs can send no other
    "/live/board.geojson": "see_desk",
    "/exports/job/<id>.gpx": "see_route",
    "/exports/orders.csv": "see_journal",
    "/exports/deliveries.csv": "see_journal",
    "/live/route": "see_route",
    "/live/trails": "see_desk",
    "/live/past": "see_past",
    "/live/past/entries": "see_past",
    "/live/past/day": "see_past",
    "/live/past/about": "see_past",
    "/live/cards": "assign",
    "/live/freed": "assign",
    "/live/restaurants": "see_desk",
    "/live/order-look": "see_desk",
    "/live/order": "see_desk",
    "/live/photo": "see_incidents",
    "/live/stops": "see_desk",
    "/live/timeline": "see_desk",
    "/live/past-orders": "see_desk",
    "/exports/pay.<any(csv, pdf):kind>": "export_pay",
    "/exports/week.zip": "take_journal",
    "/exports/kitchen.csv": "see_kitchen",
    "/exports/letter.pdf": "write_letter",
    "/exports/minutes.pdf": "see_assembly",
    "/exports/me.<any(json, csv):kind>": "export_own",
    "/city/<coop>/basemap-<hash>.json": "see_live",
    "/city/<coop>/basemap-<hash>/<int:z>/<int:x>/<int:y>.mvt": "see_live",
}


class Cookies(SecureCookieSessionInterface):
    """The session cookie: HttpOnly, SameSite=Lax, and Secure wherever people come by https."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the browser may send it over https alone."""
        return request.is_secure or bool(app.config.get("BEHIND_TLS"))


def guard(flask: Flask, identify: Identify, doors: Mapping[str, str]) -> None:
    """Puts the guard before every rule of ``flask``; ``doors`` says for each what it asks of the visitor."""
    flask.extensions["identify"] = identify
    flask.session_interface = Cookies()
    flask.config.update(SESSION_COOKIE_NAME="roulement", SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
    flask.before_request(_same_origin)
    flask.before_request(lambda: _ask(doors))
    flask.register_error_handler(NotSignedIn, _to_the_door)
    flask.register_error_handler(Denied, _denied)


def comes_from_elsewhere(asked: Request) -> bool:
    """Whether a page of another site made the browser send this."""
    origin = asked.headers.get("Origin")
    if origin is None:
        return asked.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    return urlsplit(origin).netloc != asked.host


def _same_origin() -> None:
    if request.method in CHANGING and comes_from_elsewhere(request):
        abort(403, "This came from a page of another site: open the desk itself and try again")


def _ask(doors: Mapping[str, str]) -> None:
    if request.url_rule is None:
        return  # Flask answers 404 or 405 by itself
    rule = request.url_rule.rule
    if rule == PAGES and request.path.split("/")[1] in NOT_PAGES:
        abort(404)
    door = doors.get(rule) or doors.get(f"{'GET' if request.method == 'HEAD' else request.method} {rule}")
    if door is None:
        abort(403, "This door has no keeper: see dashboard/doors.py")
    if request.path != LOGIN:
        ask(door)


def _to_the_door(refusal: NotSignedIn) -> AnyResponse | tuple[str, int]:
    if request.url_rule and request.url_rule.rule in OUR_PAGES:
        if lacks_factor():
            return redirect(FACTOR)
        return redirect(f"{SIGN_IN}?{urlencode({'next': request.full_path.rstrip('?')})}")
    return str(refusal), 401


def _denied(refusal: Denied) -> tuple[str, int]:
    log.warning("%s %s: %s", request.method, request.path, refusal)
    return str(refusal), 403

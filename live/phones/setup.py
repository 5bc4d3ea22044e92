"""Links that set a courier's phone up, to be tapped on the phone or shown as a QR code. Whoever has one has the key."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

SECONDS = 10
METRES = 15
"""At 15 km/h a bicycle does 42 m in 10 s: one fix each 10 s on the way, and none while it stands."""


def traccar_link(base_url: str, token: str) -> str:
    """For Traccar Client: its QR scanner takes the address and the settings from this URL.

    ``base_url`` is where the desk is reached from outside, ``token`` the courier's secret.
    """
    settings = {
        "id": token, "accuracy": "high", "interval": SECONDS, "distance": METRES, "heartbeat": 60, "buffer": "true",
        "stop_detection": "true",
    }  # fmt: skip
    return f"{_door(base_url, 'traccar')}?{urlencode(settings)}"


def owntracks_link(base_url: str, courier: str, token: str) -> str:
    """For OwnTracks. Android from 2.6.0 takes such links only when the user has allowed it (Settings, Advanced)."""
    configuration = {
        "_type": "configuration", "mode": 3, "url": _door(base_url, "owntracks"), "auth": True, "username": courier,
        "password": token, "deviceId": "phone", "tid": courier[:2], "monitoring": 2, "locatorInterval": SECONDS,
        "locatorDisplacement": METRES,
    }  # fmt: skip
    inline = base64.b64encode(json.dumps(configuration).encode()).decode()
    return f"owntracks:///config?{urlencode({'inline': inline})}"


def overland_link(base_url: str, courier: str, token: str) -> str:
    """For Overland."""
    settings = {"url": _door(base_url, "overland"), "token": token, "device_id": courier}
    return f"overland://setup?{urlencode(settings)}"


def _door(base_url: str, client: str) -> str:
    return f"{base_url.rstrip('/')}/ingest/{client}"

"""Links that set a phone up."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

from live.phones.setup import overland_link, owntracks_link, traccar_link

BASE = "https://desk.example/"
TOKEN = "a+b/c=&d"


def asked(link: str) -> dict[str, str]:
    """The link's query."""
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_traccar_gets_its_address_and_its_key() -> None:
    """Everything before the question mark becomes the server's address, the id is the key, whatever is in it."""
    link = traccar_link(BASE, TOKEN)
    assert link.partition("?")[0] == "https://desk.example/ingest/traccar"
    assert asked(link) == {
        "id": TOKEN, "accuracy": "high", "interval": "10", "distance": "15", "heartbeat": "60", "buffer": "true",
        "stop_detection": "true",
    }  # fmt: skip


def test_owntracks_gets_a_whole_configuration() -> None:
    """The inline configuration is base64 of JSON: HTTP mode, move mode, the courier's name and key."""
    link = owntracks_link(BASE, "lea", TOKEN)
    assert link.startswith("owntracks:///config?inline=")
    configuration = json.loads(base64.b64decode(asked(link)["inline"]))
    assert configuration.items() >= {
        "_type": "configuration", "mode": 3, "url": "https://desk.example/ingest/owntracks", "username": "lea",
        "password": TOKEN, "monitoring": 2, "tid": "le",
    }.items()  # fmt: skip


def test_overland_gets_its_address_and_its_key() -> None:
    """The three settings of the app's own setup link."""
    assert asked(overland_link(BASE, "lea", TOKEN)) == {
        "url": "https://desk.example/ingest/overland", "token": TOKEN, "device_id": "lea",
    }  # fmt: skip

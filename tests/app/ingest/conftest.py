"""A phones' door on a real record, and what comes out of it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from dashboard.access import digest
from dashboard.api.ingest import ingest
from dashboard.dispatch import Dispatch
from dashboard.ports import Coop, Token
from dashboard.store import SqlStore, open_store
from live.feed import Feed
from live.phones.door import Door
from tests.app.conftest import NOBODY
from tests.phones import SECRET, SENT_AT, recording

BASIC = {"Authorization": "Basic " + base64.b64encode(f"lea:{SECRET}".encode()).decode()}
BEARER = {"Authorization": f"Bearer {SECRET}"}
ANSWERS = {"owntracks": "[]", "traccar": "", "overland": '{"result":"ok"}'}
T = SENT_AT.timestamp()


@dataclass
class Phones:
    """A phones' door on a real record, and what came out of it; ``now`` is two seconds after the recordings."""

    store: SqlStore
    now: datetime = SENT_AT + timedelta(seconds=2)
    published: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    redis_is_there: bool = True

    def __post_init__(self) -> None:
        self.feed = Feed(self.store, NOBODY, lambda: self.now.timestamp())
        self.dispatch = Dispatch(self.store, lambda entry: None, lambda: str(uuid4()))
        door = Door(self.store, self.feed, self._publish, lambda: self.now, lambda word: self.counts.update([word]))
        self.flask = Flask(__name__)
        self.flask.register_blueprint(ingest(self.store, door, lambda: self.now))
        self.client = self.flask.test_client()

    def _publish(self, coop: str, message: bytes) -> bool:
        if self.redis_is_there:
            self.published.append({"coop": coop, **json.loads(message)})
            self.feed._coop(coop).hear_positions(message, self.now.timestamp())
        return self.redis_is_there

    def hand_out(self, secret: str, role: str = "courier", scope: str | None = "lea", coop: str = "acme") -> None:
        self.store.add_token(Token(str(uuid4()), coop, role, digest(secret), secret, scope))

    def shift(self, action: str, at: datetime | None = None, courier: str = "lea") -> None:
        self.dispatch.shift("acme", courier, action, by="test", at=at or self.now)
        self.feed.catch_up("acme")

    def send(self, name: str) -> TestResponse:
        sent = recording(name)
        return self.client.open(
            sent.path, method=sent.method, query_string=sent.query, headers=sent.headers, data=sent.body
        )

    def owntracks(self, **message: Any) -> TestResponse:
        body = {"_type": "location", "acc": 5, "lat": 60.17, "lon": 24.94, "tst": T, **message}
        return self.client.post("/ingest/owntracks", headers=BASIC, json=body)


@pytest.fixture
def phones(home: Path) -> Iterator[Phones]:
    """Lea is on shift since an hour; max is in the co-op too, and off."""
    store = open_store(f"sqlite:///{home / 'roulement.db'}")
    store.add_coop(Coop("acme", "Acme"))
    door = Phones(store)
    for courier in ("lea", "max"):
        door.dispatch.add_courier("acme", courier, courier.title(), by="test", at=SENT_AT - timedelta(hours=2))
    door.hand_out(SECRET)
    door.shift("start", SENT_AT - timedelta(hours=1))
    yield door
    store.close()

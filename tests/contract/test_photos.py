"""Photos of incidents, kept by both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dashboard.incidents import Photo
from tests.contract.desk import MARTELA, TAILLEFERRE, SqlDesk

AT = datetime(2026, 5, 12, 10, tzinfo=UTC)


def test_photos_read_back_until_they_are_too_old(desk: SqlDesk) -> None:
    """Every byte survives, another co-op has none of it, and what is older than a moment goes."""
    order = desk.order().id
    photos = desk.store.photos(Photo)
    old = Photo(TAILLEFERRE, "old", order, AT, bytes(range(256)))
    new = replace(old, incident="new", at=AT + timedelta(days=1))
    photos.add(old)
    photos.add(new)
    assert (photos.photo(TAILLEFERRE, "old"), photos.photo(TAILLEFERRE, "new")) == (old, new)
    assert photos.photo(MARTELA, "old") is None
    assert (photos.forget(AT), photos.forget(AT + timedelta(hours=1))) == (0, 1)
    assert (photos.photo(TAILLEFERRE, "old"), photos.photo(TAILLEFERRE, "new")) == (None, new)

"""How instants and documents are kept, the same on both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

from dashboard.domain.events import canonical
from dashboard.domain.refusals import Invalid
from dashboard.domain.times import from_wire, to_milliseconds, to_wire


class Unwritable(Invalid, DontWrapMixin):
    """A text that PostgreSQL cannot hold. Refused on both databases, whether it was to be written or looked for."""


class Word(TypeDecorator[str]):
    """A text from people: an id, a name, a state."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        """Towards the database."""
        if value is not None and "\0" in value:
            raise Unwritable("{text} holds a NUL character: leave it out", text=repr(value))
        return value


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant in whole milliseconds; on SQLite the RFC 3339 text, which sorts as the instants do."""

    impl = String(24)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL has a type for it."""
        native = TIMESTAMP(timezone=True, precision=3) if dialect.name == "postgresql" else String(24)
        return dialect.type_descriptor(native)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Towards the database."""
        if value is None:
            return None
        return to_milliseconds(value) if dialect.name == "postgresql" else to_wire(value)

    def process_result_value(self, value: datetime | str | None, _: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return from_wire(value) if isinstance(value, str) else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A JSON value as canonical text. Not JSONB: that rewrites numbers (1e16, -0.0), and the hash would not fit."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> str:
        """Towards the database."""
        return canonical(value)

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        """From the database."""
        return None if value is None else json.loads(value)

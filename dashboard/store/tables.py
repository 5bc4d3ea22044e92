"""The tables, as the newest migration leaves them. Every row belongs to a co-op, people and their sessions apart."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    text,
)
from sqlalchemy.schema import PrimaryKeyConstraint, UniqueConstraint

from dashboard.store.types import Document, Instant, Word

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
    }
)

COURIER_FACTS = text(
    "kind >= 'courier.' AND kind < 'courier/' AND kind <> 'courier.arrived' AND kind <> 'courier.stops_ordered' "
    "AND kind <> 'courier.shift_started' AND kind <> 'courier.shift_ended' "
    "AND kind <> 'courier.break_started' AND kind <> 'courier.break_ended'"
)
"""What is written once in a long while: who somebody is and what they ride, not where in a shift they are. Both
databases use the index over these entries when a query has these very words."""

coops = Table(
    "coops", metadata,
    Column("id", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("city", Word, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", Word, nullable=False),
    Column("next_ref", Integer, nullable=False),
    PrimaryKeyConstraint("id"),
)  # fmt: skip

journal = Table(
    "journal", metadata,
    Column("coop", Word, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("id", Word, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Word, nullable=False),
    Column("kind", Word, nullable=False),
    Column("subject", Word, nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", Document, nullable=False),
    Column("prev", Word, nullable=False),
    Column("hash", Word, nullable=False),
    PrimaryKeyConstraint("coop", "seq"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
    Index("journal_subject", "coop", "subject", "seq"),
    Index("journal_actor", "coop", "actor", "seq"),
    Index("journal_couriers", "coop", "seq", sqlite_where=COURIER_FACTS, postgresql_where=COURIER_FACTS),
)  # fmt: skip

couriers = Table(
    "couriers", metadata,
    Column("coop", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("shift", Word, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Word, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("document", Document, nullable=False),
    PrimaryKeyConstraint("coop", "id"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

# `number` is the seq of the entry that placed the order: the order of placing, stable for ever.
orders = Table(
    "orders", metadata,
    Column("coop", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("ref", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("courier", Word),
    Column("restaurant", Word),
    Column("placed_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
    Column("changed_by", Word, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("document", Document, nullable=False),
    Column("group", Word),
    PrimaryKeyConstraint("coop", "id"),
    UniqueConstraint("coop", "number"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
    Index("orders_ref", "coop", "ref"),
    Index("orders_state", "coop", "state", "number"),
    Index("orders_courier", "coop", "courier", "state", "number"),
    Index("orders_restaurant", "coop", "restaurant", "state", "number"),
    Index("orders_closed", "coop", "closed_at", "number"),
    Index("orders_group", "coop", "group", "number"),
)  # fmt: skip

# `number` of a shift and of a break is the seq of the entry that started it.
shifts = Table(
    "shifts", metadata,
    Column("coop", Word, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("courier", Word, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    PrimaryKeyConstraint("coop", "number"),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
    Index("shifts_courier", "coop", "courier", "number"),
    Index("shifts_ended", "coop", "ended_at"),
)  # fmt: skip

breaks = Table(
    "breaks", metadata,
    Column("coop", Word, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("shift", BigInteger, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    PrimaryKeyConstraint("coop", "number"),
    ForeignKeyConstraint(["coop", "shift"], ["shifts.coop", "shifts.number"]),
    Index("breaks_shift", "coop", "shift"),
)  # fmt: skip

placements = Table(
    "placements", metadata,
    Column("coop", Word, nullable=False),
    Column("key", Word, nullable=False),
    Column("order", Word, nullable=False),
    Column("request", Word, nullable=False),
    PrimaryKeyConstraint("coop", "key"),
    ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"]),
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    Column("coop", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("digest", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("scope", Word),
    PrimaryKeyConstraint("coop", "id"),
    UniqueConstraint("digest"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

# Who read a courier's position or record. The key is what keeps it to one row an hour.
looks = Table(
    "looks", metadata,
    Column("coop", Word, nullable=False),
    Column("courier", Word, nullable=False),
    Column("by", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("what", Word, nullable=False),
    Column("hour", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("coop", "courier", "by", "role", "what", "hour"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

# A CoopCycle beside us: who is who, which drop-off is which order, what has to be written there, what to read again.
coopcycle_riders = Table(
    "coopcycle_riders", metadata,
    Column("coop", Word, nullable=False),
    Column("username", Word, nullable=False),
    Column("courier", Word, nullable=False),
    Column("shift", Word),
    Column("busy_at", Instant),
    PrimaryKeyConstraint("coop", "username"),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
)  # fmt: skip

coopcycle_jobs = Table(
    "coopcycle_jobs", metadata,
    Column("coop", Word, nullable=False),
    Column("task", Word, nullable=False),
    Column("pickup", Word, nullable=False),
    Column("order", Word, nullable=False),
    Column("assigned", Word),
    Column("at", Instant, nullable=False),
    Column("progress", Word, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("generation", Integer, nullable=False),
    PrimaryKeyConstraint("coop", "task"),
    ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"]),
    Index("coopcycle_jobs_open", "coop", "is_open"),
)  # fmt: skip

coopcycle_waiting = Table(
    "coopcycle_waiting", metadata,
    Column("coop", Word, nullable=False),
    Column("order", Word, nullable=False),
    Column("task", Word, nullable=False),
    Column("wanted", Word),
    Column("by", Word, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", Word, nullable=False),
    PrimaryKeyConstraint("coop", "order"),
    ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"]),
)  # fmt: skip

coopcycle_nudges = Table(
    "coopcycle_nudges", metadata,
    Column("coop", Word, nullable=False),
    Column("thing", Word, nullable=False),
    Column("event", Word, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("coop", "thing"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

coopcycle_status = Table(
    "coopcycle_status", metadata,
    Column("coop", Word, nullable=False),
    Column("document", Document, nullable=False),
    PrimaryKeyConstraint("coop"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

# People have one account in an installation, whatever they are in its co-ops.
people = Table(
    "people", metadata,
    Column("id", Word, nullable=False),
    Column("email", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("password", Word),
    Column("is_active", Boolean, nullable=False),
    Column("totp", Word),
    Column("totp_step", BigInteger, nullable=False),
    Column("recovery", Document, nullable=False),
    Column("subject", Word),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("email"),
    UniqueConstraint("subject"),
)  # fmt: skip

memberships = Table(
    "memberships", metadata,
    Column("coop", Word, nullable=False),
    Column("person", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("scope", Word),
    Column("is_active", Boolean, nullable=False),
    Column("is_mapped", Boolean, nullable=False),
    PrimaryKeyConstraint("coop", "person", "role"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
    ForeignKeyConstraint(["person"], ["people.id"]),
    Index("memberships_person", "person"),
)  # fmt: skip

links = Table(
    "links", metadata,
    Column("digest", Word, nullable=False),
    Column("kind", Word, nullable=False),
    Column("made_by", Word, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("person", Word),
    Column("coop", Word),
    Column("email", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("scope", Word),
    Column("used_at", Instant),
    PrimaryKeyConstraint("digest"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
    ForeignKeyConstraint(["person"], ["people.id"]),
    Index("links_coop", "coop", "kind"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    Column("digest", Word, nullable=False),
    Column("person", Word, nullable=False),
    Column("coop", Word, nullable=False),
    Column("role", Word, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("agent", Word, nullable=False),
    Column("ended_at", Instant),
    PrimaryKeyConstraint("digest"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
    ForeignKeyConstraint(["person"], ["people.id"]),
    Index("sessions_person", "person"),
)  # fmt: skip

# Who is told what happens, and what became of it. What is sent is read from the journal when it is sent.
webhooks = Table(
    "webhooks", metadata,
    Column("coop", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("url", Word, nullable=False),
    Column("events", Document, nullable=False),
    Column("secret", Word, nullable=False),
    Column("restaurant", Word),
    Column("created_by", Word, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("problem", Word, nullable=False),
    Column("former_secret", Word, nullable=False, server_default=""),
    Column("former_until", Instant),
    PrimaryKeyConstraint("coop", "id"),
    ForeignKeyConstraint(["coop"], ["coops.id"]),
)  # fmt: skip

webhook_deliveries = Table(
    "webhook_deliveries", metadata,
    Column("coop", Word, nullable=False),
    Column("webhook", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("first_at", Instant),
    Column("last_at", Instant),
    Column("status", Integer),
    Column("problem", Word, nullable=False),
    Column("took_ms", Integer),
    PrimaryKeyConstraint("coop", "webhook", "id"),
    ForeignKeyConstraint(["coop", "webhook"], ["webhooks.coop", "webhooks.id"]),
    Index("webhook_deliveries_waiting", "coop", "webhook", "state", "seq"),
)  # fmt: skip

# When a token was used last, to the hour.
token_uses = Table(
    "token_uses", metadata,
    Column("coop", Word, nullable=False),
    Column("token", Word, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("coop", "token"),
    ForeignKeyConstraint(["coop", "token"], ["tokens.coop", "tokens.id"]),
)  # fmt: skip

planned_shifts = Table(
    "planned_shifts", metadata,
    Column("coop", Word, nullable=False),
    Column("courier", Word, nullable=False),
    Column("id", Word, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("note", Word, nullable=False),
    PrimaryKeyConstraint("coop", "courier", "id"),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
)  # fmt: skip

# The secret link by which a courier's own calendar is read.
calendars = Table(
    "calendars", metadata,
    Column("coop", Word, nullable=False),
    Column("courier", Word, nullable=False),
    Column("digest", Word, nullable=False),
    Column("made_at", Instant, nullable=False),
    PrimaryKeyConstraint("coop", "courier"),
    UniqueConstraint("digest"),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
)  # fmt: skip

photos = Table(
    "photos", metadata,
    Column("coop", Word, nullable=False),
    Column("incident", Word, nullable=False),
    Column("order", Word, nullable=False),
    Column("at", Instant, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    PrimaryKeyConstraint("coop", "incident"),
    ForeignKeyConstraint(["coop", "order"], ["orders.coop", "orders.id"]),
    Index("photos_age", "at"),
)  # fmt: skip

# Where couriers on shift were, if the co-op's members have decided to keep it.
traces = Table(
    "traces", metadata,
    Column("coop", Word, nullable=False),
    Column("courier", Word, nullable=False),
    Column("at", Instant, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    PrimaryKeyConstraint("coop", "courier", "at"),
    ForeignKeyConstraint(["coop", "courier"], ["couriers.coop", "couriers.id"]),
    Index("traces_age", "coop", "at"),
)  # fmt: skip

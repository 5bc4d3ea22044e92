"""The record in SQL: the journal and its projections, written together, on SQLite or PostgreSQL."""

from dashboard.store.schema import NotMigrated, migrate
from dashboard.store.sql import SqlStore, open_store
from dashboard.store.verification import verify

__all__ = ["NotMigrated", "SqlStore", "migrate", "open_store", "verify"]

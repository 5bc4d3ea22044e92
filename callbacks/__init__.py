"""Thin glue between a page and a use case: parse, ask access, call one function, return one layout."""

from __future__ import annotations

from dash import Dash

from callbacks import (
    alarms,
    assembly,
    consent,
    coopcycle,
    desk,
    handover,
    imports,
    menu,
    objections,
    pages,
    panel,
    phones,
    plan,
    rain,
    recurring,
    rules,
    shifts,
    signing,
    stops,
    webhooks,
    what_if,
)
from callbacks.given import Given
from layouts.everything import every_component
from layouts.frame import root

__all__ = ["Given", "register"]


def register(app: Dash, given: Given) -> None:
    """Put the pages and everything that they answer to into ``app``."""
    app.layout = root()
    app.validation_layout = every_component()  # type: ignore[assignment]  # Dash says None where it means nothing yet
    for part in (
        pages, signing, desk, coopcycle, menu, plan, consent, panel, what_if, assembly, rules, objections, phones,
        webhooks, shifts, imports, rain, alarms, handover, stops, recurring,
    ):  # fmt: skip
        part.register(app, given)

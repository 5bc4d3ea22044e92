"""The guard of working time in words: which limit is near or crossed, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.domain.working_time import OK, RED, Finding
from layouts.words import N_, Words

LIMITS: Mapping[str, str] = {
    "day": N_("longest working day"),
    "week": N_("longest working week"),
    "average": N_("average working week"),
    "span": N_("span from first to last work"),
    "break": N_("break that is due"),
    "rest_before": N_("daily rest before this day"),
    "rest_after": N_("daily rest before the next shift"),
    "weekly_rest": N_("weekly rest"),
    "days": N_("days of work in a row"),
}

TODAYS = frozenset({"day", "span", "break", "rest_after"})
"""Those that are reached at an hour of the day; the others count days, and a time alone would mislead."""


def limit_text(finding: Finding, words: Words) -> str:
    """longest working day, at 21:40."""
    name = words(LIMITS[finding.rule])
    if finding.crosses_at is None or finding.rule not in TODAYS:
        return name
    return words("{limit}, at {time}", limit=name, time=words.clock(finding.crosses_at))


def limits_text(findings: Iterable[Finding], words: Words) -> str:
    """Beyond a limit of working time: …, or close to one; "" where all is well."""
    near = [one for one in findings if one.level != OK]
    red = [one for one in near if one.level == RED]
    named = "; ".join(limit_text(one, words) for one in red or near)
    if red:
        return words("Beyond a limit of working time: {limits}", limits=named)
    return words("Close to a limit of working time: {limits}", limits=named) if near else ""


def warning(findings: Iterable[Finding], level: str, words: Words) -> Component | None:
    """The same as a line in the colour of its ``level``; None where all is well."""
    text = limits_text(findings, words)
    return html.Span(text, className=f"limit is-{level}") if text else None

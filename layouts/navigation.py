"""The way from page to page: the daily ones side by side, the others behind the name of their group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from layouts.aria import DECORATION, aria
from layouts.words import N_, Words

PAGES: Mapping[str, str] = {
    "/dispatch": N_("Desk"), "/replay": N_("The past"), "/handover": N_("Handover"),
    "/restaurant": N_("Our orders"), "/alarms": N_("Alarms"),
    "/shifts": N_("Shifts"),
    "/import": N_("Orders from a file"), "/recurring": N_("Recurring orders"),
    "/fairness": N_("Fairness"), "/pay": N_("Pay"), "/me": N_("My record"), "/objections": N_("Objections"),
    "/assembly": N_("Assembly"), "/rules": N_("Rules of pay"), "/what-if": N_("What if"),
    "/how": N_("How suggestions work"),
    "/people": N_("People"), "/phones": N_("Phones"), "/webhooks": N_("Webhooks"), "/tokens": N_("Tokens"),
    "/register": N_("What is kept"),
}  # fmt: skip
GROUPS: Mapping[str, Sequence[str]] = {
    N_("Ahead"): ("/shifts", "/import", "/recurring"),
    N_("Rules and votes"): ("/assembly", "/rules", "/what-if", "/how"),
    N_("Co-op"): ("/people", "/phones", "/webhooks", "/tokens", "/register"),
}
FEW = 2
"""So many pages of a group need no menu of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages (path, name) that belong together; ``name`` is empty for those that stand by themselves."""

    name: str
    pages: Sequence[tuple[str, str]]

    def holds(self, path: str) -> bool:
        """Whether the page is one of them."""
        return any(path == one for one, _ in self.pages)


def groups(paths: Sequence[str], words: Words) -> list[Group]:
    """The pages that are open to somebody, in the order of PAGES: first those that stand by themselves."""
    grouped = {path for those in GROUPS.values() for path in those}
    alone = [path for path in PAGES if path in paths and path not in grouped]
    found: list[Group] = []
    for name, those in GROUPS.items():
        mine = [path for path in those if path in paths]
        if len(mine) > FEW:
            found.append(Group(words(name), _named(mine, words)))
        else:
            alone += mine
    return [Group("", _named(alone, words)), *found]


def navigation(paths: Sequence[str], here: str, words: Words) -> Component:
    """Links to the pages that are open to this role: a row where there is room, else behind the present name."""
    found = groups(paths, words)
    row = [part for one in found for part in ([_menu(one, here)] if one.name else _links(one, here))]
    now = words(PAGES[here]) if here in PAGES else words("Pages")
    every = [part for one in found for part in [*([html.H2(one.name)] if one.name else []), *_links(one, here)]]
    return html.Nav(
        [html.Div(row, className="page-row"), _folded(now, every, "page-menu", words("Other pages"))],
        className="page-links", **aria(label=words("Pages")),
    )  # fmt: skip


def _menu(group: Group, here: str) -> Component:
    is_here = "page-group is-current" if group.holds(here) else "page-group"
    return _folded(group.name, _links(group, here), is_here)


def _folded(name: str, links: Sequence[Component], css: str, title: str = "") -> Component:
    mark = html.Span("▾", **DECORATION)
    summary = html.Summary([html.Span(name), mark], className="quiet-button", title=title or None)
    return html.Details([summary, html.Div(list(links), className="choices")], className=css)


def _links(group: Group, here: str) -> list[Component]:
    return [
        html.A(name, href=path, className="page-link", **(aria(current="page") if path == here else {}))
        for path, name in group.pages
    ]


def _named(paths: Sequence[str], words: Words) -> Sequence[tuple[str, str]]:
    return [(path, words(PAGES[path])) for path in paths]

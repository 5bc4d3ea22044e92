"""The way from page to page: what stands by itself, and what behind the name of its group."""

from __future__ import annotations

from callbacks.account_pages import ACTIONS, ONLY
from dashboard.roles import ROLES, Visitor
from layouts.navigation import GROUPS, PAGES, groups
from layouts.words import Words


def open_to(role: str) -> list[str]:
    visitor = Visitor("acme", role, "Ana")
    return [path for path, action in ACTIONS.items() if visitor.may(action) and ONLY.get(path, role) == role]


def test_every_page_can_be_reached_once_by_every_role() -> None:
    """Grouped or not: each role finds all of its pages, each in one place, under a name in the reader's language."""
    assert {path for those in GROUPS.values() for path in those} <= PAGES.keys()
    for role in ROLES:
        shown = [path for group in groups(open_to(role), Words("fr")) for path, _ in group.pages]
        assert sorted(shown) == sorted(open_to(role)), role


def test_a_few_pages_have_no_menu_of_their_own() -> None:
    """An administrator has three menus; a dispatcher's two pages of the co-op stand in the row."""
    assert [group.name for group in groups(open_to("admin"), Words())] == ["", "Ahead", "Rules and votes", "Co-op"]
    first, *rest = groups(open_to("dispatcher"), Words())
    assert [group.name for group in rest] == ["Ahead", "Rules and votes"]
    assert first.holds("/phones")

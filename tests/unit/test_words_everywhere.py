"""No text reaches a page past the catalogue: looked for in the source of the pages and in what they show."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layouts import assign_menu, results
from layouts.desk import desk
from layouts.login import empty_token, login, not_for, nowhere
from layouts.words import Words
from tests.unit.desk_values import AT, BOARD, ORDER, VIEW, beside

ROOT = Path(__file__).parents[2]
SHOWN = {"children", "label", "title", "placeholder", "description", "error", "alt"}
NAMES = {"Roulement", "English", "Français"}
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Marked(Words):
    """Words that show which texts have come through the catalogue."""

    def __call__(self, text: str, **facts: Any) -> str:
        return f"⟦{super().__call__(text, **facts)}⟧"


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(LETTERS.search(value)) and value not in NAMES


def bare(node: ast.AST) -> Iterator[str]:
    """Texts that stand in an expression as they are; what a call makes of them is the call's business."""
    match node:
        case ast.Constant(value=value) if is_text(value):
            yield value
        case ast.Call():
            return
        case ast.JoinedStr(values=parts):
            yield from (text for part in parts if isinstance(part, ast.Constant) for text in bare(part))
        case _:
            for child in ast.iter_child_nodes(node):
                yield from bare(child)


def is_component(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in {
        "html", "dmc", "dcc",
    }  # fmt: skip


def texts_past_the_catalogue(source: str) -> list[str]:
    nodes = list(ast.walk(ast.parse(source)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    shown = [argument for call in calls if is_component(call) for argument in call.args]
    shown += [keyword.value for call in calls for keyword in call.keywords if keyword.arg in SHOWN]
    pairs = [pair for node in nodes if isinstance(node, ast.Dict) for pair in zip(node.keys, node.values, strict=True)]
    shown += [value for key, value in pairs if isinstance(key, ast.Constant) and key.value in SHOWN]
    return [text for argument in shown for text in bare(argument)]


@pytest.mark.parametrize(
    "source",
    ['html.P("Hello there")', 'html.P(["x", html.B(f"Hello {name}")])', 'dmc.TextInput(label="Name")',
     'aria(label="Orders")', 'set_props("x", {"title": "Hello"})', 'html.P("a b" if x else "Yes")'],
)  # fmt: skip
def test_the_check_finds(source: str) -> None:
    """The check below sees a text that goes past the catalogue, wherever it hides."""
    assert texts_past_the_catalogue(source)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "layouts").rglob("*.py")) + sorted((ROOT / "callbacks").rglob("*.py")), ids=str
)
def test_source(path: Path) -> None:
    """No component and no property that people read is given a text that did not go through ``words``."""
    assert texts_past_the_catalogue(path.read_text("utf-8")) == []


def leaves(tree: Any) -> Iterator[str]:
    """Every text in a component tree that a person may see or hear."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for one in tree:
            yield from leaves(one)
    elif isinstance(tree, dict):
        props = tree.get("props", {})
        for name, value in props.items():
            if name in SHOWN or name == "aria-label":
                yield from leaves(value)
            elif name in {"closeButtonProps", "visibilityToggleButtonProps"}:
                yield value["aria-label"]


def as_sent(component: Any) -> Any:
    return json.loads(json.dumps(component, default=lambda one: one.to_plotly_json()))


MARKED = Marked("fr", "Europe/Helsinki")
PAGES = {
    "desk": lambda: desk(VIEW, MARKED),
    "login": lambda: login("light", MARKED),
    "not for": lambda: not_for("courier", "light", MARKED),
    "nowhere": lambda: nowhere("light", MARKED),
    "menu": lambda: assign_menu.candidate_list(beside(), "", None, MARKED),
    "menu, nobody": lambda: assign_menu.candidate_list(beside(), "zz", None, MARKED),
    "result": lambda: results.done(results.handed(ORDER, None, {}, MARKED), AT, MARKED),
    "broken": lambda: results.broken(AT, MARKED),
    "title": lambda: assign_menu.dialog_title(ORDER, MARKED),
    "empty token": lambda: empty_token(MARKED),
}
DATA = {"Helsinki Riders", "Ana", "© OpenStreetMap contributors", *(one.name for one in BOARD.couriers.values())}


@pytest.mark.parametrize("name", PAGES)
def test_shown(name: str) -> None:
    """Whatever is seen on a page is a name from the data or came through the catalogue."""
    seen = list(leaves(as_sent(PAGES[name]())))
    assert seen
    assert [text for text in seen if is_text(re.sub("⟦.*⟧", "", text)) and text not in DATA] == []


CODE = sorted(path for path in (ROOT / "assets" / "desk").glob("*.js"))
COMMENTS = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
SAID = re.compile(r'(?:textContent = |title = |"aria-label": |children: |setText\([^,]+, |label: |empty: )"([^"]*)"')
SENTENCE = re.compile(r'(?<!words\()(?<!Error\()"([A-Z][a-zé]+(?: [\w{}\',:;-]+)+[.…]?)"')


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_browser_code(path: Path) -> None:
    """The browser code sets no text and holds no sentence that did not go through ``words``."""
    code = COMMENTS.sub("", path.read_text("utf-8"))
    assert [text for text in SAID.findall(code) + SENTENCE.findall(code) if is_text(text)] == []

"""The API for people to read: one page made from the OpenAPI document, with no script and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

SCHEMAS = "#/components/schemas/"
STYLE = """
:root{color-scheme:light dark;--line:#8886;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:68rem;padding:1.5rem}
h1{margin:0}h2{border-top:1px solid var(--line);margin:2rem 0 .5rem;padding-top:1.2rem;font-size:1.15rem}
code,.path{font-family:ui-monospace,monospace;font-size:.93em}
.method{display:inline-block;min-width:3.6rem;font-weight:700}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem .25rem 0;text-align:left;vertical-align:top}
th{font-weight:600}nav{columns:3 18rem}nav a{display:block;padding:.1rem 0;text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}h3{font-size:.95rem;margin:.9rem 0 0}
"""


def page(document: Mapping[str, Any]) -> str:
    """The whole page."""
    calls = [(path, method, call) for path, each in document["paths"].items() for method, call in each.items()]
    schemas = document["components"]["schemas"]
    title = f"The API of {_text(document['info']['title'])}"
    return "".join((
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>",
        f"<meta name=viewport content='width=device-width'><style>{STYLE}</style>",
        f"<main><h1>{title}</h1><p>Below <code>/api/v1</code>, with "
        "<code>Authorization: Bearer …</code>. ", _text(document["info"]["description"]),
        " The same for programs: <a href='openapi.json'>openapi.json</a>.</p><nav aria-label=Calls>",
        *(f"<a href='#{_text(call['operationId'])}'><code>{method.upper()} {_text(path)}</code></a>"
          for path, method, call in calls), "</nav>",
        *(part for path, method, call in calls for part in _call(path, method, call)),
        "<h2 id=schemas>Documents</h2>", *(part for name in sorted(schemas) for part in _schema(name, schemas[name])),
        "</main></html>",
    ))  # fmt: skip


def _call(path: str, method: str, call: Mapping[str, Any]) -> Iterator[str]:
    yield f"<section id='{_text(call['operationId'])}'><h2><span class=method>{method.upper()}</span> "
    yield f"<span class=path>{_text(path)}</span></h2><p>{_text(call['summary'])}.</p>"
    if call["parameters"]:
        yield "<h3>Asked with</h3><table><tr><th>name<th>where<th>what</tr>"
        yield from (
            f"<tr><td><code>{_text(each['name'])}</code><td>{_text(each['in'])}<td>{_kind(each['schema'])}"
            for each in call["parameters"]
        )
        yield "</table>"
    if "requestBody" in call:
        yield f"<p>Takes {_kind(call['requestBody']['content']['application/json']['schema'])}.</p>"
    yield "<h3>Answers</h3><table>"
    for status, answer in call["responses"].items():
        schema = next(iter(answer["content"].values()))["schema"]
        yield f"<tr><td><code>{_text(status)}</code><td>{_text(answer['description'])}<td>{_kind(schema)}"
    yield "</table></section>"


def _schema(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"<section id='schema-{_text(name)}'><h2>{_text(name)}</h2><p>{_text(schema.get('description', ''))}</p>"
    if fields := schema.get("properties"):
        required = set(schema.get("required", ()))
        yield "<table><tr><th>field<th>what<th></tr>"
        for field, each in fields.items():
            need = "" if field in required else "optional"
            said = _text(each.get("description", ""))
            yield f"<tr><td><code>{_text(field)}</code><td>{_kind(each)} {said}<td>{need}"
        yield "</table>"
    yield "</section>"


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = _text(str(schema["$ref"]).removeprefix(SCHEMAS))
        return f"<a href='#schema-{name}'>{name}</a>"
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(_kind(each) for each in options)
    if "enum" in schema:
        return " | ".join(f"<code>{_text(each)}</code>" for each in schema["enum"])
    if "const" in schema:
        return f"<code>{_text(schema['const'])}</code>"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    limits = [f"{word} {_text(schema[name])}" for name, word in LIMITS.items() if name in schema]
    return ", ".join([_text(schema.get("format") or schema.get("type") or "anything"), *limits])


LIMITS = {
    "minimum": "at least", "maximum": "at most", "minLength": "from", "maxLength": "up to", "pattern": "as",
    "default": "else",
}  # fmt: skip


def _text(value: Any) -> str:
    return escape(str(value))

"""Bringing the catalogues up to date: ``python -m layouts.catalogue`` after a text was added or changed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from layouts.words import CATALOGUES, LOCALES

ROOT = Path(__file__).parent.parent
TEMPLATE = CATALOGUES / "roulement.pot"
REFUSALS = ("__init__", "Refusal", "NotFound", "Invalid", "Unavailable", "WrongState", "Conflict", "BeyondLimit")
KEYWORDS = dict.fromkeys(("words", "N_", *REFUSALS))


def extract(root: Path = ROOT) -> Catalog:
    """Every text that a person may see, with the places where it stands."""
    found = Catalog(project="Roulement", domain="roulement", fuzzy=False)
    with (root / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel's own, bare of types
    for name, _, text, comments, context in extract_from_dir(
        root, method_map=methods, options_map=options, keywords=KEYWORDS, comment_tags=("TRANSLATORS:",)
    ):
        found.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    for message in found:  # as one finds them that is read again: else it would be sorted otherwise
        message.locations.sort()
    return found


def update(root: Path = ROOT) -> None:
    """Write the template anew and merge it into each language; what is new there stays empty until translated."""
    template = extract(root)
    _write(template, TEMPLATE, omit_header=True)
    for language in sorted(set(LOCALES) - {"en"}):
        path = CATALOGUES / language / "LC_MESSAGES" / "roulement.po"
        with path.open("rb") as file:
            merged = read_po(file, locale=language, domain="roulement")
        merged.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _write(merged, path)


def _write(what: Catalog, path: Path, *, omit_header: bool = False) -> None:
    """Without line numbers and dates: what did not change leaves no trace in the history."""
    with path.open("wb") as file:
        write_po(file, what, width=110, sort_by_file=True, omit_header=omit_header, include_lineno=False,
                 ignore_obsolete=True)  # fmt: skip


if __name__ == "__main__":
    update()

"""The words: everything that a person sees is in the catalogue, and French is complete."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from babel.messages.catalog import Catalog

from dashboard.domain.refusals import Refusal
from layouts.catalogue import ROOT, extract
from layouts.words import Words, browser_texts, catalogue, choose_language

GAPS = re.compile(r"\{(\w+)[:}]")
SPECIFIED = re.compile(r"\{\w+:([^}]*)\}")
SAID = re.compile(r'\bwords\(\s*"([^"\\]+)"')
NOON = datetime(2026, 7, 1, 12, 0, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> Catalog:
    return extract()


def test_extraction_reaches_everything(found: Catalog) -> None:
    """Pages, callbacks, refusals of the rules, the use cases and the door, and the browser code are all read."""
    files = {file for message in found for file, _ in message.locations}
    for folder in (
        "layouts/",
        "callbacks/",
        "dashboard/domain/",
        "dashboard/dispatch.py",
        "dashboard/access.py",
        "assets/",
    ):
        assert any(file.startswith(folder) for file in files), folder


def test_no_text_of_the_browser_code_hides(found: Catalog) -> None:
    """None stands where the extraction does not look: inside of a template literal."""
    known = {message.id for message in found}
    said = {text for file in ROOT.glob("assets/**/*.js") for text in SAID.findall(file.read_text())}
    assert said - known == set()


@pytest.mark.parametrize("language", ["fr"])
def test_complete(found: Catalog, language: str) -> None:
    """Every text has a translation that somebody has approved: none missing, empty or fuzzy, none left over."""
    known = catalogue(language)
    wanted = {message.id for message in found if message.id}
    translated = {message.id for message in known if message.id and message.string and not message.fuzzy}
    assert wanted - translated == set(), "run `python -m layouts.catalogue`, then translate these"
    assert translated - wanted == set(), "run `python -m layouts.catalogue`: nobody says these any more"
    assert not known.obsolete


@pytest.mark.parametrize("language", ["fr"])
def test_gaps(language: str) -> None:
    """A translation has the gaps of its original, so that no fact is lost and none is missing."""
    for message in catalogue(language):
        assert set(GAPS.findall(str(message.string))) == set(GAPS.findall(str(message.id))), message.id


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_for_one_and_for_many(language: str) -> None:
    """Where a word goes with a number there are two of it."""
    texts = [str(message.id if language == "en" else message.string) for message in catalogue("fr")]
    found = [words.split("|") for text in texts for words in SPECIFIED.findall(text)]
    assert found
    assert [each for each in found if len(each) != 2 or not all(each)] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 orders", "1 order", "2 orders", "1,234 orders"]),
        ("fr", ["0 commande", "1 commande", "2 commandes", "1,234 commandes"]),
    ],
)
def test_a_word_goes_with_its_number(language: str, said: list[str]) -> None:
    """As the language has it, and many where the number is written out."""
    assert [Words(language)("{n} {n:order|orders}", n=n) for n in (0, 1, 2, "1,234")] == said


def test_a_refusal_speaks_english() -> None:
    """Its own text is filled by the same rule."""
    assert str(Refusal("{n} {n:order is|orders are} closed", n=1)) == "1 order is closed"


@pytest.mark.parametrize("language", ["fr"])
def test_typography(language: str) -> None:
    """French puts a space that never breaks before : ; ? ! and inside guillemets; every sign can be seen."""
    for message in catalogue(language):
        text = str(message.string) if message.id else ""
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text), repr(text)
        assert not re.search(r"[ \w](?<!\d)[:;?!](?=\s|$)|« | »", text), text


def test_a_fact_may_have_any_name() -> None:
    """What somebody typed is often called text, like the words around it."""
    said = Words("en")("{text} is no day: write it as 2026-06-01", text="tomorrow")
    assert said == "tomorrow is no day: write it as 2026-06-01"


def test_browser_gets_its_own() -> None:
    """The browser code is handed what it says, and no more."""
    assert "Ready for pickup ({count})" in browser_texts("fr")
    assert "Sign in to the desk" not in browser_texts("fr")
    assert browser_texts("en") == {}


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("fr", ["en"], "fr"),
        (None, ["de", "fr-CA", "en"], "fr"),
        (None, ["en-US", "fr"], "en"),
        ("xx", ["de"], "en"),
        (None, ["*", "not a tag", "fr"], "fr"),
        (None, [], "en"),
    ],
)
def test_choice(chosen: str | None, accepted: list[str], language: str) -> None:
    """The person's choice comes first, then the browser's, then English."""
    assert choose_language(chosen, accepted) == language


def test_times_and_money() -> None:
    """Times are the city's, money and numbers the locale's."""
    english, french = Words("en", "Europe/Helsinki"), Words("fr", "Europe/Paris")
    assert (english.clock(NOON), french.second(NOON)) == ("15:00", "14:00:07")
    assert (english.money(1250), french.money(1250)) == ("€12.50", "12,50\u00a0€")
    assert (english.distance(1240), french.distance(1240), french.distance(347)) == ("1.2 km", "1,2 km", "350 m")
    assert [french.minutes(timedelta(minutes=m)) for m in (12, 192)] == ["12 min", "3 h 12"]

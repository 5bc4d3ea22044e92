"""Settings: declared once, explained in the readme, and no misspelt one is passed over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.settings import Settings, WrongSetting, variables
from layouts.words import LOCALES

README = Path(__file__).parents[2] / "README.md"
CONTRACT = {
    "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "ROULEMENT_CITY", "ROULEMENT_MAP_STYLE", "ROULEMENT_LANG",
    "ROULEMENT_HOME",
}  # fmt: skip


def test_the_readme_tells_every_setting_as_it_is() -> None:
    """The table in the readme is the declaration: same settings, same defaults, same sentences, same order."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.*) \|$", README.read_text(), re.MULTILINE)
    assert rows == [(name, default, sentence) for name, (default, sentence) in variables().items()]


def test_the_contract_names_are_there() -> None:
    """No setting of the public contract has another name here."""
    assert set(variables()) >= CONTRACT


def test_nothing_set_means_everything_here() -> None:
    """Without a single variable: SQLite under .roulement, port 8050, Helsinki."""
    settings = Settings.read({"PATH": "/bin", "HOME": "/root"})
    assert settings.database == f"sqlite:///{Path.cwd()}/.roulement/roulement.db"
    assert (settings.port, settings.city, settings.redis_url) == (8050, "helsinki", "")


def test_what_is_set_counts() -> None:
    """Each variable is read; blank ones are as if they were not there."""
    settings = Settings.read(
        {"DATABASE_URL": "postgresql://db/r", "PORT": "9000", "ROULEMENT_HOME": "/srv/r", "ROULEMENT_LANG": "fr",
         "ROULEMENT_CITY": "lyon", "REDIS_URL": "  ", "WEB_CONCURRENCY": "3"}
    )  # fmt: skip
    assert settings == Settings(
        database_url="postgresql://db/r", port=9000, home=Path("/srv/r"), lang="fr", city="lyon", web_concurrency=3
    )
    assert settings.database == "postgresql://db/r"


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"ROULEMENT_HOM": "x"}, "did you mean ROULEMENT_HOME"),
        ({"ROULEMENT_XYZ": "x"}, "known are ROULEMENT_CITY"),
        ({"PORT": "eighty"}, "whole number from 1 to 65535"),
        ({"PORT": "70000"}, "whole number from 1 to 65535"),
        ({"PORT": "٨٠٥٠"}, "whole number from 1 to 65535"),
        ({"WEB_CONCURRENCY": "0"}, "whole number from 1 to 256"),
        ({"ROULEMENT_LANG": "de"}, "en or fr"),
        ({"ROULEMENT_MAP_STYLE": "https://tiles.example/style.json"}, "{z}, {x}, {y}"),
    ],
)
def test_what_is_wrong_is_named(environ: dict[str, str], says: str) -> None:
    """One line that names the setting and says how to mend it."""
    with pytest.raises(WrongSetting, match=says) as refusal:
        Settings.read(environ)
    assert next(iter(environ)) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    """No SECRET_KEY, or one that can be guessed, and nothing is signed with it."""
    with pytest.raises(WrongSetting, match="SECRET_KEY"):
        Settings(secret_key=secret).require_secret()


def test_the_languages_are_those_that_there_are_words_for() -> None:
    """The setting offers exactly the catalogues."""
    for language in LOCALES:
        assert Settings.read({"ROULEMENT_LANG": language}).lang == language
    assert set(LOCALES) == {"en", "fr"}

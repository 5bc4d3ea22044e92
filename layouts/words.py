"""The words of the pages: English is the key, the catalogues under ``locale/`` hold the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_datetime
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from dashboard.domain.texts import Filling

LOCALES = {"en": "en_GB", "fr": "fr_FR"}
LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
CURRENCY = "EUR"
CATALOGUES = Path(__file__).parent / "locale"
BROWSER_CODE = "assets/"
VERB = "verb: "
"""So begin the texts that hold the names of a command (assets/desk/grammar.js)."""


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a text for the catalogue where it is declared; ``words(text)`` translates it where it is shown."""
    return text


class Words:
    """Texts, times, money and lengths as a reader of ``language`` in the co-op's ``time_zone`` expects them.

    ``currency`` (ISO 4217) is the one that the co-op pays in.
    """

    def __init__(self, language: str = "en", time_zone: str = "UTC", currency: str = CURRENCY) -> None:
        self.language = language
        self.time_zone = time_zone
        self.currency = currency
        self.locale = Locale.parse(LOCALES[language])
        self.zone = ZoneInfo(time_zone)
        self._texts = texts(language)
        self._fill = Filling(lambda number: self.locale.plural_form(number) == "one")

    def __call__(self, text: str, /, **facts: Any) -> str:
        """The translation of the English ``text``, its ``{gaps}`` filled (dashboard/domain/texts.py)."""
        translated = self._texts.get(text, text)
        return self._fill(translated, facts) if facts else translated

    @property
    def tag(self) -> str:
        """The locale as browsers name it: fr-FR."""
        return LOCALES[self.language].replace("_", "-")

    def at(self, time_zone: str) -> Words:
        """The same language in another city."""
        return Words(self.language, time_zone, self.currency)

    def paying(self, currency: str) -> Words:
        """The same where amounts are in ``currency``."""
        return self if currency == self.currency else Words(self.language, self.time_zone, currency)

    def in_language(self, language: str) -> Words:
        """The same for a reader of another language."""
        return Words(language, self.time_zone, self.currency)

    def for_browser(self) -> Mapping[str, str]:
        """The translations that the page's own scripts ask for."""
        return browser_texts(self.language)

    def verbs(self) -> Mapping[str, str]:
        """What the commands of the desk's line are called; a page knows those of all languages, for habits travel."""
        return {text: said for text, said in browser_texts(self.language).items() if text.startswith(VERB)}

    def clock(self, moment: datetime) -> str:
        """19:42."""
        return self._time(moment, "HH:mm")

    def second(self, moment: datetime) -> str:
        """19:42:07, where the second matters: what was done when."""
        return self._time(moment, "HH:mm:ss")

    def money(self, cents: int) -> str:
        """€12.50 or 12,50 €, US$12.50 or 12,50 $US."""
        return format_currency(cents / 100, self.currency, locale=self.locale)

    def sign(self, currency: str = "") -> str:
        """€, US$, CA$ as readers write it."""
        return str(get_currency_symbol(currency or self.currency, locale=self.locale))

    def minutes(self, span: timedelta) -> str:
        """12 min, or 3 h 12 from an hour on."""
        hours, minutes = divmod(round(span.total_seconds() / 60), 60)
        if hours:
            return self("{h} h {m}", h=hours, m=f"{minutes:02d}")
        return self("{n} min", n=minutes)

    def distance(self, metres: float) -> str:
        """350 m, or 1.2 km (1,2 km) from a kilometre on."""
        if metres < 995:
            return self("{n} m", n=round(metres / 10) * 10)
        return self("{n} km", n=format_decimal(metres / 1000, "#,##0.0", locale=self.locale))

    def _time(self, moment: datetime, pattern: str) -> str:
        return format_datetime(moment, pattern, tzinfo=self.zone, locale=self.locale)


def choose_language(chosen: str | None, accepted: Sequence[str] = ()) -> str:
    """The person's own choice, else the best of what the browser accepts, else English."""
    if chosen in LOCALES:
        return chosen
    found = negotiate_locale([tag for tag in accepted if _is_tag(tag)], list(LOCALES), sep="-")
    return found or "en"


def catalogue(language: str) -> Catalog:
    """The catalogue as it stands on disk."""
    with (CATALOGUES / language / "LC_MESSAGES" / "roulement.po").open("rb") as file:
        return read_po(file, locale=language, domain="roulement")


@cache
def texts(language: str) -> Mapping[str, str]:
    """Every translation of ``language``; none for English, which is the key itself."""
    return {} if language == "en" else {str(m.id): str(m.string) for m in catalogue(language) if m.id and m.string}


@cache
def browser_texts(language: str) -> Mapping[str, str]:
    """Those that the scripts under ``assets/`` use, by the locations that the catalogue names."""
    if language == "en":
        return {}
    used = (m for m in catalogue(language) if any(file.startswith(BROWSER_CODE) for file, _ in m.locations))
    return {str(m.id): str(m.string) for m in used if m.id and m.string}


def _is_tag(tag: str) -> bool:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True

"""What an installation may choose: each setting once, with its default and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

OWN_PREFIX = "ROULEMENT_"
TILE = ("{z}", "{x}", "{y}")


class WrongSetting(ValueError):
    """A setting that is misspelt, missing or makes no sense; the message says how to mend it, in one line."""


def _setting(variable: str, default: Any, sentence: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"variable": variable, "sentence": sentence, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one installation, read once from the environment."""

    database_url: str = _setting(
        "DATABASE_URL", "", "The database of the journal, such as `postgresql://user:password@host/name`; "
        "without it SQLite, in one file in `ROULEMENT_HOME`."
    )  # fmt: skip
    redis_url: str = _setting(
        "REDIS_URL", "", "The Redis of positions and announcements, such as `redis://host:6379/0`; "
        "without it a server of our own, ended with the process."
    )  # fmt: skip
    secret_key: str = _setting(
        "SECRET_KEY", "", "Signs the session cookies; the same for all web processes, at least 16 characters. "
        "Only `roulement demo` starts without it."
    )  # fmt: skip
    port: int = _setting("PORT", 8050, "The port that the web process listens on.")
    web_concurrency: int = _setting("WEB_CONCURRENCY", 1, "How many web processes `roulement web` starts.")
    city: str = _setting("ROULEMENT_CITY", "helsinki", "The city pack of a co-op that names none.")
    map_style: str = _setting(
        "ROULEMENT_MAP_STYLE",
        "",
        "Raster tiles instead of the base map in the city pack, such as `https://tiles.example/{z}/{x}/{y}.png`.",
    )
    valhalla_url: str = _setting(
        "ROULEMENT_VALHALLA_URL", "", "A Valhalla server that is asked for bicycle routes, such as "
        "`http://localhost:8002`; while it does not answer, and without one, they come from the city pack."
    )  # fmt: skip
    lang: str = _setting(
        "ROULEMENT_LANG", "", "The language of the pages, `en` or `fr`; without it the browser's.", ("en", "fr")
    )
    home: Path = _setting(  # noqa: RUF009 | the call describes the field: the default is the Path inside
        "ROULEMENT_HOME", Path(".roulement"), "The folder of what is kept on this machine: SQLite, city packs, caches."
    )

    url: str = _setting(
        "ROULEMENT_URL", "", "The address at which people reach the desk, such as `https://desk.example`: links in "
        "mails begin with it, and with `https` cookies go over https alone. Without it `http://localhost:PORT`."
    )  # fmt: skip
    smtp: str = _setting(
        "ROULEMENT_SMTP", "", "The mail server, such as `smtp://user:password@mail.example:587` (STARTTLS) or "
        "`smtps://…:465`. Without it invitations are shown to whoever makes them, and a forgotten password needs "
        "`roulement user reset`."
    )  # fmt: skip
    mail_from: str = _setting("ROULEMENT_MAIL_FROM", "", "The sender of mails; needed with `ROULEMENT_SMTP`.")
    session_idle: int = _setting("ROULEMENT_SESSION_IDLE", 12, "Hours after which an untouched session is over.")
    session_days: int = _setting("ROULEMENT_SESSION_DAYS", 7, "Days after which any session is over.")
    coopcycle_url: str = _setting(
        "ROULEMENT_COOPCYCLE_URL", "", "The CoopCycle that the co-op keeps beside this desk, such as "
        "`https://town.coopcycle.org`; without it `roulement coopcycle run` does nothing."
    )  # fmt: skip
    coopcycle_coop: str = _setting("ROULEMENT_COOPCYCLE_COOP", "", "Which co-op of ours it belongs to.")
    coopcycle_user: str = _setting("ROULEMENT_COOPCYCLE_USER", "", "A dispatcher's user name over there.")
    coopcycle_password: str = _setting("ROULEMENT_COOPCYCLE_PASSWORD", "", "That dispatcher's password.")
    coopcycle_key: str = _setting(
        "ROULEMENT_COOPCYCLE_KEY", "", "The key of an OAuth2 client over there with the scopes `tasks tasks:all`; "
        "without it tasks are read with the dispatcher's login."
    )  # fmt: skip
    coopcycle_secret: str = _setting("ROULEMENT_COOPCYCLE_SECRET", "", "That client's secret.")
    coopcycle_webhooks: str = _setting(
        "ROULEMENT_COOPCYCLE_WEBHOOKS", "", "The secrets of its webhooks, with commas between them; without one the "
        "door `/ingest/coopcycle` stays shut."
    )  # fmt: skip
    coopcycle_poll: int = _setting(
        "ROULEMENT_COOPCYCLE_POLL", 30, "Seconds between two readings of the day where nothing else asks for one."
    )

    webhook_targets: str = _setting(
        "ROULEMENT_WEBHOOK_TARGETS", "public", "Where webhooks may lead: `public` (https, and never to an address "
        "inside) or `any` (http and private addresses too: for programs on the same machine or network).",
        ("public", "any"),
    )  # fmt: skip
    oidc_issuer: str = _setting(
        "ROULEMENT_OIDC_ISSUER", "",
        "The OpenID provider for single sign-on, such as `https://id.example/realms/coop`; "
        "it sends people back to `ROULEMENT_URL`/sign-in/single/back."
    )  # fmt: skip
    oidc_client: str = _setting("ROULEMENT_OIDC_CLIENT", "roulement", "What the provider knows this desk as.")
    oidc_secret: str = _setting("ROULEMENT_OIDC_SECRET", "", "The secret that the provider gave for it.")
    oidc_name: str = _setting("ROULEMENT_OIDC_NAME", "single sign-on", "What people call the provider.")
    oidc_scope: str = _setting("ROULEMENT_OIDC_SCOPE", "openid email profile", "What the provider is asked for.")
    oidc_claim: str = _setting(
        "ROULEMENT_OIDC_CLAIM", "groups", "Where the provider says what somebody is: a claim, or a way down to one "
        "such as `realm_access.roles`."
    )  # fmt: skip
    oidc_roles: str = _setting(
        "ROULEMENT_OIDC_ROLES", "", "Which of its values gives which role: `dispatch=acme:dispatcher, "
        "kirja=acme:restaurant:kirja`. A role that was given so goes with the value."
    )  # fmt: skip
    admin_factor: str = _setting(
        "ROULEMENT_ADMIN_FACTOR", "required", "Whether administrators who sign in by password need a second factor, "
        "`required` or `optional`.", ("required", "optional"),
    )  # fmt: skip

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in ``environ``; WrongSetting names the first one that is unknown or unusable."""
        _refuse_unknown(environ)
        given = {
            each.name: _parse(each, environ[each.metadata["variable"]].strip())
            for each in fields(cls)
            if environ.get(each.metadata["variable"], "").strip()
        }
        _check_tiles(given.get("map_style", ""))
        _check_addresses(given)
        return cls(**given)

    @property
    def database(self) -> str:
        """The database URL, SQLite in ``home`` when nothing was said."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'roulement.db'}"

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets of CoopCycle's webhooks."""
        return tuple(filter(None, (secret.strip() for secret in self.coopcycle_webhooks.split(","))))

    @property
    def histories(self) -> Path:
        """Where what was read from the journals is kept for the accounts; may be deleted at any time."""
        return self.home / "cache" / "histories"

    @property
    def address(self) -> str:
        """Where people reach the desk, without a slash at its end."""
        return self.url.rstrip("/") or f"http://localhost:{self.port}"

    @property
    def is_behind_tls(self) -> bool:
        """Whether people reach the desk over https alone."""
        return self.url.startswith("https://")

    def require_secret(self) -> str:
        """The secret key; WrongSetting when there is none worth the name."""
        if len(self.secret_key) < 16:
            raise WrongSetting(
                "SECRET_KEY is missing or shorter than 16 characters: set it, for example to the output of "
                "`python -c 'import secrets; print(secrets.token_urlsafe(32))'`"
            )
        return self.secret_key


def variables() -> dict[str, tuple[str, str]]:
    """Each variable with its default in words (empty: none) and its sentence, in the order of declaration."""
    return {each.metadata["variable"]: (str(each.default), each.metadata["sentence"]) for each in fields(Settings)}


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    own = [name.removeprefix(OWN_PREFIX) for name in variables() if name.startswith(OWN_PREFIX)]
    for name in sorted(environ):
        given = name.removeprefix(OWN_PREFIX)
        if given != name and given not in own:
            near = get_close_matches(given, own, n=1)
            hint = (
                f"did you mean {OWN_PREFIX}{near[0]}?"
                if near
                else f"known are {', '.join(map(OWN_PREFIX.__add__, own))}"
            )
            raise WrongSetting(f"There is no setting {name}: {hint}")


def _parse(setting: Field[Any], text: str) -> Any:
    variable, choices = setting.metadata["variable"], setting.metadata["choices"]
    if choices and text not in choices:
        raise WrongSetting(f"{variable} is {text!r}: it has to be {' or '.join(choices)}")
    if isinstance(setting.default, int):
        return _positive(variable, text)
    return Path(text) if isinstance(setting.default, Path) else text


def _check_tiles(url: str) -> None:
    if url and not (url.startswith(("https://", "http://", "/")) and all(part in url for part in TILE)):
        raise WrongSetting(
            f"ROULEMENT_MAP_STYLE is {url!r}: it has to be the address of raster tiles, with {', '.join(TILE)} in it"
        )


def _check_addresses(given: Mapping[str, Any]) -> None:
    if not given.get("url", "http://").startswith(("http://", "https://")):
        raise WrongSetting("ROULEMENT_URL has to begin with https:// or http://")
    if not given.get("valhalla_url", "http://h").startswith(("http://", "https://")):
        raise WrongSetting(
            "ROULEMENT_VALHALLA_URL has to begin with http:// or https://, such as http://localhost:8002"
        )
    if not given.get("smtp", "smtp://").startswith(("smtp://", "smtps://")):
        raise WrongSetting("ROULEMENT_SMTP has to begin with smtps:// or smtp://")
    if given.get("smtp") and "@" not in given.get("mail_from", ""):
        raise WrongSetting("ROULEMENT_MAIL_FROM is missing: mails need a sender such as desk@example.org")


def _positive(variable: str, text: str) -> int:
    highest = 65535 if variable == "PORT" else 256
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= highest:
        raise WrongSetting(f"{variable} is {text!r}: it has to be a whole number from 1 to {highest}")
    return int(text)

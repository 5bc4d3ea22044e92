"""Single sign-on by OpenID Connect: code flow with PKCE; what the provider says of somebody gives and takes roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]
from flask import Flask, abort, redirect, session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response as AnyResponse

from dashboard.domain.people import Membership, Person, address, check_name, check_scope
from dashboard.domain.refusals import Invalid, Refusal
from dashboard.limits import limited
from dashboard.people_book import PeopleRows
from dashboard.people_doors import Ways, onward
from dashboard.people_hall import Hall
from dashboard.people_sessions import NoRole
from dashboard.roles import ROLES
from dashboard.settings import Settings, WrongSetting

BACK = "/sign-in/single/back"
PATIENCE = 10  # seconds that the provider may take


class NotVouchedFor(Refusal):
    """The provider does not say what we have to know."""

    def __init__(self) -> None:
        super().__init__("Signing in over there did not work: start again, and tell your administrator if it stays so")


@dataclass(frozen=True, slots=True)
class Given:
    """A value of the claim, and the role that it gives."""

    value: str
    coop: str
    role: str
    scope: str | None = None


def mapping(text: str) -> tuple[Given, ...]:
    """``dispatch=acme:dispatcher, kirja=acme:restaurant:kirja``; WrongSetting when it reads otherwise."""
    return tuple(_one(each.strip()) for each in text.split(",") if each.strip())


def _one(text: str) -> Given:
    value, _, rest = text.rpartition("=")
    coop, _, role_and_scope = rest.partition(":")
    role, _, scope = role_and_scope.partition(":")
    try:
        given = Given(value.strip(), coop.strip(), role.strip(), check_scope(role.strip(), scope, ROLES))
    except Invalid as error:
        raise WrongSetting(f"ROULEMENT_OIDC_ROLES: {text!r}: {error}") from error
    if not given.value or not given.coop:
        raise WrongSetting(f"ROULEMENT_OIDC_ROLES: {text!r} has to read VALUE=CO-OP:ROLE or VALUE=CO-OP:ROLE:WHOSE")
    return given


def roles_of(claims: Mapping[str, Any], claim: str, given: Sequence[Given]) -> list[Given]:
    """The roles that somebody has by what is claimed; ``claim`` may lead down (``realm_access.roles``)."""
    found: Any = claims
    for part in claim.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    values = {found} if isinstance(found, str) else set(found) if isinstance(found, list | tuple) else set()
    return [one for one in given if one.value in values]


def take_in(
    rows: PeopleRows, issuer: str, claims: Mapping[str, Any], roles: Iterable[Given], now: datetime
) -> tuple[Person, set[str]]:
    """Who that is here, with the roles that they have by now, and the co-ops in which something has changed.

    Known by the provider's own name for them; the first time by an address that it vouches for, and whoever had a
    password with that address has none any more. NoRole for somebody new who has nothing to do here.
    """
    subject, wanted = f"{issuer} {claims['sub']}", {(one.coop, one.role): one for one in roles}
    person = rows.person_by_subject(subject) or _by_address(rows, subject, claims, now)
    if person is None:
        if not wanted:
            raise NoRole()
        person = Person(str(uuid4()), _vouched_for(claims), _name(claims), now, subject=subject)
        rows.write_person(person)
    return person, _give_and_take(rows, person.id, wanted)


def _by_address(rows: PeopleRows, subject: str, claims: Mapping[str, Any], now: datetime) -> Person | None:
    person = rows.person_by_email(_vouched_for(claims))
    if person is None:
        return None
    if person.subject:
        raise NotVouchedFor()  # the address was somebody else's over there before
    linked = replace(person, subject=subject, password=None, totp=None, totp_step=0, recovery=())
    rows.write_person(linked)
    rows.end_sessions(person.id, now)
    return linked


def _give_and_take(rows: PeopleRows, person: str, wanted: Mapping[tuple[str, str], Given]) -> set[str]:
    known = {(one.coop, one.role): one for one in rows.memberships(person)}
    changed = set()
    for key, one in known.items():
        if one.is_mapped and key not in wanted:
            rows.remove_membership(one.coop, person, one.role)
            changed.add(one.coop)
    for key, given in wanted.items():
        membership = Membership(given.coop, person, given.role, given.scope, is_mapped=True)
        before = known.get(key)
        if before is None or (before.is_mapped and before.scope != given.scope):
            rows.write_membership(membership)
            changed.add(given.coop)
    return changed


def _vouched_for(claims: Mapping[str, Any]) -> str:
    if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        raise NotVouchedFor()
    return address(claims["email"])


def _name(claims: Mapping[str, Any]) -> str:
    return check_name(str(claims.get("name") or claims.get("preferred_username") or claims["email"])[:100])


def register_single(flask: Flask, hall: Hall, settings: Settings) -> None:
    """/sign-in/single and the way back; 404 where no provider is set."""
    single = Single(flask, hall, settings) if settings.oidc_issuer else None
    away: Callable[[], AnyResponse] = single.away if single else lambda: abort(404)
    back: Callable[[], AnyResponse] = single.back if single else lambda: abort(404)
    flask.add_url_rule("/sign-in/single", "single", away)
    flask.add_url_rule(BACK, "single_back", limited(hall.limiter, back, methods=("GET",)))


class Single:
    """The views."""

    def __init__(self, flask: Flask, hall: Hall, settings: Settings) -> None:
        self._hall, self._claim, self._roles = hall, settings.oidc_claim, mapping(settings.oidc_roles)
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._provider = OAuth(flask).register(
            "single", client_id=settings.oidc_client, client_secret=settings.oidc_secret,
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scope, "code_challenge_method": "S256", "default_timeout": PATIENCE,
            },
        )  # fmt: skip

    def away(self) -> AnyResponse:
        """To the provider."""
        session["next"] = onward()
        try:
            sent: AnyResponse = self._provider.authorize_redirect(self._hall.address + BACK)
        except (AuthlibBaseError, RequestException, ValueError):
            return self._hall.refused(NotVouchedFor())
        return sent

    def back(self) -> AnyResponse:
        """From the provider, with a code: state, PKCE, nonce, signature, issuer and audience are checked by Authlib."""
        wanted = session.pop("next", "/")
        try:
            claims = self._claims(self._provider.authorize_access_token())
            now = self._hall.clock()
            with self._hall.sessions.book.changing_people() as rows:
                roles = roles_of(claims, self._claim, self._roles)
                person, changed = take_in(rows, self._issuer, claims, roles, now)
            for coop in changed:
                self._hall.people.announce(coop)
            answer = Ways(self._hall).let_in(person)
        except (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError):
            return self._hall.refused(NotVouchedFor())
        except Refusal as refusal:
            return self._hall.refused(refusal)
        return answer if answer.headers["Location"].startswith("/choose") else redirect(wanted, 303)

    def _claims(self, token: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the provider says: in the signed token, and (of the same person) where it is asked."""
        if self._provider.load_server_metadata().get("issuer", "").rstrip("/") != self._issuer:
            raise NotVouchedFor()
        signed: Mapping[str, Any] | None = token.get("userinfo")
        if not signed or not signed.get("sub"):
            raise NotVouchedFor()
        asked = self._provider.userinfo(token=token)
        if asked.get("sub") != signed["sub"]:
            raise NotVouchedFor()
        return {**asked, **signed}

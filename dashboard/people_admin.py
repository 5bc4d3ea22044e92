"""/people: who is in the co-op as what, for its administrators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from callbacks import session as taste
from dashboard import access
from dashboard.domain.people import DEVICE, INVITATION, RESET
from dashboard.domain.refusals import Invalid, Refusal
from dashboard.people_account import moment, qr
from dashboard.people_hall import Hall, check_form, given, send_reset, status_of
from dashboard.roles import ROLES, SCOPED_ROLES, Visitor
from layouts.states import state_name
from layouts.words import Words


def register_people_admin(flask: Flask, hall: Hall) -> None:
    """/people and what can be done there."""
    admin = Admin(hall)
    flask.add_url_rule("/people", "people", admin.show)
    flask.add_url_rule("/people/<what>", "people_change", admin.change, methods=["POST"])


class Admin:
    """The views; all of them are about the own co-op alone."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.changes: Mapping[str, Callable[[Visitor], AnyResponse]] = {
            "invite": self._invite, "withdraw": self._withdraw, "give": self._give, "take": self._take,
            "aside": self._aside, "again": self._again, "pair": self._pair, "revoke": self._revoke,
            "rename": self._rename, "move": self._move, "reset": self._reset,
        }  # fmt: skip

    def show(self) -> AnyResponse:
        """The page."""
        taste.remember(request.query_string.decode("utf-8", "replace"))
        return self._page(access.require("manage_people"))

    def change(self, what: str) -> AnyResponse:
        """One thing is changed; then the page again."""
        by = access.require("manage_people")
        if what not in self.changes:
            abort(404)
        check_form()
        try:
            return self.changes[what](by)
        except Refusal as refusal:
            return self._page(by, status=status_of(refusal), problem=refusal)

    def _invite(self, by: Visitor) -> AnyResponse:
        role, scope = given("role"), given("scope")
        self._known_scope(by.coop, role, scope)
        secret = self.hall.people.invite(by.coop, given("email"), role, by=by.name, now=self.hall.clock(),
                                         name=given("name"), scope=scope)  # fmt: skip
        link, words = f"{self.hall.address}/{INVITATION}/{secret}", self.hall.words(by.coop)
        if self.hall.post:
            text = words("{by} invites you to {coop} as {role}. Open this link within a week:\n\n{link}", by=by.name,
                         coop=self.hall.coop_name(by.coop), role=state_name(role, words), link=link)  # fmt: skip
            subject = words("Your account for {coop}", coop=self.hall.coop_name(by.coop))
            self.hall.post(given("email").strip(), subject, text)
        if self.hall.post and not self.hall.is_demo:
            return self._page(by, said=words("An invitation is on its way to {email}.", email=given("email")))
        return self._page(by, link=link, link_words=words("Give this link to {email}; it works once, for a week:",
                                                          email=given("email")))  # fmt: skip

    def _withdraw(self, by: Visitor) -> AnyResponse:
        self.hall.people.withdraw(by.coop, given("link"), self.hall.clock())
        return redirect("/people", 303)

    def _give(self, by: Visitor) -> AnyResponse:
        self._known_scope(by.coop, given("role"), given("scope"))
        self.hall.people.give(by.coop, given("person"), given("role"), given("scope"))
        return redirect("/people", 303)

    def _take(self, by: Visitor) -> AnyResponse:
        self.hall.people.take(by.coop, given("person"), given("role"))
        return redirect("/people", 303)

    def _aside(self, by: Visitor) -> AnyResponse:
        self.hall.people.set_active(by.coop, given("person"), False)
        return redirect("/people", 303)

    def _again(self, by: Visitor) -> AnyResponse:
        self.hall.people.set_active(by.coop, given("person"), True)
        return redirect("/people", 303)

    def _pair(self, by: Visitor) -> AnyResponse:
        words, restaurant = self.hall.words(by.coop), given("restaurant")
        secret = self.hall.people.pair(by.coop, restaurant, by=by.name, now=self.hall.clock(), name=given("name"))
        link = f"{self.hall.address}/{DEVICE}/{secret}"
        said = words("Open this on the tablet of {restaurant}, within half an hour:", restaurant=restaurant)
        return self._page(by, link=link, link_words=said, qr=qr(link))

    def _revoke(self, by: Visitor) -> AnyResponse:
        self.hall.store.remove_token(by.coop, given("token"))
        self.hall.people.announce(by.coop)
        return redirect("/people", 303)

    def _rename(self, by: Visitor) -> AnyResponse:
        self.hall.changes.rename(by.coop, given("person"), given("name"), by=by.name, now=self.hall.clock())
        return redirect("/people", 303)

    def _move(self, by: Visitor) -> AnyResponse:
        """Both addresses are written to: whoever had the old one learns of it in any case."""
        before, after = self.hall.changes.move(
            by.coop, given("person"), given("email"), by=by.name, now=self.hall.clock()
        )  # fmt: skip
        words, names = self.hall.words(by.coop), {"by": by.name, "coop": self.hall.coop_name(by.coop)}
        if self.hall.post is None:
            return self._page(by, said=words("{name} signs in with {email} from now on. This installation sends no "
                                             "mail: tell them.", name=after.name, email=after.email))  # fmt: skip
        subject = words("Your address for {coop}", coop=names["coop"])
        self.hall.post(before.email, subject, words(
            "{by} has changed the address with which you sign in at {coop}: {email} from now on. You are signed out "
            "everywhere.\n\nIf that is not right, talk to another administrator at once.", email=after.email, **names
        ))  # fmt: skip
        self.hall.post(after.email, subject, words(
            "{by} has made this your address for {coop}. Sign in with it and the password that you have:\n\n{link}",
            link=f"{self.hall.address}/sign-in", **names
        ))  # fmt: skip
        return self._page(by, said=words("{name} signs in with {email} from now on. The old address and the new one "
                                         "are written to.", name=after.name, email=after.email))  # fmt: skip

    def _reset(self, by: Visitor) -> AnyResponse:
        person, secret = self.hall.changes.reset_link(by.coop, given("person"), by=by.name, now=self.hall.clock())
        link, words = f"{self.hall.address}/{RESET}/{secret}", self.hall.words(by.coop)
        if self.hall.post:
            send_reset(self.hall, person.email, link)
        if self.hall.post and not self.hall.is_demo:
            return self._page(by, said=words("A link for a new password is on its way to {email}.", email=person.email))
        return self._page(by, link=link, link_words=words("Give this link to {email}; it works once, for one hour:",
                                                          email=person.email))  # fmt: skip

    def _known_scope(self, coop: str, role: str, scope: str) -> None:
        if role == "courier" and not self.hall.store.courier(coop, scope.strip()):
            raise Invalid("There is no courier {courier} in this co-op: add them first", courier=scope, field="scope")

    def _page(self, by: Visitor, *, status: int = 200, **values: Any) -> AnyResponse:
        words = self.hall.words(by.coop)
        couriers = [(one.id, one.name) for one in self.hall.store.couriers(by.coop)]
        restaurants = [(one, place[0]) for one, place in self.hall.city(by.coop).places.items()]
        return self.hall.wide_page(
            "people", "/people", status=status, members=self.hall.people.members(by.coop),
            role_names={role: state_name(role, words) for role in ROLES},
            roles=[(role, state_name(role, words)) for role in ROLES], restaurants=restaurants,
            scopes=[*couriers, *restaurants], invitations=self._invitations(by, words), tokens=self._tokens(by),
            **{"link": "", "link_words": "", "qr": "", **values},
        )  # fmt: skip

    def _invitations(self, by: Visitor, words: Words) -> Sequence[Mapping[str, Any]]:
        return [
            {"email": one.email, "role": one.role, "scope": one.scope, "digest": one.digest,
             "until": moment(one.expires_at, words)}
            for one in self.hall.people.invitations(by.coop, self.hall.clock())
        ]  # fmt: skip

    def _tokens(self, by: Visitor) -> Sequence[Any]:
        """Restaurants' tablets first; couriers' phones have a page of their own."""
        found = [one for one in self.hall.store.tokens(by.coop) if one.role != "courier"]
        return sorted(found, key=lambda one: (one.role not in SCOPED_ROLES, one.name))

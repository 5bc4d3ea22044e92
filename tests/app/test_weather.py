"""Rain over HTTP and from the desk's command line, and what becomes of the pay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard.domain.rules import Decision, Rule
from tests.app.conftest import Desk
from tests.app.pages.page import texts
from tests.app.pages.test_account_pages import page_of, worked
from tests.today import today


def with_supplement(desk: Desk) -> None:
    """Two euros an hour in the rain, from two weeks ago on: before last week's Wednesday, whatever today is."""
    now = datetime.now(UTC)
    since = today() - timedelta(days=14)
    rule = Rule("rain", "hour_on_shift", Decimal(2), Decision("Ana"), since=since, when="rain", counts=False)
    desk.application.dispatch.change_rule("acme", rule, by="Ana", at=now)


def paid(desk: Desk) -> int:
    """Ada's pay of the last days, in cents."""
    first, last = (today() + timedelta(days=days) for days in (-13, 1))
    found: Any = desk.get(f"/metrics/pay?from={first}&to={last}&courier=ada").json
    (row,) = found["couriers"]
    cents: int = row["pay_cents"]
    return cents


def wire(moment: datetime) -> str:
    return moment.isoformat()


def test_rain_is_written_down_paid_and_corrected(desk: Desk) -> None:
    """An hour of Ada's two in the rain brings 2.00; made half an hour 1.00; taken back nothing. Couriers only read."""
    worked(desk, 1)
    with_supplement(desk)
    dry, began = paid(desk), desk.application.store.entries("acme", after=1, limit=1)[0].at
    body = {"rain": True, "since": wire(began), "until": wire(began + timedelta(hours=1))}
    made: Any = desk.post("/weather", body)
    assert made.status_code == 201, made.text
    (spell,) = made.json["spells"]
    assert paid(desk) - dry == 200
    half = {"rain": True, "corrects": spell["id"], "since": wire(began), "until": wire(began + timedelta(minutes=30))}
    (again,) = desk.post("/weather", half).json["spells"]  # type: ignore[index]
    assert paid(desk) - dry == 100
    assert desk.post("/weather", half).status_code == 404
    courier = desk.token("courier", scope="ada")
    assert desk.get("/weather", token=courier).json["spells"] == [again]  # type: ignore[index]
    assert desk.post("/weather", {"rain": True}, token=courier).status_code == 403
    assert desk.post("/weather", {"rain": False, "corrects": again["id"]}).json["spells"] == []  # type: ignore[index]
    assert paid(desk) == dry


def test_rain_on_and_off_at_the_desk(desk: Desk) -> None:
    """The command says what was done; a second beginning is refused; the running day counts the supplement at once;
    a sign in the header of every desk stays as long as it rains."""
    with_supplement(desk)
    desk.courier("lea")
    page = page_of(desk, "dispatcher")

    def command(verb: str) -> str:
        data = {"verb": verb, "order": "", "version": 0, "nonce": verb}
        answer = page.fire([("desk-intent", "data", data)])
        return " ".join(texts(answer["response"]["desk-result"]["children"]))

    def sign(seq: int) -> list[str]:
        return texts(page.fire([("desk-rain-seq", "data", seq)])["response"]["desk-rain"]["children"])

    assert sign(1) == []
    assert "Rain since" in command("rain_on")
    assert sign(2)[-1].startswith("Rain since ")
    assert sign(2)[-1] in texts(page.show("/dispatch"))
    now = desk.application.accounts.day("acme", datetime.now(UTC) + timedelta(hours=1))
    (lea,) = now.couriers
    assert 1425 <= lea.pay_cents <= 1440  # an hour at 12.31 and 2.00, give or take the seconds between the calls
    assert "is in the journal" in command("rain_off")
    assert sign(3) == []
    (spell,) = desk.get("/weather").json["spells"]  # type: ignore[index]
    assert spell["until"]
    assert desk.post("/weather", {"rain": False}).status_code == 422

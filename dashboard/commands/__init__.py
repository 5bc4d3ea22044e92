"""Every command, in the order in which ``roulement --help`` lists them."""

from collections.abc import Mapping
from importlib import import_module

from dashboard.commands.command import Command

WHERE: Mapping[str, str] = {
    "demo": "demo.DEMO",
    "web": "web.WEB",
    "worker": "worker.WORKER",
    "migrate": "record.MIGRATE",
    "coop": "people.COOP",
    "courier": "people.COURIER",
    "token": "people.TOKEN",
    "user": "users.USER",
    "pay": "accounts.PAY",
    "replay": "days.REPLAY",
    "simulate": "days.SIMULATE",
    "city": "city.CITY",
    "coopcycle": "coopcycle.COOPCYCLE",
    "journal": "record.JOURNAL",
    "export": "record.EXPORT",
    "bench": "days.MEASURE",
}
"""Module and name of each. All of them with what they need take two seconds to import, so a command brings its own."""


def command(name: str) -> Command:
    """One of them."""
    module, constant = WHERE[name].split(".")
    found: Command = getattr(import_module(f"{__name__}.{module}"), constant)
    return found

"""Every command, in the order in which ``roulement --help`` lists them."""

from dashboard.commands import accounts, city, coopcycle, days, demo, people, record, serve, users
from dashboard.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    demo.DEMO,
    serve.WEB,
    serve.WORKER,
    record.MIGRATE,
    people.COOP,
    people.COURIER,
    people.TOKEN,
    users.USER,
    accounts.PAY,
    days.REPLAY,
    days.SIMULATE,
    city.CITY,
    coopcycle.COOPCYCLE,
    record.JOURNAL,
    record.EXPORT,
    days.MEASURE,
)

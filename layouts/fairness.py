"""How pay and work are shared: answers in words first, then the figures that they rest on. Nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.domain import fairness_change
from dashboard.domain.coop_settings import Held
from dashboard.reports_fairness import Fairness
from layouts.account_page import DASH, day, figure, figures, number, rate, table
from layouts.aria import aria
from layouts.fairness_course import over_time, since_before
from layouts.fairness_work import workload
from layouts.plots import lorenz_plot, rates_plot, trend_plot
from layouts.plots_hard import hard_plot
from layouts.plots_places import waiting_map, waits
from layouts.view import City
from layouts.words import N_, Words

VERDICTS = (
    N_("The differences between couriers have become smaller, and chance alone hardly explains it"),
    N_("The differences between couriers have become larger, and chance alone hardly explains it"),
    N_("The differences between couriers look as before: what is seen could be chance"),
    N_("There are too few days to say whether the differences between couriers have changed"),
)
LOSS_VERDICTS = (
    N_("The losses could be chance: as large ones come about when the same days are shuffled"),
    N_("Chance alone hardly explains the largest loss"),
    N_("There are too few days to say whether the losses could be chance"),
)
assert VERDICTS == fairness_change.VERDICTS
assert LOSS_VERDICTS == fairness_change.LOSS_VERDICTS
PERIODS = (7, 28, 91)
NOWHERE = City("", (0.0, 0.0, 0.0, 0.0))


def fairness(found: Fairness, days: int, decided: Held, theme: str, words: Words, city: City = NOWHERE) -> list[Any]:
    """The content of the page, for members.

    ``decided`` is the half-life that the members set; ``city`` names the restaurants and puts them on the map.
    """
    words = words.paying(found.currency)
    return [html.H1(words("Is pay shared fairly?")), _window(found, days, words),
            *_content(found, days, decided, theme, words, city)]  # fmt: skip


def answers(found: Fairness, words: Words) -> list[tuple[str, list[str]]]:
    """Is somebody worse off, by how much, could it be chance: each question with its sentences."""
    now, before, chance = [], [], []
    if found.floor is not None and found.below is not None:
        now.append(_below(found, words))
    if found.lowest is not None and found.highest is not None:
        now.append(_apart(found.lowest, found.highest, words))
    if found.since_before is not None:
        before.append(since_before(found.since_before, found, words))
        if found.since_before.verdict and found.verdict != fairness_change.TOO_FEW:
            chance.append(words(found.since_before.verdict) + ".")
    if found.verdict:
        chance.append(words(found.verdict) + ".")
    asked = [
        (words("Is somebody worse off?"), now), (words("Has somebody lost?"), before),
        (words("Could it be chance?"), chance),
    ]  # fmt: skip
    return [(question, said) for question, said in asked if said]


def in_words(found: Fairness, words: Words) -> list[str]:
    """All sentences of the answer."""
    return [sentence for _, said in answers(found, words) for sentence in said]


def paid_alike(found: Fairness) -> bool:
    """Whether the rates are the same to the cent that is shown: then nobody has a place among the others."""
    return found.lowest is not None and found.highest is not None and round(found.lowest) == round(found.highest)


def _apart(lowest: float, highest: float, words: Words) -> str:
    if round(lowest) == round(highest):
        return words("All are paid alike: {rate} on shift.", rate=rate(lowest, words))
    return words("The lowest paid gets {low} on shift, the highest {high}: {n} % more.", low=rate(lowest, words),
                 high=rate(highest, words), n=round(100 * (highest / lowest - 1)) if lowest else DASH)  # fmt: skip


def _below(found: Fairness, words: Words) -> str:
    if not found.below:
        return words("Nobody is below the floor of {floor}.", floor=rate(found.floor, words))
    return words("{below} of {n} couriers {below:is|are} below the floor of {floor}; {missing} would lift "
                 "{below:that one|all of them} to it.",
                 below=found.below, n=found.n, floor=rate(found.floor, words),
                 missing=words.money(found.missing_cents or 0))  # fmt: skip


def _window(found: Fairness, days: int, words: Words) -> Component:
    links = [
        html.A(words("{n} {n:week|weeks}", n=each // 7), href=f"?days={each}",
               className="switch is-current" if each == days else "switch") for each in PERIODS
    ]  # fmt: skip
    span = words("{first} to {last}, {n} couriers", first=day(found.first, words), last=day(found.last, words),
                 n=found.n)  # fmt: skip
    least = words("Whole weeks that are over. Whoever was on shift for less than an hour in this time is not compared.")
    said = html.P([span, ". ", least], className="quiet", id="fairness-window")
    return html.Div([said, html.Nav(links, className="switches", **aria(label=words("Period")))], className="window")


def _content(
    found: Fairness, days: int, decided: Held, theme: str, words: Words, city: City
) -> list[Any]:  # fmt: skip
    if found.thin_week:
        said = words("In the week from {day} fewer than five couriers worked: figures of a time with that week, less "
                     "those of one without it, would be theirs. So none are shown; choose a shorter time.",
                     day=day(found.thin_week, words))  # fmt: skip
        return [html.P(said, className="answer", id="fairness-answer")]
    if found.too_few:
        return [html.P(words("Fewer than five couriers worked in this time: figures would point at persons, so none "
                             "are shown."), className="answer", id="fairness-answer")]  # fmt: skip
    rows = [
        html.Div([html.Dt(question), html.Dd([html.P(one) for one in said])])
        for question, said in answers(found, words)
    ]
    answer = html.Dl(rows, className="answer", id="fairness-answer")
    own = [own_place(found, words)] if found.own else []
    return [answer, *own, _key_figures(found, words), *_plots(found, theme, words),
            over_time(found, days, decided, words), *workload(found, words), _hard(found, theme, words),
            *_waiting(found, theme, words, city)]  # fmt: skip


def own_place(found: Fairness, words: Words) -> Component:
    """Where the reader stands, for the reader alone."""
    assert found.own
    if paid_alike(found):
        said = words("You alone see this: your pay per hour on shift is {rate}, as everybody's.",
                     rate=rate(found.own.per_hour_on_shift, words))  # fmt: skip
        return html.P(said, className="own", id="fairness-own")
    return html.P(
        words("You alone see this: your pay per hour on shift is {rate}, place {place} of {of} from the lowest.",
              rate=rate(found.own.per_hour_on_shift, words), place=found.own.place, of=found.own.of),
        className="own", id="fairness-own",
    )  # fmt: skip


def _key_figures(found: Fairness, words: Words) -> Component:
    spread = words("95 %: {low} to {high}", low=number(found.low, words, 3), high=number(found.high, words, 3))
    depth = None if found.depth is None else 100 * found.depth
    use = None if found.utilisation is None else 100 * found.utilisation
    return figures([
        figure(words("Pay per hour on shift"), rate(found.per_hour_on_shift, words),
               words("All pay without tips, divided by all hours on shift, waiting included."),
               value=found.per_hour_on_shift),
        figure(words("Pay per hour on a job"), rate(found.per_hour_on_job, words),
               words("The same pay, divided by the hours from the assignment to the hand-over alone."),
               value=found.per_hour_on_job),
        figure(words("Time on a job"), words("{n} %", n=number(use, words, 1)),
               words("Hours on a job as a share of hours on shift."), value=found.utilisation),
        figure(words("Depth below the floor"), words("{n} %", n=number(depth, words, 1)),
               words("Mean gap to the floor over all couriers, as a share of the floor (FGT 1)."),
               value=found.depth),
        figure(words("Gini"), number(found.gini, words, 3),
               words("0: all have the same rate; 1: one has all. Corrected for small groups."), spread,
               value=found.gini, low=found.low, high=found.high),
        figure(words("Jain"), number(found.jain, words, 3), words("1: all have the same; 1/n: one has all."),
               value=found.jain),
        figure(words("Hoover"), number(found.hoover, words, 3),
               words("The share of all that would have to move to make all equal."), value=found.hoover),
        figure(words("Gini with tips"), number(found.gini_with_tips, words, 3),
               words("The same with tips, which guests give and no rule shares."), value=found.gini_with_tips),
    ], by_four=True)  # fmt: skip


def _plots(found: Fairness, theme: str, words: Words) -> list[Component]:
    own = found.own.per_hour_on_shift if found.own else None
    shown: list[tuple[str, Component]] = []
    if found.rates:
        shown.append((words("Pay per hour on shift"), rates_plot(found.rates, found.floor, own, theme, words)))
    if found.lorenz:
        shown.append((words("Who has which share of the pay"), lorenz_plot(found.lorenz, theme, words)))
    if sum(week.gini is not None for week in found.weeks) > 1:
        shown.append((words("Has it changed?"), trend_plot(found.weeks, found.marks, theme, words)))
    cards = [html.Section([html.H2(title), plot], className="plot-card") for title, plot in shown]
    return [html.Div(cards, className="plots")]


def _hard(found: Fairness, theme: str, words: Words) -> Component:
    if not found.hard_ratios:
        said = words("Too few comparable jobs to say how hard jobs are shared.")
    elif found.hard_flagged:
        said = words(
            "{n} {n:courier has|couriers have} more or fewer hard jobs than chance explains.", n=found.hard_flagged
        )
    else:
        said = words("Hard jobs are shared as chance would share them.")
    how = words("Hard: far, heavy, steep or after the shift. Each courier's number is compared with what the same "
                "hours gave the others (observed ÷ expected); chance explains up to |z| = 2.5.")  # fmt: skip
    spread = [] if not found.hard_ratios else [
        html.P(words("Observed ÷ expected: {low} to {high}.", low=number(found.hard_ratios[0], words),
                     high=number(found.hard_ratios[-1], words)), id="fairness-hard"),
    ]  # fmt: skip
    plot = [html.Div(hard_plot(found.hard, theme, words), className="plot-card")] if found.hard else []
    return html.Section([html.H2(words("Hard jobs")), html.P(said), *spread, html.P(how, className="quiet"), *plot])


def _waiting(found: Fairness, theme: str, words: Words, city: City) -> Sequence[Component]:
    houses = [one for one in waits(found.waiting, city.places) if one.known]
    heading = html.H2(words("Waiting at restaurants"))
    if not houses:
        return [html.Section([heading, html.P(words("No arrival at a restaurant was reported in this time."))])]
    heads = [words("Restaurant"), words("Pickups"), words("Beyond 4 min, each"), words("Beyond 4 min"), words("Worth")]
    rows = [
        (one.name, str(one.pickups), words("{n} min", n=number(one.each, words, 1)), words.minutes(one.beyond),
         words.money(round(one.lost_cents)))
        for one in houses[:12]
    ]  # fmt: skip
    drawn = waiting_map(houses, city, theme, words)
    said = words("{name} costs the most time: {minutes} beyond the four minutes that taking over a meal takes.",
                 name=houses[0].name, minutes=words.minutes(houses[0].beyond))  # fmt: skip
    card = html.Section([drawn, html.P(city.attribution, className="quiet attribution")], className="plot-card")
    sides = [*([card] if drawn is not None else []), table(heads, rows)]
    return [html.Section([heading, html.P(said), html.Div(sides, className="plots")])]

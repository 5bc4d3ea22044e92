"""What giving an order would change, in words where a number alone would mislead."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.domain.pay import Effect
from dashboard.reports_day import OrderEffect, Standing
from layouts.words import Words


def taker_text(one: Effect, words: Words, taker: Standing | None = None) -> str:
    """What it is to the courier who would get the order; ``taker`` tells the own guarantee from the giver's."""
    short = (one.short_before, one.short_after) if taker is None else (taker.short_cents, taker.short_after_cents)
    if one.taker_cents > 0:
        return words("gains {money}", money=words.money(one.taker_cents))
    if one.taker_cents < 0:
        return words("loses {money}", money=words.money(-one.taker_cents))
    if short[1] < short[0]:
        return words("gains nothing: under the guarantee")
    return words("gains nothing: no pay goes by this order")


def coop_text(one: Effect, words: Words) -> str:
    """What it is to the co-op, which pays both couriers."""
    if one.coop_cents > 0:
        return words("the co-op pays {money} more", money=words.money(one.coop_cents))
    if one.coop_cents < 0:
        return words("the co-op saves {money}", money=words.money(-one.coop_cents))
    return words("the co-op pays the same")


def giver_text(one: Effect, giver: str, words: Words) -> str:
    """What it is to ``giver`` (a name), who has the order now."""
    if one.giver_cents < 0:
        return words("{courier} loses {money}", courier=giver, money=words.money(-one.giver_cents))
    if one.giver_cents > 0:
        return words("{courier} gains {money}", courier=giver, money=words.money(one.giver_cents))
    return words("{courier} loses nothing", courier=giver)


def effect_text(one: OrderEffect, giver: str | None, words: Words) -> str:
    """Taker, giver (a name, None where nobody has the order yet) and co-op in a line."""
    parts = [taker_text(one.effect, words, one.taker), coop_text(one.effect, words)]
    if giver is not None:
        parts.insert(1, giver_text(one.effect, giver, words))
    return " · ".join(parts)


def is_all_the_same(effects: Iterable[OrderEffect]) -> bool:
    """Whether the order changes nobody's pay, whoever gets it: said once, not in every row."""
    found = [one.effect for one in effects]
    return bool(found) and all(
        not one.taker_cents and not one.giver_cents and one.short_before == one.short_after for one in found
    )

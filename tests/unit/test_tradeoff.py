"""Who next as a trade-off, and what an order does to the spread of pay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.tradeoff import Forecast, Offer, dominated, spread

LEA, NOE, MIA = Offer("lea", 0, 1200, 1500), Offer("noe", 3, 1100, 800), Offer("mia", 3, 1300, 2000)


def test_who_is_worse_in_everything_is_dominated_by_the_best_such() -> None:
    """Léa is sooner, Noé is paid less and nearer: both stand; Mia is in nothing better than Léa."""
    assert dominated([LEA, NOE, MIA]) == {"mia": "lea"}


def test_small_differences_decide_nothing() -> None:
    """A few cents or metres do not make anybody dominated, and equals stand beside each other."""
    assert dominated([LEA, Offer("ida", 0, 1204, 1540)]) == {}


offers = st.builds(Offer, st.text(min_size=1, max_size=3), st.integers(0, 9), st.integers(900, 1500),
                   st.integers(0, 5000))  # fmt: skip


@given(st.lists(offers, max_size=8, unique_by=lambda one: one.courier))
def test_somebody_always_stands(some: list[Offer]) -> None:
    """Among any offers at least one stands, and whoever dominates stands too."""
    beaten = dominated(some)
    assert len(beaten) < max(len(some), 1)
    assert not set(beaten.values()) & set(beaten)


@given(st.lists(offers, max_size=8, unique_by=lambda one: one.courier))
def test_it_is_what_a_look_at_all_pairs_says(some: list[Offer]) -> None:
    """Dominated is whoever another beats or equals in all criteria and beats in one; named is the best of those."""

    def beats(one: Offer, other: Offer) -> bool:
        pairs = list(zip(one.criteria, other.criteria, strict=True))
        return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)

    by_hand = {
        one.courier: min(better, key=lambda other: (other.criteria, other.courier)).courier
        for one in some if (better := [other for other in some if beats(other, one)])
    }  # fmt: skip
    assert dominated(some) == by_hand


AHEAD = {"lea": Forecast(4800, 4), "noe": Forecast(4000, 4), "mia": Forecast(2400, 2)}


def test_an_order_for_the_lowest_paid_narrows_the_spread() -> None:
    """Noé earns least an hour: an order for him makes pay more equal, one for Léa less; no change is no change."""
    assert (spread(AHEAD, {"noe": 400}) or 0) < 0 < (spread(AHEAD, {"lea": 400}) or 0)
    assert spread(AHEAD, {}) == 0


def test_cents_count_by_the_hours_that_they_stand_for() -> None:
    """Two people of 12 and 10 €/h: 8 € for four hours of the second make 12 and 12: all of the spread goes."""
    two = {"lea": Forecast(4800, 4), "noe": Forecast(4000, 4)}
    assert spread(two, {"noe": 800}) == pytest.approx(-1 / 11)


def test_one_person_has_no_spread() -> None:
    """Below two people nothing is said."""
    assert spread({"lea": Forecast(4800, 4)}, {"lea": 100}) is None

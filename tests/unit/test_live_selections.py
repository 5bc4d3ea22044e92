"""What clients say they have selected, and what processes tell each other of it."""

import msgspec
import pytest

from live.selections import MOST, Selection, decode, read_orders, read_selection


def test_a_selection_is_read() -> None:
    """Nothing selected is a selection too; too many marks are left out, and the rest counts."""
    wish = {"order": "o1", "courier": None, "chosen": ["o1", "o2"], "number": 3}
    assert read_selection(wish, "ada", "w") == Selection("ada", "w", 3, "o1", None, ("o1", "o2"))
    assert read_selection({}, "ada", "w") == Selection("ada", "w", 0)
    many = read_selection({"order": "o1", "chosen": ["o"] * (MOST + 1)}, "ada", "w")
    assert many == Selection("ada", "w", 0, "o1")


@pytest.mark.parametrize(
    "wish",
    [None, 7, "o1", [], {"order": 7}, {"order": "x" * 65}, {"courier": ["c"]}, {"number": -1}, {"number": True},
     {"number": 2**60}, {"number": "1"}],
)  # fmt: skip
def test_what_makes_no_sense_selects_nothing(wish: object) -> None:
    """Clients may say anything."""
    assert read_selection(wish, "ada", "w") is None


def test_orders_in_hand_are_a_list_of_ids() -> None:
    """Anything else is passed over; an empty list lets go."""
    assert read_orders(["o1"]) == ("o1",)
    assert read_orders([]) == ()
    for wrong in (None, "o1", {"o1": 1}, [7], [None], ["x" * 65], ["o"] * (MOST + 1)):
        assert read_orders(wrong) is None


@pytest.mark.parametrize("message", [b"", b"\xff", b"{}", b'{"person":1,"window":"w","number":1}', b"[" * 5000])
def test_nonsense_of_other_processes_is_passed_over(message: bytes) -> None:
    """Anybody may publish anything; what was meant comes through whole."""
    assert decode(message) is None
    told = Selection("ada", "w", 1, "o1", "c1", ("o1",))
    assert decode(msgspec.json.encode(told)) == told

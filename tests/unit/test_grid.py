"""The grid by which things are found again."""

from __future__ import annotations

import numpy as np
import pytest

from live.city.grid import DEEPEST, bounds_of, cells_of, codes_around, codes_of, codes_within, in_cell


def test_a_box_lies_in_the_smallest_cell_that_holds_it() -> None:
    """A small box has a fine cell; one across the middle of the world has the whole of it."""
    codes, zooms = codes_of(np.array([[24.94, 60.17, 24.9401, 60.1701], [-1.0, -1.0, 1.0, 1.0]]))
    cell = next(cells_of((24.94, 60.17, 24.94, 60.17), DEEPEST))

    assert zooms.tolist() == [DEEPEST, 0]
    assert codes[0] == codes_within(cell)[0]
    assert codes[1] == 0


def test_a_larger_cell_is_around_a_smaller_one() -> None:
    """All the codes of a cell lie within those of each cell around it, the next larger one included."""
    cell = (3, 5, 2)
    first, last = codes_within(cell)
    parent = codes_within((2, 2, 1))

    assert last - first + 1 == 4 ** (DEEPEST - 3)
    assert parent[0] <= first <= last <= parent[1]
    assert (parent[0], 2) in codes_around(cell)


def test_corners_of_a_cell() -> None:
    """The north-west of a cell is its origin, the south-east its far end."""
    west, south, east, north = bounds_of((14, 9330, 4740))

    assert in_cell(np.array([[west, north], [east, south]]), (14, 9330, 4740), 4096) == pytest.approx(
        np.array([[0, 0], [4096, 4096]]), abs=1e-3
    )

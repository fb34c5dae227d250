"""Options of models: ranges with and without their ends."""

import numpy as np
import pytest

from trustgraph.reputation._options import number_in, whole_from


@pytest.mark.parametrize(
    ("value", "ends", "fits"),
    [
        (0, {}, True),
        (0, {"with_low": False}, False),
        (1, {}, True),
        (1, {"with_high": False}, False),
        (np.float64(0.5), {"with_low": False, "with_high": False}, True),
        (1.01, {}, False),
        (-0.01, {}, False),
        (float("nan"), {}, False),
        (True, {}, False),
        ("1", {}, False),
        (None, {}, False),
    ],
)
def test_numbers_in_a_range(value, ends, fits):
    if fits:
        assert number_in("share", value, 0, 1, **ends) == value
        return
    with pytest.raises(ValueError, match="^share is .*; give a number (from|above) 0 to"):
        number_in("share", value, 0, 1, **ends)


def test_a_range_without_an_end_does_not_hold_the_infinite():
    assert number_in("energy", 1e300, 0) == 1e300
    with pytest.raises(ValueError, match="energy is inf; give a number from 0$"):
        number_in("energy", float("inf"), 0)


def test_whole_numbers():
    assert whole_from("depth", np.int32(3), 1) == 3
    for wrong in (0, 2.0, True, None, "3"):
        with pytest.raises(ValueError, match="^depth is .*; give a whole number from 1$"):
            whole_from("depth", wrong, 1)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.steps.runs import runs


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 6)), max_size=8))
def test_runs_are_ranges_one_after_the_other(wanted):
    first, length = np.array(wanted, np.int64).reshape(-1, 2).T
    expected = [number for begin, size in wanted for number in range(begin, begin + size)]
    assert runs(first, length).tolist() == expected

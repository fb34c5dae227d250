"""The chance of a union of products against enumeration of all events."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.engine.reliability_diagram import Budget, union_of_products

EVENTS = 6
PLENTY = 10**6
chances = st.lists(st.one_of(st.just(1.0), st.floats(0.01, 0.99)), min_size=EVENTS, max_size=EVENTS)
unions = st.sets(st.integers(1, 2**EVENTS - 1), max_size=12)


def enumerated(products, chance) -> float:
    total = 0.0
    for state in product((False, True), repeat=EVENTS):
        happened = sum(1 << event for event, flag in enumerate(state) if flag)
        if any(one & happened == one for one in products):
            total += np.prod([p if flag else 1 - p for flag, p in zip(state, chance, strict=True)])
    return total


@settings(max_examples=150, deadline=None)
@given(unions, chances)
def test_the_chance_and_its_slopes_equal_enumeration(products, chance):
    found = union_of_products(products, np.array(chance)[:, None], Budget(PLENTY))
    assert found is not None
    assert found.chance[0] == pytest.approx(enumerated(products, chance), abs=1e-12)
    for event in range(EVENTS):
        if chance[event] < 1:
            # The chance is linear in each event: the slope is what the event adds.
            with_it, without = ([*chance[:event], p, *chance[event + 1 :]] for p in (1.0, 0.0))
            slope = enumerated(products, with_it) - enumerated(products, without)
            assert found.slope[event, 0] == pytest.approx(slope, abs=1e-12)


def test_cases_are_answered_side_by_side():
    chance = np.array([[0.5, 1.0, 0.2], [0.4, 0.4, 0.4]])
    found = union_of_products({0b01, 0b10}, chance, Budget(PLENTY))
    assert found is not None
    assert found.chance == pytest.approx([0.7, 1.0, 0.52])


def test_nothing_never_happens_and_an_empty_product_always_does():
    chance = np.full((2, 1), 0.5)
    for products, expected in ((set(), 0.0), ({0, 0b1}, 1.0)):
        found = union_of_products(products, chance, Budget(PLENTY))
        assert found is not None
        assert found.chance.tolist() == [expected]


@pytest.mark.parametrize("sure", [True, False])
def test_a_budget_that_runs_out_gives_no_answer(sure):
    rng = np.random.default_rng(0)
    products = {int(one) for one in rng.integers(1, 2**20, 60)}
    chance = np.full((20, 1), 0.5)
    chance[0] = 1.0 if sure else 0.5
    assert union_of_products(products, chance, Budget(200)) is None

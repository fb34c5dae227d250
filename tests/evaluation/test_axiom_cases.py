import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.evaluation.axiom_cases import Broken, Case, Change, shrink
from trustgraph.evaluation.axiom_worlds import World, even_chain, random_world

SMALL = World(("a", "b", "c"), (("a", "b", 0.37), ("b", "c", -0.5)), "a")


def told(breaks):
    return lambda case: Broken("so", None, 0.0, 1.0) if breaks(case) else None


def test_a_simpler_case_has_less_or_rounder():
    found = [case.world for case in Case(SMALL).simpler()]
    assert found[:2] == [SMALL.without("b"), SMALL.without("c")], "never without the seed"
    assert found[2:4] == [SMALL.rated("a", "b", None), SMALL.rated("b", "c", None)]
    rounder = [world.rating("a", "b") for world in found[4:7]]
    assert rounder == [1.0, 0.5, 0.4]
    assert [world.rating("b", "c") for world in found[7:]] == [-1.0]


def test_what_changes_stays():
    case = Case(SMALL, Change("a", "b", 0.37, 0.62))
    simpler = list(case.simpler())
    assert all({"a", "b"} <= set(one.world.people) for one in simpler)
    assert all(one.world.rating("a", "b") is not None for one in simpler)
    assert all(one.change.before == one.world.rating("a", "b") for one in simpler)
    assert {one.change.after for one in simpler} == {0.62, 1.0, 0.5, 0.6}


def test_a_new_rating_is_not_there_before():
    case = Case(SMALL, Change("c", "a", None, 0.5))
    assert case.changed.edges == (*SMALL.edges, ("c", "a", 0.5))
    assert all(one.world.rating("c", "a") is None for one in case.simpler())
    assert Case(SMALL).changed == SMALL


def test_a_chain_stays_a_chain_of_equal_trust():
    case = Case(even_chain(0.37, 3), even=True)
    trusts = []
    for one in case.simpler():
        (trust,) = {rating for _, _, rating in one.world.edges}
        assert one.world == even_chain(trust, len(one.world.edges))
        trusts.append((len(one.world.edges), trust))
    assert trusts == [(2, 0.37), (3, 0.5), (3, 0.4)], "full trust has nothing to lose on the way"
    assert list(Case(even_chain(0.5, 1), even=True).simpler()) == []


@given(st.integers(0, 10**6), st.integers(1, 3))
@settings(max_examples=25)
def test_what_is_left_breaks_and_nothing_simpler_does(number, least):
    world = random_world(np.random.default_rng(number))
    breaks = told(lambda case: sum(rating > 0.2 for *_, rating in case.world.edges) >= least)
    if not breaks(Case(world)):
        with pytest.raises(ValueError, match="breaks nothing"):
            shrink(Case(world), breaks)
        return
    case, broken = shrink(Case(world), breaks)
    assert broken.claim == "so"
    assert [rating for *_, rating in case.world.edges] == [1.0] * least
    assert not any(map(breaks, case.simpler()))
    assert case.world.people == tuple(f"p{place}" for place in range(len(case.world.people)))


def test_people_are_called_plainly_unless_it_hangs_on_their_names():
    world = World(("b", "x"), (("x", "b", 1.0),), "x")
    case = Case(world, Change("x", "b", 1.0, 0.5))
    plain, _ = shrink(case, told(lambda case: case.changed.edges[0][2] < 1))
    assert plain.world == World(("p0", "p1"), (("p1", "p0", 1.0),), "p1")
    assert plain.change == Change("p1", "p0", 1.0, 0.5)
    named, _ = shrink(case, told(lambda case: "x" in case.world.people))
    assert named.world == case.world

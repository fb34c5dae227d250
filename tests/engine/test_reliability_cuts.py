"""Minimal cuts against trying all sets of people."""

from itertools import combinations

import numpy as np
import pytest

from trustgraph.engine.reliability_cuts import minimal_cuts
from trustgraph.engine.reliability_network import two_terminal

from helpers.brute_transfer import all_paths
from helpers.transfer_cases import network_of, random_steps, star_of


def brute_cuts(paths, names, largest):
    """Every set of up to so many people that meets every path, and none of whose parts does."""
    held = [frozenset(path[1:-1]) for path in paths]
    found = []
    for size in range(1, largest + 1):
        for group in combinations(names, size):
            if all(one & set(group) for one in held) and not any(
                set(smaller) <= set(group) for smaller in found
            ):
                found.append(group)
    return found


def test_the_cuts_are_those_of_trying_all_sets():
    rng = np.random.default_rng(0)
    sets = compared = 0
    while compared < 150:
        most = int(rng.integers(1, 5))
        steps = random_steps(rng)
        names, network = network_of(steps, most)
        if not network.people:
            continue
        paths = [path for path in all_paths(steps, most) if len(path) > 2]
        cuts = minimal_cuts(network, largest=4, most=1_000)
        named = [tuple(names[one - 1] for one in cut) for cut in cuts.found]
        assert named == brute_cuts(paths, names, 4)
        assert cuts.complete_to == 4
        assert cuts.at_least == min(map(len, named), default=cuts.at_least)
        sets += len(named)
        compared += 1
    assert sets > 150


def test_what_only_the_graph_allows_and_not_the_cap_counts_for_nothing():
    # 0-1-2-5 and 0-3-4-1 … : with two between, only 1 stands on every path.
    pairs = sorted([(0, 1), (1, 2), (2, 5), (0, 3), (3, 4), (4, 2), (1, 5)])
    tail, head = (np.array(ends, np.int32) for ends in zip(*pairs, strict=True))
    short = two_terminal(tail, head, np.ones(len(tail)), 4, 2)
    long = two_terminal(tail, head, np.ones(len(tail)), 4, 3)
    assert minimal_cuts(short, largest=3, most=9).found == ((1,),)
    assert minimal_cuts(long, largest=3, most=9).found == ((1, 2), (1, 3), (1, 4))


def test_a_star_needs_everybody_and_says_how_many():
    _, network = network_of(star_of(30), 3)
    cuts = minimal_cuts(network, largest=4, most=10)
    assert (cuts.found, cuts.complete_to, cuts.at_least) == ((), 4, 30)
    _, small = network_of(star_of(4), 3)
    assert minimal_cuts(small, largest=4, most=10).found == ((1, 2, 3, 4),)


def test_too_many_sets_and_too_much_work_are_told():
    # Three chains of three people, and a fourth person who can stand for the first of each.
    chains = [(0, v) for v in (1, 4, 7, 10)] + [(10, v) for v in (2, 5, 8)]
    chains += [(v, v + 1) for v in (1, 2, 4, 5, 7, 8)] + [(v, 11) for v in (3, 6, 9)]
    tail, head = (np.array(ends, np.int32) for ends in zip(*sorted(chains), strict=True))
    network = two_terminal(tail, head, np.ones(len(tail)), 10, 3)
    whole = minimal_cuts(network, largest=8, most=10_000)
    assert {len(cut) for cut in whole.found} == {3, 4}
    assert len(whole.found) == 27
    few = minimal_cuts(network, largest=8, most=2)
    assert len(few.found) == 2
    assert few.complete_to < 8
    assert set(few.found) <= set(whole.found)
    for work in (0, 50, 200):
        part = minimal_cuts(network, largest=8, most=10_000, work=work)
        assert set(part.found) <= set(whole.found)
        assert part.complete_to < 8
        assert [cut for cut in whole.found if len(cut) <= part.complete_to] == [
            cut for cut in part.found if len(cut) <= part.complete_to
        ]
        assert part.at_least <= whole.at_least


@pytest.mark.parametrize("largest", [1, 2, 3])
def test_the_size_is_kept(largest):
    rng = np.random.default_rng(largest)
    for _ in range(30):
        _, network = network_of(random_steps(rng), 3)
        if network.people:
            cuts = minimal_cuts(network, largest=largest, most=100)
            assert all(len(cut) <= largest for cut in cuts.found)

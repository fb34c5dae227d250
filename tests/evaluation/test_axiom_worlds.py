import numpy as np

from trustgraph.evaluation.axiom_worlds import (
    World,
    designed_worlds,
    even_chain,
    random_world,
    some_worlds,
)
from trustgraph.graph.contract import validate_graph
from trustgraph.graph.index import TrustIndex

TWO = World(("a", "b", "c"), (("a", "b", 0.5), ("b", "c", -0.5)), "a")


def test_every_world_keeps_the_contract():
    for world in some_worlds(np.random.default_rng(0), 50):
        G = world.graph()
        validate_graph(G)
        assert tuple(G) == world.people
        assert TrustIndex.from_graph(G).m == len(world.edges) == len(G.edges)
        assert world.seed in world.people


def test_trust_is_the_rating_and_distrust_is_none():
    G = TWO.graph()
    assert [tuple(tie.values()) for _, _, tie in G.edges(data=True)] == [(0.5, 0.5), (0.0, -0.5)]


def test_random_worlds_hold_what_models_trip_over():
    rng = np.random.default_rng(1)
    worlds = [random_world(rng) for _ in range(60)]
    ratings = [rating for world in worlds for _, _, rating in world.edges]
    assert {len(world.people) for world in worlds} == {3, 4, 5, 6, 7}
    assert {-1.0, 0.0, 1.0} <= set(ratings)
    assert 0.1 < np.mean([rating < 0 for rating in ratings]) < 0.3
    silent = [set(world.people) - {edge[0] for edge in world.edges} for world in worlds]
    assert sum(map(bool, silent)) > 10, "somebody rates nobody"
    assert sum(world.seed in quiet for world, quiet in zip(worlds, silent, strict=True)) > 1


def test_the_same_seed_makes_the_same_worlds():
    one, other = (some_worlds(np.random.default_rng(7), 5) for _ in range(2))
    assert one == other != some_worlds(np.random.default_rng(8), 5)
    assert one[:-5] == list(designed_worlds())


def test_ratings_are_given_changed_and_taken_away():
    assert TWO.rating("a", "b") == 0.5
    assert TWO.rating("b", "a") is None
    assert TWO.rated("a", "b", 1.0).edges == (("a", "b", 1.0), ("b", "c", -0.5))
    assert TWO.rated("c", "a", 0.0).edges == (*TWO.edges, ("c", "a", 0.0))
    assert TWO.rated("a", "b", None).edges == (("b", "c", -0.5),)
    assert TWO.rated("c", "a", None) == TWO


def test_people_leave_with_their_ties():
    assert TWO.without("c") == World(("a", "b"), (("a", "b", 0.5),), "a")


def test_names_are_changed_from_back_to_front():
    names = {"a": "z", "b": "y", "c": "x"}
    turned = TWO.renamed(names)
    assert turned == World(("x", "y", "z"), (("y", "x", -0.5), ("z", "y", 0.5)), "z")
    assert turned.renamed({new: old for old, new in names.items()}) == TWO
    assert World(("a",), (), None).renamed(names).seed is None


def test_a_chain_has_so_many_steps():
    chain = even_chain(0.3, 3)
    assert len(chain.people) == 4
    assert {rating for _, _, rating in chain.edges} == {0.3}
    assert chain.seed == "p0"

"""What fake identities bring, against what can be worked out on paper."""

from functools import partial

import networkx as nx
import numpy as np
import pytest

from trustgraph.evaluation.axiom_sybils import (
    FAKES,
    SHAPES,
    attack_curve,
    attacked,
    growth,
    honest_world,
    sybil_runs,
)
from trustgraph.evaluation.axiom_worlds import World
from trustgraph.evaluation.axioms import check_axioms
from trustgraph.reputation.advogato import advogato
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import as_model

from helpers.axiom_graphs import loved

D = 0.85
K = np.array(FAKES, float)
ALONE = World(("seed", "attacker"), (("seed", "attacker", 0.4),), "seed")
PAGERANK = as_model("personalised_pagerank")


def curve(model, world, shape):
    points, _ = attack_curve(model, world, shape)
    assert [point.fakes for point in points] == list(FAKES)
    return (
        np.array([point.own for point in points]),
        np.array([point.total for point in points]),
        [point.rank for point in points],
    )


# ------------------------------------------------------------------------------ PageRank on paper


def test_a_star_of_fakes_hands_back_what_the_attacker_hands_out():
    # a = D (s + f), f = D a, s = 1 - D; without fakes s = 1 - D + D a, since the walk starts anew.
    own, total, _ = curve(PAGERANK, ALONE, "star")
    assert own == pytest.approx(np.full(7, D / (1 + D)))
    assert total == pytest.approx(np.where(K == 0, D / (1 + D), D))


def test_a_ring_of_fakes_hands_back_less_the_longer_it_is():
    # a = D s + D^(k + 1) a with s = 1 - D; all that does not rest with the seed is theirs.
    own, total, _ = curve(PAGERANK, ALONE, "ring")
    expected = D * (1 - D) / (1 - D ** (K + 1))
    assert own[1:] == pytest.approx(expected[1:])
    assert total[1:] == pytest.approx(np.full(6, D))


def test_a_crowd_that_nobody_trusts_brings_nothing_to_one_who_is_looked_at_from_a_seed():
    own, total, _ = curve(PAGERANK, ALONE, "crowd")
    assert own == pytest.approx(np.full(7, D / (1 + D)))
    assert total == pytest.approx(own)


def test_a_crowd_brings_much_where_the_walk_starts_anywhere():
    # Everybody has b, the attacker b (1 + D (k + 1)), and all of it sums to 1.
    world = World(ALONE.people, ALONE.edges, None)
    own, total, ranks = curve(PAGERANK, world, "crowd")
    b = 1 / (K + 2 + D * (K + 1))
    assert own == pytest.approx(b * (1 + D * (K + 1)))
    assert total == pytest.approx(1 - b)
    assert set(ranks) == {1}


def test_eigentrust_is_no_other():
    model = as_model("eigentrust")
    own, total, _ = curve(model, ALONE, "ring")
    d = 0.9
    assert own[1:] == pytest.approx((d * (1 - d) / (1 - d ** (K + 1)))[1:])
    assert total[1:] == pytest.approx(np.full(6, d))


# ------------------------------------------------------------------------------ others on paper


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["best_path", "reliability", "tidaltrust", "trust_transitivity"])
def test_a_path_through_the_attacker_brings_the_attacker_nothing(name, shape):
    own, _, ranks = curve(as_model(name), ALONE, shape)
    assert own == pytest.approx(np.full(7, 0.4))
    assert set(ranks) == {1}


def test_each_fake_is_as_good_as_the_attacker_to_the_best_path():
    _, total, _ = curve(as_model("best_path"), ALONE, "star")
    assert total == pytest.approx(0.4 * (1 + K))
    _, total, _ = curve(as_model("best_path"), ALONE, "crowd")
    assert total == pytest.approx(np.full(7, 0.4))


def test_advogato_accepts_as_many_as_the_confused_person_has_capacity():
    # seed -> honest -> attacker: what passes the attacker is at most their own capacity, 4, and
    # what passes the one honest tie at most that of who was fooled less themselves, 7 - 1.
    world = World(
        ("seed", "honest", "attacker"),
        (("seed", "honest", 1.0), ("honest", "attacker", 1.0)),
        "seed",
    )
    for capacities, most in (((100, 20, 4), 4), ((100, 7, 30), 6), ((100, 200, 1), 1)):
        score = partial(advogato, capacities=capacities)
        model = ReputationModel("advogato", "standing", score, needs_seeds=True)
        own, total, _ = curve(model, world, "star")
        assert own.tolist() == [1.0] * 7
        assert total.tolist() == np.minimum(1 + K, most).tolist()


def test_a_sum_of_ratings_grows_with_every_fake():
    own, total, _ = curve(as_model(loved), ALONE, "star")
    assert own == pytest.approx(0.4 + K)
    assert total == pytest.approx(0.4 + 2 * K)
    own, _, _ = curve(as_model(loved), ALONE, "ring")
    assert own == pytest.approx(np.where(K > 0, 1.4, 0.4))


# ------------------------------------------------------------------------------ the attack


@pytest.mark.parametrize(
    ("shape", "edges"), [("star", {2: 4, 0: 0}), ("ring", {2: 3, 0: 0}), ("crowd", {2: 2, 0: 0})]
)
def test_fakes_trust_each_other_and_nobody_honest_trusts_them(shape, edges):
    for fakes, number in edges.items():
        world = attacked(ALONE, shape, fakes)
        assert len(world.people) == 2 + fakes
        new = world.edges[len(ALONE.edges) :]
        assert len(new) == number
        assert not {"seed"} & {person for edge in new for person in edge[:2]}
        assert {trust for *_, trust in new} <= {1.0}


def test_the_one_who_is_fooled_can_be_reached():
    rng = np.random.default_rng(0)
    for _ in range(20):
        world = honest_world(rng)
        assert nx.has_path(world.graph(), world.seed, "attacker")
        assert world.graph().in_degree("attacker") == 1
        assert world.graph().out_degree("attacker") == 0


def test_growth_is_told_from_the_end_of_the_curve():
    assert growth(np.zeros(7)) == "none"
    assert growth(np.full(7, 1e-8)) == "none"
    assert growth(-K) == "none"
    assert growth(K / (1 + K)) == "bounded"
    assert growth(np.minimum(K, 20)) == "bounded"
    assert growth(np.sqrt(K)) == growth(np.log1p(K)) == growth(K) == "grows"
    assert growth(np.where(K == 5, 1.0, 0.0)) == "bounded", "the best number of fakes counts"


def test_the_attack_that_brings_most_is_told():
    runs = sybil_runs(as_model(loved), np.random.default_rng(0), seeded=True)
    assert {whose: (run.shape, run.growth) for whose, run in runs.items()} == {
        "own": ("star", "grows"),
        "total": ("star", "grows"),
    }
    run = runs["own"]
    frame = run.to_frame()
    assert frame["own"].tolist() == pytest.approx(frame.loc[0, "own"] + K)
    assert run.edges[-1][1] == "attacker"
    assert frame.loc[50, "rank"] == 1 < frame.loc[0, "rank"]


def test_ranks_count_honest_people_with_more_and_no_answer_is_last():
    def told(G):
        return {"p0": 3.0, "p1": 1.0, "p2": 1.0, **{one: 1.0 for one in G if one == "attacker"}}

    world = World(("p0", "p1", "p2", "p3", "attacker"), (("p3", "attacker", 0.5),), "p0")
    assert set(curve(as_model(told), world, "star")[2]) == {2}
    own, total, ranks = curve(as_model(lambda G: {"p0": -1.0, "p1": 2.0}), world, "star")
    assert own.tolist() == total.tolist() == [0.0] * 7
    assert set(ranks) == {3}


def test_the_three_questions_about_fakes():
    report = check_axioms(PAGERANK, axioms=["sybil_own", "sybil_total", "sybil_unseeded"], worlds=0)
    assert [(result.status, result.cell) for result in report] == [
        ("holds", "bounded"),
        ("holds", "bounded"),
        ("fails", "grows"),
    ]
    assert report["sybil_own"].sybils.seed is not None
    assert report["sybil_unseeded"].sybils.seed is None
    told = "sybil_unseeded: the gain still grows. With 50 fakes in a star behind one tie, the"
    assert told in report.explain()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("advogato", "somebody is always trusted beforehand"),
        ("best_path", "it is always the view of somebody"),
        (loved, "it looks at no seed: see sybil_own"),
    ],
)
def test_without_a_seed_there_may_be_nothing_to_ask(name, reason):
    (result,) = check_axioms(name, axioms="sybil_unseeded", worlds=0)
    assert (result.status, result.reason) == ("not_applicable", reason)

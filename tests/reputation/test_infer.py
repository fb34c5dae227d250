"""What `infer_trust` promises."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.reputation.infer import calibration
from trustgraph.reputation.inference import learn

from helpers.otc import otc_ratings


def rated(number: int = 200, *, times: bool = True, seed: int = 0) -> nx.DiGraph:
    """A graph of ratings at random, with moments."""
    rng = np.random.default_rng(seed)
    G = nx.DiGraph()
    G.add_nodes_from(range(31))
    while G.size() < number:
        u, v = rng.choice(30, 2, replace=False).tolist()
        rating = float(rng.integers(-10, 11)) / 10
        G.add_edge(u, v, rating=rating, trust=max(rating, 0.0))
        if times:
            G.edges[u, v]["last_contact"] = f"20{10 + G.size() % 15}-03-01"
    return G


PAIRS = [(0, 1), (5, 9), (30, 4), (4, 30)]


def test_the_parts_and_the_mean_sum_to_the_estimate():
    found = tg.reputation.infer_trust(rated(), PAIRS)
    assert list(found.index) == PAIRS
    assert found.index.names == ["source", "target"]
    parts = found[["mean", "target", "source", "paths", "reciprocity"]].sum(axis=1)
    assert found["estimate"].to_numpy() == pytest.approx(parts.clip(-1, 1).to_numpy())
    assert (found["low"] <= found["high"]).all()
    assert found["low"].min() >= -1
    assert found["high"].max() <= 1


def test_what_is_switched_off_adds_nothing():
    for name in ("target", "source", "paths", "reciprocity"):
        components = tg.reputation.Components(**{name: False})
        found = tg.reputation.infer_trust(rated(), PAIRS, components=components)
        assert (found[name] == 0).all()
        others = {"target", "source", "paths", "reciprocity"} - {name}
        assert (found[sorted(others)] != 0).any().all()


def test_a_graph_an_index_and_a_frame_of_pairs_give_the_same():
    G = rated()
    expected = tg.reputation.infer_trust(G, PAIRS)
    index = tg.TrustIndex.from_graph(G)
    frame = pd.DataFrame(PAIRS, columns=["source", "target"])
    pd.testing.assert_frame_equal(tg.reputation.infer_trust(index, frame), expected)
    pd.testing.assert_frame_equal(tg.reputation.infer_trust(index, expected.index), expected)


def test_the_own_rating_of_a_pair_hardly_counts():
    G = rated()
    pair = next(iter(G.edges))
    before = tg.reputation.infer_trust(G, [pair])["estimate"].iloc[0]
    rating = -G.edges[pair]["rating"]
    G.edges[pair].update(rating=rating, trust=max(rating, 0.0))
    after = tg.reputation.infer_trust(G, [pair])["estimate"].iloc[0]
    assert after == pytest.approx(before, abs=0.1)


def test_without_ratings_there_is_no_estimate():
    G = nx.empty_graph(3, create_using=nx.DiGraph)
    assert tg.reputation.infer_trust(G, [(0, 1)]).isna().all(axis=None)


def test_one_rating_is_its_own_estimate():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    found = tg.reputation.infer_trust(G, [("ana", "bo")])
    assert found["estimate"].tolist() == [0.8]


def test_a_person_in_themselves_is_no_question():
    found = tg.reputation.infer_trust(rated(), [(3, 3), (3, 4)])
    assert found.isna().all(axis=1).tolist() == [True, False]


def test_ratings_that_are_all_alike_do_not_make_an_interval_of_one_point():
    G = nx.DiGraph([(u, v, {"trust": 0.0}) for u, v in ("ab", "bc", "cd")])
    found = tg.reputation.infer_trust(G, [("a", "d")])
    assert found[["estimate", "low", "high"]].to_numpy().tolist() == [[0.0, 0.0, 1.0]]


@pytest.mark.parametrize("number", [20, 60])
def test_intervals_from_few_ratings_hold_what_they_promise(number):
    held = []
    for seed in range(150):
        G = rated(number + 1, times=False, seed=seed)
        pair = list(G.edges)[seed % number]
        rating = G.edges[pair]["rating"]
        G.remove_edge(*pair)
        found = tg.reputation.infer_trust(G, [pair]).iloc[0]
        held.append(found["low"] <= rating <= found["high"])
    assert np.mean(held) >= 0.85


def test_no_pairs_is_an_empty_frame():
    assert tg.reputation.infer_trust(rated(), []).shape == (0, 8)


def test_unknown_people_and_wrong_questions_are_told():
    G = rated(times=False)
    with pytest.raises(tg.errors.UnknownPersonError, match="nobody"):
        tg.reputation.infer_trust(G, [(0, "nobody")])
    with pytest.raises(ValueError, match="set future=False"):
        tg.reputation.infer_trust(G, PAIRS, future=True)
    for level in (1.0, "x"):
        with pytest.raises(ValueError, match="level"):
            tg.reputation.infer_trust(G, PAIRS, level=level)
    with pytest.raises(TypeError, match="components is a str"):
        tg.reputation.infer_trust(G, PAIRS, components="all")
    with pytest.raises(ValueError, match="is no pair"):
        tg.reputation.infer_trust(G, ["ab"])


def test_without_times_intervals_come_from_all_ratings():
    G = rated(times=False)
    pd.testing.assert_frame_equal(
        tg.reputation.infer_trust(G, PAIRS), tg.reputation.infer_trust(G, PAIRS, future=False)
    )
    with_times = rated()
    assert not tg.reputation.infer_trust(with_times, PAIRS, future=True).equals(
        tg.reputation.infer_trust(with_times, PAIRS, future=False)
    )


def test_moments_that_are_alike_or_missing_are_no_order():
    G = rated()
    expected = tg.reputation.infer_trust(G, PAIRS, future=False)
    for tie in G.edges.values():
        tie["last_contact"] = "2026-01-01"
    alike = G.copy()
    del next(iter(G.edges.values()))["last_contact"]
    for one in (alike, G):
        pd.testing.assert_frame_equal(tg.reputation.infer_trust(one, PAIRS), expected)
        with pytest.raises(ValueError, match="set future=False"):
            tg.reputation.infer_trust(one, PAIRS, future=True)


def test_intervals_do_not_depend_on_names_where_moments_are_shared():
    G = rated(300)
    turned = {person: f"p{99 - person}" for person in G}
    found = tg.reputation.infer_trust(G, PAIRS)
    other = tg.reputation.infer_trust(
        nx.relabel_nodes(G, turned), [(turned[u], turned[v]) for u, v in PAIRS]
    )
    np.testing.assert_allclose(found, other, rtol=0, atol=1e-9)


def test_a_narrower_level_gives_narrower_intervals():
    wide = tg.reputation.infer_trust(rated(400), PAIRS, level=0.9)
    narrow = tg.reputation.infer_trust(rated(400), PAIRS, level=0.5)
    assert ((narrow["high"] - narrow["low"]) < (wide["high"] - wide["low"])).all()


def test_the_figures_of_bitcoin_otc():
    ratings = otc_ratings()
    order = np.argsort(ratings.time, kind="stable")
    cut = int(0.8 * ratings.m)
    train, test = ratings.take(order[:cut]), ratings.take(order[cut:])
    usual = tg.reputation.Components()
    learned = learn(train, usual)
    estimate, _ = learned.predict(test.source, test.target)
    assert np.sqrt(np.mean((estimate - test.rating) ** 2)) < 0.370
    assert np.corrcoef(estimate, test.rating)[0, 1] > 0.30
    low, high = calibration(train, learned, usual, future=True, level=0.9).interval(estimate)
    assert 0.86 <= np.mean((low <= test.rating) & (test.rating <= high)) <= 0.94

"""Seeds and pairs, in every form in which they are given."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.reputation._given import (
    index_of,
    number_of,
    pair_numbers,
    pair_series,
    seed_shares,
    standing_series,
)

G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
nx.set_node_attributes(G, {"ana": "Ana Ray", "bo": "Bo Ray", "cy": "Cy Ray"}, "name")
INDEX = index_of(G)


@pytest.mark.parametrize(
    ("seeds", "shares"),
    [
        (None, [1 / 3, 1 / 3, 1 / 3]),
        ("bo", [0, 1, 0]),
        ("Bo Ray", [0, 1, 0]),
        (["ana", "cy"], [0.5, 0, 0.5]),
        ({"ana", "cy"}, [0.5, 0, 0.5]),
        ({"ana": 3, "bo": 1}, [0.75, 0.25, 0]),
        (pd.Series({"ana": 0.0, "cy": 2.0}), [0, 0, 1]),
        ({"Bo Ray": 1, "bo": 1, "cy": 2}, [0, 0.5, 0.5]),
    ],
)
def test_seeds_share_one(seeds, shares):
    assert seed_shares(INDEX, seeds).tolist() == pytest.approx(shares)


def test_numbers_name_people_too():
    ties = pd.DataFrame({"source": [7], "target": [9], "trust": [0.8]})
    index = tg.TrustIndex.from_frame(ties)
    assert seed_shares(index, 9).tolist() == [0, 1]
    assert seed_shares(index, np.array([7, 9])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("weight", [-1, np.nan, np.inf, True, "2"])
def test_a_weight_is_a_number_from_zero(weight):
    with pytest.raises(ValueError, match="the weight of seed 'bo'"):
        seed_shares(INDEX, {"bo": weight})


@pytest.mark.parametrize("seeds", [[], {}, {"bo": 0}])
def test_nobody_is_no_seed(seeds):
    with pytest.raises(ValueError, match="nobody"):
        seed_shares(INDEX, seeds)


def test_unknown_people_are_named():
    with pytest.raises(tg.errors.UnknownPersonError, match="dee"):
        seed_shares(INDEX, ["bo", "dee"])
    with pytest.raises(tg.errors.UnknownPersonError, match="dee"):
        pair_numbers(INDEX, [("bo", "dee")])


PAIRS = [("cy", "ana"), ("Bo Ray", "ana")]


@pytest.mark.parametrize(
    "pairs",
    [
        PAIRS,
        tuple(map(list, PAIRS)),
        iter(PAIRS),
        np.array(PAIRS),
        pd.MultiIndex.from_tuples(PAIRS),
        pd.DataFrame(PAIRS, columns=["source", "target"]),
    ],
)
def test_pairs_in_every_form_are_numbers(pairs):
    source, target = pair_numbers(INDEX, pairs)
    assert (source.tolist(), target.tolist()) == ([2, 1], [0, 0])


@pytest.mark.parametrize("pairs", [["ab"], [("a", "b", "c")], [("a",)], [5]])
def test_what_is_no_pair_is_named(pairs):
    with pytest.raises(ValueError, match="is no pair"):
        pair_numbers(INDEX, pairs)


def test_a_frame_without_a_column_is_told():
    with pytest.raises(ValueError, match="no column 'target'"):
        pair_numbers(INDEX, pd.DataFrame({"source": ["bo"]}))


def test_no_pairs_are_no_numbers():
    source, target = pair_numbers(INDEX, [])
    assert len(source) == len(target) == 0
    assert pair_series(INDEX, source, target, [], "trust").index.names == ["source", "target"]


def test_an_empty_graph_has_no_shares_and_no_standing():
    index = index_of(nx.DiGraph())
    assert seed_shares(index, None).tolist() == []
    assert standing_series(index, [], "trust").index.name == "person"


@pytest.mark.parametrize("pairs", [None, 5, "ab"])
def test_what_are_no_pairs_at_all_is_told_with_the_forms(pairs):
    with pytest.raises(TypeError, match="pairs is .*; give a list of .*frame.*MultiIndex"):
        pair_numbers(INDEX, pairs)


BO = tg.Person(id="bo", name="Bo Ray")


def test_a_person_is_named_by_themselves_too():
    assert number_of(INDEX, BO) == 1
    assert seed_shares(INDEX, BO).tolist() == [0, 1, 0]
    assert seed_shares(INDEX, [BO, "bo", "cy"]).tolist() == [0, 0.5, 0.5]
    assert [ends.tolist() for ends in pair_numbers(INDEX, [(BO, "ana")])] == [[1], [0]]
    assert tg.reputation.decompose(G, BO).person == "bo"
    each = tg.reputation.pagerank_from_each(G, [BO])
    pd.testing.assert_frame_equal(each, tg.reputation.pagerank_from_each(G, BO))
    pd.testing.assert_frame_equal(each, tg.reputation.pagerank_from_each(G, "bo"))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: seed_shares(INDEX, [["a"]]),
        lambda: seed_shares(INDEX, [None]),
        lambda: pair_numbers(INDEX, [(["a"], "bo")]),
        lambda: tg.reputation.decompose(G, ["ana"]),
        lambda: tg.reputation.decompose(G, None),
        lambda: tg.reputation.pagerank_from_each(G, None),
        lambda: tg.reputation.pagerank_from_each(G, [["ana"]]),
        lambda: tg.reputation.what_if(G, "ana", "cy", remove=[None]),
        lambda: tg.reputation.interactions(G, "ana", "cy", people=[["bo"]]),
    ],
)
def test_who_is_no_person_is_told(ask):
    with pytest.raises(TypeError, match="is no person; give an id, a unique full name or a Person"):
        ask()


def test_what_is_neither_a_person_nor_a_tie_is_told():
    with pytest.raises(ValueError, match=r"\['bo'\] is no tie; name it as \(who trusts, whom\)"):
        tg.reputation.what_if(G, "ana", "cy", remove=[["bo"]])


@pytest.mark.parametrize(
    "question",
    [
        tg.reputation.reputation_transfer,
        tg.reputation.reputation_transfers,
        tg.reputation.reliability,
        tg.reputation.transfer_intervals,
        tg.reputation.bottlenecks,
        tg.reputation.interactions,
        tg.reputation.what_if,
    ],
)
def test_a_trust_model_is_one(question):
    with pytest.raises(TypeError, match="model is 'x'; give a TrustModel"):
        question(G, "ana", "cy", model="x")


@pytest.mark.parametrize(
    "model", [tg.reputation.subjective_trust, tg.reputation.trust_transitivity]
)
def test_whether_direct_trust_counts_is_true_or_false(model):
    with pytest.raises(TypeError, match="direct is 'x'; give True or False"):
        model(G, [("ana", "bo")], direct="x")

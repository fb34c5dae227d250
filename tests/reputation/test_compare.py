import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.compare import compare_reputation
from trustgraph.reputation.comparison import Comparison
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import reputation_models

from helpers.axiom_graphs import loved, random_trust, walk_rank

G = random_trust(np.random.default_rng(8), people=7, density=0.45)
NAMED = nx.DiGraph([("a", "b", {"trust": 0.9}), ("a", "c", {"trust": 0.4})])
nx.set_node_attributes(NAMED, {"a": "Ana <b>", "b": "Bo\nEk", "c": "Cy Orr"}, "name")


def up(G):
    return {person: place for place, person in enumerate(G)}


def down(G):
    return {person: -place for place, person in enumerate(G)}


def flat(G):
    return dict.fromkeys(G, 0.5)


def silent(G):
    return {}


def half(G):
    return dict.fromkeys(list(G)[:2], 1.0)


def test_all_models_stand_side_by_side():
    told = compare_reputation(G, seeds="p0")
    assert list(told.to_frame().columns) == list(reputation_models())
    assert told.to_frame().index.tolist() == [f"p{i}" for i in range(7)]
    for name, model in reputation_models().items():
        expected = model.standing(G, "p0")
        pd.testing.assert_series_equal(told.to_frame()[name], expected, check_index_type=False)


def test_without_seeds_only_those_that_can_answer_are_asked(monkeypatch):
    models = reputation_models()
    free = [name for name, model in models.items() if not model.needs_seeds]
    assert list(compare_reputation(G).models) == free
    monkeypatch.setattr("trustgraph.reputation.compare.MANY", 13)
    standing = [name for name in free if models[name].kind == "standing"]
    assert list(compare_reputation(G, seeds=["p0", "p1"]).models) == [
        name for name, model in models.items() if not model.costly
    ]
    assert list(compare_reputation(G, seeds="p0").models) == list(models)
    monkeypatch.setattr("trustgraph.reputation.compare.MANY", 6)
    assert list(compare_reputation(G).models) == standing


def test_ranks_and_correlations():
    told = compare_reputation(G, [walk_rank, loved, up, down], k=3)
    frame, ranks = told.to_frame(), told.ranks
    expected = frame.round(12).rank(ascending=False, method="min").astype(int)
    pd.testing.assert_frame_equal(ranks, expected)
    for method in ("spearman", "kendall"):
        matrix = frame.round(12).corr(method=method)
        for pair, value in told.correlations[method].items():
            assert value == pytest.approx(matrix.loc[pair])
    assert told.correlations.loc[("up", "down"), "kendall"] == -1.0
    assert told.correlations.loc[("up", "down"), "top_overlap"] == 0.0
    assert len(told.correlations) == 6
    assert set(told.correlations["both_answer"]) == {7}


def test_seeds_are_no_finding():
    told = compare_reputation(G, [walk_rank, "best_path", "trust_transitivity"], seeds="p2")
    assert told.to_frame().index.tolist() == [f"p{i}" for i in range(7)]
    assert told.to_frame().loc["p2"].notna().tolist() == [True, False, False]
    others = [f"p{i}" for i in range(7) if i != 2]
    assert told.ranks.index.tolist() == others
    expected = told.to_frame().loc[others].round(12)
    ranks = expected.fillna(-1).rank(ascending=False, method="min").astype(int)
    pd.testing.assert_frame_equal(told.ranks, ranks)
    matrix = expected.fillna(-1).corr(method="kendall")
    for pair, value in told.correlations["kendall"].items():
        assert value == pytest.approx(matrix.loc[pair])
    assert "p2" not in told.explain().split("as seen from p2.")[1]
    assert ">p2<" not in told._repr_html_()


def test_if_everybody_is_a_seed_everybody_is_compared():
    told = compare_reputation(NAMED, [up, down], seeds=["a", "b", "c"])
    assert told.ranks["up"].to_dict() == {"a": 3, "b": 2, "c": 1}
    assert told.correlations["kendall"].tolist() == [-1.0]


def test_no_answer_ranks_last():
    told = compare_reputation(NAMED, [half, silent, flat])
    assert told.ranks["half"].tolist() == [1, 1, 3]
    assert told.ranks["silent"].tolist() == [1, 1, 1]
    assert told.correlations["both_answer"].tolist() == [0, 2, 0]
    assert told.correlations["kendall"].isna().all()
    assert "silent has no answer about anybody." in told.explain()
    assert "flat tells nobody from anybody." in told.explain()
    assert "half puts Ana <b> and Bo Ek first (score 1); of 1 it says nothing." in told.explain()
    assert "No two models can be compared" in told.explain()


def test_the_sentences_name_who_agrees_and_on_whom_they_differ():
    ten = nx.empty_graph(10, create_using=nx.DiGraph)
    told = compare_reputation(ten, {"one": up, "two": up, "turned": down, "flat": flat}, k=5)
    lines = told.explain().splitlines()
    assert lines[0] == "4 models on 10 people, trusting nobody beforehand."
    assert lines[1] == "one puts 9 first (score 9)."
    assert lines[5].startswith("one and two agree most: Kendall's tau 1.00, Spearman's")
    assert lines[5].endswith("of those in the top 5 of either, 100 % are in both.")
    assert lines[6].startswith("one and turned agree least: Kendall's tau -1.00")
    assert lines[7] == (
        "one and turned differ most about 0 (rank 10 and 1), 9 (rank 1 and 10) and "
        "1 (rank 9 and 2)."
    )
    assert lines[8] == "flat: no correlation, since everybody is ranked alike."
    assert len(lines) == 9


def test_two_models_that_agree_wholly():
    told = compare_reputation(NAMED, {"one": up, "two": up}, seeds=["a", "b"])
    assert told.explain().splitlines()[0] == "2 models on 1 person, as seen from Ana <b> and Bo Ek."
    told = compare_reputation(NAMED, {"one": up, "two": up}, seeds="a")
    assert told.explain().splitlines()[-2].startswith("one and two agree most")
    assert told.explain().splitlines()[-1] == "one and two rank everybody alike."


def test_the_order_of_edges_and_the_form_of_the_graph_mean_nothing():
    H = nx.DiGraph()
    H.add_nodes_from(reversed(list(G)))
    H.add_edges_from(reversed(list(G.edges(data=True))))
    told = compare_reputation(G, seeds="p1")
    assert compare_reputation(H, seeds="p1").ranks.equals(told.ranks)
    assert compare_reputation(TrustIndex.from_graph(G), seeds="p1") == told
    assert compare_reputation(TrustIndex.from_graph(G), [walk_rank], seeds="p1").seeds == ("p1",)


def test_it_is_written_down_and_read_back():
    told = compare_reputation(NAMED, ["best_path", up], seeds={"a": 2})
    data = json.loads(json.dumps(told.to_dict()))
    again = Comparison.from_dict(data)
    assert again == told
    pd.testing.assert_frame_equal(again.correlations, told.correlations)
    data["schema_version"] = 2
    with pytest.raises(ValueError, match="schema_version"):
        Comparison.from_dict(data)


def test_the_card_is_escaped():
    told = compare_reputation(NAMED, ["best_path", "reliability"], seeds="a")
    card = told._repr_html_()
    assert "as seen from Ana &lt;b&gt;" in card
    assert "<b>" not in card
    assert "2 models on 2 people" in card


def test_what_it_gives_cannot_be_changed_from_outside():
    told = compare_reputation(NAMED, [up, down])
    taken = told.correlations
    taken.iloc[:] = 0
    assert (told.correlations["kendall"] == -1).all()


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_and_one_person(people):
    H = nx.empty_graph(people, create_using=nx.DiGraph)
    told = compare_reputation(H)
    assert told.to_frame().shape == (people, len(told.models))
    assert told.correlations["kendall"].isna().all()
    assert told.explain().startswith(f"{len(told.models)} models on {people} ")
    assert told._repr_html_()


def test_one_model_has_no_correlations():
    told = compare_reputation(NAMED, "best_path", seeds="a")
    assert told.models == ("best_path",)
    assert told.correlations.empty
    assert list(told.correlations.columns) == ["spearman", "kendall", "top_overlap", "both_answer"]
    assert "1 model on 2 people" in told.explain()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="no model is named"):
        compare_reputation(NAMED, [])
    with pytest.raises(ValueError, match="two models are called 'up'"):
        compare_reputation(NAMED, [up, up])
    with pytest.raises(ValueError, match="k is 0"):
        compare_reputation(NAMED, [up], k=0)
    with pytest.raises(TypeError, match="3 is no model"):
        compare_reputation(NAMED, 3)
    with pytest.raises(UnknownPersonError):
        compare_reputation(NAMED, [up], seeds="zoe")
    needs = ReputationModel("needs", "standing", walk_rank, needs_seeds=True, on_index=False)
    with pytest.raises(ValueError, match="needs starts from people"):
        compare_reputation(NAMED, needs)

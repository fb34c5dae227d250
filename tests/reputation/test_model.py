import networkx as nx
import numpy as np
import pandas as pd
import pytest

from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import as_model, reputation_models

from helpers.axiom_graphs import loved, random_trust, walk_rank

G = random_trust(np.random.default_rng(5), people=6, density=0.5)
INDEX = TrustIndex.from_graph(G)
MODELS = reputation_models()


def ladder(index, pairs):
    """Place of the target less that of the source; no answer about p3."""
    return np.array([np.nan if v == "p3" else int(v[1]) - int(u[1]) for u, v in pairs], float)


LADDER = ReputationModel("ladder", "pairwise", ladder)


# ------------------------------------------------------------------------------ every model


@pytest.mark.parametrize("name", MODELS)
def test_every_model_scores_everybody_within_its_span(name):
    model = MODELS[name]
    assert model.name == name
    scores = model.standing(G, "p0")
    assert (scores.name, scores.index.name, scores.dtype) == (name, "person", np.float64)
    assert scores.index.tolist() == list(INDEX.labels)
    low, high = model.span
    assert scores.dropna().between(low - 1e-9, high + 1e-9).all()
    pd.testing.assert_series_equal(model.standing(INDEX, "p0"), scores)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_answers_pairs(name):
    model = MODELS[name]
    pairs = [("p1", "p0"), ("p0", "p2"), ("p1", "p4")]
    told = model.pairs(G, pairs)
    assert told.index.tolist() == pairs
    assert (told.name, list(told.index.names)) == (name, ["source", "target"])
    for source, target in pairs:
        alone = model.standing(G, source)[target]
        assert told[(source, target)] == pytest.approx(alone, nan_ok=True)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_says_where_it_comes_from(name):
    assert MODELS[name].reference


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("people", [0, 1, 2])
def test_every_model_bears_a_graph_without_ties(name, people):
    H = nx.empty_graph(people, create_using=nx.DiGraph)
    model = MODELS[name]
    if people or not model.needs_seeds:
        assert len(model.standing(H, 0 if people else None)) == people


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.needs_seeds])
def test_a_model_that_needs_seeds_says_so(name):
    with pytest.raises(ValueError, match=f"{name} starts from people who are trusted beforehand"):
        MODELS[name].standing(G)


# ------------------------------------------------------------------------------ one way to ask


def test_a_pairwise_model_gives_the_weighted_mean_over_the_seeds_that_answer():
    assert LADDER.standing(G, "p1").tolist() == pytest.approx(
        [-1, np.nan, 1, np.nan, 3, 4], nan_ok=True
    )
    both = LADDER.standing(G, {"p1": 3, "p5": 1})
    assert both["p0"] == pytest.approx(0.75 * -1 + 0.25 * -5)
    assert both["p1"] == -4, "nobody is asked about themselves"
    assert np.isnan(both["p3"])
    assert LADDER.standing(G)["p0"] == pytest.approx(-np.mean([1, 2, 3, 4, 5]))


def test_too_many_pairs_are_not_begun(monkeypatch):
    monkeypatch.setattr("trustgraph.reputation.model.MOST_PAIRS", 12)
    assert LADDER.standing(G, ["p0", "p1"]).notna().any()
    with pytest.raises(ValueError, match="name at most 2 seeds"):
        LADDER.standing(G)


def test_a_function_is_a_model():
    model = as_model(walk_rank)
    assert (model.name, model.kind, model.personal, model.on_index) == (
        "walk_rank",
        "standing",
        True,
        False,
    )
    for graph in (G, INDEX):
        assert model.standing(graph, "p2").to_dict() == pytest.approx(walk_rank(G, seeds="p2"))
    told = model.pairs(INDEX, [("p2", "p0"), ("p4", "p0")])
    assert told.tolist() == pytest.approx([walk_rank(G, seeds=s)["p0"] for s in ("p2", "p4")])


def test_a_function_that_knows_no_seeds_is_asked_without():
    assert as_model(loved).standing(G, "p2").to_dict() == pytest.approx(loved(G))
    told = as_model(loved).pairs(G, [("p2", "p0"), ("p4", "p0")])
    assert told.tolist() == pytest.approx([loved(G)["p0"]] * 2)
    assert not as_model(dict).personal, "a builtin without a signature"


def test_a_person_left_out_has_no_score():
    model = as_model(lambda G: {"p1": 1})
    assert model.name == "<lambda>"
    assert model.standing(G).dropna().to_dict() == {"p1": 1.0}


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda G: {"zoe": 1.0}, "gives a score to 'zoe', whom the graph lacks"),
        (lambda G: [1.0], "returned list; a model returns a Series, or a mapping"),
    ],
)
def test_what_a_function_returns_is_checked(function, reason):
    with pytest.raises(ValueError, match=reason):
        as_model(function).standing(G)


def test_a_pairwise_function_that_loses_a_pair_is_told():
    short = ReputationModel("short", "pairwise", lambda index, pairs: [1.0])
    with pytest.raises(ValueError, match=r"short answered 2 pairs with an array of \(1,\)"):
        short.pairs(G, [("p0", "p1"), ("p1", "p0")])


def test_models_are_found_by_name():
    assert as_model("best_path") is MODELS["best_path"]
    assert as_model(LADDER) is LADDER
    assert list(MODELS) == sorted(MODELS)
    with pytest.raises(ValueError, match="there is no model 'best_pth'; did you mean best_path"):
        as_model("best_pth")
    with pytest.raises(ValueError, match="there is no model 'xxx'; see reputation_models"):
        as_model("xxx")
    with pytest.raises(TypeError, match="3 is no model"):
        as_model(3)


def test_another_name_changes_nothing_else():
    assert LADDER.named("ladder") is LADDER
    assert LADDER.named("steps").name == "steps"
    assert LADDER.named("steps").score is ladder


def test_unknown_people_are_told():
    with pytest.raises(UnknownPersonError, match="nobody is known as 'zoe'"):
        MODELS["best_path"].standing(G, "zoe")
    with pytest.raises(UnknownPersonError):
        as_model(walk_rank).pairs(G, [("p0", "zoe")])


@pytest.mark.parametrize("graph", ["ties", "lone"])
@pytest.mark.parametrize("name", [name for name, one in MODELS.items() if one.kind == "pairwise"])
def test_nobody_is_asked_about_themselves(name, graph):
    G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "ana", {"trust": 0.5})])
    if graph == "lone":
        G = nx.empty_graph(["ana", "bo"], create_using=nx.DiGraph)
    told = reputation_models()[name].pairs(G, [("ana", "ana"), ("bo", "ana"), ("bo", "bo")])
    # The paper of trust transitivity defines trust in oneself as 1.
    expected = 1.0 if name == "trust_transitivity" else np.nan
    np.testing.assert_array_equal(told.to_numpy()[[0, 2]], [expected, expected])


@pytest.mark.parametrize("word", ["tidal", "trust_tr", "best", "mole trust", "goodness_", "s"])
def test_at_most_three_models_are_offered(word):
    with pytest.raises(ValueError, match=f"there is no model '{word}'") as told:
        as_model(word)
    offered = str(told.value).partition(";")[2]
    assert sum(f" {name}" in offered for name in MODELS) <= 3

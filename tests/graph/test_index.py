import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg

from helpers.brute_paths import random_graph


@pytest.mark.parametrize("seed", range(20))
def test_steps_are_the_trust_edges_turned_round(seed: int) -> None:
    G = random_graph(np.random.default_rng(seed), n=9, density=0.4)
    index = tg.TrustIndex.from_graph(G)
    assert index.labels == tuple(sorted(G))
    assert (index.n, index.m) == (G.number_of_nodes(), G.number_of_edges())
    for asker in range(index.n):
        steps = range(index.out_start[asker], index.out_start[asker + 1])
        asked = [int(index.out_asked[step]) for step in steps]
        assert asked == sorted(asked)
        # who can be asked by a person: those who have trust in them
        assert {index.labels[one] for one in asked} == set(G.predecessors(index.labels[asker]))
        for step, one in zip(steps, asked, strict=True):
            tie = G.edges[index.labels[one], index.labels[asker]]
            assert index.trust[step] == tie["trust"]
            assert index.willingness[step] == tie.get("willingness", 1.0)
            assert index.endorsed_trust[step] == tie.get("endorsed_trust", tie["trust"])
            assert index.step(asker, one) == step
            assert index.asker_of(np.array([step])) == [asker]
            assert index.edge(asker, one) == tie
    for asked_one in range(index.n):
        into = slice(index.in_start[asked_one], index.in_start[asked_one + 1])
        askers = {index.labels[one] for one in index.in_asker[into]}
        assert askers == set(G.successors(index.labels[asked_one]))
        assert (index.out_asked[index.in_step[into]] == asked_one).all()


def test_a_frame_of_edges_gives_the_index_of_its_graph() -> None:
    G = random_graph(np.random.default_rng(3), n=8, density=0.5)
    edges = nx.to_pandas_edgelist(G).sample(frac=1, random_state=1)
    people = pd.DataFrame({"name": ["Peh Null"]}, index=["p00"])
    index = tg.TrustIndex.from_frame(edges, people)
    other = tg.TrustIndex.from_graph(G.subgraph([p for p in G if G.degree(p)]))
    for name in ("out_start", "out_asked", "in_start", "in_asker", "in_step", "trust", "response"):
        np.testing.assert_array_equal(getattr(index, name), getattr(other, name))
    assert index.nodes["name"].iloc[0] == "Peh Null"


def test_people_are_named_by_id_or_unique_full_name() -> None:
    G = nx.DiGraph()
    for person, name in (("a1", "Ana Lima"), ("a2", "Ana Lima"), ("b", "Bo Chen")):
        G.add_node(person, name=name)
    index = tg.TrustIndex.from_graph(G)
    assert index.number("b") == index.number("Bo Chen") == 2
    with pytest.raises(tg.errors.AmbiguousPersonError) as caught:
        index.number("Ana Lima")
    assert caught.value.candidates == ("a1", "a2")
    with pytest.raises(tg.errors.UnknownPersonError) as missing:
        index.number("Bo Chan")
    assert missing.value.near == ("Bo Chen",)


def test_faults_are_told_all_at_once() -> None:
    edges = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "trust": [1.2, -0.1]})
    with pytest.raises(tg.errors.GraphContractError) as caught:
        tg.TrustIndex.from_frame(edges)
    assert len(caught.value.faults) == 2
    with pytest.raises(tg.errors.GraphContractError, match="no column 'trust'"):
        tg.TrustIndex.from_frame(edges[["source", "target"]])
    twice = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "trust": [0.1, 0.2]})
    with pytest.raises(tg.errors.GraphContractError, match="stands twice"):
        tg.TrustIndex.from_frame(twice)
    G = nx.DiGraph()
    G.add_edge("a", "b")
    G.add_edge("b", "a", trust=3)
    with pytest.raises(tg.errors.GraphContractError) as found:
        tg.TrustIndex.from_graph(G)
    assert len(found.value.faults) == 2
    with pytest.raises(tg.errors.GraphContractError):
        tg.TrustIndex.from_graph(nx.Graph([("a", "b", {"trust": 0.5})]))


def test_the_index_shows_its_size_and_never_its_people() -> None:
    G = nx.DiGraph()
    G.add_edge("secret", "other", trust=0.5)
    assert repr(tg.TrustIndex.from_graph(G)) == "TrustIndex(people=2, edges=1)"
    assert tg.TrustIndex.from_graph(G).nbytes > 0


def test_a_graph_without_edges_has_an_index() -> None:
    G = nx.DiGraph()
    G.add_nodes_from("ab")
    assert tg.TrustIndex.from_graph(G).m == 0
    assert len(tg.find_introductions(G, "a", "b")) == 0


def test_names_are_compared_clean_and_without_case():
    G = nx.DiGraph()
    G.add_node("b", name="Bo  Li")
    G.add_node("z", name="Zoe\u0308 Ng")
    index = tg.TrustIndex.from_graph(G)
    assert index.number("Bo Li") == index.number("bo li") == index.number("Bo  Li") == 0
    assert index.number("Zo\u00eb Ng") == index.number("zoe ng") == 1


def test_missing_texts_are_empty_and_nobody_is_their_own_contact():
    G = nx.DiGraph()
    G.add_node("b", name=None, organisation=float("nan"))
    G.add_edge("b", "b", trust=0.5)
    G.add_edge("b", "a", trust=0.5)
    index = tg.TrustIndex.from_graph(G)
    assert (index.names, index.m) == (["a", "b"], 1)
    assert index.nodes["organisation"].tolist() == ["", ""]


def test_labels_that_could_be_mistaken_for_each_other_are_refused():
    G = nx.DiGraph()
    G.add_edge(1, "1", trust=0.5)
    with pytest.raises(tg.errors.GraphContractError, match="differ only in type"):
        tg.TrustIndex.from_graph(G)
    G = nx.DiGraph([("b", "a", {"trust": 0.5, "observed": float("nan")})])
    with pytest.raises(tg.errors.GraphContractError, match="observed"):
        tg.TrustIndex.from_graph(G)


def test_an_ask_names_people_by_number_too():
    G = nx.DiGraph([(1, 0, {"trust": 0.8}), (2, 1, {"trust": 0.5})])
    for ask in (tg.Ask(seeker=0, target=2), tg.Ask(seeker=0, target=[2])):
        assert tg.find_introductions(G, ask)[0].path == (0, 1, 2)
    numpy = nx.relabel_nodes(G, {number: np.int64(number) for number in G})
    paths = tg.find_introductions(numpy, 0, 2)
    assert tg.introductions.Introductions.from_dict(paths.to_dict()) == paths


def test_the_frames_of_a_graph_answer_and_explain_like_the_graph():
    G = tg.build_graph(tg.datasets.load_office())
    edges, people = tg.graph.edges_frame(G), tg.graph.nodes_frame(G)
    index = tg.TrustIndex.from_frame(edges, people, as_of=G.graph["as_of"])
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    assert tg.find_introductions(index, ask) == tg.find_introductions(G, ask)

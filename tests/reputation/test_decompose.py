"""Decomposition: sums, dense linear algebra, and all walks by enumeration; then the result."""

import json
from html.parser import HTMLParser
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ConvergenceError
from trustgraph.reputation import Decomposition, decompose, eigentrust, personalised_pagerank

from helpers.random_trust import random_trust, renamed
from helpers.standing_cases import dense_standing, random_shares, shares_of

chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def total(parts):
    return parts.seed + parts.returned + parts.edges["part"].sum()


def by_definition(G, seeds, damping):
    """Scores, shares by pair, and what starts at the seeds: c of the docstring."""
    people = sorted(G)
    P = shares_of(G, people)
    scores = dense_standing(G, seeds, damping)
    leak = sum(scores[person] for i, person in enumerate(people) if P[i].sum() == 0.0)
    shares = {(u, v): P[people.index(u), people.index(v)] for u, v in G.edges}
    return scores, shares, 1.0 - damping + damping * leak


def all_walks(G, seeds, damping, person, most):
    """Parts of all walks of at most so many steps that end in a person, by their people."""
    _, shares, start = by_definition(G, seeds, damping)
    walks = {(person,): 1.0}
    found = {}
    for _ in range(most + 1):
        found |= {w: start * seeds.get(w[0], 0.0) * value for w, value in walks.items()}
        walks = {
            (u, *w): value * damping * shares[u, w[0]]
            for w, value in walks.items()
            for u in G.pred[w[0]]
            if shares[u, w[0]] > 0
        }
    return {w: part for w, part in found.items() if part > 0}


# ------------------------------------------------------------------------------ the edges


@pytest.mark.parametrize("model", ["eigentrust", "personalised_pagerank"])
@pytest.mark.parametrize("seed", range(12))
def test_the_parts_of_the_edges_are_those_of_the_definition(seed, model):
    rng = np.random.default_rng(seed)
    G = random_trust(rng)
    seeds = random_shares(rng, G)
    damping = {"eigentrust": 0.9, "personalised_pagerank": 0.85}[model]
    scores, shares, start = by_definition(G, seeds, damping)
    usual = (eigentrust if model == "eigentrust" else personalised_pagerank)(G, seeds=seeds)
    for person in G:
        parts = decompose(G, person, model=model, seeds=seeds)
        assert parts.score == pytest.approx(scores[person], abs=1e-12)
        assert parts.score == pytest.approx(usual[person], abs=2e-9)
        assert parts.seed == pytest.approx((1 - damping) * seeds.get(person, 0.0), abs=1e-15)
        leak = start - (1 - damping)
        assert parts.returned == pytest.approx(leak * seeds.get(person, 0.0), abs=1e-12)
        expected = {u: damping * shares[u, person] * scores[u] for u in G.pred[person]}
        found = dict(zip(parts.edges["source"], parts.edges["part"], strict=True))
        assert found == pytest.approx(expected, abs=1e-12)
        assert total(parts) == pytest.approx(parts.score, rel=1e-14)
        assert parts.error <= 1e-12


# ------------------------------------------------------------------------------ the walks


@pytest.mark.parametrize("most", [0, 1, 2, 4])
@pytest.mark.parametrize("seed", range(15))
def test_the_strongest_walks_equal_enumeration(seed, most):
    rng = np.random.default_rng(100 + seed)
    G = random_trust(rng, people=int(rng.integers(1, 6)))
    seeds = random_shares(rng, G)
    damping = float(rng.choice([0.5, 0.9]))
    for person in G:
        walks = all_walks(G, seeds, damping, person, most)
        ranked = sorted(
            walks.items(), key=lambda one: (-float(f"{one[1]:.10g}"), len(one[0]), one[0])
        )
        all_of_them = decompose(
            G, person, seeds=seeds, damping=damping, max_steps=most, top=len(walks) + 5
        )
        assert list(all_of_them.paths["path"]) == [walk for walk, _ in ranked]
        np.testing.assert_allclose(
            all_of_them.paths["part"].to_numpy(), [part for _, part in ranked], rtol=1e-9
        )
        assert all_of_them.smaller <= 1e-12
        few = decompose(G, person, seeds=seeds, damping=damping, max_steps=most, top=3)
        np.testing.assert_allclose(
            few.paths["part"].to_numpy(), [part for _, part in ranked[:3]], rtol=1e-9
        )
        assert all(
            walks[path] == pytest.approx(part, rel=1e-9)
            for path, part in zip(few.paths["path"], few.paths["part"], strict=True)
        )
        listed = sum(part for _, part in ranked[:3])
        assert few.smaller == pytest.approx(sum(walks.values()) - listed, abs=1e-11)
        assert few.longer == pytest.approx(few.score - sum(walks.values()), abs=1e-11)


def test_all_walks_together_are_the_series_of_the_dense_system():
    rng = np.random.default_rng(4)
    G = random_trust(rng, people=7, density=0.4)
    people, seeds, damping = sorted(G), {"p1": 0.5, "p3": 0.5}, 0.8
    _, _, start = by_definition(G, seeds, damping)
    P = shares_of(G, people)
    seed = np.array([seeds.get(person, 0.0) for person in people])
    for most in (0, 1, 5, 30):
        powers = [np.linalg.matrix_power(damping * P.T, k) @ seed for k in range(most + 1)]
        within = start * np.sum(powers, axis=0)
        for i, person in enumerate(people):
            parts = decompose(G, person, seeds=["p1", "p3"], damping=damping, max_steps=most, top=0)
            assert parts.walks == ()
            assert parts.smaller == pytest.approx(within[i], abs=1e-11)
            assert parts.longer == pytest.approx(parts.score - within[i], abs=1e-11)


def test_a_walk_may_meet_people_again():
    G = nx.DiGraph([("a", "b", {"trust": 0.5}), ("b", "a", {"trust": 0.1})])
    parts = decompose(G, "b", seeds="a", damping=0.5, top=3, max_steps=9)
    assert list(parts.paths["path"]) == [tuple("ab" * times) for times in (1, 2, 3)]
    assert parts.paths["part"].tolist() == pytest.approx([0.25, 0.0625, 0.015625])
    # Longer than 9 steps: a half to the power of 12, 14, ... times one and a third of them.
    assert parts.longer == pytest.approx(0.5**12 * 4 / 3)


def test_the_strongest_of_a_great_many_walks_are_found_at_once():
    # About 40 ** 20 walks: only a search with exact bounds can do this.
    G = nx.complete_graph(40, create_using=nx.DiGraph)
    rng = np.random.default_rng(0)
    for tie in G.edges.values():
        tie["trust"] = rng.random()
    parts = decompose(G, 7, seeds=3, top=200)
    assert len(parts.walks) == 200
    assert parts.paths["path"][0] == (3, 7)
    assert (np.diff(parts.paths["part"]) <= 1e-15).all()
    strongest = {path for path in parts.paths["path"] if len(path) <= 3}
    factor = {
        (u, v): 0.9 * t / G.out_degree(u, weight="trust") for u, v, t in G.edges(data="trust")
    }
    short = {(3, m, 7): factor[3, m] * factor[m, 7] for m in set(G) - {3, 7}}
    cut = parts.paths["part"].iloc[-1] / 0.1
    assert {walk for walk, value in short.items() if value > cut * (1 + 1e-9)} <= strongest


def test_many_walks_that_are_all_alike_do_not_keep_each_other_from_ending():
    # 30 ** 11 walks, equal up to rounding: none may wait for the others.
    layers = [[f"{layer:02d}-{i:02d}" for i in range(30)] for layer in range(12)]
    G = nx.DiGraph()
    for above, below in pairwise(layers):
        G.add_edges_from((u, v, {"trust": 0.3}) for u in above for v in below)
    G.add_edges_from((one, "end", {"trust": 0.7}) for one in layers[-1])
    parts = decompose(G, "end", seeds=layers[0], top=5)
    assert len(parts.walks) == len(set(parts.paths["path"])) == 5
    assert parts.paths["part"].tolist() == pytest.approx([parts.score / 30**12] * 5)
    assert parts.smaller == pytest.approx(parts.score)


def test_a_chain_longer_than_the_steps_allowed_is_all_longer():
    G = nx.DiGraph([(i, i + 1, {"trust": 0.3}) for i in range(30)])
    parts = decompose(G, 25, seeds=0)
    assert parts.walks == ()
    assert (parts.smaller, parts.longer) == (0.0, parts.score)
    assert "strongest ways" not in parts.explain()
    assert "at most 20 steps bring 0 % together, longer ones 100 %." in parts.explain()
    reached = decompose(G, 25, seeds=0, max_steps=25)
    assert [walk.path for walk in reached.walks] == [tuple(range(26))]
    assert reached.longer == pytest.approx(0.0, abs=1e-12)


# ------------------------------------------------------------------------------ laws


@given(chances, st.integers(0, 6), st.integers(0, 8))
def test_it_adds_up_in_both_ways_and_names_make_no_difference(rng, top, most):
    G = random_trust(rng)
    seeds = random_shares(rng, G) if rng.random() < 0.7 else None
    person = str(rng.choice(sorted(G)))
    parts = decompose(G, person, seeds=seeds, top=top, max_steps=most)
    assert total(parts) == pytest.approx(parts.score, abs=1e-15)
    walked = parts.paths["part"].sum() + parts.smaller + parts.longer
    assert walked == pytest.approx(parts.score, abs=1e-12)
    assert min(parts.seed, parts.returned, parts.smaller, parts.longer) >= 0.0
    assert (parts.edges["part"] >= 0.0).all()
    assert len(parts.walks) <= top
    assert all(path[-1] == person and len(path) <= most + 1 for path in parts.paths["path"])
    H, names = renamed(G)
    told = seeds and {names[one]: share for one, share in seeds.items()}
    again = decompose(H, names[person], seeds=told, top=top, max_steps=most)
    assert again.score == pytest.approx(parts.score, abs=3e-12)
    np.testing.assert_allclose(again.paths["part"], parts.paths["part"], atol=3e-12)
    here = {names[one]: part for one, part, _ in parts.edges.itertuples(index=False)}
    there = {one: part for one, part, _ in again.edges.itertuples(index=False)}
    assert there == pytest.approx(here, abs=3e-12)


# ------------------------------------------------------------------------------ what is given


def test_somebody_whom_nothing_reaches_has_an_answer():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5}), ("cy", "dee", {"trust": 0.5})])
    parts = decompose(G, "dee", seeds="ana")
    assert float(parts) == parts.score == 0.0
    assert parts.edges.to_numpy().tolist() == [["cy", 0.0, 0.0]]
    assert parts.paths.empty
    assert parts.to_frame()["share"].tolist() == [0.0, 0.0, 0.0]
    assert parts.explain() == "EigenTrust of dee is 0: no trust flows from the seeds to dee."


def test_one_person_alone_has_all_of_it_as_a_seed():
    G = nx.DiGraph()
    G.add_node("ana")
    parts = decompose(G, "ana")
    assert (parts.seed, parts.returned) == pytest.approx((0.1, 0.9))
    assert parts.score == pytest.approx(1.0)
    assert parts.edges.empty
    assert parts.edges.dtypes.astype(str).to_dict() == {
        "source": "object",
        "part": "float64",
        "share": "float64",
    }
    assert parts.paths.to_numpy().tolist() == [[("ana",), pytest.approx(1.0), pytest.approx(1.0)]]
    assert "90 % of it (0.9) goes back to ana as to everybody from 1 person who trusts nobody." in (
        parts.explain()
    )
    assert "10 % of it (0.1) is given beforehand: everybody is given the same." in parts.explain()
    assert "seed" not in parts.explain()


def test_edges_of_trust_0_are_listed_and_give_nothing():
    G = nx.DiGraph([(1, 3, {"trust": 0.0}), (2, 3, {"trust": 0.4})])
    parts = decompose(G, 3, seeds=[1, 2])
    assert parts.edges["source"].tolist() == [2, 1]
    assert parts.edges["part"].iloc[1] == 0.0
    assert parts.incoming[1].trust == 0.0


def test_people_may_be_named_and_an_index_given():
    G = random_trust(np.random.default_rng(5), people=6, density=0.5)
    G.nodes["p1"]["name"] = "Ana Lima"
    parts = decompose(G, "Ana Lima", seeds="p2")
    assert parts == decompose(tg.TrustIndex.from_graph(G), "p1", seeds=["p2"])
    assert (parts.person, parts.name) == ("p1", "Ana Lima")
    assert parts.walks[0].names[-1] == "Ana Lima"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"model": "hits"}, "there is no model 'hits'.*eigentrust or personalised_pagerank"),
        ({"top": -1}, "top is -1"),
        ({"top": 2.0}, "top is 2.0"),
        ({"max_steps": 1_001}, "max_steps is 1001.* 0 to 1,000"),
        ({"max_steps": "many"}, "max_steps is 'many'"),
        ({"damping": 1.0}, "damping is 1.0"),
        ({"tolerance": 0.0}, "tolerance is 0.0"),
        ({"max_iterations": -3}, "max_iterations is -3"),
        ({"seeds": {}}, "seeds name nobody"),
    ],
)
def test_what_is_out_of_range_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        decompose(nx.DiGraph([("a", "b", {"trust": 0.5})]), "b", **given)


def test_who_is_unknown_is_named():
    with pytest.raises(tg.errors.UnknownPersonError, match="'zoe'"):
        decompose(nx.DiGraph(), "zoe")
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    with pytest.raises(tg.errors.UnknownPersonError, match="'zoe'"):
        decompose(G, "bo", seeds="zoe")


def test_too_few_iterations_are_an_error():
    G = random_trust(np.random.default_rng(1), people=30, density=0.2)
    with pytest.raises(ConvergenceError):
        decompose(G, "p0", max_iterations=2)


# ------------------------------------------------------------------------------ the result


def small():
    G = nx.DiGraph(as_of="2026-01-01")
    G.add_edge("ana", "bo", trust=0.9)
    G.add_edge("ana", "cy", trust=0.3)
    G.add_edge("bo", "ana", trust=0.5)
    G.add_edge("cy", "bo", trust=0.8)
    G.add_edge("bo", "dee", trust=0.5)
    return G


@pytest.mark.parametrize("seeds", [None, "ana", {"ana": 3, "bo": 1}])
def test_it_is_written_down_and_read_back(seeds):
    for G in (small(), nx.convert_node_labels_to_integers(small())):
        told = seeds if "ana" in G or seeds is None else 0
        parts = decompose(
            G,
            next(iter(G)),
            seeds=told,
            model="personalised_pagerank",
            top=4,
            max_steps=np.int64(7),
        )
        again = Decomposition.from_dict(json.loads(json.dumps(parts.to_dict())))
        assert again == parts
        assert (again.model, again.top, again.max_steps, again.damping) == (
            "personalised_pagerank",
            4,
            7,
            0.85,
        )
        pd.testing.assert_frame_equal(again.paths, parts.paths)
        assert again.explain() == parts.explain()
    assert parts.as_of == "2026-01-01"


def test_the_frame_of_all_parts_sums_to_the_score():
    parts = decompose(small(), "bo", seeds={"bo": 1, "cy": 2})
    frame = parts.to_frame()
    assert list(frame.columns) == ["kind", "source", "part", "share"]
    assert frame["kind"].tolist() == ["seed", "returned", "edge", "edge"]
    assert frame["part"].sum() == pytest.approx(parts.score)
    assert frame["share"].sum() == pytest.approx(1.0)
    assert parts.seeds == (("bo", pytest.approx(1 / 3)), ("cy", pytest.approx(2 / 3)))


def test_the_sentences_tell_all_parts():
    text = decompose(small(), "bo", seeds="bo", top=2).explain().splitlines()
    assert text[0].startswith("EigenTrust of bo is 0.")
    assert text[0].endswith("times the average of 4 people.")
    assert "is given beforehand: bo is a seed." in text[1]
    assert "goes back to bo as a seed from 1 person who trusts nobody." in text[2]
    assert "of it comes from 2 people who trust bo:" in text[3]
    assert text[4].startswith("- ana: ")
    assert text[4].endswith(", with a trust of 0.90.")
    assert text[6] == "The strongest ways on which trust flows from a seed to bo:"
    assert text[7].startswith("1. bo as a seed: ")
    assert text[8].startswith("2. bo → ana → bo: ")
    assert text[9].startswith("All other ways of at most 20 steps bring ")


def test_long_lists_are_cut_and_the_rest_is_told():
    G = nx.DiGraph([(f"f{i:02d}", "hub", {"trust": 0.5}) for i in range(25)])
    parts = decompose(G, "hub", top=25)
    assert len(parts.edges) == 25
    assert "- The other 15 together: " in parts.explain()
    assert "11. " not in parts.explain()
    share = f"{100 * (parts.smaller + parts.paths['part'][10:].sum()) / parts.score:.0f} %"
    assert f"All other ways of at most 20 steps bring {share} together" in parts.explain()


def test_equal_edges_come_in_the_order_of_ids():
    G = nx.DiGraph([(one, "hub", {"trust": 0.5}) for one in "dbca"])
    parts = decompose(G, "hub")
    assert parts.edges["source"].tolist() == list("abcd")
    assert parts.paths["path"].tolist()[1:] == [(one, "hub") for one in "abcd"]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert attrs == []


@pytest.mark.parametrize("seeds", ["a", "c"])
def test_names_mean_nothing_to_a_browser_and_stay_in_their_line(seeds):
    G = nx.DiGraph([("a", "b", {"trust": 0.5}), ("b", "c", {"trust": 0.5})])
    for person in G:
        G.nodes[person]["name"] = f"<img src=x onerror=alert(1)>\n{person}\u202e"
    parts = decompose(G, "b", seeds=seeds)
    page = parts._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.found <= {"section", "h4", "p", "bdi", "table", "thead", "tbody", "tr", "th", "td"}
    assert "&lt;img" in page
    assert "\u202e" not in parts.explain()
    assert not any(line.startswith(("a", "b", "c")) for line in parts.explain().splitlines())

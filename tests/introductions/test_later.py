"""An answer is that of the moment of the call, whenever it is looked at."""

import copy
import pickle
import weakref
from collections.abc import Callable

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.introductions import Introductions

from helpers.random_questions import random_ask, random_world


def spoil(G: nx.DiGraph) -> None:
    """Change everything that can be changed in place."""
    for *_, tie in G.edges(data=True):
        for told in tie.get("kinds", {}).values():
            told["count"] = 99
        tie.get("kinds", {})["project"] = {
            "count": 7,
            "first": "2001-01-01",
            "last": "2001-01-01",
            "direction": "in",
        }
        tie.update(trust=0.0, certainty=0.5, last_contact="1999-01-01", observed=False)
    for person in list(G):
        for places in ("also", "past"):
            held = G.nodes[person].get(places)
            if isinstance(held, list):
                held.append(("Acme", "CTO"))
        G.nodes[person].update(name="Nobody", organisation="Nowhere", do_not_ask=True)
    G.remove_edges_from(list(G.edges)[::2])
    G.remove_nodes_from(list(G)[::2])


@pytest.mark.parametrize("seed", range(60))
def test_an_answer_does_not_change_with_the_graph(seed: int) -> None:
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=7, density=generator.uniform(0.2, 0.9))
    ask, wider = random_ask(generator, G), bool(generator.random() < 0.5)
    for index in (True, False):
        mine = copy.deepcopy(G)
        asked = tg.TrustIndex.from_graph(mine) if index else mine
        now, later, framed = (
            tg.find_introductions(asked, ask, observed_only=not wider) for _ in range(3)
        )
        now.settle()
        spoil(mine)
        assert later.explain() == now.explain()
        assert later == now
        pd.testing.assert_frame_equal(framed.to_frame(), now.to_frame(), check_exact=True)


def test_an_empty_answer_does_not_change_with_the_graph() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", trust=0.3, willingness=0.1, forwards=0.6)
    G.add_edge("t", "m", trust=0.4)
    G.add_node("m", past=[("Acme", "Buyer")])
    for target in ("t", tg.Organisation("Acme")):
        mine = copy.deepcopy(G)
        index = tg.TrustIndex.from_graph(mine)
        now, later = (tg.find_introductions(index, "s", target) for _ in range(2))
        now.settle()
        assert now.reason == "no_evidence_of_trust"
        spoil(mine)
        assert later == now


def test_records_of_a_frame_are_told_too() -> None:
    kinds = {"project": {"count": 2, "first": "2020-01-01", "last": None, "direction": "both"}}
    edges = pd.DataFrame(
        {
            "source": ["bo", "cy"],
            "target": ["ana", "bo"],
            "trust": [0.8, 0.5],
            "last_contact": ["2024-05-06T00:00", None],
            "kinds": [kinds, float("nan")],
        }
    )
    assert edges["last_contact"].isna().tolist() == [False, True]
    first, last = tg.find_introductions(tg.TrustIndex.from_frame(edges), "ana", "cy")[0].steps
    assert (first.last_contact, first.evidence[0].count) == ("2024-05-06", 2)
    assert (first.evidence[0].first, first.evidence[0].last) == ("2020-01-01", "")
    assert (last.last_contact, last.evidence) == ("", ())


def office() -> tg.TrustIndex:
    return tg.TrustIndex.from_graph(tg.build_graph(tg.datasets.load_office()))


def test_a_generator_is_used_at_the_call() -> None:
    index, acme = office(), tg.Organisation("Acme")
    generator = np.random.default_rng(7)
    one, two = (tg.find_introductions(index, "ana", acme, seed=generator) for _ in range(2))
    drawn = generator.random()
    # Looked at in the other order, and after the generator went on.
    second, first = two.items, one.items
    again = np.random.default_rng(7)
    assert tg.find_introductions(index, "ana", acme, seed=again).items == first
    assert tg.find_introductions(index, "ana", acme, seed=again).items == second
    assert again.random() == drawn
    assert first != second
    assert one.seed is not None
    assert tg.find_introductions(index, "ana", acme, seed=one.seed) == one


def test_without_a_seed_the_frame_and_the_items_still_agree() -> None:
    index, acme = office(), tg.Organisation("Acme")
    paths, other = (tg.find_introductions(index, "ana", acme, seed=None) for _ in range(2))
    low = [path.trust_interval.low for path in paths if path.trust_interval]
    assert paths.to_frame()["trust_low"].tolist() == low
    assert other.to_frame()["trust_low"].tolist() != low
    assert other.seed != paths.seed
    assert tg.find_introductions(index, "ana", acme, seed=paths.seed) == paths


@pytest.mark.parametrize("seed", [-1, 1.5, "x"])
def test_a_bad_seed_is_refused_at_the_call(seed: object) -> None:
    with pytest.raises(ValueError, match="it must be a whole number from 0, a generator or None"):
        tg.find_introductions(office(), "ana", "kofi", seed=seed)


def test_a_broken_record_is_refused_at_the_call() -> None:
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8, kinds={"project": {"count": 1}})
    with pytest.raises(KeyError, match="first"):
        tg.find_introductions(G, "ana", "bo")


def test_nothing_dear_is_done_before_somebody_looks() -> None:
    index = office()
    paths = tg.find_introductions(index, "ana", tg.Organisation("Acme"))
    assert len(paths) == 3
    paths.to_frame()
    later = set(Introductions.later)
    assert not later & set(vars(paths))
    assert paths.items
    assert later & set(vars(paths)) == {"items"}
    assert paths.forwarders is not None
    assert later & set(vars(paths)) == {"items", "forwarders"}
    assert paths._source is not None
    assert paths.explain()
    assert later <= set(vars(paths))
    assert paths._source is None


@pytest.mark.parametrize(
    "passed_on",
    [copy.copy, copy.deepcopy, lambda paths: pickle.loads(pickle.dumps(paths))],
)
def test_a_copy_holds_everything_and_not_the_index(
    passed_on: Callable[[Introductions], Introductions],
) -> None:
    paths = tg.find_introductions(office(), "ana", tg.Organisation("Acme"))
    other = passed_on(paths)
    assert set(Introductions.later) <= set(vars(other))
    assert b"TrustIndex" not in pickle.dumps(paths)
    assert (other, repr(other), hash(other)) == (paths, repr(paths), hash(paths))
    assert other.to_frame().equals(paths.to_frame())
    assert other.explain() == paths.explain()


def test_a_changed_copy_is_a_full_one() -> None:
    paths = tg.find_introductions(office(), "ana", tg.Organisation("Acme"))
    changed = paths.replace(k=9)
    assert (changed.k, changed.items, changed.forwarders) == (9, paths.items, paths.forwarders)
    assert Introductions.from_dict(paths.to_dict()) == paths
    assert "<table" in paths._repr_html_()


def large(people: int) -> nx.DiGraph:
    """A star of stars with two ways from 0 to 1."""
    G = nx.DiGraph([(one, 0, {"trust": 0.5, "certainty": 0.5}) for one in range(2, people)])
    G.add_edges_from([(0, one, {"trust": 0.5, "certainty": 0.5}) for one in range(2, people)])
    G.add_edge(1, 2, trust=0.5, certainty=0.5)
    G.add_edge(1, 3, trust=0.4, certainty=0.5)
    return G


def test_the_index_goes_with_the_last_thing_that_is_looked_at() -> None:
    index = office()
    for looked in (Introductions.explain, Introductions.settle, repr, Introductions.to_dict):
        held = weakref.ref(tg.find_introductions(index, "ana", tg.Organisation("Acme")))
        assert held() is None
        paths = tg.find_introductions(index, "ana", tg.Organisation("Acme"))
        source = weakref.ref(paths._source)
        looked(paths)
        assert source() is None
    paths = tg.find_introductions(index, "ana", tg.Organisation("Acme"))
    for name in Introductions.later:
        assert paths._source is not None
        getattr(paths, name)
    assert paths._source is None
    assert list(vars(paths)) == list(Introductions.model_fields)


def test_an_answer_to_a_large_graph_holds_no_index() -> None:
    G = large(4_000)
    for target, max_intermediaries in ((1, 3), (1, 0)):
        paths = tg.find_introductions(G, 0, target, max_intermediaries=max_intermediaries)
        same = tg.find_introductions(
            tg.TrustIndex.from_graph(G), 0, target, max_intermediaries=max_intermediaries
        )
        assert paths._source is None
        assert same._source is not None
        pd.testing.assert_frame_equal(paths.to_frame(), same.to_frame(), check_exact=True)
        assert paths == same


def test_a_long_answer_to_a_graph_is_told_when_it_is_looked_at() -> None:
    G = nx.DiGraph([(0, one, {"trust": 0.5}) for one in range(1, 40)])
    G.add_edges_from([(one, 40, {"trust": 0.5}) for one in range(1, 40)])
    paths = tg.find_introductions(G, 40, 0, k=100)
    assert len(paths) == 39
    assert "items" not in vars(paths)


@pytest.mark.parametrize("ask", [("nobody", "kofi"), ("ana", "nobody"), ("ana", "ana")])
def test_a_question_about_nobody_is_refused_at_the_call(ask: tuple[str, str]) -> None:
    for asked in (tg.Ask(seeker=ask[0], target=ask[1]), None):
        with pytest.raises((LookupError, ValueError)):
            tg.find_introductions(office(), *((asked,) if asked else ask))

"""Mutual contacts against sets of networkx, and what they do to the first step."""

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.steps.mutual import mutual_contacts
from trustgraph.trust import ReachModel

from helpers.random_questions import random_world

ON = tg.TrustModel(reach=ReachModel(access="inverted_u"))


def contacts(G: nx.DiGraph, person, *, observed_only: bool) -> set:
    def seen(tie):
        return not observed_only or tie.get("observed", True)

    there = {v for _, v, tie in G.out_edges(person, data=True) if seen(tie)}
    return there | {u for u, _, tie in G.in_edges(person, data=True) if seen(tie)}


@pytest.mark.parametrize("observed_only", [True, False])
def test_as_many_as_sets_have_in_common(observed_only):
    generator = np.random.default_rng(5)
    for _ in range(30):
        G = random_world(generator, n=int(generator.integers(2, 14)), density=0.4)
        people = sorted(G)
        index = tg.TrustIndex.from_graph(G)
        others = np.arange(1, len(people))
        found = mutual_contacts(index, 0, others, observed_only=observed_only)
        sets = [contacts(G, person, observed_only=observed_only) for person in people]
        assert found.tolist() == [len(sets[0] & own) for own in sets[1:]]


def test_nobody_and_nothing_in_common():
    G = nx.DiGraph()
    G.add_nodes_from(["ana", "bo"])
    index = tg.TrustIndex.from_graph(G)
    assert mutual_contacts(index, 0, np.array([1]), observed_only=True).tolist() == [0]
    assert mutual_contacts(index, 0, np.zeros(0, int), observed_only=True).tolist() == []


def circle() -> nx.DiGraph:
    """Bo shares ten contacts with Ana, Cy none; both trust her alike and know Dee."""
    G = nx.DiGraph()
    for name in ("bo", "cy"):
        G.add_edge(name, "ana", trust=0.3)
        G.add_edge("dee", name, trust=0.5)
    for n in range(10):
        G.add_edge(f"x{n}", "ana", trust=0.0)
        G.add_edge("bo", f"x{n}", trust=0.1)
    return G


def test_access_is_a_factor_on_the_first_step_of_a_reach_alone():
    G = circle()
    index = tg.TrustIndex.from_frame(tg.graph.edges_frame(G))
    for given in (G, index):
        reach = tg.Ask(seeker="ana", target="dee", purpose="reach", clarity=1.0)
        off = tg.introductions.step_factors(given, reach).set_index(["asker", "asked"])
        on = tg.introductions.step_factors(given, reach, model=ON).set_index(["asker", "asked"])
        assert on.loc[("ana", "bo"), "first"] == off.loc[("ana", "bo"), "first"] == 1
        # p = ln 11 / ln 4
        wanted = 0.2 + 0.8 * np.exp(-((np.log(11) / np.log(4)) ** 2))
        assert on.loc[("ana", "cy"), "first"] == pytest.approx(wanted)
        assert (on["last"].dropna() == off["last"].dropna()).all()
        best = tg.find_introductions(given, reach, model=ON, k=1)[0]
        assert best.introducer == "bo"
        vouch = reach.replace(purpose="vouch")
        same = [tg.introductions.step_factors(given, vouch, model=model) for model in (None, ON)]
        assert same[0].equals(same[1])

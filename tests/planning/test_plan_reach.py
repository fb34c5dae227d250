"""The chance that asked people reach a target, against going through all states and paths."""

from itertools import combinations, pairwise, product

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.planning._reach import draw_behind, options_of
from trustgraph.steps.subgraph import short_walks

from helpers.brute_paths import all_paths, random_graph

MOST_STEPS = 13


def union_of_paths(steps, seeker, most, asked):
    """Chance that some path over one of the asked people works, by all states of all steps."""
    paths = [path for path in all_paths(steps, seeker, most) if path[1] in asked]
    edges = sorted({edge for path in paths for edge in pairwise(path)})
    if len(edges) > MOST_STEPS:
        return None
    chance = []
    table = steps.set_index(["asker", "asked"])
    ends = {path[-1] for path in paths}
    for asker, other in edges:
        row = table.loc[(asker, other)]
        place = "last" if other in ends else ("first" if asker == seeker else "further")
        chance.append(row[place])
    total = 0.0
    for state in product((False, True), repeat=len(edges)):
        weight = np.prod([p if up else 1 - p for p, up in zip(chance, state, strict=True)])
        up = {edge for edge, works in zip(edges, state, strict=True) if works}
        if any(all(edge in up for edge in pairwise(p)) for p in paths):
            total += float(weight)
    return total


def options_for(G, target, most, *, draws=2048, exactly=True, purpose="vouch", seed=0):
    ask = tg.Ask(seeker=min(G), target=target, clarity=1, purpose=purpose)
    question = tg.steps.ask_question(G, ask)
    graph = short_walks(question, most)
    rng = np.random.default_rng(seed)
    (behind,) = draw_behind([graph], draws, rng, exactly=exactly)
    return question, options_of(question, graph, behind)


def reached(options, chosen):
    left = np.prod([1 - options.chance[i] * options.reach[i] for i in chosen], axis=0)
    return float(options.weight @ (1 - left)) if len(chosen) else 0.0


@pytest.mark.parametrize("purpose", ["vouch", "reach"])
@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_every_set_of_asks_has_the_chance_of_its_union_of_paths(most, purpose):
    compared = 0
    for seed in range(25):
        G = random_graph(np.random.default_rng([seed, most]), n=6, density=0.4)
        people = sorted(G)
        question, options = options_for(G, people[-1], most, purpose=purpose)
        steps = tg.steps.question_frame(question)
        ids = [question.index.labels[one] for one in options.person]
        assert options.exact
        assert options.weight.sum() == pytest.approx(1)
        for size in (1, 2, len(ids)):
            for chosen in list(combinations(range(len(ids)), size))[:4]:
                asked = {ids[one] for one in chosen}
                expected = union_of_paths(steps, people[0], most, asked)
                if expected is not None:
                    assert reached(options, chosen) == pytest.approx(expected, abs=1e-12)
                    compared += 1
    assert compared > 10


def test_everybody_asked_together_is_the_reliability():
    for seed in range(8):
        G = random_graph(np.random.default_rng(seed), n=9, density=0.35)
        people = sorted(G)
        _, options = options_for(G, people[-1], 3)
        everybody = reached(options, range(len(options)))
        whole = tg.reputation.reliability(G, tg.Ask(seeker=people[0], target=people[-1], clarity=1))
        assert everybody == pytest.approx(whole.value, abs=1e-9 if options.exact else 0.05)


def test_drawn_states_come_near_to_all_of_them():
    G = random_graph(np.random.default_rng(3), n=7, density=0.5)
    target = max(G)
    _, exact = options_for(G, target, 2)
    _, drawn = options_for(G, target, 2, draws=16_384, exactly=False)
    assert exact.exact
    assert not drawn.exact
    there = dict(zip(exact.person.tolist(), exact.reach @ exact.weight, strict=True))
    found = dict(zip(drawn.person.tolist(), drawn.reach @ drawn.weight, strict=True))
    assert there.keys() == found.keys()
    for person, chance in there.items():
        assert found[person] == pytest.approx(chance, abs=5 * 0.5 / np.sqrt(16_384))


def test_a_step_that_two_targets_share_is_drawn_once():
    G = nx_fork()
    questions = [tg.steps.ask_question(G, "ana", who) for who in ("x", "y")]
    graphs = [short_walks(one, 3) for one in questions]
    behind = draw_behind(graphs, 640, np.random.default_rng(1), exactly=False)
    rows = [
        behind[place].open[int(np.flatnonzero(graph.role == 1)[0])]
        for place, graph in enumerate(graphs)
    ]
    assert (rows[0] == rows[1]).all()
    last = [
        behind[place].open[int(np.flatnonzero(g.role == 2)[0])] for place, g in enumerate(graphs)
    ]
    assert (last[0] != last[1]).any()


def nx_fork():
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8)
    G.add_edge("cy", "bo", trust=0.6)
    G.add_edge("x", "cy", trust=0.5)
    G.add_edge("y", "cy", trust=0.5)
    return G

"""Drawn opinions: their means in closed form, and what is never drawn."""

import networkx as nx
import numpy as np
import pytest

from trustgraph.datasets.office import load_office
from trustgraph.graph.build import build_graph
from trustgraph.models.ask import Ask, Organisation
from trustgraph.steps.drawn import draw_opinions, drawn_chances, drawn_factors
from trustgraph.steps.question import ask_question
from trustgraph.steps.subgraph import admissible_subgraph


def office():
    G = build_graph(load_office())
    return G, min(G)


def office_steps(**options):
    G, seeker = office()
    others = [person for person in sorted(G) if person != seeker]
    for target in others:
        question = ask_question(G, Ask(seeker=seeker, target=target, clarity=1.0, **options))
        steps = admissible_subgraph(question)
        if len(set(steps.role.tolist())) >= 3:
            return question, steps
    raise AssertionError


def test_the_mean_of_every_factor_is_the_factor():
    question, steps = office_steps()
    draws = 20_000
    factors = drawn_factors(question, steps, draws, np.random.default_rng(0))
    assert factors.shape == (len(steps.tail), draws)
    error = factors.std(axis=1) / np.sqrt(draws)
    assert (abs(factors.mean(axis=1) - steps.probability) < 4.5 * error + 1e-12).all()
    assert ((factors > 0) & (factors <= 1)).all()
    assert (factors.std(axis=1) > 0).any()


def test_opinions_are_beta_distributed():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.7, "certainty": 0.8})])
    question = ask_question(G, "ana", "bo")
    drawn = draw_opinions(question, np.array([0]), 50_000, np.random.default_rng(1))[0]
    nu = 2 / (1 - 0.8)
    assert drawn.mean() == pytest.approx(0.7, abs=0.005)
    assert drawn.var() == pytest.approx(0.7 * 0.3 / (nu + 1), rel=0.05)


@pytest.mark.parametrize("known", [{"trust": 0.7, "certainty": 1.0}, {"trust": 1.0}, {"trust": 0}])
def test_what_is_certain_is_not_drawn(known):
    G = nx.DiGraph([("bo", "ana", {"certainty": 0.5, **known})])
    question = ask_question(G, "ana", "bo")
    drawn = draw_opinions(question, np.array([0]), 5, np.random.default_rng(1))
    assert (drawn == known["trust"]).all()


def test_without_certainty_there_is_nothing_to_draw():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.7})])
    question = ask_question(G, "ana", "bo")
    steps = admissible_subgraph(question)
    assert drawn_factors(question, steps, 5, np.random.default_rng(0)) is None
    with pytest.raises(ValueError, match="no certainty"):
        draw_opinions(question, np.array([0]), 5, np.random.default_rng(0))


def test_nothing_is_drawn_where_nobody_vouches_nor_for_an_assumed_step():
    question, steps = office_steps(purpose="reach")
    factors = drawn_factors(question, steps, 3, np.random.default_rng(0))
    assert (factors == steps.probability[:, None]).all()
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "certainty": 0.9})])
    G.nodes["bo"]["organisation"] = "Acme"
    question = ask_question(G, "ana", Organisation("Acme"))
    steps = admissible_subgraph(question)
    factors = drawn_factors(question, steps, 30, np.random.default_rng(0))
    assert (factors[1] == steps.probability[1]).all()
    assert factors[0].std() > 0


def test_several_last_steps_of_one_person_count_as_one_in_every_draw():
    rng = np.random.default_rng(4)
    G = nx.DiGraph()
    trusts = [("bo", "ana"), ("t0", "bo"), ("t1", "bo"), ("t0", "ana"), ("t1", "ana"), ("cy", "bo")]
    G.add_edges_from((u, v, {"trust": rng.random()}) for u, v in [*trusts, ("t1", "cy")])
    steps = admissible_subgraph(ask_question(G, "ana", ("t0", "t1")))
    network = steps.network()
    chance, direct = drawn_chances(steps, np.repeat(steps.probability[:, None], 4, axis=1))
    assert chance == pytest.approx(np.repeat(network.chance[:, None], 4, axis=1), abs=1e-15)
    assert direct == pytest.approx(np.full(4, network.direct))

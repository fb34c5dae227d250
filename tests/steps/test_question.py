import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.steps import ask_question

from helpers.brute_paths import random_graph


@pytest.mark.parametrize("seed", range(20))
def test_arrays_are_sorted_and_nobody_blocked_stands_between(seed):
    G = random_graph(np.random.default_rng(seed), n=8, density=0.6)
    G.nodes["p03"]["do_not_ask"] = True
    question = ask_question(G, "p00", ["p06", "p07"])
    index = question.index
    blocked = {"p00", "p03", "p06", "p07"}
    barred = question.barred.tolist()
    assert {index.labels[i] for i in barred} == blocked - {"p03"}
    shut = [*barred, index.number("p03")]
    assert (np.diff(question.entry_asked) > 0).all()
    order = question.exit_asker * len(question.targets) + question.exit_target
    assert (np.diff(order) > 0).all()
    for array in (question.entry_asked, question.exit_asker):
        assert not np.isin(array, shut).any()
    inner = np.flatnonzero(question.further(np.arange(index.m)))
    assert len(inner)
    assert not np.isin(index.out_asked[inner], shut).any()
    assert not np.isin(index.asker_of(inner), barred).any()


def test_an_ask_with_two_names_is_clear_and_one_with_fields_is_not():
    G = nx.DiGraph([("t", "s", {"trust": 0.5})])
    assert ask_question(G, "s", "t").kappa == 1.0
    question = ask_question(G, tg.Ask(seeker="s", target="t", interest="data"))
    assert question.kappa == pytest.approx((0.27 + 0.3 * 0.53) / 0.8)


def test_the_target_is_named_for_reading():
    G = nx.DiGraph()
    G.add_nodes_from(["s", *"abcde"])
    assert ask_question(G, "s", list("abcde")).target_name == "a, b, c and 2 more"
    assert ask_question(G, "s", "a").target_name == "a"


def test_inferred_ties_are_left_out_unless_asked_for():
    G = nx.DiGraph()
    G.add_edge("m", "s", trust=0.5, observed=False)
    G.add_edge("t", "m", trust=0.5, observed=False)
    G.add_edge("t", "s", trust=0.5, observed=False)
    narrow = ask_question(G, "s", "t")
    wide = ask_question(G, "s", "t", observed_only=False)
    assert (len(narrow.entry_asked), len(narrow.exit_asker), len(narrow.direct_target)) == (0, 0, 0)
    assert (len(wide.entry_asked), len(wide.exit_asker), len(wide.direct_target)) == (1, 1, 1)


def test_a_prospect_known_to_the_seeker_is_reached_directly_with_a_cold_answer():
    G = nx.DiGraph()
    G.add_node("s", organisation="Acme")
    question = ask_question(G, "s", tg.Prospect("Ines Roth", organisation="Acme"))
    r = 1.2 * (1 - np.exp(-0.25))  # one year at one employer
    trust, belief = (r + 0.2) / (r + 2), r / (r + 2)
    assert question.direct_passes[0] == pytest.approx(0.12 + 0.46 * belief)
    assert question.direct_factor[0] == pytest.approx((0.12 + 0.46 * belief) * trust)

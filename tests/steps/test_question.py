import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.steps import ask_question
from trustgraph.steps.question import ask_again

from helpers.brute_paths import random_graph
from helpers.random_questions import random_ask, random_world


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


ARRAYS = [
    *("entry_asked", "entry_factor", "entry_step", "barred"),
    *("exit_asker", "exit_target", "exit_factor", "exit_step", "exit_observed"),
    *("direct_target", "direct_factor", "direct_passes", "direct_step", "direct_observed"),
]


def told(question):
    """Return all arrays of a question, with their types."""
    arrays = {name: getattr(question, name) for name in ARRAYS}
    return {name: (array.dtype, array.tolist()) for name, array in arrays.items()}


@pytest.mark.parametrize("seed", range(40))
def test_asked_again_a_question_is_what_it_is_when_asked_afresh(seed):
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=8, density=0.7)
    index, ask = tg.TrustIndex.from_graph(G), random_ask(generator, G)
    shut = tg.TrustModel(gate=tg.trust.EndorsementGate(min_willingness=0.9))
    first = ask_question(index, ask)
    for observed_only in (True, False):
        for spare in (True, False):
            for model in (None, shut):
                options = {"observed_only": observed_only, "spare": spare, "model": model}
                again = ask_again(first, **options)
                afresh = ask_question(index, ask, **options)
                assert told(again) == told(afresh)
                assert again.passing is afresh.passing
                assert (again.targets, again.insiders) == (afresh.targets, afresh.insiders)
                assert (again.spare, again.observed_only) == (spare, observed_only)


@pytest.mark.parametrize("seed", range(40))
def test_one_target_has_the_steps_that_it_has_among_several(seed):
    generator = np.random.default_rng(seed)
    index = tg.TrustIndex.from_graph(random_world(generator, n=8, density=0.7))
    purpose = "reach" if seed % 2 else "vouch"
    both, one, other = (
        ask_question(index, tg.Ask(seeker="p00", target=target, purpose=purpose))
        for target in (["p06", "p07"], "p06", "p07")
    )
    types = [kind for kind, _ in told(both).values()]
    assert [kind for kind, _ in told(one).values()] == types
    free = {index.number("p06"), index.number("p07")}
    for place, alone in enumerate((one, other)):
        for end in ("exit", "direct"):
            mine = getattr(both, f"{end}_target") == place
            # Alone, the other target may stand between.
            kept = np.ones(len(getattr(alone, f"{end}_target")), bool)
            if end == "exit":
                kept = ~np.isin(alone.exit_asker, list(free))
            for name in ("factor", "step", "observed"):
                together = getattr(both, f"{end}_{name}")[mine]
                assert together.tolist() == getattr(alone, f"{end}_{name}")[kept].tolist()
        assert not alone.exit_target.any()
    assert (np.diff(one.exit_asker) > 0).all()

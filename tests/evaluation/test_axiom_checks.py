"""Each axiom is tried on a model that keeps it and on models that break it, each in its own way."""

import networkx as nx
import numpy as np
import pytest

from trustgraph.evaluation.axiom_checks import AXIOMS
from trustgraph.evaluation.axioms import check_axioms
from trustgraph.reputation.model import ReputationModel

from helpers.axiom_graphs import loved, walk_rank


def model(function, **known):
    looks = "seeds" in function.__code__.co_varnames
    known = {"personal": looks, "on_index": False, "span": (-9.0, 9.0), **known}
    return ReputationModel(function.__name__, "standing", function, **known)


def ratings_of(G, person):
    return [tie["rating"] for *_, tie in G.in_edges(person, data=True)]


def mean(G):
    """Mean rating; no answer about whom nobody rates."""
    return {one: np.mean(ratings_of(G, one)) for one in G if ratings_of(G, one)}


def squared(G):
    """Distrust counts like trust."""
    return {one: sum(rating**2 for rating in ratings_of(G, one)) for one in G}


def known(G):
    """Number of ratings, whatever they say."""
    return dict(G.in_degree())


def spoken_of(G):
    """An answer about whom somebody rates; which is good, even if the rating is not."""
    return dict.fromkeys([one for one in G if G.in_degree(one)], 0.5)


def envy(G):
    """The more one is trusted, the worse."""
    return {one: -trust for one, trust in loved(G).items()}


def shy(G):
    """No answer about the very best."""
    return {one: trust for one, trust in loved(G).items() if trust < 1}


def distance(G, *, seeds):
    H = nx.DiGraph([(u, v) for u, v, tie in G.edges(data=True) if tie["trust"] > 0])
    H.add_nodes_from(G)
    return nx.single_source_shortest_path_length(H, seeds)


def reach(G, *, seeds):
    """Whoever is reached is trusted alike."""
    return dict.fromkeys(distance(G, seeds=seeds), 1.0)


def near(G, *, seeds):
    """Half with every step, nothing from four steps on."""
    return {one: 0.5**far if far < 4 else 0.0 for one, far in distance(G, seeds=seeds).items()}


def far(G, *, seeds):
    """The further the better."""
    return distance(G, seeds=seeds)


def leaps(G, *, seeds):
    """No answer at odd distances."""
    return {one: 0.5**far for one, far in distance(G, seeds=seeds).items() if far % 2 == 0}


def alphabet(G):
    return {one: place for place, one in enumerate(sorted(G))}


def first_told(G):
    return {one: float(place == 0) for place, one in enumerate(G)}


def silent_about_p0(G):
    return {one: 1.0 for one in G if one != "p0"}


def leaky(G, *, seeds=None):
    """A walk that ends at people who trust nobody."""
    start = [1.0 * (one == seeds) if seeds else 1 / len(G) for one in G]
    trust = nx.to_numpy_array(G, weight="trust")
    sums = trust.sum(axis=1, keepdims=True)
    steps = np.divide(trust, sums, out=np.zeros_like(trust), where=sums > 0)
    scores = 0.15 * np.linalg.solve(np.eye(len(G)) - 0.85 * steps.T, start)
    return dict(zip(G, scores.tolist(), strict=True))


def seedless_leak(G, *, seeds=None):
    return walk_rank(G, seeds=seeds) if seeds else leaky(G)


KEEP = {
    "bounded": [model(mean, span=(-1.0, 1.0)), model(walk_rank, span=(0.0, 1.0))],
    "monotone": [model(loved), model(mean), model(walk_rank), model(known)],
    "monotone_new": [model(loved), model(walk_rank), model(known)],
    "attenuates": [model(near), model(walk_rank)],
    "distrust": [model(loved), model(walk_rank), model(near)],
    "relabelling": [model(loved), model(mean), model(walk_rank), model(leaky)],
    "mass": [
        model(walk_rank, total=1.0),
        model(seedless_leak, total=1.0, needs_seeds=True),
    ],
}
BREAK = {
    "bounded": [model(loved, span=(0.0, 1.0)), model(envy, span=(0.0, 9.0))],
    "monotone": [model(envy), model(shy), model(squared)],
    "monotone_new": [model(envy), model(shy), model(mean)],
    "attenuates": [model(reach), model(far), model(leaps)],
    "distrust": [model(envy), model(known), model(squared), model(spoken_of), model(mean)],
    "relabelling": [model(alphabet), model(first_told), model(silent_about_p0)],
    "mass": [model(leaky, total=1.0), model(seedless_leak, total=1.0), model(loved, total=1.0)],
}


def cases(table):
    return [
        pytest.param(axiom, one, id=f"{axiom}-{one.name}")
        for axiom, models in table.items()
        for one in models
    ]


def checked(axiom, one):
    return check_axioms(one, axioms=axiom, worlds=25)[axiom]


def test_every_axiom_is_tried_on_both_kinds():
    assert list(KEEP) == list(BREAK) == [axiom.name for axiom in AXIOMS]


@pytest.mark.parametrize(("axiom", "one"), cases(KEEP))
def test_a_model_that_keeps_an_axiom_passes(axiom, one):
    result = checked(axiom, one)
    assert (result.status, result.counterexample) == ("holds", None)
    assert result.worlds > 20
    assert f"no counterexample in {result.comparisons} comparisons" in result.explain()


@pytest.mark.parametrize(("axiom", "one"), cases(BREAK))
def test_a_model_that_breaks_an_axiom_is_caught_and_the_numbers_can_be_verified(axiom, one):
    result = checked(axiom, one)
    case = result.counterexample
    assert (result.status, result.cell) == ("fails", "fails")
    assert len(case.people) <= 4
    assert len(case.edges) <= 3
    scores = one.standing(case.graph(), case.seed)
    wrong = number(case.after)
    if axiom == "mass":
        assert scores.sum() == pytest.approx(wrong)
        assert number(case.before) == 1.0 != pytest.approx(wrong)
    elif axiom in ("bounded", "attenuates"):
        assert scores[case.person] == pytest.approx(wrong)
    else:
        assert scores[case.person] == pytest.approx(number(case.before), nan_ok=True)
        changed = one.standing(case.graph(changed=True), case.seed)
        if axiom != "relabelling":
            assert changed[case.person] == pytest.approx(wrong, nan_ok=True)
            assert case.change[1] == case.person != case.seed
    assert case.claim in result.explain()


def number(value):
    return np.nan if value is None else value


def smallest(axiom, one):
    case = checked(axiom, one).counterexample
    return case.edges, case.change


def test_the_counterexamples_are_as_small_as_can_be():
    assert smallest("bounded", model(loved, span=(0.0, 1.0)))[0] == (
        ("p1", "p0", 1.0),
        ("p2", "p0", 1.0),
    )
    assert smallest("distrust", model(known))[0] == ()
    edges, change = smallest("monotone_new", model(mean))
    assert (len(edges), change[2]) == (1, None)
    assert smallest("attenuates", model(reach))[0] == (("p0", "p1", 0.5), ("p1", "p2", 0.5))


def test_an_answer_that_vanishes_is_a_fall():
    result = checked("monotone", model(shy))
    assert result.counterexample.after is None
    assert "to no answer." in result.explain()


def test_an_answer_above_0_that_appears_is_a_rise():
    result = checked("distrust", model(spoken_of))
    assert (result.counterexample.before, result.counterexample.after) == (None, 0.5)


def test_a_model_that_is_nobody_s_view_cannot_attenuate():
    result = checked("attenuates", model(loved))
    assert (result.status, result.cell) == ("not_applicable", "n/a")
    assert result.explain().startswith("attenuates: not applicable; it looks at no seed")


def test_a_model_without_a_fixed_amount_cannot_leak():
    assert checked("mass", model(loved)).reason == "it deals out no fixed amount"


def test_differences_of_iteration_are_not_counted():
    def shaky(G, *, seeds=None):
        scores = walk_rank(G, seeds=seeds)
        return {one: score * (1 + 1e-8 * (one == "p0")) for one, score in scores.items()}

    assert checked("relabelling", model(shaky)).status == "holds"

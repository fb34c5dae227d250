"""An index that tells some columns in single precision answers like one that does not."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.graph import _arrays
from trustgraph.steps.told import _shortest, told

from helpers.random_questions import random_ask, random_world


@pytest.fixture
def single(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold in single precision what large graphs hold that way."""
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 1)


def both(G: nx.DiGraph, monkeypatch: pytest.MonkeyPatch) -> tuple[tg.TrustIndex, tg.TrustIndex]:
    """Return a graph with all in double precision, and as large graphs are held."""
    double = tg.TrustIndex.from_graph(G)
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 1)
    return double, tg.TrustIndex.from_graph(G)


def gate(cut: float) -> tg.TrustModel:
    model = tg.TrustModel()
    return model.replace(gate=model.gate.replace(min_willingness=cut))


def test_a_tie_that_passes_on_its_trust_has_no_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.123, endorsed_trust=0.123, certainty=0.5)
    G.add_edge("cy", "bo", trust=0.5, endorsed_trust=0.5, certainty=0.5)
    double, single = (tg.find_introductions(index, "ana", "cy") for index in both(G, monkeypatch))
    one, other = double[0].trust_interval, single[0].trust_interval
    assert one is not None
    assert other is not None
    assert (one.low, one.mean, one.high) == pytest.approx((other.low, other.mean, other.high))


@pytest.mark.usefixtures("single")
@pytest.mark.parametrize("cut", [0.1, 0.2, 0.3, 0.6, 0.7, 0.9])
@pytest.mark.parametrize("own", [False, True])
def test_whoever_is_not_asked_to_vouch_is_a_forwarder(cut: float, own: bool) -> None:
    G = nx.DiGraph()
    for place, willingness in enumerate([cut - 1e-9, cut, cut + 1e-9, cut - 0.05, cut + 0.05]):
        G.add_edge(f"m{place}", "s", trust=0.5, willingness=willingness)
        G.add_edge("t", f"m{place}", trust=0.5)
    model = gate(cut)
    if own:
        G.graph["model"] = model.model_dump_json()
    paths = tg.find_introductions(tg.TrustIndex.from_graph(G), "s", "t", model=model)
    asked = [path.introducer for path in paths]
    assert sorted([*asked, *(one.person for one in paths.forwarders)]) == [
        *("m0", "m1", "m2", "m3", "m4")
    ]
    lacking = tg.TrustIndex.from_graph(G.edge_subgraph([("m1", "s"), ("t", "m1")]))
    alone = tg.find_introductions(lacking, "s", "t", model=model)
    told_short = any("would vouch" in miss.lacking for miss in alone.nearest_misses)
    assert len(alone) + len(alone.forwarders) == 1
    assert bool(alone) != told_short


@pytest.mark.usefixtures("single")
@pytest.mark.parametrize("seed", range(80))
def test_the_score_is_what_arrives_times_what_is_carried(seed: int) -> None:
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=7, density=generator.uniform(0.4, 1))
    for _, _, tie in G.edges(data=True):
        # The trust that is endorsed is seldom full: here it is, so that all is carried.
        tie.update(
            trust=1.0,
            endorsed_trust=1.0,
            response=float(generator.random()),
            willingness=float(generator.uniform(0.3, 1)),
            forwards=float(generator.random()),
        )
    ask = random_ask(generator, G)
    model = tg.TrustModel().replace(paths=tg.TrustModel().paths.replace(retention=1.0))
    paths = tg.find_introductions(
        tg.TrustIndex.from_graph(G), ask, k=20, observed_only=False, model=model
    )
    frame = paths.to_frame()
    assert frame[["carried", "delivery"]].le(1.0).all(axis=None)
    np.testing.assert_allclose(frame["delivery"] * frame["carried"], frame["score"], rtol=1e-15)
    if ask.purpose == "reach":
        assert frame["delivery"].equals(frame["score"])
    assert [(path.delivery, path.carried) for path in paths] == list(
        frame[["delivery", "carried"]].itertuples(index=False, name=None)
    )


FACTS = ("trust", "certainty", "recall", "willingness", "forwards", "response", "passes")


@pytest.mark.parametrize("seed", range(40))
def test_what_was_given_is_told_as_it_was_given(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=6, density=generator.uniform(0.4, 1))
    for _, _, tie in G.edges(data=True):
        for name in FACTS[1:-1]:
            tie[name] = round(float(generator.uniform(0.01, 1)), int(generator.integers(1, 6)))
        tie["trust"] = float(generator.random())
    double, single = (
        tg.find_introductions(index, random_ask(np.random.default_rng(seed), G), k=20)
        for index in both(G, monkeypatch)
    )
    assert single.items or not double.items
    assert [[getattr(step, fact) for step in path.steps for fact in FACTS] for path in single] == [
        [getattr(step, fact) for step in path.steps for fact in FACTS] for path in double
    ]
    assert single.forwarders == double.forwarders


@pytest.mark.usefixtures("single")
def test_direct_ties_agree_with_the_questions_about_many() -> None:
    G = nx.DiGraph([("bo", "ana", {"trust": 0.7, "response": 0.36})])
    G.add_edge("ana", "bo", trust=0.7, response=0.123456789)
    index = tg.TrustIndex.from_graph(G)
    path = tg.find_introductions(index, "ana", "bo")[0]
    assert (path.score, path.delivery, path.steps[0].passes) == (0.36 * 0.7, 0.36, 0.36)
    for seeker, target in (("ana", "bo"), ("bo", "ana")):
        score = tg.find_introductions(index, seeker, target)[0].score
        many = tg.introductions.best_introductions(index, seeker, target)
        reached = tg.introductions.introduction_reach(index, seeker)
        assert many["score"].tolist() == [score]
        assert reached.loc[target, "score"] == score


def test_the_shortest_decimals_are_those_that_numpy_writes() -> None:
    generator = np.random.default_rng(0)
    values = np.concatenate(
        [
            generator.random(3000),
            generator.random(3000) ** 8,
            np.round(generator.random(3000), 3),
            1 - generator.random(1000) * 1e-5,
            [0.0, 1.0, 1e-12, 1e-45, 0.36],
        ]
    ).astype(np.float32)
    assert _shortest(values).tolist() == [float(str(value)) for value in values]
    assert np.isnan(_shortest(np.array([np.nan], np.float32))).all()
    assert _shortest(values[:4].reshape(2, 2)).shape == (2, 2)


@pytest.mark.usefixtures("single")
def test_only_what_is_held_in_single_precision_is_rounded() -> None:
    edges = pd.DataFrame({"source": ["b"], "target": ["a"], "trust": [1 / 3], "recall": [1 / 3]})
    index = tg.TrustIndex.from_frame(edges)
    assert told(index, "trust", np.array([0])).tolist() == [1 / 3]
    assert told(index, "recall", np.array([0])).tolist() == [0.33333334]
    assert told(index, "certainty", np.array([0])).tolist() == pytest.approx([np.nan], nan_ok=True)

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg

MODEL = tg.TrustModel()


def tie(trust: float, certainty: float) -> dict[str, float]:
    opinion = MODEL.opinion.from_judgement(np.array([trust]), np.array([certainty]))
    gate = MODEL.gate
    return {
        "trust": trust,
        "certainty": certainty,
        "willingness": float(gate.willingness(opinion.alpha, opinion.beta)[0]),
        "endorsed_trust": float(gate.endorsed_trust(opinion.alpha, opinion.beta)[0]),
        "forwards": float(gate.forwards(opinion.alpha, opinion.beta)[0]),
        "response": 0.7,
    }


def test_the_mean_of_the_draws_is_the_score_and_the_quantiles_are_those_of_the_opinion() -> None:
    from scipy import stats

    G = nx.DiGraph()
    G.add_edge("t", "s", **tie(0.6, 0.5))
    path = tg.find_introductions(G, "s", "t", seed=1)[0]
    # a direct tie: .7 x X, X ~ Beta(.6 x 4, .4 x 4)
    exact = stats.beta(2.4, 1.6)
    assert path.trust_interval is not None
    assert path.trust_interval.mean == pytest.approx(
        path.score, abs=4 * 0.7 * exact.std() / 4000**0.5
    )
    assert path.trust_interval.low == pytest.approx(0.7 * exact.ppf(0.05), abs=0.02)
    assert path.trust_interval.high == pytest.approx(0.7 * exact.ppf(0.95), abs=0.02)
    assert path.share_first == 1.0


def test_the_mean_over_a_gated_path_is_its_score() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", **tie(0.75, 0.7))
    G.add_edge("n", "m", **tie(0.8, 0.8))
    G.add_edge("t", "n", **tie(0.5, 0.4))
    path = tg.find_introductions(G, "s", "t", seed=3)[0]
    assert path.trust_interval is not None
    assert path.trust_interval.mean == pytest.approx(path.score, rel=0.06)


def test_a_certain_tie_has_a_narrow_interval_and_shares_sum_to_one() -> None:
    G = nx.DiGraph()
    G.add_edge("t", "s", **tie(0.6, 0.99))
    G.add_edge("m", "s", **tie(0.9, 0.3))
    G.add_edge("t", "m", **tie(0.9, 0.3))
    paths = tg.find_introductions(G, "s", "t")
    widths = {
        path.path: path.trust_interval.high - path.trust_interval.low
        for path in paths
        if path.trust_interval
    }
    assert widths["s", "t"] < 0.1 < widths["s", "m", "t"]
    assert sum(path.share_first or 0.0 for path in paths) == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_interval() -> None:
    G = nx.DiGraph()
    G.add_edge("t", "s", **tie(0.6, 0.5))
    assert tg.find_introductions(G, "s", "t", seed=5) == tg.find_introductions(G, "s", "t", seed=5)
    other = tg.find_introductions(G, "s", "t", seed=6)[0].trust_interval
    assert other != tg.find_introductions(G, "s", "t", seed=5)[0].trust_interval


def test_trust_alone_has_no_interval_and_says_so() -> None:
    G = nx.DiGraph()
    G.add_edge("t", "s", trust=0.6)
    paths = tg.find_introductions(G, "s", "t")
    assert paths[0].trust_interval is None
    assert np.isnan(paths.to_frame()["trust_low"].iloc[0])
    assert "no certainty, so there are no intervals" in paths.explain()


def test_more_paths_leave_the_intervals_of_the_first_ones_alone() -> None:
    G = tg.build_graph(tg.datasets.load_office())
    one = tg.find_introductions(G, "ana", tg.Organisation("Acme"), k=1)
    many = tg.find_introductions(G, "ana", tg.Organisation("Acme"), k=5)
    assert one[0].trust_interval == many[0].trust_interval

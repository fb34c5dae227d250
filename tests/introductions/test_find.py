import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.introductions import Introductions, step_factors

from helpers.brute_paths import all_paths, random_graph


def answers_equal(paths: Introductions, wanted: dict[tuple[str, ...], float], k: int) -> None:
    """Compare scores, and paths wherever the score tells them apart."""
    scores = sorted(wanted.values(), reverse=True)[:k]
    np.testing.assert_allclose([path.score for path in paths], scores, rtol=1e-12)
    assert len({path.path for path in paths}) == len(paths)
    for path in paths:
        assert wanted[path.path] == pytest.approx(path.score, rel=1e-12)


@pytest.mark.parametrize("seed", range(500))
def test_introductions_equal_brute_force_over_the_step_factors(seed: int) -> None:
    generator = np.random.default_rng(seed)
    G = random_graph(
        generator, n=int(generator.integers(3, 8)), density=generator.uniform(0.2, 0.9)
    )
    people = sorted(G)
    ask: tg.Ask | tuple[str, object]
    several = generator.random() < 0.3 and len(people) > 3
    target = people[-2:] if several else people[-1]
    ask = tg.Ask(seeker=people[0], target=target, clarity=float(generator.choice([0.0, 0.4, 1.0])))
    k = int(generator.choice([1, 3, 20]))
    steps = step_factors(G, ask)
    for most in range(4):
        paths = tg.find_introductions(G, ask, k=k, max_intermediaries=most)
        answers_equal(paths, all_paths(steps, people[0], most), k)


@pytest.mark.parametrize("seed", range(40))
def test_an_organisation_equals_brute_force_over_the_step_factors(seed: int) -> None:
    generator = np.random.default_rng(1_000 + seed)
    G = random_graph(generator, n=7, density=0.5)
    for person in G:
        G.nodes[person]["organisation"] = str(
            generator.choice(["Acme", "Acme Inc.", "Acme Robotics", "Pacme", ""])
        )
        G.nodes[person]["position"] = str(generator.choice(["Buyer", "CTO", "Senior Buyer"]))
    ask = tg.Ask(seeker="p00", target=tg.Organisation("Acme"))
    for most in range(4):
        paths = tg.find_introductions(G, ask, k=30, max_intermediaries=most)
        answers_equal(paths, all_paths(step_factors(G, ask), "p00", most), 30)


def test_inferred_ties_make_a_block_of_their_own_and_only_if_asked() -> None:
    for seed in range(30):
        generator = np.random.default_rng(seed)
        G = random_graph(generator, n=6, density=0.7)
        for *_, tie in G.edges(data=True):
            tie["observed"] = bool(generator.random() < 0.6)
        steps = step_factors(G, "p00", "p05")
        every = all_paths(steps, "p00", 3)
        recorded = all_paths(steps[steps["observed"]], "p00", 3)
        guessed = {path: score for path, score in every.items() if path not in recorded}
        alone = tg.find_introductions(G, "p00", "p05", k=4)
        answers_equal(alone, recorded, 4)
        both = tg.find_introductions(G, "p00", "p05", k=4, observed_only=False)
        blocks = both.to_frame().groupby("block").size()
        assert blocks.get("observed", 0) == min(4, len(recorded))
        assert blocks.get("inferred", 0) == min(4, len(guessed))
        scores = [path.score for path in both if path.block == "inferred"]
        np.testing.assert_allclose(scores, sorted(guessed.values(), reverse=True)[:4], rtol=1e-12)


def test_a_path_uses_the_trust_of_each_asked_person_in_the_asker() -> None:
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8)  # bo trusts ana
    G.add_edge("cy", "bo", trust=0.5)  # the target trusts bo
    G.add_edge("ana", "bo", trust=0.01)
    G.add_edge("bo", "cy", trust=0.02)
    paths = tg.find_introductions(G, "ana", "cy")
    # .8 x .5, and nothing of what ana thinks of bo or bo of cy
    assert [path.score for path in paths] == [pytest.approx(0.4)]


def test_the_diamond_by_hand() -> None:
    G = nx.DiGraph()
    G.add_edge("m1", "s", trust=0.9)
    G.add_edge("m2", "s", trust=0.6)
    G.add_edge("m2", "m1", trust=0.8)
    G.add_edge("t", "m1", trust=0.2)
    G.add_edge("t", "m2", trust=0.7)
    G.add_edge("t", "s", trust=0.1)
    paths = tg.find_introductions(G, "s", "t")
    assert [(path.path, round(path.score, 6)) for path in paths] == [
        (("s", "m2", "t"), 0.42),  # .6 x .7
        (("s", "m1", "m2", "t"), 0.252),  # .9 x (.5 x .8) x .7
        (("s", "m1", "t"), 0.18),  # .9 x .2
        (("s", "t"), 0.1),  # direct
    ]
    assert [path.introducer for path in paths] == ["m2", "m1", "m1", ""]
    assert [path.rank for path in paths] == [1, 2, 3, 4]
    assert paths[1].weakest.asked == "m2"
    assert [path.observed_steps for path in paths] == [2, 3, 2, 1]


def full(trust: float, **more: float) -> dict[str, float]:
    return {
        "trust": trust,
        "willingness": 0.5,
        "endorsed_trust": 0.8,
        "forwards": 0.9,
        "response": 0.5,
        "certainty": 0.6,
        "recall": 0.3,
        **more,
    }


def test_the_outcomes_of_a_path_by_hand() -> None:
    G = nx.DiGraph()
    G.add_edge("m1", "s", **full(0.6))
    G.add_edge("m2", "m1", **full(0.7, willingness=0.6))
    G.add_edge("t", "m2", **full(0.4))
    path = tg.find_introductions(G, tg.Ask(seeker="s", target="t", clarity=0.5))[0]
    kappa = (0.27 + 0.5 * 0.53) / 0.8  # .66875
    first = 0.5 * kappa * 0.5 * 0.8
    further = 0.5 * 0.5 * kappa * 0.6 * 0.8
    assert path.score == pytest.approx(first * further * 0.4)
    assert path.delivery == pytest.approx((0.5 * kappa * 0.5) * (0.5 * kappa * 0.6))
    # believed: endorsed trust .8 twice, retention .5 once, trust of the target .4
    assert path.carried == pytest.approx(0.8 * 0.5 * 0.8 * 0.4)
    # the first endorses, the second answers and only forwards
    assert path.forward_only == pytest.approx(0.5 * kappa * 0.5 * 0.5 * kappa * (0.9 - 0.6))
    assert path.lift == pytest.approx(1 + 9 * path.score + 0.2 * path.forward_only)
    assert [step.passes for step in path.steps] == [
        pytest.approx(0.5 * kappa * 0.5),
        pytest.approx(0.5 * kappa * 0.6),
        None,
    ]


def test_a_direct_tie_needs_no_gate_but_an_answer() -> None:
    G = nx.DiGraph()
    G.add_edge("t", "s", **full(0.3, willingness=0.0))
    path = tg.find_introductions(G, "s", "t", max_intermediaries=0)[0]
    assert path.score == pytest.approx(0.5 * 0.3)
    assert (path.delivery, path.carried, path.forward_only) == (
        pytest.approx(0.5),
        pytest.approx(0.3),
        0.0,
    )
    assert path.hops == 1
    assert path.introducer == ""


def test_nobody_under_the_cut_is_an_intermediary_and_they_are_listed() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", **full(0.3, willingness=0.19, forwards=0.6))
    G.add_edge("t", "m", **full(0.4))
    result = tg.find_introductions(G, "s", "t")
    assert len(result) == 0
    assert result.reason == "no_evidence_of_trust"
    (forwarder,) = result.forwarders
    assert forwarder.person == "m"
    assert forwarder.forward == pytest.approx(0.5 * 0.6)
    open_gate = tg.TrustModel().replace(gate=tg.trust.EndorsementGate(min_willingness=0.1))
    assert len(tg.find_introductions(G, "s", "t", model=open_gate)) == 1


def test_a_person_not_to_be_asked_is_still_a_target() -> None:
    G = nx.DiGraph()
    G.add_edge("m", "s", trust=0.8)
    G.add_edge("t", "m", trust=0.4)
    G.nodes["m"]["do_not_ask"] = True
    assert len(tg.find_introductions(G, "s", "t")) == 0
    assert [path.path for path in tg.find_introductions(G, "s", "m")] == [("s", "m")]


def test_targets_end_a_path() -> None:
    G = nx.DiGraph()
    G.add_edge("t1", "s", trust=0.5)
    G.add_edge("t2", "t1", trust=1.0)
    paths = tg.find_introductions(G, "s", ["t1", "t2"])
    assert [path.path for path in paths] == [("s", "t1")]


def test_known_holders_of_a_role_become_the_targets() -> None:
    G = nx.DiGraph()
    G.add_node("boss", organisation="Acme", position="CTO & Founder")
    G.add_node("clerk", organisation="Acme", position="Clerk")
    G.add_edge("boss", "s", trust=0.5)
    G.add_edge("clerk", "s", trust=0.9)
    paths = tg.find_introductions(G, "s", tg.Organisation("Acme", role="Chief Technology Officer"))
    assert [path.path for path in paths] == [("s", "boss")]
    paths = tg.find_introductions(G, "s", tg.Organisation("Acme", role="Gardener"))
    # no holder is known: the organisation itself, through people who stand there
    assert [path.path for path in paths] == [("s", "clerk", "Acme"), ("s", "boss", "Acme")]
    assert {path.path: round(path.score, 6) for path in paths} == {
        ("s", "boss", "Acme"): 0.5,  # decision maker: standing 1
        ("s", "clerk", "Acme"): 0.54,  # .9 x .6
    }
    assert all(path.steps[-1].assumed for path in paths)
    assert [path.observed_steps for path in paths] == [1, 1]


def test_reach_needs_nobody_to_put_their_name_at_stake() -> None:
    G = nx.DiGraph()
    G.add_edge("m1", "s", **full(0.3, willingness=0.05, forwards=0.6))
    G.add_edge("m2", "m1", **full(0.3, willingness=0.05, forwards=0.4))
    G.add_edge("t", "m2", **full(0.1))
    path = tg.find_introductions(G, tg.Ask(seeker="s", target="t", purpose="reach", clarity=1.0))[0]
    assert path.score == pytest.approx((0.5 * 0.6) * (0.5 * 0.4) * 1.0)
    assert path.lift is None
    assert "vouch" not in path.explain()
    assert "nobody puts their name behind it" in path.explain()


def test_int_ids_work_like_text() -> None:
    G = nx.DiGraph()
    G.add_edge(1, 0, trust=0.8)
    G.add_edge(2, 1, trust=0.5)
    assert tg.find_introductions(G, 0, 2)[0].path == (0, 1, 2)


def test_bad_questions_are_refused_with_a_mend() -> None:
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8)
    with pytest.raises(tg.errors.UnknownPersonError, match="did you mean"):
        tg.find_introductions(G, "ana", "boo")
    with pytest.raises(ValueError, match="seeker is a target"):
        tg.find_introductions(G, "ana", "ana")
    with pytest.raises(ValueError, match="from 1 to"):
        tg.find_introductions(G, "ana", "bo", k=0)
    with pytest.raises(ValueError, match="from 0"):
        tg.find_introductions(G, "ana", "bo", max_intermediaries=6)
    with pytest.raises(TypeError, match="either an Ask or a seeker"):
        tg.find_introductions(G, tg.Ask(seeker="ana", target="bo"), "bo")
    with pytest.raises(TypeError, match="who is to be reached"):
        tg.find_introductions(G, "ana")


def test_an_index_answers_like_its_graph() -> None:
    G = random_graph(np.random.default_rng(5), n=8, density=0.5)
    index = tg.TrustIndex.from_graph(G)
    assert tg.find_introductions(index, "p00", "p07") == tg.find_introductions(G, "p00", "p07")


def test_the_result_survives_json_and_shows_itself_escaped() -> None:
    G = nx.DiGraph()
    G.add_node("bo", name="<b>Bo</b>")
    G.add_edge("bo", "ana", **full(0.6))
    G.add_edge("cy", "bo", **full(0.4))
    paths = tg.find_introductions(G, "ana", "cy")
    assert Introductions.from_dict(paths.to_dict()) == paths
    assert "<b>Bo" not in paths._repr_html_()
    assert "&lt;b&gt;Bo" in paths._repr_html_()
    assert list(paths.to_frame().columns[:7]) == [
        "rank",
        "score",
        "delivery",
        "carried",
        "hops",
        "path",
        "introducer",
    ]

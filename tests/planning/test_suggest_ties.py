"""Ties that would help: against editing the graph and asking again; bounds, results, words."""

import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.planning._ties_effort import TieEffort, facts_of_new_tie
from trustgraph.planning._ties_reach import Offers, TargetReach
from trustgraph.planning.suggest_ties import suggest_ties
from trustgraph.planning.suggest_ties_results import TieSuggestions
from trustgraph.reputation.two_terminal import reliability
from trustgraph.steps.question import ask_question
from trustgraph.trust.model import TrustModel

from helpers.transfer_cases import random_graph

seeds = st.integers(0, 10**9)
EFFORT = TieEffort(conversations=3, days=90)


def reach(G, seeker, targets, most=3):
    return sum(float(reliability(G, seeker, one, max_intermediaries=most)) for one in targets)


def best_scores(G, seeker, targets, most=3):
    found = [find_introductions(G, seeker, one, k=1, max_intermediaries=most) for one in targets]
    return sum(one[0].score if len(one) else 0.0 for one in found)


def brute(G, seeker, targets, facts, measure, most=3):
    """What each new acquaintance adds, the best first: the graph is edited and asked again."""
    before = measure(G, seeker, targets, most)
    gains = []
    for person in sorted(set(G) - {seeker}):
        if G.has_edge(person, seeker):
            continue
        H = G.copy()
        H.add_edge(person, seeker, **facts)
        gains.append((round(measure(H, seeker, targets, most) - before, 9), person))
    return sorted((one for one in gains if one[0] > 0), key=lambda one: (-one[0], one[1]))


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_the_first_k_are_those_of_editing_the_graph_and_asking_again(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    people = sorted(set(G) - {"s"})
    targets = [str(one) for one in rng.choice(people, min(3, len(people)), replace=False)]
    most, trust, k = int(rng.integers(0, 5)), float(rng.random()), int(rng.integers(1, 5))
    options = {"new_tie": trust, "max_intermediaries": most, "include_targets": True}
    for objective, measure in (("reach", reach), ("score", best_scores)):
        found = suggest_ties(G, "s", targets, k=k, anybody=True, objective=objective, **options)
        wanted = brute(G, "s", targets, {"trust": trust}, measure, most)
        gains = [one.gain if objective == "reach" else one.score_gain for one in found]
        assert gains == pytest.approx([gain for gain, _ in wanted[:k]], abs=1e-8)
        # Equal gains may stand in either order: whoever is named has the gain that is told.
        told = {person: gain for gain, person in wanted}
        assert [told[one.person] for one in found] == pytest.approx(gains, abs=1e-8)
        assert found.exact
        assert found.expected == pytest.approx(reach(G, "s", targets, most), abs=1e-9)
        assert found.scores == pytest.approx(best_scores(G, "s", targets, most), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_every_number_of_a_row_is_that_of_the_edited_graph(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    people = sorted(set(G) - {"s"})
    targets = [str(one) for one in rng.choice(people, min(2, len(people)), replace=False)]
    for one in suggest_ties(G, "s", targets, k=3, new_tie=0.7, anybody=True):
        H = G.copy()
        H.add_edge(one.person, "s", trust=0.7)
        assert one.after == pytest.approx(reach(H, "s", targets), abs=1e-9)
        assert one.before + one.gain == pytest.approx(one.after)
        for each in one.helps:
            assert each.before == pytest.approx(reach(G, "s", [each.target]), abs=1e-9)
            assert each.after == pytest.approx(reach(H, "s", [each.target]), abs=1e-9)
            assert each.score_after == pytest.approx(best_scores(H, "s", [each.target]))
        meet = find_introductions(G, "s", one.person, k=1)
        assert one.meet_score == pytest.approx(meet[0].score if len(meet) else 0.0)
        assert one.meet_through == (meet[0].path if len(meet) else ())


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_a_bound_is_never_below_the_gain(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    index = TrustIndex.from_graph(G)
    person = np.array([one for one in range(index.n) if one != index.number("s")])
    trust = rng.random(len(person))
    question = ask_question(index, "s", "t0")
    entry = np.zeros(index.n)
    entry[question.entry_asked] = question.entry_factor
    offers = Offers(person, np.maximum(trust, entry[person]), np.ones(len(person)), trust)
    found = TargetReach(question, 3, offers, samples=64, seed=[0])
    gains = [found.gain(place) for place in range(len(person))]
    assume(not found.now.error and not any(one.error for one in gains))
    assert (found.bounds >= np.array([one.value for one in gains]) - 1e-12).all()
    assert sum(one.value > 0 for one in gains) <= sum(found.bounds > 0)


def test_with_an_opinion_the_effort_passes_the_gate():
    net = tg.datasets.load_office()
    G = build_graph(net)
    index = TrustIndex.from_graph(G)
    effort = TieEffort(meetings=2, conversations=12, helped=1, days=300)
    facts = facts_of_new_tie(effort, index, TrustModel())
    targets = ["hana", "ivo", "lena"]
    found = suggest_ties(G, "ana", targets, kinds="new", k=20, new_tie=effort, anybody=True)
    wanted = [one for one in brute(G, "ana", targets, facts, reach) if one[1] not in set(targets)]
    assert [one.person for one in found] == [person for _, person in wanted]
    assert [one.gain for one in found] == pytest.approx([gain for gain, _ in wanted], abs=1e-8)
    assert found.new_state.willingness == facts["willingness"]


def test_an_effort_is_worth_what_it_would_be_on_record():
    acts = [
        {"kind": kind, "source": "me", "target": "you", "at": f"2025-{day}"}
        for kind, day in (
            ("meeting_day", "01-01"),
            ("conversation_day", "02-16"),
            ("conversation_day", "05-18"),
            ("conversation_day", "08-17"),
            ("conversation_day", "11-16"),
        )
    ]
    net = tg.Network.from_records([{"id": "me"}, {"id": "you"}], acts, as_of="2026-01-01")
    tie = build_graph(net).edges["you", "me"]
    index = TrustIndex.from_graph(build_graph(tg.datasets.load_office()))
    facts = facts_of_new_tie(TieEffort(meetings=1, conversations=4), index, TrustModel())
    for name, value in facts.items():
        assert value == pytest.approx(tie[name], abs=1e-2), name


def with_acts(net, person, today):
    """The network with the effort on record for one person."""
    days = [pd.Timestamp(today) - pd.Timedelta(days=age) for age in (75, 45, 15)]
    acts = [
        {"kind": "conversation_day", "source": "ana", "target": person, "at": day.date()}
        for day in days
    ]
    more = tg.Network.from_records(net.people, acts).evidence
    return net.replace(evidence=pd.concat([net.evidence, more], ignore_index=True))


def test_a_revived_tie_of_a_network_is_the_network_with_these_talks():
    net = tg.datasets.load_office()
    G = build_graph(net)
    today = G.graph["as_of"]
    targets = ["hana", "ivo", "lena", "nils"]
    found = suggest_ties(net, "ana", targets, kinds="revive", k=20, fading=1.0, revive=EFFORT)
    assert found
    contacts = [one for one in sorted(G) if G.has_edge(one, "ana")]
    before = reach(G, "ana", targets)
    gains = {}
    for person in contacts:
        H = build_graph(with_acts(net, person, today), as_of=today)
        gains[person] = reach(H, "ana", targets) - before
    told = {one.person: one.gain for one in found}
    for person, gain in gains.items():
        assert told.get(person, 0.0) == pytest.approx(gain, abs=1e-9), person
    assert sorted(told.values(), reverse=True) == [one.gain for one in found]
    # The graph does not know what a tie is made of, and errs on the cautious side.
    guessed = suggest_ties(G, "ana", targets, kinds="revive", k=20, fading=1.0, revive=EFFORT)
    for one in guessed:
        assert 0 < one.gain <= told[one.person] + 1e-9
        assert one.tie_after.recall == pytest.approx(
            next(each for each in found if each.person == one.person).tie_after.recall, abs=1e-9
        )


def test_where_talks_are_all_there_is_the_graph_knows_as_much_as_the_network():
    days = ["2024-01-10", "2024-03-10", "2024-08-01"]
    acts = [
        {"kind": "conversation_day", "source": "bo", "target": "ana", "at": day} for day in days
    ]
    acts += [{"kind": "recommendation", "source": "dee", "target": "bo", "at": "2025-01-01"}]
    people = [{"id": one} for one in ("ana", "bo", "dee")]
    net = tg.Network.from_records(people, acts, as_of="2026-01-01")
    one = suggest_ties(net, "ana", "dee", revive=EFFORT)[0]
    other = suggest_ties(build_graph(net), "ana", "dee", revive=EFFORT)[0]
    assert one.gain == pytest.approx(other.gain, rel=1e-6)
    assert one.tie_after.trust == pytest.approx(other.tie_after.trust, rel=1e-6)
    assert one.tie_before.recall < one.tie_after.recall


def test_only_faded_ties_are_revived():
    net = tg.datasets.load_office()
    G = build_graph(net)
    found = suggest_ties(G, "ana", ["hana", "ivo"], kinds=["revive"], k=50, fading=0.4)
    assert all(G.edges[one.person, "ana"]["recall"] < 0.4 for one in found)
    assert found.considered[1] == sum(G.edges[u, v]["recall"] < 0.4 for u, v in G.in_edges("ana"))
    assert not suggest_ties(G, "ana", "hana", kinds="revive", fading=0.0)


def test_a_graph_of_trust_alone_has_no_faded_ties():
    found = suggest_ties(chain(), "ana", "dee", kinds="revive")
    assert (len(found), found.reason, found.considered) == (0, "nobody_to_suggest", (0, 0))


def chain():
    G = nx.DiGraph()
    for source, target, trust in (("bo", "ana", 0.8), ("cy", "bo", 0.5), ("dee", "cy", 0.9)):
        G.add_edge(source, target, trust=trust)
    nx.set_node_attributes(G, {"cy": "Cy <Oz>"}, "name")
    return G


def test_the_chain_by_hand():
    # R = .8 x .25 x .9 = .18; with cy at .6 also .6 x .9 = .54, which share the last step.
    found = suggest_ties(chain(), "ana", ["dee"], new_tie=0.6)
    assert found.expected == pytest.approx(0.18)
    assert found[0].after == pytest.approx(0.9 * (1 - (1 - 0.2) * (1 - 0.6)))
    assert found[0].meet_names == ("ana", "bo", "Cy <Oz>")
    assert found[0].meet_score == pytest.approx(0.4)
    assert found[0].common == "contact"
    assert found.samples == 0


def test_whom_one_could_meet():
    G = chain()
    G.add_node("eve", organisation="Acme Ltd")
    G.add_node("fay", schools=("TU Wien",))
    G.add_node("gus")
    for one in ("eve", "fay", "gus"):
        G.add_edge("dee", one, trust=0.9)
    G.nodes["ana"].update(past=(("ACME", "clerk"),), schools=("TU Wien",))
    common = {one.person: one.common for one in suggest_ties(G, "ana", "dee", new_tie=0.6)}
    assert common == {"cy": "contact", "eve": "organisation", "fay": "school"}
    everybody = suggest_ties(G, "ana", "dee", new_tie=0.6, anybody=True)
    assert {one.person for one in everybody} == {"cy", "eve", "fay", "gus"}
    told = everybody.explain()
    for words in ("an organisation in common", "a school in common", "Nothing on record says"):
        assert words in told
    with_target = suggest_ties(G, "ana", "cy", new_tie=0.6, include_targets=True)
    assert with_target[0].person == "cy"
    assert not suggest_ties(G, "ana", "cy", new_tie=0.6)


def test_who_is_not_to_be_asked_is_no_help():
    G = chain()
    G.nodes["cy"]["do_not_ask"] = True
    found = suggest_ties(G, "ana", "dee", new_tie=0.6)
    assert not found
    assert found.reason == "would_not_vouch"
    assert "nobody new would vouch yet" in found.explain()


def test_an_effort_too_small_is_said_to_be():
    G = build_graph(tg.datasets.load_office())
    little = TieEffort(conversations=1, days=365)
    found = suggest_ties(G, "ana", "hana", kinds="new", new_tie=little, anybody=True)
    assert (len(found), found.reason) == (0, "would_not_vouch")


def test_inferred_ties_do_not_count_unless_asked_for():
    G = chain()
    G.edges["dee", "cy"]["observed"] = False
    assert suggest_ties(G, "ana", "dee", new_tie=0.6).reason == "nothing_helps"
    assert suggest_ties(G, "ana", "dee", new_tie=0.6, observed_only=False)[0].person == "cy"
    G.edges["bo", "ana"]["observed"] = False
    assert suggest_ties(G, "ana", "bo", new_tie=0.6, anybody=True, include_targets=True)[
        0
    ].gain == pytest.approx(0.6)


def test_organisations_and_prospects_are_targets_too():
    G = build_graph(tg.datasets.load_office())
    aims = [tg.Organisation("Acme"), tg.Organisation("Acme", role="data lead"), "hana", "hana"]
    found = suggest_ties(G, "ana", aims, k=3, anybody=True)
    assert len(found.targets) == 3
    facts = facts_of_new_tie(found.new_tie, TrustIndex.from_graph(G), TrustModel())
    for one in (each for each in found if each.kind == "new"):
        H = G.copy()
        H.add_edge(one.person, "ana", **facts)
        assert one.after == pytest.approx(reach(H, "ana", aims[:3]), abs=1e-9)


def test_samples_stand_in_where_an_exact_answer_takes_too_long(monkeypatch):
    G = random_graph(np.random.default_rng(5), density=0.6)
    options = {"new_tie": 0.5, "anybody": True, "k": 3}
    exact = suggest_ties(G, "s", "t0", **options)
    monkeypatch.setattr("trustgraph.planning._ties_reach.MOST_PATHS", 0)
    monkeypatch.setattr("trustgraph.planning._ties_reach.WORDS_AT_ONCE", 1 << 10)
    found = suggest_ties(G, "s", "t0", samples=20_000, **options)
    assert not found.exact
    assert found.samples == 20_032
    assert "20,032 random draws" in found.explain()
    known = {one.person: one.gain for one in exact}
    shared = [one for one in found if one.person in known]
    assert shared
    for one in shared:
        assert 0 < one.standard_error < 0.01
        assert abs(one.gain - known[one.person]) < 5 * one.standard_error
    assert found.expected == pytest.approx(exact.expected, abs=0.03)
    assert suggest_ties(G, "s", "t0", samples=20_000, **options) == found


def test_a_better_step_is_sampled_where_the_old_one_fails(monkeypatch):
    G = nx.DiGraph([("bo", "ana", {"trust": 0.6}), ("dee", "bo", {"trust": 0.8})])
    monkeypatch.setattr("trustgraph.planning._ties_reach.MOST_PATHS", 0)
    question = ask_question(G, "ana", "dee")
    offers = Offers(np.array([1]), np.array([0.9]), np.ones(1), np.ones(1))
    reach = TargetReach(question, 3, offers, samples=100_000, seed=[0])
    gain = reach.gain(0)
    assert gain.error > 0
    assert gain.value == pytest.approx(0.3 * 0.8, abs=5 * gain.error)
    assert reach.now.value == pytest.approx(0.48, abs=5 * reach.now.error)


def test_bounds_hold_where_what_is_reached_now_is_sampled(monkeypatch):
    # One way now, another with the offer: its bound has nothing to spare but the errors.
    G = nx.DiGraph([("bo", "ana", {"trust": 0.5}), ("dee", "bo", {"trust": 0.5})])
    G.add_edge("dee", "cy", trust=0.6)
    exact = 0.8 * 0.6 * (1 - 0.25)
    monkeypatch.setattr("trustgraph.planning._ties_reach.MOST_PATHS", 0)
    question = ask_question(G, "ana", "dee")
    cy = question.index.number("cy")
    offers = Offers(np.array([cy]), np.array([0.8]), np.ones(1), np.ones(1))
    for seed in range(20):
        reach = TargetReach(question, 3, offers, samples=640, seed=[seed])
        assert reach.now.error > 0
        assert exact <= reach.bounds[0] <= exact + 5 * 0.8 * 0.6 * 2 * reach.now.error


def test_samples_agree_for_old_ties_too(monkeypatch):
    G = build_graph(tg.datasets.load_office())
    options = {"kinds": "revive", "fading": 1.0, "k": 20}
    exact = {one.person: one.gain for one in suggest_ties(G, "ana", "hana", **options)}
    monkeypatch.setattr("trustgraph.planning._ties_reach.MOST_PATHS", 0)
    found = suggest_ties(G, "ana", "hana", samples=40_000, **options)
    compared = [one for one in found if one.person in exact]
    assert compared
    for one in compared:
        assert abs(one.gain - exact[one.person]) <= 5 * one.standard_error


def test_results_survive_json_and_a_notebook():
    found = suggest_ties(chain(), "ana", ["dee"], new_tie=0.6)
    assert TieSuggestions.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    frame = found.to_frame()
    assert frame.loc[0, "helps"] == ("dee",)
    assert frame["trust_after"].tolist() == [0.6]
    assert frame["recall_after"].isna().all()
    assert frame.dtypes.astype(str)["gain"] == "float64"
    text = found._repr_html_()
    assert "Cy &lt;Oz&gt;" in text
    assert "<Oz>" not in text
    empty = suggest_ties(chain(), "ana", ["bo"], new_tie=0.0)
    assert empty.to_frame().dtypes.equals(frame.dtypes)
    assert "No single tie" in suggest_ties(chain(), "ana", ["bo"], new_tie=0.5).explain()
    assert "There is nobody" in suggest_ties(chain(), "dee", ["ana"], kinds="revive").explain()


def test_the_words():
    told = suggest_ties(chain(), "ana", "dee", new_tie=TieEffort(meetings=1)).explain()
    assert "1. Get to know Cy <Oz>: meet once within 365 days. That adds" in told
    assert "through bo, an introduction of score 0.40" in told
    assert "Assumed of a new tie: meet once within 365 days" in told
    office = suggest_ties(tg.datasets.load_office(), "ana", ["hana", "ivo"], fading=1.0).explain()
    assert "Assumed of a revived tie: talk 3 times within 90 days" in office


def test_ids_of_whole_numbers_and_an_index_do_as_well():
    G = nx.DiGraph([(2, 1, {"trust": 0.8}), (3, 2, {"trust": 0.5}), (4, 3, {"trust": 0.9})])
    found = suggest_ties(G, 1, [4], new_tie=0.6)
    assert [one.person for one in found] == [3]
    assert suggest_ties(TrustIndex.from_graph(G), 1, 4, new_tie=0.6) == found


def test_names_and_the_order_of_edges_change_nothing():
    G = random_graph(np.random.default_rng(8))
    H = nx.DiGraph()
    H.add_edges_from(reversed(list(G.edges(data=True))))
    H.add_nodes_from(G)
    one, other = (suggest_ties(g, "s", "t0", new_tie=0.5, anybody=True) for g in (G, H))
    assert one == other


def test_somebody_alone_can_still_get_to_know_people():
    G = chain()
    G.add_node("zed")
    assert not suggest_ties(G, "zed", "dee", new_tie=0.6)
    assert suggest_ties(G, "zed", "dee", new_tie=0.6, anybody=True)[0].person == "cy"


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"targets": []}, ValueError, "at least one target"),
        ({"targets": ["ana"]}, ValueError, "the seeker is a target"),
        ({"targets": [["bo", "cy"]]}, TypeError, "no single target"),
        ({"targets": ["nobody"]}, UnknownPersonError, "nobody"),
        ({"targets": "dee", "kinds": "old"}, ValueError, "kinds is 'old'"),
        ({"targets": "dee", "kinds": ()}, ValueError, "kinds is"),
        ({"targets": "dee", "objective": "x"}, ValueError, "objective is 'x'"),
        ({"targets": "dee", "fading": 2}, ValueError, "fading is 2"),
        ({"targets": "dee", "k": 0}, ValueError, "k is 0"),
        ({"targets": "dee", "samples": 0}, ValueError, "samples is 0"),
        ({"targets": "dee", "revive": 3}, TypeError, "revive is 3"),
        ({"targets": "dee", "new_tie": "x"}, TypeError, "new_tie is 'x'"),
        ({"targets": "dee", "new_tie": 1.5}, ValueError, "is 1.5"),
        ({"targets": "dee", "model": 1}, TypeError, "model is 1"),
        ({"targets": "dee", "max_intermediaries": 9}, ValueError, "max_intermediaries is 9"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(options, error, told):
    targets = options.pop("targets")
    with pytest.raises(error, match=told):
        suggest_ties(chain(), "ana", targets, **options)


def test_an_effort_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one meeting"):
        TieEffort()


@pytest.mark.parametrize("kinds", [None, [["new"]], 3, [], ["news"]])
def test_kinds_that_are_none_are_refused_in_words(kinds):
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    with pytest.raises(ValueError, match="kinds is .*; name some of new, revive"):
        suggest_ties(G, "ana", "cy", kinds=kinds)


def test_of_ties_of_trust_alone_no_willingness_is_told():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    G.add_edge("dee", "cy", trust=0.9)
    told = suggest_ties(G, "ana", "dee").explain()
    assert "that is modelled as trust 0.43." in told
    office = tg.build_graph(tg.datasets.load_office())
    assert "and willingness to vouch 0.29." in suggest_ties(office, "ana", "ivo").explain()

"""Ranges in which a ranking holds: closed forms, brute-force scans, protocols, words."""

import json
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.organisations import rank_organisations
from trustgraph.planning._sensitivity_asked import again_of, ranking_of
from trustgraph.planning._sensitivity_parameters import parameters_of
from trustgraph.planning._sensitivity_scan import Base, latin_hypercube, tau
from trustgraph.planning.plan import plan_asks
from trustgraph.planning.sensitivity import sensitivity
from trustgraph.planning.sensitivity_results import Sensitivity
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability
from trustgraph.trust.model import TrustModel

from helpers.transfer_cases import random_graph

seeds = st.integers(0, 10**9)
SWITCH = 0.4 / (0.9 * 0.9 * 0.8)
"""Retention at which the longer path overtakes."""


def two_ways():
    """One way through bo of .8 x .5, one through cy and dee of .9 x retention x .9 x .8."""
    G = nx.DiGraph()
    ties = [("bo", "ana", 0.8), ("zoe", "bo", 0.5)]
    ties += [("cy", "ana", 0.9), ("dee", "cy", 0.9), ("zoe", "dee", 0.8)]
    G.add_edges_from((source, target, {"trust": trust}) for source, target, trust in ties)
    nx.set_node_attributes(G, {"dee": "Dee <D>"}, "name")
    return G


def test_the_switching_value_of_the_retention_by_hand():
    G = two_ways()
    paths = find_introductions(G, "ana", "zoe")
    found = sensitivity(paths, "paths.retention", network=G, halvings=20)
    one = found[0]
    assert (one.first_from, one.low, one.high) == (0.25, 0.25, 1.0)
    assert one.first_to == pytest.approx(SWITCH, abs=1e-6)
    assert one.first_to < SWITCH
    assert (one.below, one.above) == ("", "ana → cy → Dee <D> → zoe")
    assert (one.order_to, one.answer_to) == (one.first_to, 1.0)
    assert (one.tau_low, one.tau_high) == (1.0, -1.0)
    assert (one.score_low, one.score_high) == pytest.approx((0.4, 0.648))
    assert not one.stays
    assert one.answer_stays
    # The resolution is a gap of the grid of 7 over .75, halved so often.
    rough = sensitivity(paths, "paths.retention", network=G, halvings=2)[0]
    assert rough.first_to <= SWITCH <= rough.first_to + 0.75 / 6 / 4 + 1e-12


def test_the_share_of_joint_draws_is_the_share_of_the_range():
    G = two_ways()
    paths = find_introductions(G, "ana", "zoe")
    joint = sensitivity(paths, "paths.retention", network=G, draws=200).joint
    # One draw in each of 200 equal parts of the range: at most one is on the wrong side.
    shares = {one.name: one.share for one in joint.first}
    assert shares["ana → bo → zoe"] == pytest.approx((SWITCH - 0.25) / 0.75, abs=1 / 200)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert joint.order_kept == shares["ana → bo → zoe"]
    assert joint.answer_kept == 1.0
    assert (joint.draws, joint.refused) == (200, 0)
    assert 0.4 <= joint.score_low <= joint.score_median <= joint.score_high <= 0.648


def test_a_cut_that_closes_the_only_way_leaves_nothing():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "willingness": 0.25}), ("cy", "bo", {"trust": 1})])
    paths = find_introductions(G, "ana", "cy")
    one = sensitivity(paths, "gate.min_willingness", network=G, halvings=20)[0]
    assert one.first_to == pytest.approx(0.25, abs=1e-6)
    assert (one.above, one.score_low, one.at_high) == ("", 0.0, 0.0)
    told = sensitivity(paths, "gate.min_willingness", network=G).explain()
    assert "above 0.25 nothing is left" in told


@settings(max_examples=8, deadline=None)
@given(seeds)
def test_a_fine_scan_sees_the_same_ranges(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    nx.set_edge_attributes(
        G, {tie: float(rng.uniform(0.1, 0.35)) for tie in G.edges}, "willingness"
    )
    paths = find_introductions(G, "s", "t0", k=4)
    base = Base(ranking_of(paths), len(paths), complete=len(paths) < 4)
    names = ["paths.retention", "gate.min_willingness"]
    index = TrustIndex.from_graph(G)
    again = again_of(paths)
    for one in sensitivity(paths, names, network=index, grid=16, halvings=12, draws=0):
        gap = (one.high - one.low) / 15
        for criterion in ("first", "order", "answer"):
            low, high = getattr(one, f"{criterion}_from"), getattr(one, f"{criterion}_to")
            assert one.low <= low <= one.value <= high <= one.high
            for end, sign in ((low, -1), (high, 1)):
                inside = TrustModel().with_parameters({one.name: end})
                assert base.holds(criterion, again(index, inside))
                limit = end + sign * gap * 2**-11
                if one.low < limit < one.high:
                    beyond = (
                        TrustModel().with_parameters({one.name: float(value)})
                        for value in np.linspace(end, limit, 9)
                    )
                    assert not all(base.holds(criterion, again(index, each)) for each in beyond)


def test_the_quick_way_of_asking_again_is_the_search_itself():
    G = build_graph(tg.datasets.load_office())
    index = TrustIndex.from_graph(G)
    model = TrustModel().with_parameters({"paths.retention": 0.8, "standing.other": 0.4})
    for ask in (
        tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="data"),
        tg.Ask(seeker="ana", target=("hana", "ivo")),
        tg.Ask(seeker="ana", target="hana", purpose="reach"),
    ):
        for diversity in (None, "introducer"):
            first = find_introductions(index, ask, diversity=diversity)
            wanted = find_introductions(index, ask, model=model, diversity=diversity)
            assert again_of(first)(index, model) == ranking_of(wanted)


def test_nothing_changes_where_there_is_one_way():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    found = sensitivity(find_introductions(G, "ana", "cy"), network=G)
    assert all(one.stays and one.order_stays and one.answer_stays for one in found)
    assert all(one.tau_low is None for one in found)
    assert [one.name for one in found.joint.first] == ["ana → bo → cy"]
    assert "It stays first whatever value" in found.explain()
    assert "does not move at all" in found.explain()


def test_an_answer_that_is_empty_can_stop_being_so():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "willingness": 0.15}), ("cy", "bo", {"trust": 1})])
    paths = find_introductions(G, "ana", "cy")
    assert not paths
    one = sensitivity(paths, "gate.min_willingness", network=G, halvings=20)[0]
    assert one.first_from == pytest.approx(0.15, abs=1e-6)
    assert one.below == "ana → bo → cy"
    told = sensitivity(paths, "gate.min_willingness", network=G).explain()
    assert told.startswith("There is no answer at the default values.")
    assert "below 0.15 ana → bo → cy is first" in told


def test_numbers_at_work_in_records_build_the_graph_again():
    net = tg.datasets.load_office()
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="data platform lead")
    paths = find_introductions(build_graph(net), ask)
    names = ["recall.horizon_days", "gate.endorse_at", "response.silence_after_days"]
    found = {one.name: one for one in sensitivity(paths, names, network=net, draws=0)}
    for name, one in found.items():
        for end, told in ((one.low, one.at_low), (one.high, one.at_high)):
            value = end if name == "recall.horizon_days" else int(end)
            model = TrustModel().with_parameters({name: value})
            again = find_introductions(build_graph(net, model=model), ask)
            assert told == pytest.approx(again[0].score), name
    assert found["gate.endorse_at"].evaluations == 3
    held = found["response.silence_after_days"]
    assert held.first_from == int(held.first_from)


def test_values_that_do_not_go_together_end_the_range_and_are_counted():
    net = tg.datasets.load_office()
    paths = find_introductions(build_graph(net), "ana", tg.Organisation("Acme"))
    found = sensitivity(paths, ["gate.trials", "gate.endorse_at"], network=net, draws=60)
    trials = next(one for one in found if one.name == "gate.trials")
    # A gate of 6 of so many trials: with 5 there is none.
    assert (trials.low, trials.high) == (7.0, 15.0)
    assert found.joint.refused > 0
    assert found.joint.draws + found.joint.refused == 60
    assert "do not go together" in found.explain()


def test_what_can_matter_is_varied_by_default():
    net = tg.datasets.load_office()
    model = TrustModel()
    ask = tg.Ask(seeker="ana", target="hana", clarity=1.0)
    plain = {one.name for one in parameters_of(model, None, network=net, ask=ask)}
    assert not {name for name in plain if name.startswith(("norms.", "standing.", "lift."))}
    assert "evidence.recommendation.forward" in plain
    assert "evidence.conversation_day.forward" in plain
    assert "evidence.conversation_day.backward" not in plain
    assert "evidence.introduction_made.forward" not in plain
    assert "evidence.connection.cap_forward" not in plain
    assert "recall.slow_days" not in plain
    paid = ask.replace(incentive=tg.Incentive(kind="payment", size="token"))
    paid_for = {one.name for one in parameters_of(model, None, network=net, ask=paid)}
    assert {name for name in paid_for - plain if name.startswith("norms.payment_token.")}
    there = ask.replace(target=tg.Organisation("Acme"))
    assert "standing.past" in {
        one.name for one in parameters_of(model, None, network=net, ask=there)
    }
    asked = {one.name for one in parameters_of(model, None, network=None, ask=ask)}
    assert asked == {"paths.retention", "gate.min_willingness"}


def test_a_parameter_without_a_range_stays():
    net = tg.datasets.load_office()
    paths = find_introductions(build_graph(net), "ana", tg.Organisation("Acme"))
    found = sensitivity(paths, "evidence.connection.half_life_years", network=net, draws=2)
    assert (found[0].stays, found[0].evaluations, found[0].swing) == (True, 1, 0.0)
    assert len(found.joint.first) == 1


@pytest.mark.parametrize(
    ("ranking", "first", "order", "answer"),
    [
        ({"a": 0.9, "b": 0.5, "c": 0.1}, True, True, True),
        ({"a": 0.6, "b": 0.6, "c": 0.1}, True, True, True),
        ({"b": 0.7, "a": 0.6, "c": 0.1}, False, False, True),
        ({"a": 0.9, "c": 0.6, "b": 0.5}, True, False, False),
        ({"a": 0.9, "b": 0.5, "c": 0.5}, True, True, True),
        ({"a": 0.9, "c": 0.1}, True, False, False),
        ({"b": 0.9, "c": 0.1}, False, False, False),
        ({}, False, False, False),
    ],
)
def test_what_holds_of_the_first_two(ranking, first, order, answer):
    base = Base({"a": 0.8, "b": 0.4, "c": 0.2}, 2, complete=False)
    held = [base.holds(criterion, ranking) for criterion in ("first", "order", "answer")]
    assert held == [first, order, answer]


def test_one_more_row_is_another_answer_where_all_were_told():
    base = Base({"a": 0.8, "b": 0.4}, 2, complete=True)
    assert not base.holds("answer", {"a": 0.8, "b": 0.4, "c": 0.1})
    assert base.holds("first", {"a": 0.8, "b": 0.4, "c": 0.1})
    assert Base({}, 0, complete=True).holds("answer", {})


class Seen:
    """A ranking that depends on the retention in a way that comes and goes."""

    def __init__(self, retention=0.5):
        self.retention = retention

    def ask_again(self, index, model):
        return Seen(model.paths.retention)

    def ranking(self):
        strange = 0.6 < self.retention < 0.8
        return pd.Series({"a": 0.5, "b": 0.9 if strange else 0.1})


def test_the_nearest_change_counts_also_where_it_is_undone():
    G = two_ways()
    one = sensitivity(Seen(), "paths.retention", network=G, halvings=20)[0]
    assert isinstance(Seen(), tg.planning.Rankable)
    assert one.first_to == pytest.approx(0.6, abs=1e-6)
    assert (one.above, one.at_high, one.score_high) == ("b", 0.5, 0.9)
    assert one.tau_high == 1.0


def test_frames_series_and_plans_can_be_ranked():
    G = build_graph(tg.datasets.load_office())
    frame = rank_organisations(G, "ana")

    def again(index, model):
        return rank_organisations(index, "ana", model=model)

    found = sensitivity(frame, "standing.past", network=G, again=again, draws=5)
    assert found.first == frame.loc[0, "organisation"]
    assert found.k == 5
    series = pd.Series([0.1, 0.9], pd.Index(["x", "y"], name="person"))
    assert ranking_of(series) == {"y": 0.9, "x": 0.1}
    assert ranking_of(pd.DataFrame({"score": series})) == {"x": 0.1, "y": 0.9}
    plan = SimpleNamespace(
        asks=[
            SimpleNamespace(introducer="bo", target="cy"),
            SimpleNamespace(introducer="x", target="cy"),
        ]
    )
    assert ranking_of(plan) == {("bo", "cy"): 2.0, ("x", "cy"): 1.0}
    plan.asks[0].gain, plan.asks[1].gain = 0.4, 0.3
    assert ranking_of(plan) == {("bo", "cy"): 0.4, ("x", "cy"): 0.3}
    with pytest.raises(TypeError, match="say how to ask again"):
        sensitivity(frame, network=G)
    with pytest.raises(TypeError, match="to be ranked it needs"):
        ranking_of(pd.DataFrame({"x": [1]}))
    with pytest.raises(TypeError, match="int is not a result that can be ranked"):
        ranking_of(3)


def test_a_plan_of_asks_can_be_asked_again():
    G = two_ways()
    asks = [tg.Ask(seeker="ana", target=one, clarity=1) for one in ("zoe", "dee")]

    def again(index, model):
        return plan_asks(index, asks, budget=2, model=model)

    plan = again(TrustIndex.from_graph(G), TrustModel())
    assert plan.asks
    found = sensitivity(plan, "paths.retention", network=G, again=again, draws=8, grid=4)
    assert found.ranked == len(plan.asks)
    assert found.first in {f"{one.name} → {one.target_name}" for one in plan.asks}
    assert found[0].first_from <= 0.5 <= found[0].first_to


def test_transfers_and_reliabilities_too():
    G = two_ways()
    moved = reputation_transfer(G, "ana", "zoe")
    found = sensitivity(moved, "paths.retention", network=G)
    one = found[0]
    # bo has .4 less half of what both ways share, cy and dee half of the rest: never more.
    assert found.first == moved[0].name == "bo"
    assert one.stays
    models = [
        TrustModel().with_parameters({"paths.retention": value})
        for value in (*np.linspace(0.25, 1, 7), 0.5)
    ]
    first = [reputation_transfer(G, "ana", "zoe", model=each)[0] for each in models]
    assert {each.person for each in first} == {"bo"}
    assert one.score_low == pytest.approx(min(each.shapley for each in first))
    assert one.score_high == pytest.approx(max(each.shapley for each in first))
    whole = reliability(G, "ana", "zoe")
    found = sensitivity(whole, "paths.retention", network=G)
    assert found[0].stays
    low, high = (
        reliability(
            G, "ana", "zoe", model=TrustModel().with_parameters({"paths.retention": value})
        ).value
        for value in (0.25, 1.0)
    )
    assert (found[0].at_low, found[0].at_high) == pytest.approx((low, high))


def test_the_bound_on_the_questions_holds():
    G = two_ways()
    paths = find_introductions(G, "ana", "zoe")
    asked = []

    def again(index, model):
        asked.append(model.paths.retention)
        return find_introductions(index, "ana", "zoe", model=model)

    found = sensitivity(paths, network=G, again=again, draws=10, grid=4, halvings=3)
    assert found.evaluations == len(asked) <= found.most_evaluations
    assert found.most_evaluations == len(found) * (4 + 1 + 18) + 11


def test_results_survive_json_and_a_notebook():
    G = two_ways()
    found = sensitivity(find_introductions(G, "ana", "zoe"), network=G)
    assert Sensitivity.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert (
        sensitivity(find_introductions(G, "ana", "zoe"), network=TrustIndex.from_graph(G)) == found
    )
    frame = found.to_frame()
    assert frame.index.name == "parameter"
    assert frame.loc["paths.retention", "above"] == "ana → cy → Dee <D> → zoe"
    assert frame.index[0] == "paths.retention"
    assert found.tornado().index[0] == "paths.retention"
    text = found._repr_html_()
    assert "Dee &lt;D&gt;" in text
    assert "<D>" not in text
    told = found.explain()
    assert "above 0.617 ana → cy → Dee <D> → zoe is first" in told
    assert "1 can change that" in told


def test_a_progress_bar_goes_to_the_error_stream(capsys):
    G = two_ways()
    sensitivity(find_introductions(G, "ana", "zoe"), network=G, draws=2, progress=True)
    told = capsys.readouterr()
    assert told.out == ""
    assert "Sensitivity" in told.err


def test_draws_are_a_latin_hypercube():
    some = parameters_of(TrustModel(), ["paths.retention", "standing.past"], network=None, ask=None)
    drawn = latin_hypercube(some, 50, np.random.default_rng(0))
    for one, column in zip(some, drawn.T, strict=True):
        part = np.floor((column - one.low) / (one.high - one.low) * 50)
        assert sorted(part.tolist()) == list(range(50))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.7]), min_size=2, max_size=7), seeds)
def test_tau_is_that_of_scipy(scores, seed):
    from scipy.stats import kendalltau

    other = np.random.default_rng(seed).permutation(scores).tolist()
    one, two = dict(enumerate(scores)), dict(enumerate(other))
    wanted = kendalltau(scores, other).statistic
    assert tau(one, two) == pytest.approx(wanted, nan_ok=True)


def test_what_cannot_be_varied_is_refused_in_words():
    G = two_ways()
    paths = find_introductions(G, "ana", "zoe")
    with pytest.raises(ValueError, match="did you mean paths.retention"):
        sensitivity(paths, "paths.retentoin", network=G)
    with pytest.raises(ValueError, match=r"'recall.decay' is at work .* pass the Network"):
        sensitivity(paths, ["recall.decay"], network=G)
    with pytest.raises(ValueError, match="no parameter is named"):
        sensitivity(paths, [], network=G)
    with pytest.raises(ValueError, match="grid is 1"):
        sensitivity(paths, network=G, grid=1)
    with pytest.raises(ValueError, match="k is 0"):
        sensitivity(paths, network=G, k=0)
    with pytest.raises(TypeError, match="model is 3"):
        sensitivity(paths, network=G, model=3)
    H = G.copy()
    H.edges["bo", "ana"]["trust"] = 0.7
    with pytest.raises(ValueError, match="another answer than the result"):
        sensitivity(paths, network=H)

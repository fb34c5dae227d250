"""Asks in a trial are answered as the model says, and luck belongs to people, not to the order."""

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest

import trustgraph as tg
from trustgraph.planning._trial_truth import THRESHOLDS, default_ranges
from trustgraph.planning._trial_ways import find_ways

ON = dt.date(2026, 1, 1)
JUDGED = {
    ("bo", "ana"): (0.7, 0.6),
    ("cy", "ana"): (0.6, 0.5),
    ("dee", "bo"): (0.7, 0.7),
    ("dee", "cy"): (0.8, 0.5),
    ("tim", "dee"): (0.6, 0.6),
    ("tom", "bo"): (0.5, 0.7),
}
LUCKS = 1200


def network(judged=JUDGED, people=()):
    known = {one["id"] for one in people}
    others = sorted({one for pair in judged for one in pair} - known)
    net = tg.Network.from_records(
        [*people, *({"id": one} for one in others)], owners=("ana",), as_of=ON
    )
    for (one, other), (trust, certainty) in judged.items():
        net = net.with_judgement(one, other, trust=trust, certainty=certainty)
    return net


def asks(*targets, **more):
    return [tg.Ask(seeker="ana", target=one, **({"clarity": 1.0} | more)) for one in targets]


def trial_of(net, wanted, **more):
    return tg.planning.make_trial(net, wanted, **({"ranges": {}} | more))


def model_of(**goodwill):
    return tg.TrustModel(goodwill=tg.trust.GoodwillModel(**goodwill))


def shares(net, wanted, introducer, target, **more):
    """Share of lucks in which an ask ends in each state, and in which the target is met."""
    trial = trial_of(net, wanted, **more)
    found = [trial.again(luck).ask(introducer, target) for luck in range(LUCKS)]
    states = {one: np.mean([each.state == one for each in found]) for one in STATES}
    return states, np.mean([one.reached for one in found])


STATES = ("endorsed", "forwarded", "declined", "silent", "open")


def near(chance):
    return pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / LUCKS) + 1e-3)


# ------------------------------------------------------------------------------ closed forms


def test_an_introducer_does_what_the_gate_says_with_the_opinion_integrated_out():
    net = network()
    tie = tg.build_graph(net).edges["bo", "ana"]
    states, met = shares(net, asks("tom", clarity=0.5), "bo", "tom")
    kappa = tg.TrustModel().clarity.kappa(0.5)
    answers = tie["response"] * kappa
    assert states["silent"] == near(1 - answers)
    assert states["endorsed"] == near(answers * tie["willingness"])
    assert states["forwarded"] == near(answers * (tie["forwards"] - tie["willingness"]))
    assert states["declined"] == near(answers * (1 - tie["forwards"]))
    believed = answers * tie["willingness"] * tie["endorsed_trust"]
    assert met == near(believed * JUDGED["tom", "bo"][0])


def test_longer_ways_and_shared_steps_are_met_as_often_as_the_model_says():
    net = network()
    G = tg.build_graph(net)
    for only in ("bo", "cy"):
        path = tg.find_introductions(G, asks("tim")[0], k=9)
        score = sum(one.score for one in path if one.introducer == only)
        _, met = shares(net, asks("tim"), only, "tim")
        assert met == near(score)


def test_asking_everybody_reaches_the_target_as_often_as_reputation_arrives():
    net = network()
    wanted = asks("tim")
    trial = trial_of(net, wanted)
    hits = []
    for luck in range(LUCKS):
        one = trial.again(luck)
        hits.append(any(one.ask(who, "tim").reached for who in ("bo", "cy")))
    expected = tg.reputation.reliability(tg.build_graph(net), wanted[0], exact=True).value
    assert np.mean(hits) == near(expected)


def test_the_target_itself_may_be_asked():
    net = network(JUDGED | {("tim", "ana"): (0.4, 0.5)})
    G = tg.build_graph(net)
    trial = trial_of(net, asks("tim"))
    assert "tim" in trial.introducers("tim")
    states, met = shares(net, asks("tim"), "tim", "tim")
    answers = G.edges["tim", "ana"]["response"]
    assert met == near(answers * 0.4)
    assert states["declined"] == near(answers * 0.6)
    assert states["silent"] == near(1 - answers)


def test_a_message_needs_nobody_to_endorse_it():
    net = network()
    tie = tg.build_graph(net).edges["bo", "ana"]
    states, met = shares(net, asks("tom", purpose="reach"), "bo", "tom")
    assert states["endorsed"] == 0
    assert states["forwarded"] == near(tie["response"] * tie["forwards"])
    assert met == near(tie["response"] * tie["forwards"])


def test_at_an_organisation_the_standing_of_insiders_is_assumed():
    people = [{"id": "bo", "name": "Bo", "organisation": "Acme", "position": "Buyer"}]
    net = network({("bo", "ana"): (0.8, 0.8)}, people)
    wanted = asks(tg.Organisation("Acme"))
    path = tg.find_introductions(tg.build_graph(net), wanted[0])[0]
    _, met = shares(net, wanted, "bo", "Acme")
    assert met == near(path.score)


def test_a_payment_or_a_gift_acts_on_the_first_step_alone():
    net = network()
    gift = tg.Incentive(kind="gift")
    G = tg.build_graph(net)
    states, _ = shares(net, asks("tom", incentive=gift), "bo", "tom")
    tie = G.edges["bo", "ana"]
    assert 1 - states["silent"] == near(min(1.0, tie["response"] * 1.17))
    paid = tg.Incentive(kind="payment", size="token")
    states, _ = shares(net, asks("tom", incentive=paid), "bo", "tom")
    assert states["endorsed"] == near(tie["response"] * tie["willingness"] * 0.64)


def test_who_is_under_the_cut_never_endorses():
    net = network(JUDGED | {("bo", "ana"): (0.3, 0.6)})
    assert tg.build_graph(net).edges["bo", "ana"]["willingness"] < 0.2
    states, met = shares(net, asks("tom"), "bo", "tom")
    assert states["endorsed"] == met == 0
    assert states["forwarded"] > 0


# ------------------------------------------------------------------------------ luck


@pytest.fixture(scope="module")
def world():
    net = tg.datasets.make_world(60, seed=5, mean_degree=12)
    G = tg.build_graph(net)
    busy = max(G, key=lambda one: sum(G.edges[v, one]["willingness"] > 0.2 for v in G.pred[one]))
    far = [one for one in G if one != busy and not G.has_edge(one, busy)][:6]
    wanted = [tg.Ask(seeker=busy, target=one, clarity=1) for one in far]
    return net, wanted


def everything(trial):
    return [(who, target) for target in trial.targets for who in trial.introducers(target)]


def test_the_same_seed_gives_the_same_world(world):
    net, wanted = world
    first, second = (tg.planning.make_trial(net, wanted, seed=4) for _ in range(2))
    assert first.model == second.model
    for who, target in everything(first):
        assert first.ask(who, target) == second.ask(who, target)
    assert first.to_frame().equals(second.to_frame())
    other = tg.planning.make_trial(net, wanted, seed=5)
    assert other.model != first.model


def test_the_order_of_asks_to_different_people_changes_nothing(world):
    net, wanted = world
    trial = tg.planning.make_trial(
        net, wanted, seed=4, ranges={}, model=model_of(spent=0.0).with_parameters({})
    )
    pairs = everything(trial)
    one_each = list({who: (who, target) for who, target in pairs}.values())
    forth, back = trial.again(9), trial.again(9)
    told = {pair: forth.ask(*pair) for pair in one_each}
    assert {pair: back.ask(*pair) for pair in reversed(one_each)} == told
    assert any(one.state != "silent" for one in told.values())


def test_fewer_targets_or_a_new_name_of_the_order_change_no_luck(world):
    net, wanted = world
    all_of = trial_of(net, wanted)
    few = trial_of(net, wanted[::-1][:3])
    for target in few.targets:
        for who in few.introducers(target):
            assert few.again(2).ask(who, target) == all_of.again(2).ask(who, target)


def test_again_with_no_seed_is_the_same_luck_with_nobody_asked(world):
    net, wanted = world
    trial = tg.planning.make_trial(net, wanted, seed=4)
    pair = everything(trial)[0]
    first = trial.ask(*pair)
    fresh = trial.again()
    assert len(trial.history) == 1
    assert fresh.history == ()
    assert fresh.ask(*pair) == first


def test_what_is_broken_stays_broken_and_who_declined_declines_again():
    net = network()
    trial = trial_of(net, asks("tim"), model=model_of(spent=0.0))
    seen = set()
    for luck in range(300):
        one = trial.again(luck)
        told = [one.ask("bo", "tim", day) for day in range(0, 60, 10)]
        heard = {(each.state, each.reached) for each in told if each.state != "silent"}
        assert len(heard) <= 1
        seen |= heard
    assert {("endorsed", True), ("endorsed", False), ("declined", False)} <= seen


def test_a_step_that_all_share_is_broken_for_all():
    sure = {("bo", "ana"): (0.999, 0.99), ("cy", "ana"): (0.999, 0.99)}
    sure |= {("tim", "dee"): (0.5, 0.3), ("dee", "bo"): (0.999, 0.99), ("dee", "cy"): (0.999, 0.99)}
    model = tg.TrustModel(
        response=tg.trust.ResponseModel(cold=1, friend=1), paths=tg.trust.PathModel(retention=1)
    )
    trial = trial_of(network(sure), asks("tim"), model=model)
    both = []
    for luck in range(400):
        one = trial.again(luck)
        both.append([one.ask(who, "tim").reached for who in ("bo", "cy")])
    assert np.mean([first == second for first, second in both]) > 0.95
    assert 0.4 < np.mean(both) < 0.6


def test_silence_may_end_unless_nobody_thinks_again():
    net = network()
    for thinks_again, wanted in ((1.0, True), (0.0, False)):
        trial = trial_of(net, asks("tom"), thinks_again=thinks_again)
        later = []
        for luck in range(300):
            one = trial.again(luck)
            told = [one.ask("bo", "tom", day).state for day in range(0, 900, 300)]
            later.append(told[0] == "silent" and set(told) != {"silent"})
        assert any(later) == wanted


def test_silence_wears_out_what_does_not_come_from_recall():
    net = network()
    tie = tg.build_graph(net).edges["bo", "ana"]
    trial = trial_of(net, asks("tom", "tim"), model=model_of(spent=0.0))
    told = []
    for luck in range(LUCKS):
        one = trial.again(luck)
        if one.ask("bo", "tom").state == "silent":
            told.append(one.ask("bo", "tim").state != "silent")
    patience = tg.TrustModel().response.patience_days
    assert tie["recall"] == 0
    answers = tie["response"] * tg.TrustModel().clarity.kappa(1.0) * patience / (patience + 1)
    assert np.mean(told) == pytest.approx(answers, abs=4 * (answers / len(told)) ** 0.5)
    assert abs(np.mean(told) - answers) < abs(np.mean(told) - answers * (patience + 1) / patience)


def test_no_way_is_longer_than_the_limit_allows():
    # Ana - bo - cy - tim and ana - cy - dee - tim are short enough, ana - bo - cy - dee - tim not.
    sure = dict.fromkeys(
        [("bo", "ana"), ("cy", "ana"), ("cy", "bo"), ("dee", "cy"), ("tim", "cy"), ("tim", "dee")],
        (0.9, 0.9),
    )
    index = tg.TrustIndex.from_graph(tg.build_graph(network(sure)))
    for most, wanted in ((2, False), (3, True)):
        way = find_ways(index, asks("tim")[0], model=tg.TrustModel(), most=most)
        steps, names = way.steps, index.labels
        number = {names[int(node)]: place for place, node in enumerate(steps.nodes[:-1])}
        closed = (steps.tail == number["cy"]) & (steps.head == len(steps.nodes) - 1)
        assert closed.sum() == 1
        there = way.from_whom(~closed)
        assert there[number["cy"]]
        assert there[number["bo"]] == wanted


# ------------------------------------------------------------------------------ goodwill


def test_goodwill_is_spent_by_asking_and_comes_back():
    trial = trial_of(network(), asks("tom", "tim"), model=model_of(spent=0.4, regained_days=60))
    assert trial.goodwill_left("bo", 0) == 1
    trial.ask("bo", "tom", 0)
    assert trial.goodwill_left("bo", 0) == pytest.approx(0.6)
    assert trial.goodwill_left("bo", 60) == pytest.approx(0.6**0.5)
    assert trial.goodwill_left("cy", 0) == 1
    trial.ask("bo", "tim", 60)
    assert trial.goodwill_left("bo", 60) == pytest.approx(0.6**1.5)


def test_whoever_was_asked_before_answers_less_often():
    net = network()
    trial = trial_of(net, asks("tom", "tim"), model=model_of(spent=0.5))
    tie = tg.build_graph(net).edges["bo", "ana"]
    again = [trial.again(luck) for luck in range(3 * LUCKS)]
    first = [one.ask("bo", "tim").state != "silent" for one in again]
    second = np.array([one.ask("bo", "tom").state != "silent" for one in again])
    assert np.mean(first) == near(tie["response"])
    answered = np.array(first)
    assert second[answered].mean() == pytest.approx(tie["response"] * 0.5, abs=0.04)
    kept = 5 / 6 * (tie["response"] - tie["recall"]) + tie["recall"]
    assert second[~answered].mean() == pytest.approx(kept * 0.5, abs=0.04)


# ------------------------------------------------------------------------------ the truth


def test_true_numbers_come_from_their_ranges(world):
    net, wanted = world
    ranges = default_ranges(tg.TrustModel())
    assert {"gate.trials", "response.cold", "paths.retention", "goodwill.spent"} <= set(ranges)
    assert {"recall.decay", "clarity.clear", "opinion.base_rate"} <= set(ranges)
    assert not any(name.startswith(("lift.", "proximity.")) for name in ranges)
    values = {name: [] for name in ranges}
    for seed in range(25):
        true = tg.planning.make_trial(net, wanted[:1], seed=seed).model
        frame = true.parameters()["value"]
        gate = true.gate
        assert THRESHOLDS[0] <= gate.endorse_at / (gate.trials + 1) <= THRESHOLDS[1]
        for name, found in values.items():
            found.append(frame[name])
    for name, (low, high) in ranges.items():
        assert low - 1e-9 <= min(values[name]) <= max(values[name]) <= high + 1e-9, name
        assert max(values[name]) > min(values[name]), name


def test_only_what_is_named_is_drawn():
    trial = trial_of(network(), asks("tom"), ranges={"response.cold": (0.2, 0.3)}, seed=1)
    changed = trial.model.parameters()["value"] != tg.TrustModel().parameters()["value"]
    assert changed[changed].index.tolist() == ["response.cold"]
    assert 0.2 <= trial.model.response.cold <= 0.3


def test_a_trial_that_knows_the_truth_agrees_with_the_questions_of_the_library():
    net = tg.datasets.make_world(60, seed=5, mean_degree=12)
    trial = tg.planning.make_trial(net, [tg.Ask(seeker=net.owner, target="p30")], seed=8)
    index = tg.TrustIndex.from_graph(tg.build_graph(net, model=trial.model))
    way = find_ways(index, trial.asks[0], model=trial.model, most=3)
    sure = way.chances(np.repeat(index.trust[:, None], 1, axis=1))
    assert sure.shape == (len(way.steps.role), 1)
    assert ((sure >= 0) & (sure <= 1)).all()


# ------------------------------------------------------------------------------ what it tells


def test_outcomes_are_dated_and_in_order():
    trial = trial_of(network(), asks("tom", "tim"))
    states = set()
    for luck in range(200):
        one = trial.again(luck).ask("bo", "tom", 5)
        assert one.asked == ON + dt.timedelta(days=5)
        assert one.seeker == "ana"
        days = [one.passed, one.declined, one.silent, one.met]
        known = [each for each in days if each is not None]
        assert all(one.asked < each <= one.asked + dt.timedelta(days=28) for each in known)
        assert one.state != "open"
        if one.met:
            assert one.endorsed is not None
            assert one.met > one.endorsed
        states.add(one.state)
    assert states == {"endorsed", "forwarded", "declined", "silent"}


def test_history_is_a_table():
    trial = trial_of(network(), asks("tom", "tim"))
    assert trial.to_frame().empty
    for who, target in itertools.product(("bo", "cy"), ("tom", "tim")):
        trial.ask(who, target)
    frame = trial.to_frame()
    assert frame[["introducer", "target"]].values.tolist() == [
        ["bo", "tom"],
        ["bo", "tim"],
        ["cy", "tom"],
        ["cy", "tim"],
    ]
    assert frame["reached"].sum() >= len(trial.reached)
    assert repr(trial).startswith("AskTrial(targets=2, reached=")


def test_people_are_known_by_name_too():
    people = [{"id": "bo", "name": "Bo Berg"}]
    net = network({("bo", "ana"): (0.8, 0.8), ("tom", "bo"): (0.8, 0.8)}, people)
    trial = trial_of(net, asks("tom"))
    assert trial.ask("Bo Berg", "tom").introducer == "bo"
    assert trial.goodwill_left("Bo Berg", 0) < 1


def test_people_who_are_in_no_archive_have_goodwill_of_their_own():
    people = [{"id": "ana", "name": "Ana", "organisation": "Acme"}]
    net = network({("bo", "ana"): (0.8, 0.8)}, people)
    wanted = asks(*(tg.Prospect(name, organisation="Acme") for name in ("Pat", "Pim")))
    trial = trial_of(net, wanted)
    assert trial.introducers("Pat") == ["Pat"]
    trial.ask("Pat", "Pat", 0)
    assert trial.goodwill_left("Pat", 0) < 1
    assert trial.goodwill_left("Pim", 0) == trial.goodwill_left("bo", 0) == 1


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda t: t.ask("bo", "zoe"), ValueError, "nobody asks for 'zoe'; targets are tom"),
        (lambda t: t.ask("dee", "tom"), ValueError, "'dee' has no tie to the seeker 'ana'"),
        (lambda t: t.ask("nobody", "tom"), tg.errors.UnknownPersonError, "nobody"),
        (lambda t: t.ask("bo", "tom", -1), ValueError, "day is -1"),
        (lambda t: t.ask("bo", "tom", 1.5), ValueError, "day is 1.5"),
        (lambda t: t.introducers("zoe"), ValueError, "nobody asks for"),
    ],
)
def test_what_cannot_be_asked_is_told(call, error, words):
    with pytest.raises(error, match=words):
        call(trial_of(network(), asks("tom")))


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"ranges": {"gate.trails": (1, 2)}}, ValueError, "did you mean"),
        ({"ranges": {"response.cold": (0.3, 0.1)}}, ValueError, "the lower end comes first"),
        ({"ranges": {"gate.trials": (30, 30)}}, ValueError, "no gate fits"),
        ({"thinks_again": 2}, ValueError, "thinks_again is 2"),
        ({"max_intermediaries": 9}, ValueError, "max_intermediaries is 9"),
        ({"seed": -1}, ValueError, "seed is -1"),
    ],
)
def test_what_is_wrong_with_a_trial_is_told(options, error, words):
    with pytest.raises(error, match=words):
        tg.planning.make_trial(network(), asks("tom"), **options)


def test_a_trial_is_made_of_a_network_and_asks_of_one_seeker():
    with pytest.raises(TypeError, match="not of a DiGraph"):
        tg.planning.make_trial(tg.build_graph(network()), asks("tom"))
    no_asks: Any = ["tom"]
    with pytest.raises(TypeError, match="asks are tg.Ask"):
        tg.planning.make_trial(network(), no_asks)
    with pytest.raises(ValueError, match="two asks for 'tom'"):
        tg.planning.make_trial(network(), asks("tom", "tom"))
    with pytest.raises(ValueError, match="one seeker at a time, not ana, bo"):
        tg.planning.make_trial(network(), [*asks("tom"), tg.Ask(seeker="bo", target="tim")])


def test_nobody_to_ask_is_an_empty_answer():
    net = tg.Network.from_records([{"id": "ana"}, {"id": "tom"}], owners=("ana",))
    trial = trial_of(net, asks("tom"))
    assert trial.introducers("tom") == []
    assert trial.start == dt.date(2026, 1, 1)
    with pytest.raises(ValueError, match="no tie"):
        trial.ask("tom", "tom")
    assert trial_of(net, []).targets == ()

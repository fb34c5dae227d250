"""Calibration against known parameters, against brute force, and against what it must not see."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import trustgraph as tg
from trustgraph.evaluation._outcome_asks import (
    DECLINED,
    ENDORSED,
    FORWARDED,
    SILENT,
    asks_of,
    sorted_outcomes,
    tie_values,
)
from trustgraph.evaluation._outcome_chances import GateMeans, log_endings
from trustgraph.evaluation._outcome_events import out_of_sample, predictions
from trustgraph.evaluation._outcome_fit import PARTS, Data, _fit, expected, refit, scales_of
from trustgraph.evaluation._outcome_past import known_by
from trustgraph.evaluation._outcome_ways import _best, ways_of
from trustgraph.evaluation.calibrate import calibrate
from trustgraph.evaluation.calibrate_results import Calibration
from trustgraph.steps.question import ask_question

from helpers.simulated_asks import AS_OF, SEEKER, Truth, simulated

MODEL = tg.TrustModel()
MOVED = Truth(cold=0.2, friend=0.75, patience=3, endorse_at=5.3, forward_at=2.6, retention=0.7)
NAMES = {
    "response.cold": "cold",
    "response.friend": "friend",
    "response.patience_days": "patience",
    "gate.endorse_at": "endorse_at",
    "gate.forward_at": "forward_at",
    "paths.retention": "retention",
}


def data_of(net, outcomes, model=MODEL):
    given = sorted_outcomes(net, outcomes, model, as_of=AS_OF, open_asks="silent")
    asks = asks_of(net, given.used, model, hidden=True)
    ways = ways_of(net, given.used, asks, model, as_of=given.as_of, hidden=True)
    return Data(asks, GateMeans.of(asks.ties), ways)


@pytest.fixture(scope="module")
def some():
    return simulated(MOVED, asks=200, seed=3)


@pytest.fixture(scope="module")
def found(some):
    return calibrate(*some, as_of=AS_OF, resamples=60, progress=False)


# ------------------------------------------------------------------------ parameters come back


def test_known_parameters_are_recovered():
    scales, hits, values = scales_of(MODEL), [], []
    for seed in range(3):
        done = refit(data_of(*simulated(MOVED, asks=900, seed=seed)), scales, list(PARTS))
        values.append([done.numbers[name] for name in NAMES])
        for name, field in NAMES.items():
            learned, scale = done.learned[name], scales[name]
            ends = [scale.value(scale.logit(learned.z + q * learned.width)) for q in (-1.96, 1.96)]
            hits.append(ends[0] <= getattr(MOVED, field) <= ends[1])
            assert name in done.fitted
        # The slope of the gate cannot be told from so few asks, and stays.
        assert done.numbers["gate.trials"] == MODEL.gate.trials
    assert np.mean(hits) > 0.8
    for name, mean in zip(NAMES, np.mean(values, axis=0), strict=True):
        true, before = getattr(MOVED, NAMES[name]), scales[name].before
        assert abs(mean - true) < 0.6 * abs(before - true), name


def test_a_model_that_is_right_stays_where_it_is():
    scales = scales_of(MODEL)
    done = refit(data_of(*simulated(Truth(), asks=500, seed=8)), scales, list(PARTS))
    for name in NAMES:
        assert abs(done.learned[name].z) < 2.5 * done.learned[name].width, name


def test_a_steep_gate_is_told_apart_where_there_is_enough():
    # Opinions that are nearly sure show the gate itself.
    net, outcomes = simulated(
        Truth(trials=25, endorse_at=15.6, cold=0.6, friend=0.9), asks=900, seed=1
    )
    sure = net.judgements.assign(certainty=0.99)
    given = sorted_outcomes(net, outcomes, MODEL, as_of=AS_OF, open_asks="silent")
    asks = asks_of(net.replace(judgements=sure), given.used, MODEL, hidden=True)
    rng = np.random.default_rng(5)
    level = rng.beta(asks.ties.alpha, asks.ties.beta)
    steep = tg.trust.EndorsementGate(trials=25, endorse_at=15.6, forward_at=5)
    luck = rng.random(len(asks))
    wide = tg.trust.EndorsementGate(trials=25, endorse_at=5)
    ending = np.where(luck < steep.g(level), ENDORSED, FORWARDED)
    ending = np.where(luck > wide.g(level), DECLINED, ending)
    columns = {name: getattr(asks, name) for name in asks.__dataclass_fields__}
    asks = type(asks)(**{**columns, "ending": ending.astype(np.int32)})
    data = Data(asks, GateMeans.of(asks.ties), data_of(net, outcomes).ways)
    done = refit(data, scales_of(MODEL), ["endorsements", "forwards"])
    assert "gate.trials" in done.fitted
    assert 15 <= done.numbers["gate.trials"] <= 30
    assert done.numbers["gate.trials"] == round(done.numbers["gate.trials"])
    threshold = done.numbers["gate.endorse_at"] / (done.numbers["gate.trials"] + 1)
    assert threshold == pytest.approx(0.6, abs=0.03)


def test_forty_asks_move_nothing_far():
    scales = scales_of(MODEL)
    for seed in range(3):
        net, outcomes = simulated(MOVED, asks=40, seed=seed)
        done = refit(data_of(net, outcomes), scales, list(PARTS))
        assert all(abs(one.z) < 1.645 for one in done.learned.values())


def test_the_interval_is_that_of_the_posterior(some):
    data, scales = data_of(*some), scales_of(MODEL)
    before = {name: scale.before for name, scale in scales.items()}
    fitted = _fit(data, scales, before, ["response.cold"])[0]["response.cold"]
    scale, z = scales["response.cold"], np.linspace(-4, 2, 601)
    logs = norm.logpdf(z) + [
        log_endings(
            data.asks, expected(data, {**before, "response.cold": scale.value(scale.logit(one))})
        )[0].sum()
        for one in z
    ]
    mass = np.exp(logs - logs.max())
    mass /= mass.sum()
    mean = mass @ z
    assert fitted.z == pytest.approx(z[logs.argmax()], abs=0.01)
    # The width is that of the curvature at the mode; the posterior itself is a little skewed.
    top = int(logs.argmax())
    bend = -np.polyfit(z[top - 3 : top + 4], logs[top - 3 : top + 4], 2)[0] * 2
    assert fitted.width == pytest.approx(bend**-0.5, rel=0.01)
    assert fitted.width == pytest.approx(np.sqrt(mass @ (z - mean) ** 2), rel=0.2)
    assert fitted.share == pytest.approx(1 - fitted.width**2)


def test_the_prior_is_the_likely_range():
    parameters = MODEL.parameters()
    for name, scale in scales_of(MODEL).items():
        assert scale.value(scale.logit(0.0)) == pytest.approx(scale.before)
        low, high = (scale.value(scale.logit(q * 1.645)) for q in (-1, 1))
        row = parameters.loc[name]
        assert low < row["value"] < high
        if name == "response.friend":  # the default is the middle of the likely range, nearly
            assert (low, high) == pytest.approx((row["low"], row["high"]), abs=0.05)


# --------------------------------------------------------------------------- chances by hand


def test_the_endings_of_an_ask_are_all_there_is(some):
    data = data_of(*some)
    values = {name: scale.before for name, scale in scales_of(MODEL).items()}
    chances = expected(data, values)
    total = np.zeros(len(data.asks))
    for ending in (SILENT, DECLINED, FORWARDED, ENDORSED):
        columns = {name: getattr(data.asks, name) for name in data.asks.__dataclass_fields__}
        asks = type(data.asks)(**{**columns, "ending": np.full(len(total), ending, np.int32)})
        total += np.exp(sum(log_endings(asks, chances)))
    assert total == pytest.approx(np.ones(len(total)), abs=1e-9)


def test_chances_are_those_of_the_trust_model():
    net, outcomes = simulated(MOVED, asks=60, seed=2)
    data = data_of(net, outcomes)
    chances = expected(data, {name: scale.before for name, scale in scales_of(MODEL).items()})
    G = tg.build_graph(net, as_of=outcomes[0].asked - dt.timedelta(days=1))
    first = sorted(one.introducer for one in outcomes if one.asked == outcomes[0].asked)
    edges = [G.edges[person, SEEKER] for person in first]
    for name, of in (("answered", "response"), ("endorsed", "willingness"), ("passed", "forwards")):
        chance = getattr(chances, name)[: len(first)]
        assert chance == pytest.approx([edge[of] for edge in edges], abs=1e-8)


def test_what_an_edge_was_made_of_comes_back():
    moments = pd.date_range("2025-01-01", periods=30, freq="9D", tz="UTC")
    said = [("bo", "ana", at) for at in moments[:20]] + [("ana", "bo", at) for at in moments[:26]]
    net = tg.Network.from_records(
        evidence=[
            {"kind": "message_day", "source": one, "target": other, "at": at}
            for one, other, at in said
        ]
    )
    day = dt.date(2026, 1, 1)
    frame = tg.trust.score_ties(net, MODEL, day).frame.set_index(["source", "target"])
    columns = ["trust", "certainty", "belief", "recall", "response"]
    ties = tie_values(frame[columns].to_numpy(), MODEL)
    assert (
        ties.unanswered[list(frame.index).index(("bo", "ana"))] == 3
    )  # those to which none of his came within 30 days
    assert ties.unanswered[list(frame.index).index(("ana", "bo"))] == 0
    assert ties.alpha / (ties.alpha + ties.beta) == pytest.approx(frame["trust"].to_numpy())
    assert 1 - 2 / (ties.alpha + ties.beta) == pytest.approx(frame["certainty"].to_numpy())


@pytest.mark.parametrize("seed", [1, 4])
def test_the_way_behind_an_introducer_is_that_of_the_best_introduction(seed):
    net = tg.datasets.make_world(40, seed=seed)
    evening = dt.date(2025, 6, 1)
    G = tg.build_graph(net, as_of=evening)
    asks = []
    for target in list(G)[1:]:
        paths = tg.find_introductions(G, net.owner, target, k=1, max_intermediaries=3)
        if len(paths) and paths[0].hops > 1:
            asks.append((paths[0].introducer, target, paths[0].score))
    outcomes = [
        tg.Outcome(introducer=one, target=target, asked="2025-06-02", endorsed="2025-06-03")
        for one, target, _ in asks
    ]
    given = sorted_outcomes(net, outcomes, MODEL, as_of=AS_OF, open_asks="silent")
    columns = asks_of(net, given.used, MODEL, hidden=True)
    ways = ways_of(net, given.used, columns, MODEL, as_of=AS_OF, hidden=True)
    assert len(ways) == len(asks) > 3
    assert ways.further.max() >= 1
    values = {name: scale.before for name, scale in scales_of(MODEL).items()}
    data = Data(columns, GateMeans.of(columns.ties), ways)
    chances = expected(data, values)
    score = (chances.answered * chances.endorsed)[ways.ask] * ways.chances(values)
    by_ends = {(one, target): score for one, target, score in asks}
    wanted = [by_ends[given.used[row].introducer, given.used[row].target] for row in ways.ask]
    assert score == pytest.approx(wanted, rel=1e-5)


# ------------------------------------------------------------------------ what it must not see


def test_nothing_from_the_day_of_the_ask_on_is_looked_at(some):
    net, outcomes = some
    told = net.evidence[["kind", "source", "target", "at"]].astype(str).to_dict("records")
    later = [
        {"kind": kind, "source": f"i{n}", "target": SEEKER, "at": one.asked}
        for n, one in enumerate(outcomes)
        for kind in ("recommendation", "meeting_day")
    ]
    more = tg.Network.from_records(
        net.people.reset_index(), [*told, *later], owners=[SEEKER], as_of=net.as_of
    ).replace(judgements=net.judgements)
    before, after = (data_of(one, outcomes) for one in (net, more))
    for name in ("alpha", "beta", "belief", "recall", "unanswered"):
        one, other = (getattr(data.asks.ties, name) for data in (before, after))
        assert one.tolist() == other.tolist()
    assert before.ways.arrives.tolist() == after.ways.arrives.tolist()


def test_chances_after_the_fit_are_out_of_sample(some):
    net, outcomes = some
    number = next(n for n, one in enumerate(outcomes) if one.silent)
    turned = list(outcomes)
    turned[number] = outcomes[number].replace(silent=None, endorsed=outcomes[number].silent)
    chances = []
    for told in (outcomes, turned):
        data, rng = data_of(net, told), np.random.default_rng(0)
        found = out_of_sample(data, scales_of(MODEL), ["answers", "endorsements"], folds=4, rng=rng)
        chances.append(found["answered"].chance)
    rows = [one.introducer for one in sorted(outcomes, key=lambda it: (it.asked, it.introducer))]
    place = rows.index(f"i{number}")
    assert chances[0][place] == chances[1][place]
    assert (chances[0] != chances[1]).any()


def test_all_asks_of_one_person_are_predicted_unseen(some):
    # Half of the asks went to one person: turning one of these moves none of their chances.
    net, outcomes = some
    often = [one.replace(introducer="i0") if n % 2 else one for n, one in enumerate(outcomes)]
    number = next(n for n, one in enumerate(often) if one.silent and one.introducer == "i0")
    turned = list(often)
    turned[number] = often[number].replace(silent=None, endorsed=often[number].silent)
    chances = []
    for told in (often, turned):
        data, rng = data_of(net, told), np.random.default_rng(0)
        found = out_of_sample(data, scales_of(MODEL), ["answers", "endorsements"], folds=4, rng=rng)
        chances.append(found["answered"].chance)
    same = data.asks.introducer == np.bincount(data.asks.introducer).argmax()
    assert same.sum() > 90
    assert (chances[0][same] == chances[1][same]).all()
    assert (chances[0] != chances[1]).any()


def test_some_of_the_asks_hold_their_own_ways(some):
    data = data_of(*some)
    rows = np.arange(len(data.asks)) % 3 > 0
    part = data.take(rows)
    kept = rows[data.ways.ask]
    assert 0 < len(part.ways) == kept.sum() < len(data.ways)
    assert (np.flatnonzero(rows)[part.ways.ask] == data.ways.ask[kept]).all()
    assert (part.ways.met == data.ways.met[kept]).all()
    values = {name: scale.before for name, scale in scales_of(MODEL).items()}
    np.testing.assert_allclose(part.ways.chances(values), data.ways.chances(values)[kept])


def test_the_order_of_outcomes_does_not_matter(some, found):
    net, outcomes = some
    again = calibrate(net, outcomes[::-1], as_of=AS_OF, resamples=60)
    assert again == found


def test_events_after_the_day_have_not_happened(some):
    net, outcomes = some
    day = outcomes[0].asked + dt.timedelta(days=1)
    given = sorted_outcomes(net, outcomes, MODEL, as_of=day, open_asks="leave out")
    assert given.used == ()
    assert given.young == len(outcomes)


# --------------------------------------------------------------------------------- the result


def test_the_result_tells_what_was_learned(found):
    frame = found.to_frame()
    assert frame.index.name == "parameter"
    assert list(frame.index) == [name for names in PARTS.values() for name in names]
    refitted = frame[frame["status"] == "refitted"]
    assert (refitted["low"] < refitted["after"]).all()
    assert (refitted["after"] < refitted["high"]).all()
    assert (frame["prior_low"] < frame["before"]).all()
    assert frame["learned"].between(0, 1).all()
    assert found.model.gate.endorse_at == frame.loc["gate.endorse_at", "after"]
    assert found.model.response.cold == frame.loc["response.cold", "after"]
    assert found.model.gate.trials == 9
    held = frame.loc["gate.trials"]
    assert held["status"] == "no information"
    assert held["after"] == held["before"]
    # The rest of the model is as it was.
    assert found.model.replace(gate=MODEL.gate, response=MODEL.response, paths=MODEL.paths) == MODEL


def test_the_calibrated_model_builds_a_graph(some, found):
    G = tg.build_graph(some[0], model=found.model)
    edge = G.edges["i0", SEEKER]
    assert 0 < edge["willingness"] <= edge["forwards"] <= 1
    assert len(tg.find_introductions(G, SEEKER, "t0", k=3)) >= 0


def test_figures_and_curves(found, some):
    frame = found.figures_frame()
    assert frame.index.names == ["event", "metric"]
    data = data_of(*some)
    plain = predictions(data, {name: scale.before for name, scale in scales_of(MODEL).items()})
    for event, one in plain.items():
        loss = tg.evaluation.log_loss(one.came_true, one.chance)
        assert frame.loc[(event, "log_loss"), "before"] == pytest.approx(loss)
        score = tg.evaluation.brier(one.came_true, one.chance)
        assert frame.loc[(event, "brier"), "before"] == pytest.approx(score)
        curve = tg.evaluation.calibration_curve(one.came_true, one.chance, bins=5)
        pd.testing.assert_frame_equal(found.curves(event)["before"][curve.columns], curve)
    assert found.before["n"].sum() == found.after["n"].sum() == found.asks
    assert (frame["low"] <= frame["high"]).all()
    tg.plot.plot_calibration(found.curves("endorsed"))
    with pytest.raises(ValueError, match="no chances of 'hired'"):
        found.curves("hired")


def test_it_is_written_down_and_read_back(found):
    assert Calibration.from_dict(found.to_dict()) == found


def test_it_is_told_in_sentences(found):
    text = found.explain()
    assert text.startswith("200 closed asks of 200 people, as they stood on 2026-06-01.")
    assert "The asks say too little about trials of the gate: what was assumed stays." in text
    assert "Chance that a stranger answers: 0.12 before, " in text
    assert "on asks that the fit had not seen" in text
    assert "count on every day" in text  # judgements have no date
    assert found._repr_html_().count("<tr>") == 8


# ------------------------------------------------------------------------- what comes in is odd


def asked(number, target="Acme", **events):
    return tg.Outcome(introducer=f"p{number}", target=target, asked="2026-01-05", **events)


@pytest.fixture(scope="module")
def plain():
    people = [{"id": "me"}, *({"id": f"p{n}"} for n in range(50))]
    return tg.Network.from_records(people, owners=["me"], as_of="2026-01-01")


def test_too_few_asks_are_refused(plain):
    few = [asked(n, silent="2026-02-01") for n in range(12)]
    with pytest.raises(ValueError, match=r"there are 12 closed asks; at least 30 are needed"):
        calibrate(plain, few, as_of="2026-06-01")
    with pytest.raises(ValueError, match=r"there are 0 closed asks; at least 30"):
        calibrate(plain, [])


def test_recent_asks_are_no_evidence_whatever_became_of_them(plain):
    told = [asked(n, endorsed="2026-01-07") for n in range(40)]
    with pytest.raises(ValueError, match=r"0 closed asks \(40 too recent to judge on 2026-01-20\)"):
        calibrate(plain, told, as_of="2026-01-20")


def test_late_endorsements_say_nothing_of_what_followed(some):
    # Asked long ago and endorsed just now: whoever has met the target already was quick.
    net, outcomes = some
    late = [
        one.replace(endorsed="2026-05-20", met="2026-05-25" if number % 2 else None, passed=None)
        if one.endorsed
        else one
        for number, one in enumerate(outcomes)
    ]
    given = sorted_outcomes(net, late, MODEL, as_of=AS_OF, open_asks="silent")
    asks = asks_of(net, given.used, MODEL, hidden=True)
    ways = ways_of(net, given.used, asks, MODEL, as_of=given.as_of, hidden=True)
    assert (asks.ending == ENDORSED).any()
    assert any(one.reached for one in given.used)
    assert (len(ways), ways.unknown) == (0, 0)


@pytest.mark.parametrize("circles", [0.0, 0.3])
def test_ties_and_ways_are_those_of_all_records(circles):
    # Only acts nearby are looked at, which changes nothing.
    net = tg.datasets.make_world(60, seed=4)
    model = MODEL.replace(recall=MODEL.recall.replace(shared_circles=circles))
    asked_on = net.evidence["at"].max().date() - dt.timedelta(days=200)
    G = tg.build_graph(net, model=model, as_of=asked_on - dt.timedelta(days=1))
    contacts = sorted(G.predecessors(net.owner))[:12]
    people = sorted(set(G) - {net.owner})
    organisation = next(one for _, one in G.nodes(data="organisation") if one)
    outcomes = [
        tg.Outcome(
            introducer=one,
            target=target,
            asked=asked_on,
            endorsed=asked_on,
            seeker=net.owner,
        )
        for one in contacts
        for target in (*people[:12], organisation)
        if target != one
    ]
    given = sorted_outcomes(net, outcomes, model, as_of=None, open_asks="silent")
    asks = asks_of(net, given.used, model, hidden=True)
    edges = [G.edges[one.introducer, net.owner] for one in given.used]
    columns = ("trust", "certainty", "belief", "recall", "response")
    ties = tie_values(np.array([[edge[name] for name in columns] for edge in edges]), model)
    for name in ("alpha", "beta", "belief", "recall", "unanswered"):
        np.testing.assert_array_equal(getattr(asks.ties, name), getattr(ties, name))
    ways = ways_of(net, given.used, asks, model, as_of=given.as_of, hidden=True)
    assert len(ways) > 0
    assert set(ways.further.tolist()) >= {0, 1}
    whole = tg.TrustIndex.from_graph(
        tg.build_graph(
            known_by(net, asked_on - dt.timedelta(days=1)).net,
            model=model,
            as_of=asked_on - dt.timedelta(days=1),
        )
    )
    seen = iter(zip(ways.ask.tolist(), ways.further.tolist(), ways.arrives.tolist(), strict=True))
    for row, one in enumerate(given.used):
        target = one.target if one.target in net.people.index else tg.Organisation(one.target)
        question = ask_question(whole, tg.Ask(seeker=net.owner, target=target, clarity=1.0))
        best, last = _best(question, whole.number(one.introducer))
        if last > 0:
            assert next(seen) == (row, len(best) - 1, last)
    assert next(seen, None) is None


def test_asks_that_are_all_alike_teach_nothing(plain):
    told = [asked(n, silent="2026-02-01") for n in range(40)]
    with pytest.raises(ValueError, match="no part of the model has 5 asks of either kind"):
        calibrate(plain, told, as_of="2026-06-01")


def test_one_person_asked_often_is_no_sample(plain):
    told = [asked(n % 3, f"Place {n}", silent="2026-02-01") for n in range(40)]
    with pytest.raises(ValueError, match="went to 3 people; at least 5 are needed"):
        calibrate(plain, told, as_of="2026-06-01")


def test_open_asks_are_silent_or_left_out(plain):
    told = [asked(n, declined="2026-02-01" if n % 2 else None) for n in range(40)]
    told += [asked(40 + n, silent="2026-02-01") for n in range(8)]
    silent = calibrate(plain, told, as_of="2026-06-01", resamples=0)
    assert (silent.asks, silent.given_up, silent.open) == (48, 20, 0)
    told += [asked(n, "Elsewhere", declined="2026-02-01") for n in range(8)]
    left = calibrate(plain, told, as_of="2026-06-01", open_asks="leave out", resamples=0)
    assert (left.asks, left.given_up, left.open) == (36, 0, 20)
    assert "20 open asks are left out." in left.explain()
    assert silent.figures_frame()["low"].isna().all()


def test_people_without_a_tie_count_as_strangers(plain):
    told = [asked(n, declined="2026-02-01" if n % 4 == 0 else None) for n in range(32)]
    told += [asked("-unheard of", forwarded="2026-02-01")]
    found = calibrate(plain, told, as_of="2026-06-01", resamples=0)
    assert found.strangers == found.asks == 33
    assert found.after_records == 33
    # All were strangers, of whom a quarter answered: that says something of `cold` alone.
    frame = found.to_frame()
    assert frame.loc["response.cold", "after"] > 0.15
    assert frame.loc["response.friend", "status"] == "no information"
    assert frame.loc["response.friend", "after"] == 0.58
    assert frame.loc["gate.endorse_at", "status"] == "too few"
    assert np.isnan(frame.loc["gate.endorse_at", "low"])


def test_every_kind_of_ask_is_understood(plain):
    told = [asked(n, silent="2026-02-01") for n in range(20)]
    told += [asked(n, passed="2026-02-01") for n in range(20, 26)]
    told += [asked(n, met="2026-02-01") for n in range(26, 28)]
    told += [asked(n, forwarded="2026-02-01", purpose="reach") for n in range(28, 31)]
    told += [asked(n, declined="2026-02-01", incentive="payment") for n in range(31, 36)]
    told += [asked(n, endorsed="2026-02-01", incentive="gift", clarity=0.4) for n in range(36, 39)]
    told += [
        tg.Outcome(introducer="p40", target="p40", asked="2026-01-05", met="2026-02-01"),
        tg.Outcome(introducer="p41", target="p41", asked="2026-01-05", silent="2026-02-01"),
    ]
    found = calibrate(plain, told, as_of="2026-06-01", resamples=0)
    counts = {part.name: (part.yes, part.no) for part in found.parts}
    assert counts == {
        "answers": (20, 21),
        "endorsements": (3, 5),
        "forwards": (14, 5),
        "retention": (0, 0),
    }
    assert found.no_way == 3  # nobody is known at the organisation
    events = {one.event: (one.n, one.came_true) for one in found.figures}
    assert events == {"answered": (41, 20), "passed": (39, 14), "endorsed": (28, 3)}


def test_the_seeker_is_the_owner_or_named(plain):
    told = [asked(n, silent="2026-02-01") for n in range(40)]
    with pytest.raises(tg.errors.UnknownPersonError, match="nobody"):
        calibrate(plain, [one.replace(seeker="nobody") for one in told], as_of="2026-06-01")
    with pytest.raises(tg.errors.SeveralOwnersError):
        calibrate(plain.replace(owners=[]), told, as_of="2026-06-01")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"folds": 1}, "folds is 1"),
        ({"open_asks": "drop"}, "open_asks is 'drop'; it must be 'silent' or 'leave out'"),
        ({"as_of": "soon"}, "'soon' is no day"),
        ({"level": 1.5}, "level is 1.5"),
        ({"resamples": -1}, "resamples is -1"),
        ({"bins": 0}, "bins is 0"),
    ],
)
def test_impossible_options_are_refused(some, options, message):
    with pytest.raises(ValueError, match=message):
        calibrate(*some, **{"as_of": AS_OF, "resamples": 0, **options})


def test_an_ask_that_stands_there_twice_is_named(plain):
    with pytest.raises(ValueError, match="the ask of .* stands there 2 times; keep what is known"):
        calibrate(plain, [asked(1), asked(2), asked(1)])


def test_what_is_no_outcome_is_refused(plain):
    mixed: list = [asked(1), {}]
    with pytest.raises(TypeError, match="outcome 1 is a dict"):
        calibrate(plain, mixed)
    with pytest.raises(TypeError, match="outcomes is a DataFrame"):
        calibrate(plain, pd.DataFrame())
    with pytest.raises(TypeError, match="model is a str"):
        calibrate(plain, [], model="default")

"""Offers compared: against the other analyses, by law, and in words."""

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph._text import percent
from trustgraph.errors import UnknownPersonError
from trustgraph.planning import IncentiveComparison, compare_incentives
from trustgraph.planning import incentive_arrivals as engine
from trustgraph.planning.incentives import OFFERS
from trustgraph.trust import Norms, Reaction

from helpers.any_norms import NORMS, PRESETS
from helpers.random_questions import random_ask, random_world

BOTH = (Norms.literature(), Norms.essay())
OFFICE = tg.build_graph(tg.datasets.load_office())
ACME = tg.Organisation("Acme")
EXACT = 1e-9


def world(seed: int) -> tuple[nx.DiGraph, tg.Ask]:
    generator = np.random.default_rng(seed)
    n = int(generator.integers(4, 9))
    G = random_world(generator, n=n, density=0.5)
    return G, random_ask(generator, G)


def compared(G: nx.DiGraph, ask: tg.Ask, **options) -> IncentiveComparison:
    return compare_incentives(G, ask, **{"draws": 20, **options})


def by_offer(found: IncentiveComparison, norms: Norms):
    """Yield each offer with the model and the ask of the other analyses."""
    wholes = found.whole(norms.name)
    for whole, (strategy, offer) in zip(wholes, OFFERS, strict=True):
        assert (whole.strategy, whole.disclosed) == (strategy, offer.disclosed)
        yield whole, found.ask.replace(incentive=offer), tg.TrustModel(norms=norms)


# ------------------------------------------------------------------------------ other analyses


@pytest.mark.parametrize("seed", range(25))
def test_the_whole_ask_is_the_transfer_of_the_same_ask_with_that_offer(seed):
    G, ask = world(seed)
    found = compared(G, ask)
    for norms in BOTH:
        for whole, offered, model in by_offer(found, norms):
            moved = tg.reputation_transfer(G, offered, model=model)
            assert moved.exact
            assert whole.score == pytest.approx(moved.total, abs=EXACT)


@pytest.mark.parametrize("seed", range(25))
def test_each_introducer_is_as_in_the_search_with_that_offer(seed):
    G, ask = world(seed)
    found = compared(G, ask)
    for norms in BOTH:
        for whole, offered, model in by_offer(found, norms):
            searched = tg.find_introductions(G, offered, k=20, diversity="introducer", model=model)
            paths = {path.introducer: path for path in searched if path.introducer}
            forwarders = {one.person: one for one in searched.forwarders}
            same = [
                one
                for one in found
                if (one.norms, one.strategy, one.disclosed)
                == (norms.name, whole.strategy, whole.disclosed)
            ]
            assert same[0] == whole
            people = {one.person: one for one in same[1:]}
            assert people.keys() == {*paths, *forwarders}
            for person, path in paths.items():
                one = people[person]
                assert one.role == "introducer"
                assert one.score == pytest.approx(path.score, abs=EXACT)
                assert one.carried == pytest.approx(path.carried, abs=EXACT)
                assert one.lift == (None if path.lift is None else pytest.approx(path.lift))
                passes = one.forwards if ask.purpose == "reach" else one.endorses
                assert passes == pytest.approx(path.steps[0].passes, abs=EXACT)
            for person, miss in forwarders.items():
                one = people[person]
                assert (one.role, one.score, one.carried) == ("forwarder", 0, 0)
                assert one.endorses + one.forwards == pytest.approx(miss.forward, abs=EXACT)


def test_the_office_by_hand():
    found = compare_incentives(OFFICE, "ana", ACME, draws=50)
    chiara = found.of("chiara", "literature")[0]
    tie = OFFICE.edges["chiara", "ana"]
    assert chiara.endorses == pytest.approx(tie["response"] * tie["willingness"])
    only = tie["response"] * (tie["forwards"] - tie["willingness"])
    assert chiara.forwards == pytest.approx(only)
    whole = found.whole("essay")
    people = [found.of(one.person, "essay")[0] for one in found.contacts("introducer")]
    nobody = np.prod([1 - one.endorses for one in people])
    assert whole[0].endorses == pytest.approx(1 - nobody)
    at_best = [found.of(one.person, "essay")[0] for one in found.contacts("forwarder")]
    silent = np.prod([1 - one.endorses - one.forwards for one in people + at_best])
    assert whole[0].forwards == pytest.approx(nobody - silent)
    # The large payment of the essay: half of what is carried, so of every first factor.
    f = {one.person: one.score for one in people}
    paid = [one for one in found.of("ben", "essay") if one.strategy == "large payment"]
    assert [one.score for one in paid] == pytest.approx([f["ben"] * 0.5, f["ben"] * 0.35])


def test_the_ask_s_own_offer_is_left_out():
    ask = tg.Ask(seeker="ana", target=ACME, clarity=1.0)
    own = ask.replace(incentive=tg.Incentive(kind="payment", size="large"))
    assert compared(OFFICE, own) == compared(OFFICE, ask)


def any_works(paths, works) -> float:
    """Return the chance that some path works, over all states of their steps."""
    steps = {(one.asker, one.asked): works(one) for path in paths for one in path.steps}
    total = 0.0
    for state in itertools.product((False, True), repeat=len(steps)):
        is_open = dict(zip(steps, state, strict=True))
        if any(all(is_open[one.asker, one.asked] for one in path.steps) for path in paths):
            total += np.prod(
                [p if o else 1 - p for p, o in zip(steps.values(), state, strict=True)]
            )
    return total


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("clarity", [0.3, 1.0])
def test_what_is_believed_of_the_whole_ask_and_its_lift_by_all_states(direct, clarity):
    def tie(trust, **more):
        found = {"trust": trust, "willingness": 0.5, "forwards": 0.8, "endorsed_trust": 0.7}
        return {**found, "response": 0.6, "certainty": 0.4, **more}

    G = nx.DiGraph()
    G.add_edge("bo", "ana", **tie(0.6))
    G.add_edge("di", "ana", **tie(0.5, response=0.9))
    G.add_edge("ed", "bo", **tie(0.7, forwards=0.9))
    G.add_edge("cy", "ed", **tie(0.6))
    G.add_edge("cy", "di", **tie(0.3))
    G.add_edge("fay", "ana", **tie(0.1, willingness=0.05, forwards=0.4))
    G.add_edge("cy", "fay", **tie(0.3))
    if direct:
        G.add_edge("cy", "ana", **tie(0.2, response=0.3))
    ask = tg.Ask(seeker="ana", target="cy", clarity=clarity)
    found = compare_incentives(G, ask, draws=5)
    told = set()
    for norms in BOTH:
        for whole, offered, model in by_offer(found, norms):
            paths = tg.find_introductions(G, offered, k=20, model=model)
            through = [path for path in paths if path.intermediaries]
            assert {path.introducer for path in through} == {"bo", "di"}
            score = any_works(paths, lambda step: step.factor)
            delivery = any_works(paths, lambda step: 1.0 if step.passes is None else step.passes)
            assert whole.score == pytest.approx(score)
            # To tell the target, and duty, cost at the first step, not in what is delivered.
            assert whole.carried == pytest.approx(score / delivery)
            (stranger,) = paths.forwarders
            arrives = [*(path.forward_only for path in through), stranger.forward]
            forwarded = (1 - score) * (1 - np.prod([1 - one for one in arrives]))
            assert whole.lift == pytest.approx(1 + 9 * score + 0.2 * forwarded)
            assert min(arrives) > 0
            lifts = {
                one.person: one.lift
                for one in found
                if (one.norms, one.strategy, one.disclosed)
                == (whole.norms, whole.strategy, whole.disclosed)
            }
            assert lifts["fay"] == pytest.approx(1 + 0.2 * stranger.forward)
            for path in through:
                lift = 1 + 9 * path.score + 0.2 * path.forward_only
                assert lifts[path.introducer] == pytest.approx(lift)
            told.add(round(whole.carried, 6))
    assert len(told) > 3


# ------------------------------------------------------------------------------ laws


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), NORMS)
def test_no_payment_raises_an_endorsement_or_what_arrives(seed, norms):
    G, ask = world(seed)
    found = compared(G, ask.replace(purpose="vouch"), norms=norms, draws=5)
    assert not found.payment_helps(norms.name)
    nothing = {one.person: one for one in found if one.strategy == "nothing"}
    for one in found:
        if "payment" not in one.strategy:
            continue
        free = nothing[one.person]
        assert one.endorses <= free.endorses
        assert one.score <= free.score + 1e-15
        assert one.gain <= 1e-15
        assert one.role == "ask" or one.carried <= free.carried + 1e-12
        assert one.gain_interval is None or one.gain_interval.high <= 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), NORMS)
def test_no_offer_opens_the_gate(seed, norms):
    G, ask = world(seed)
    found = compared(G, ask.replace(purpose="vouch"), norms=norms, draws=5)
    gated = {one.person for one in found.contacts("forwarder")}
    for one in found:
        # What is merely handed over carries nothing.
        assert (one.role == "forwarder") == (one.person in gated)
        assert one.role != "forwarder" or (one.score, one.carried) == (0, 0)
        assert all(0 <= x <= 1 for x in (one.endorses, one.forwards, one.score, one.carried))
        assert one.endorses + one.forwards <= 1 + 1e-12


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), PRESETS)
def test_under_both_norms_a_modest_gift_never_lowers(seed, norms):
    G, ask = world(seed)
    found = compared(G, ask.replace(purpose="vouch"), norms=norms, draws=5)
    nothing = {one.person: one for one in found if one.strategy == "nothing"}
    for one in found:
        if one.strategy == "modest gift":
            assert one.endorses >= nothing[one.person].endorses
            assert one.score >= nothing[one.person].score - 1e-15


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), NORMS)
def test_to_tell_the_target_never_raises_what_is_believed(seed, norms):
    G, ask = world(seed)
    found = compared(G, ask, norms=norms, draws=5)
    rows = {(one.strategy, one.disclosed, one.person): one for one in found}
    for (strategy, disclosed, person), one in rows.items():
        if disclosed:
            hidden = rows[strategy, False, person]
            assert one.carried <= hidden.carried + 1e-12
            assert one.score <= hidden.score + 1e-15
            assert one.forwards == hidden.forwards


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), NORMS)
def test_to_pay_for_reach_may_help_and_never_vouches(seed, norms):
    G, ask = world(seed)
    found = compared(G, ask.replace(purpose="reach"), norms=norms)
    assert found.no_interval in ("reach", "no_path")
    for one in found:
        assert one.endorses == 0
        assert one.lift is None


def test_pay_raises_the_forwards_of_a_stranger_under_both_norms():
    found = compare_incentives(OFFICE, "ana", ACME, draws=50)
    for norms in ("literature", "essay"):
        nothing, *offers = found.of("hana", norms)
        large = next(one for one in offers if one.strategy == "large payment")
        assert large.forwards > nothing.forwards
        assert (large.endorses, large.score, large.carried) == (nothing.endorses, 0, 0)


# ------------------------------------------------------------------------------ intervals


def test_offers_share_their_draws():
    found = compare_incentives(OFFICE, "ana", ACME, draws=200)
    nothing, gift, told, *_ = found.whole("literature")
    assert gift.score_interval == told.score_interval
    assert nothing.gain_interval.width == 0
    # The difference is far surer than either number.
    assert gift.gain_interval.low > 0
    assert gift.gain_interval.width < 0.2 * gift.score_interval.width
    assert nothing.score_interval.low < nothing.score < nothing.score_interval.high


def test_the_mean_over_the_draws_is_what_is_expected():
    found = compare_incentives(OFFICE, "ana", ACME, draws=4_000)
    for one in found:
        # That somebody at least hands it over and nobody endorses is no sum of single chances.
        one_s_own = () if one.role == "ask" else ("forwards",)
        for name in ("endorses", "score", "gain", *one_s_own):
            interval, value = getattr(one, f"{name}_interval"), getattr(one, name)
            assert interval.mean == pytest.approx(value, abs=0.02)


def test_the_interval_of_the_total_is_that_of_the_transfer():
    found = compare_incentives(OFFICE, "ana", ACME, draws=4_000)
    other = tg.reputation.transfer_intervals(OFFICE, "ana", ACME, draws=4_000).total
    own = found.whole("essay")[0].score_interval
    assert (own.low, own.high) == pytest.approx((other.low, other.high), abs=0.02)


def test_a_graph_without_certainty_has_no_interval_and_says_so():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    found = compare_incentives(G, "ana", "cy")
    assert (found.no_interval, found.draws) == ("no_certainty", 0)
    assert "no intervals" in found.explain()
    assert found.to_frame()["score_low"].isna().all()


def test_the_same_seed_gives_the_same_and_any_form_of_the_graph():
    one = compare_incentives(OFFICE, "ana", ACME, draws=30, seed=4)
    assert one == compare_incentives(OFFICE, "ana", ACME, draws=30, seed=4)
    assert one != compare_incentives(OFFICE, "ana", ACME, draws=30, seed=5)
    index = tg.TrustIndex.from_graph(OFFICE)
    assert one == compare_incentives(index, "Ana Lima", ACME, draws=30, seed=4).replace(ask=one.ask)


# ------------------------------------------------------------------------------ sampling


def network(seed: int):
    generator = np.random.default_rng(seed)
    G = random_world(generator, n=8, density=0.6)
    people = sorted(G)
    question = tg.steps.ask_question(G, people[0], people[-1])
    steps = tg.steps.admissible_subgraph(question)
    return steps.network(), steps.direct, generator


@pytest.mark.parametrize("seed", range(8))
def test_sampled_arrivals_are_the_exact_ones_within_their_error(seed, monkeypatch):
    net, direct, generator = network(seed)
    draws = 3
    chance = net.chance[:, None] * generator.uniform(0.5, 1, (len(net.chance), draws))
    factor = generator.uniform(0, 1, (4, int((net.tail == 0).sum())))
    straight = np.full(draws, direct)
    options = {"samples": 4_096, "seed": 1}
    exact = engine.arrivals(net, chance, straight, factor, **options)
    assert exact.samples == 0
    monkeypatch.setattr(engine, "transfer_diagrams", lambda *_, **__: None)
    sampled = engine.arrivals(net, chance, straight, factor, **options)
    if len(chance):
        assert sampled.samples == 4_096
    assert sampled.value == pytest.approx(exact.value, abs=max(5 * sampled.error, 1e-9))


def test_sampled_offers_keep_their_order(monkeypatch):
    monkeypatch.setattr(engine, "transfer_diagrams", lambda *_, **__: None)
    for seed in range(6):
        G, ask = world(seed)
        found = compared(G, ask.replace(purpose="vouch"), draws=3)
        for norms in BOTH:
            nothing, gift, _, *paid = found.whole(norms.name)
            assert gift.score >= nothing.score - 1e-12
            assert all(one.score <= nothing.score + 1e-12 for one in paid)
            # An offer that changes nothing changes nothing, to the last bit.
            if norms.name == "literature":
                assert paid[2].score == nothing.score


# ------------------------------------------------------------------------------ what is told


def test_the_frame():
    found = compare_incentives(OFFICE, "ana", ACME, draws=30)
    frame = found.to_frame()
    people = 1 + len(found.contacts("introducer")) + len(found.contacts("forwarder"))
    assert len(frame) == len(found) == 2 * 7 * people
    assert frame["disclosed"].dtype == bool
    numbers = frame.drop(columns=["norms", "strategy", "disclosed", "person", "name", "role"])
    assert (numbers.dtypes == np.float64).all()
    assert list(frame.columns[:9]) == [
        "norms", "strategy", "disclosed", "person", "name", "role",
        "endorses", "endorses_low", "endorses_high",
    ]  # fmt: skip
    key = ["norms", "strategy", "disclosed", "person"]
    assert not frame.duplicated(key).any()


def test_it_survives_a_dictionary():
    found = compare_incentives(OFFICE, "ana", ACME, draws=30)
    assert IncentiveComparison.from_dict(found.to_dict()) == found


def test_the_verdict_of_the_office():
    found = compare_incentives(OFFICE, "ana", ACME, draws=100)
    first, *rest = found.verdict.splitlines()
    assert first == "No payment makes more arrive than nothing does."
    text = "\n".join(rest)
    assert "best is a modest gift" in text
    assert "A large payment would change nothing." in text  # the literature
    assert "large payment (told or not) would lower it" in text  # the essay
    assert "A mere hand-over carries no reputation" in text
    assert "0.52 (essay)" in text
    assert "Judged" in found.explain()
    assert "<script" not in found.replace(target_name="<script>")._repr_html_()


def test_people_of_high_rank_who_do_not_know_me():
    """The essay's question."""
    tie = {"trust": 0.2, "willingness": 0.08, "endorsed_trust": 0.5, "forwards": 0.4}
    G = nx.DiGraph()
    for chief in ("cleo", "dov"):
        G.add_node(chief, organisation="Acme", position="Chief Executive Officer")
        G.add_edge(chief, "ana", **tie, response=0.2, certainty=0.1)
    found = compare_incentives(G, "ana", ACME)
    assert found.reason == "nobody_vouches"
    assert "no offer changes that" in found.verdict
    for norms in BOTH:
        assert found.best(norms.name).strategy == "nothing"
        assert [one.score for one in found.whole(norms.name)] == [0] * 7
        nothing, *_, large, _ = found.whole(norms.name)
        assert large.forwards > nothing.forwards
        assert 1 < nothing.lift < large.lift < 1.1


def test_an_uncertain_difference_is_said_to_be_so():
    found = compare_incentives(OFFICE, "ana", ACME, draws=20)
    best = found.best("essay")
    unsure = best.gain_interval.replace(low=-0.1)
    effects = tuple(
        one.replace(gain_interval=unsure) if one == best else one for one in found.effects
    )
    assert "uncertain whether there is any" in found.replace(effects=effects).verdict


def test_each_contact_is_told_with_every_offer():
    found = compare_incentives(OFFICE, "ana", ACME, draws=5)
    (line,) = [one for one in found.explain().splitlines() if one.startswith("Chiara Salvi")]
    own = [found.of("chiara", norms) for norms in ("literature", "essay")]
    assert f"endorses with a chance of {percent(own[0][0].endorses)} if nothing is" in line
    for offers in own:
        token = next(one for one in offers if one.strategy == "token payment")
        assert f"a token payment {percent(token.endorses)}" in line
    (line,) = [one for one in found.explain().splitlines() if one.startswith("Hana")]
    assert "at least hands it over" in line


def test_changed_norms_are_not_told_as_those_of_the_literature():
    model = tg.TrustModel().with_parameters({"norms.payment_token.endorsement": 0.9})
    found = compare_incentives(OFFICE, "ana", ACME, norms=model.norms, draws=5)
    assert "The changed norms of the literature: best is" in found.explain()
    measured, judged = found.explain().split("measured somewhere")[1].split("Judged:")
    assert "on endorsements" not in measured
    assert "a token payment on endorsements 0.9" in judged


def test_a_direct_tie_is_told_where_nobody_can_be_paid():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    assert "arrives by the direct tie" in compare_incentives(G, "ana", "bo").verdict
    assert (
        "direct tie"
        not in compare_incentives(nx.DiGraph({"ana": {}, "bo": {}}), "ana", "bo").verdict
    )


# ------------------------------------------------------------------------------ edges and errors


def test_a_way_of_next_to_no_chance_is_an_answer():
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8, response=1e-12)
    G.add_edge("di", "bo", trust=0.8, response=1e-200)
    G.add_edge("cy", "di", trust=0.5, response=1e-200)
    G.add_edge("eve", "cy", trust=0.5)
    for purpose in ("vouch", "reach"):
        ask = tg.Ask(seeker="ana", target="eve", purpose=purpose)
        found = compare_incentives(G, ask)
        assert found.whole("essay")[0].score < 1e-99
        assert found.explain()


@pytest.mark.parametrize(
    ("G", "reason"),
    [
        (nx.empty_graph(["ana", "bo"], create_using=nx.DiGraph), "nobody_to_ask"),
        (nx.DiGraph([("bo", "ana", {"trust": 0.0})]), "nobody_to_ask"),
        (nx.DiGraph([("bo", "ana", {"trust": 0.8})]), "nobody_to_ask"),
        (nx.DiGraph([("cy", "ana", {"trust": 0.8}), ("bo", "dee", {"trust": 1})]), "nobody_to_ask"),
    ],
    ids=["no ties", "no trust", "direct only", "apart"],
)
def test_nobody_to_pay_is_an_answer(G, reason):
    found = compare_incentives(G, "ana", "bo")
    assert found.reason == reason
    assert [one.role for one in found] == ["ask"] * 14
    direct = G.edges["bo", "ana"]["trust"] if G.has_edge("bo", "ana") else 0
    assert {one.score for one in found} == {direct}
    assert "No contact of ana has a way to bo." in found.verdict
    assert found.explain()
    assert "No contact" in found._repr_html_()


def test_people_by_number_and_not_to_be_asked():
    G = nx.DiGraph([(2, 1, {"trust": 0.8}), (3, 2, {"trust": 0.5}), (3, 4, {"trust": 0.9})])
    G.add_edge(4, 1, trust=0.9)
    G.nodes[4]["do_not_ask"] = True
    found = compare_incentives(G, 1, 3)
    assert [one.person for one in found.contacts("introducer")] == [2]
    assert found.of(2, "essay")[0].score == 0.4


def test_other_names_and_another_order_change_nothing():
    plain = compare_incentives(OFFICE, "ana", ACME, draws=1)
    names = {person: f"x{n}" for n, person in enumerate(sorted(OFFICE, reverse=True))}
    other = nx.relabel_nodes(OFFICE, names)
    renamed = compare_incentives(other, names["ana"], ACME, draws=1).to_frame()
    wanted = plain.to_frame().assign(person=lambda frame: frame["person"].map({"": "", **names}))
    columns = ["norms", "strategy", "disclosed", "person", "endorses", "forwards", "score", "lift"]
    order = columns[:4]
    wanted["person"] = wanted["person"].astype(object)
    pd.testing.assert_frame_equal(
        renamed[columns].sort_values(order, ignore_index=True),
        wanted[columns].sort_values(order, ignore_index=True),
    )


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"norms": ()}, ValueError, "at least one"),
        ({"norms": [Norms(), Norms.literature()]}, ValueError, "names of their own"),
        ({"norms": "essay"}, TypeError, "norms is 'essay'; pass tg.trust.Norms"),
        ({"norms": [3]}, TypeError, "norms holds 3"),
        ({"draws": 0}, ValueError, "draws is 0"),
        ({"draws": 1.5}, ValueError, "draws is 1.5"),
        ({"max_intermediaries": 9}, ValueError, "max_intermediaries is 9"),
        ({"model": "x"}, TypeError, "model"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(options, error, words):
    with pytest.raises(error, match=words):
        compare_incentives(OFFICE, "ana", ACME, **options)


def test_unknown_people_and_norms_are_named():
    with pytest.raises(UnknownPersonError):
        compare_incentives(OFFICE, "nobody", ACME)
    found = compare_incentives(OFFICE, "ana", ACME, norms=Norms.essay(), draws=5)
    with pytest.raises(ValueError, match="'literature' were not compared; name one of essay"):
        found.whole("literature")
    with pytest.raises(ValueError, match="'mara' is no contact"):
        found.of("mara", "essay")


def test_norms_of_ones_own():
    own = Norms(name="mine", payment_large=Reaction(endorsement=0.1, forwards=1.0))
    found = compare_incentives(OFFICE, "ana", ACME, norms=own, draws=10)
    assert [one.name for one in found.norms] == ["mine"]
    assert "the norms 'mine'" in found.explain().lower()

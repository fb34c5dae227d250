"""Who would think of somebody: against a naive scorer, and a graph against its network."""

import datetime as dt
from math import isclose

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.planning import MemoryModel, TopOfMind, top_of_mind

from helpers.evidence_strategies import AS_OF, GOOD, evidence
from helpers.evidence_strategies import network as small_network
from helpers.naive_trust import naive_tie

UNCLEAR, CLEAR = 0.27, 0.80


def act(kind: str, source: str, target: str, age: int | None, **more) -> tg.Evidence:
    at = None if age is None else AS_OF - dt.timedelta(days=age)
    return tg.Evidence(kind=kind, source=source, target=target, at=at, **more)


def talks(other: str, *ages: int) -> list[tg.Evidence]:
    return [act("conversation_day", "ana", other, age) for age in ages]


def network(*acts: tg.Evidence, **more) -> tg.Network:
    people = [
        tg.Person(id="ana", name="Ana Lima"),
        tg.Person(id="bo", name="Bo Reyes"),
        tg.Person(id="cy", name="Cy Adler"),
        tg.Person(id="dee", name="Dee Roe"),
    ]
    return tg.Network.from_records(people, acts, **{"as_of": AS_OF, "owners": ["ana"], **more})


def later(months: int) -> dt.datetime:
    return (pd.Timestamp(AS_OF) + pd.DateOffset(months=months)).to_pydatetime()


# ------------------------------------------------------------------------------ exact, of records


@given(st.lists(evidence(), min_size=1, max_size=14))
@settings(max_examples=8, deadline=None)
def test_every_month_is_the_tie_scored_by_hand_at_its_date(acts):
    found = top_of_mind(small_network(acts), "ana", months=2, observed_only=False)
    assert found.exact
    for mind in found:
        naive = {at: naive_tie(acts, mind.person, "ana", later(at)) for at in (0, 1, 2, 3, 6, 12)}
        for month in range(3):
            for name in ("recall", "willingness"):
                value = getattr(mind, f"{name}_by_month")[month]
                assert isclose(value, naive[month][name], abs_tol=1e-9)
        for month in (3, 6, 12):
            expected = naive[month]["recall"] * UNCLEAR * naive[month]["willingness"]
            assert isclose(getattr(mind, f"in_{month}_months"), expected, abs_tol=1e-9)
        assert isclose(mind.unasked, mind.recall * UNCLEAR * mind.willingness, abs_tol=1e-12)
        assert np.all(np.diff(mind.recall_by_month) <= 0)


@given(st.lists(evidence(), min_size=1, max_size=14))
@settings(max_examples=6, deadline=None)
def test_what_happens_later_is_not_known_yet(acts):
    then = AS_OF - dt.timedelta(days=45)
    before = [one for one in acts if one.at is None or one.at <= then + dt.timedelta(days=1)]
    before = [one for one in before if one.at is None or one.at.date() <= then.date()]
    whole = top_of_mind(small_network(acts), "ana", as_of=then.date(), months=1)
    alone = top_of_mind(small_network(before), "ana", as_of=then.date(), months=1)
    assert whole == alone


def test_a_need_that_is_said_is_mentioned_more_often():
    net = network(*talks("bo", 3, 40, 80))
    unsaid, said = (top_of_mind(net, "ana", clarity=clarity) for clarity in (0, 1))
    assert unsaid.mention == pytest.approx(UNCLEAR)
    assert said.mention == pytest.approx(CLEAR)
    assert said[0].unasked == pytest.approx(said[0].recall * CLEAR * said[0].willingness)
    model = tg.TrustModel().with_parameters({"clarity.unclear": 0.4})
    assert top_of_mind(net, "ana", model=model).mention == pytest.approx(0.4)


def test_recall_under_one_half_comes_on_the_day_told():
    net = network(*talks("bo", 3, 40, 80, 300), *talks("cy", 10), *talks("dee", 900))
    for held in (net, tg.build_graph(net)):
        found = {mind.person: mind for mind in top_of_mind(held, "ana")}
        assert found["dee"].recall < 0.5
        assert found["dee"].recall_half_on == ""
    for person in ("bo", "cy"):
        mind = next(one for one in top_of_mind(net, "ana") if one.person == person)
        day = dt.date.fromisoformat(mind.recall_half_on)
        on = tg.build_graph(net, as_of=day).edges[person, "ana"]["recall"]
        before = tg.build_graph(net, as_of=day - dt.timedelta(days=1)).edges[person, "ana"][
            "recall"
        ]
        assert on < 0.5 <= before


# ------------------------------------------------------------------------------ rhythm and silence


@pytest.mark.parametrize("as_graph", [False, True])
@pytest.mark.parametrize(
    ("ages", "gap", "silent", "state"),
    [
        ((10, 40, 70, 100), 30.0, 10, "steady"),
        ((240, 270, 300), 30.0, 240, "steady"),
        ((241, 271, 301), 30.0, 241, "fading"),
        ((9, 10, 11), 1.0, 9, "fading"),
        ((8, 9, 10), 1.0, 8, "steady"),
        ((2000, 2010, 2020), 10.0, 2000, "forgotten"),
        ((10, 40), None, 10, "unknown rhythm"),
    ],
)
def test_silence_is_measured_by_the_rhythm_of_the_pair(ages, gap, silent, state, as_graph):
    # Some early acts without contact, and enough talk that fading ties are still recalled.
    model = tg.TrustModel().with_parameters({"recall.theta_over_horizon": 3.0})
    net = network(*talks("bo", *ages), act("connection", "ana", "bo", 3000))
    held = tg.build_graph(net, model=model) if as_graph else net
    found = top_of_mind(held, "ana", months=1, model=model)
    mind = found[0]
    assert (mind.usual_gap_days, mind.silent_days, mind.state) == (gap, silent, state)
    last = AS_OF.date() - dt.timedelta(days=silent)
    assert mind.last_contact == last.isoformat()
    forgets = (last + dt.timedelta(days=8 * gap + 1)).isoformat() if gap else ""
    assert mind.forgets_on == forgets
    about = state == "fading" or (state == "steady" and silent > 5 * gap)
    assert [one.person for one in found.about_to_forget] == (["bo"] if about else [])


def test_who_has_forgotten_is_told_by_name():
    ages = (2000, 2010, 2020)
    net = network(*talks("bo", *ages), *talks("cy", 10, 40, 70))
    day = (AS_OF.date() - dt.timedelta(days=2000)).isoformat()
    told = top_of_mind(net, "ana").explain()
    assert (
        f"Probably forgotten Ana Lima, if nobody gets in touch: Bo Reyes (last in touch {day})."
        in told
    )
    assert "Probably forgotten" not in top_of_mind(network(*talks("cy", 10, 40)), "ana").explain()


def test_how_much_silence_is_too_much_can_be_changed():
    net = network(*talks("bo", 241, 271, 301))
    patient = top_of_mind(net, "ana", memory=MemoryModel(silence_factor=12))
    assert patient[0].state == "steady"
    assert patient[0].forgets_on == (AS_OF.date() + dt.timedelta(days=360 - 241 + 1)).isoformat()
    couple = MemoryModel(fewest_days=2)
    assert top_of_mind(network(*talks("bo", 5, 9)), "ana", memory=couple)[0].usual_gap_days == 4
    with pytest.raises(ValueError, match="warn_factor"):
        MemoryModel(warn_factor=9)


@pytest.mark.parametrize("as_graph", [False, True])
def test_what_the_other_writes_ends_a_silence_and_what_went_unanswered_does_not(as_graph):
    old = talks("bo", 200, 230, 260)
    mine = [act("message_unanswered", "ana", "bo", 5)]
    theirs = [act("message_unanswered", "bo", "ana", 7)]
    for extra, silent in (([], 200), (mine, 200), (theirs, 7)):
        net = network(*old, *extra)
        mind = top_of_mind(tg.build_graph(net) if as_graph else net, "ana", months=1)[0]
        assert mind.silent_days == silent


def test_days_count_once_however_much_happens_on_them():
    acts = [*talks("bo", 10, 40, 70), act("help_given", "bo", "ana", 10)]
    mind = top_of_mind(network(*acts), "ana")[0]
    assert mind.usual_gap_days == 30


# ------------------------------------------------------------------------------ from a graph


def gaps(net: tg.Network, person: str, **options) -> pd.DataFrame:
    """How far the projections of a graph are from those of its network, by person and month."""
    exact, guessed = (top_of_mind(one, person, **options) for one in (net, tg.build_graph(net)))
    assert set(exact.projection.index) == set(guessed.projection.index)
    return pd.concat(
        [
            (exact.projected(name) - guessed.projected(name)).abs()
            for name in ("recall", "willingness")
        ]
    )


@pytest.mark.parametrize("seed", range(2))
def test_the_graph_agrees_closely_with_its_network(seed):
    net = tg.datasets.make_world(150, seed=seed, mean_degree=12)
    G = tg.build_graph(net)
    for person in sorted(G, key=lambda one: -G.in_degree(one))[:3]:
        apart = gaps(net, person)
        assert apart[0].max() < 1e-12
        assert apart.max().max() < 0.04
        assert apart[12].mean() < 0.005


def test_the_graph_agrees_on_the_sample_and_the_office():
    for net in (tg.datasets.load_sample(), tg.datasets.load_office()):
        apart = gaps(net, net.owner if len(net.owners) == 1 else net.owners[0])
        assert apart.max().max() < 0.04


def test_one_contact_or_one_kind_is_projected_exactly():
    # One day of contact, and evidence of one kind of one date: nothing is left to guess.
    net = network(*talks("bo", 30), act("recommendation", "cy", "ana", 400))
    assert gaps(net, "ana").max().max() < 1e-9
    # Two days: first and last are all there is.
    assert gaps(network(act("help_given", "ana", "dee", 90)), "ana").max().max() < 1e-9


@given(st.lists(evidence((*GOOD, "message_day")), min_size=1, max_size=14))
@settings(max_examples=8, deadline=None)
def test_a_graph_never_expects_more_of_later_months(acts):
    net = small_network(acts)
    found = top_of_mind(tg.build_graph(net), "ana", months=24, observed_only=False)
    for name in ("recall", "willingness", "unasked"):
        frame = found.projected(name)
        assert (frame.diff(axis=1).iloc[:, 1:] <= 1e-12).all().all()
    exact = top_of_mind(net, "ana", months=1, observed_only=False)
    for mind in exact:
        same = next(one for one in found if one.person == mind.person)
        assert isclose(same.recall, mind.recall, abs_tol=1e-12)
        assert isclose(same.willingness, mind.willingness, abs_tol=1e-12)
        assert isclose(same.in_12_months, mind.in_12_months, abs_tol=0.05)


def test_what_speaks_against_somebody_fades_too():
    net = network(
        *talks("bo", 10, 40, 70),
        act("recommendation", "bo", "ana", 100),
        act("endorsement_failed", "bo", "ana", 3000),
    )
    apart = gaps(net, "ana", months=24)
    assert apart.max().max() < 0.04
    exact = top_of_mind(net, "ana", months=24)
    without = top_of_mind(
        net.replace(evidence=[one for one in net.iter_evidence() if one.kind[:4] != "endo"]), "ana"
    )
    assert exact[0].willingness < without[0].willingness


def test_a_judgement_does_not_age():
    net = network(*talks("bo", 5)).with_judgement("bo", "ana", trust=0.9, certainty=0.95)
    for held in (net, tg.build_graph(net)):
        found = top_of_mind(held, "ana")
        now, then = found.projected("willingness").loc["bo", [0, 12]]
        assert then == pytest.approx(now, rel=1e-3)
        assert found.projected("recall").loc["bo", 12] < found[0].recall


def test_other_exponents_of_age_are_understood():
    model = tg.TrustModel().with_parameters({"recall.decay": 0.5})
    net = network(*talks("bo", 10, 40, 70, 100, 130))
    exact = top_of_mind(net, "ana", model=model)
    guessed = top_of_mind(tg.build_graph(net, model=model), "ana")
    assert guessed[0].recall == pytest.approx(exact[0].recall)
    assert guessed[0].in_12_months == pytest.approx(exact[0].in_12_months, abs=0.01)


def test_terms_that_look_at_others_are_projected_too():
    net = tg.datasets.make_world(60, seed=4, mean_degree=10)
    for changes in ({"silence": 0.2}, {"loss_per_day": 0.002}, {"shared_circles": 0.3}):
        model = tg.TrustModel(recall=tg.trust.RecallModel(**changes))
        G = tg.build_graph(net, model=model)
        person = max(G, key=G.in_degree)
        exact = top_of_mind(net, person, months=1, model=model)
        guessed = {mind.person: mind for mind in top_of_mind(G, person, months=1)}
        edges = tg.build_graph(net, model=model, as_of=exact.dates[1]).edges
        for mind in exact:
            assert mind.recall == pytest.approx(G.edges[mind.person, person]["recall"])
            then = edges[mind.person, person]["recall"]
            assert mind.recall_by_month[1] == pytest.approx(then)
            other = guessed[mind.person]
            assert other.recall == pytest.approx(mind.recall)
            # A graph does not tell who met whom lately: their circles stay as they are.
            far = 0.1 if "shared_circles" in changes else 0.02
            assert other.recall_by_month[1] == pytest.approx(then, abs=far)
            assert other.in_12_months == pytest.approx(mind.in_12_months, abs=far)


def test_trust_alone_says_nothing_about_recall():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "ana", {"trust": 0.9})])
    found = top_of_mind(G, "ana")
    assert not found.recall_known
    assert [(mind.person, mind.recall, mind.unasked, mind.state) for mind in found] == [
        ("cy", None, None, "unknown rhythm"),
        ("bo", None, None, "unknown rhythm"),
    ]
    assert found.expected == 0
    assert found.about_to_forget == ()
    assert "is not known: the ties carry trust" in found.explain()
    assert found.projection.isna().all().all()
    assert found.to_frame()["recall"].isna().all()
    assert TopOfMind.from_dict(found.to_dict()) == found


def test_a_tie_that_tells_its_last_contact_alone_has_one_contact():
    tie = {"trust": 0.8, "recall": 0.7, "last_contact": "2026-10-24"}
    G = nx.DiGraph([("bo", "ana", tie), ("cy", "ana", {"trust": 0.8, "recall": 0.7})])
    G.graph["as_of"] = "2026-11-23"
    bo, cy = sorted(top_of_mind(G, "ana"), key=lambda one: one.person)
    model = tg.trust.RecallModel()
    strength = model.theta * (0.7 / 0.3) ** (1 / model.slope)
    then = model.recall(np.array([strength * 31 / (31 + 365)]))[0]
    assert bo.in_12_months == pytest.approx(then * UNCLEAR)
    assert (bo.silent_days, bo.state) == (30, "unknown rhythm")
    # Nothing tells how old that recall is.
    assert (cy.unasked, cy.in_12_months) == (pytest.approx(0.7 * UNCLEAR), None)


def test_a_graph_without_a_date_has_no_future():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "recall": 0.7, "last_contact": "2026-10-24"})])
    found = top_of_mind(G, "ana")
    assert found[0].unasked == pytest.approx(0.7 * UNCLEAR)
    assert (found[0].in_3_months, found[0].silent_days, found.dates) == (None, None, ())
    assert "has no date" in found.explain()
    assert TopOfMind.from_dict(found.to_dict()) == found


def test_an_index_a_frame_and_numbers_as_ids_are_welcome():
    G = tg.build_graph(network(*talks("bo", 10, 40, 70), *talks("cy", 100)))
    numbers = {"ana": 1, "bo": 2, "cy": 3, "dee": 4}
    H = nx.relabel_nodes(G, numbers)
    H.graph["owners"] = (1,)
    one = top_of_mind(G, "ana").to_frame()
    other = top_of_mind(tg.TrustIndex.from_graph(H), 1).to_frame()
    assert other.index.tolist() == [numbers[person] for person in one.index]
    assert one.reset_index(drop=True).equals(other.reset_index(drop=True))
    assert top_of_mind(G, tg.Person(id="ana")) == top_of_mind(G, "Ana Lima")


def test_the_order_of_ties_changes_nothing():
    G = tg.build_graph(tg.datasets.load_office())
    H = nx.DiGraph(**G.graph)
    H.add_nodes_from(reversed(list(G.nodes(data=True))))
    H.add_edges_from(reversed(list(G.edges(data=True))))
    assert top_of_mind(G, "ana") == top_of_mind(H, "ana")


def test_guessed_ties_count_only_if_asked_for():
    net = network(*talks("bo", 10), act("same_employer_year", "ana", "cy", 10))
    for held in (net, tg.build_graph(net)):
        assert [mind.person for mind in top_of_mind(held, "ana")] == ["bo"]
        both = top_of_mind(held, "ana", observed_only=False)
        assert [mind.person for mind in both] == ["bo", "cy"]


def test_merged_people_are_one():
    net = network(*talks("bo", 10, 70), *talks("cy", 40))
    merged = net.replace(merged=[{"alias": "cy", "person": "bo"}])
    found = top_of_mind(merged, "ana")
    assert [(mind.person, mind.usual_gap_days) for mind in found] == [("bo", 30.0)]
    assert top_of_mind(merged, "cy").person == "bo"


# ------------------------------------------------------------------------------ what is told


def test_nobody_is_an_answer():
    for held in (network(), tg.build_graph(network()), nx.DiGraph([("ana", "bo", {"trust": 1.0})])):
        found = top_of_mind(held, "ana")
        assert len(found) == 0
        assert found.expected == 0
        assert "Nobody has a tie to" in found.explain()
        assert found.projection.shape == (0, 13)
        frame = found.to_frame()
        assert frame.index.name == "person"
        assert frame["unasked"].dtype == np.float64
        assert "<section>" in found._repr_html_()


def test_a_network_without_dates_is_read_all_the_same():
    net = network(act("recommendation", "bo", "ana", None), as_of=None)
    found = top_of_mind(net, "ana")
    assert (found[0].recall, found[0].silent_days, found.dates) == (0.0, None, ())


def test_the_sentences_tell_who_and_until_when():
    net = network(*talks("bo", 170, 200, 230), *talks("cy", 241, 271, 301), *talks("dee", 3))
    model = tg.TrustModel().with_parameters({"recall.theta_over_horizon": 3.0})
    told = top_of_mind(net, "ana", model=model).explain()
    assert "3 people have a tie to Ana Lima. If nobody is asked, the model expects" in told
    assert "Bo Reyes is about to forget Ana Lima: 170 days of silence, usual gap 30 days" in told
    assert "Cy Adler is probably forgetting Ana Lima: 241 days of silence" in told
    assert "Of these ties: 1 in the usual rhythm; 1 fading" in told
    assert "contact is not thinking of somebody" in told
    assert "estimated from the first and last dates" not in told
    assert (
        "estimated from the first and last dates"
        in top_of_mind(tg.build_graph(net), "ana").explain()
    )


def test_a_result_can_be_written_down():
    for held in (tg.datasets.load_office(), tg.build_graph(tg.datasets.load_office())):
        found = top_of_mind(held, "ana", months=5, clarity=0.5)
        assert TopOfMind.from_dict(found.to_dict()) == found
        assert found.dates == ("2026-01-01", *(f"2026-0{month}-01" for month in range(2, 7)))
        assert found.projection.columns.tolist() == [0, 1, 2, 3, 4, 5]
        assert found.projection.columns.name == "month"


def test_the_card_escapes_names():
    net = network(*talks("bo", 10))
    people = net.people
    people.loc["bo", "name"] = "<b>Bo</b>\nReyes"
    found = top_of_mind(net.replace(people=people), "ana")
    assert "<b>Bo" not in found._repr_html_()
    assert "<b>Bo</b> Reyes" in found.explain()


@pytest.mark.parametrize(
    ("person", "options", "error", "match"),
    [
        ("zoe", {}, tg.errors.UnknownPersonError, "zoe"),
        ("ana", {"months": 0}, ValueError, "months is 0"),
        ("ana", {"months": 1.5}, ValueError, "months is 1.5"),
        ("ana", {"clarity": 2}, ValueError, "clarity is 2"),
        ("ana", {"clarity": "high"}, ValueError, "clarity is 'high'"),
        ("ana", {"memory": 8}, TypeError, "memory is 8"),
        ("ana", {"model": 8}, TypeError, "model is 8"),
        (["ana"], {}, TypeError, "no person"),
    ],
)
@pytest.mark.parametrize("as_graph", [False, True])
def test_what_is_wrong_is_told(person, options, error, match, as_graph):
    net = network(*talks("bo", 10))
    with pytest.raises(error, match=match):
        top_of_mind(tg.build_graph(net) if as_graph else net, person, **options)


def test_a_graph_has_its_own_date():
    G = tg.build_graph(network(*talks("bo", 10)))
    with pytest.raises(ValueError, match="a date of its own"):
        top_of_mind(G, "ana", as_of="2027-01-01")


def test_there_is_no_other_quantity():
    with pytest.raises(ValueError, match="no quantity 'trust'"):
        top_of_mind(network(), "ana").projected("trust")

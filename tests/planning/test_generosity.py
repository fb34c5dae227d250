"""The generosity ledger and the effect of helping: against counts by hand and a naive scorer."""

import datetime as dt
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.planning import GenerosityLedger, HelpEffect, effect_of_help, generosity, key_people

from helpers.evidence_strategies import evidence
from helpers.naive_trust import naive_tie

AS_OF = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
YEAR = 365.25


def act(kind: str, source: str, target: str, years: float | None = 0.0, **more) -> tg.Evidence:
    at = None if years is None else AS_OF - dt.timedelta(days=round(years * YEAR))
    return tg.Evidence(kind=kind, source=source, target=target, at=at, **more)


def network(*acts: tg.Evidence, **more) -> tg.Network:
    people = [
        tg.Person(id="ana", name="Ana Lima"),
        tg.Person(id="bo", name="Bo Reyes"),
        tg.Person(id="cy", name="Cy Adler"),
        tg.Person(id="dee", name="Dee Roe"),
        tg.Person(id="eve"),
    ]
    return tg.Network.from_records(people, acts, as_of=AS_OF, owners=["ana"], **more)


def life() -> tg.Network:
    return network(
        act("help_given", "ana", "bo", 5),
        act("help_given", "ana", "bo", 0, amount=2),
        act("recommendation", "bo", "ana", 15),
        act("introduction_made", "cy", "ana", 2),
        act("skill_endorsement", "cy", "ana", 3),
        act("skill_endorsement", "ana", "dee", 1),
        # None of these is a favour to or from her.
        act("help_given", "bo", "cy", 1),
        act("conversation_day", "ana", "eve", 1),
        act("introduction_declined", "eve", "ana", 1),
    )


def test_counts_weights_and_dates_by_hand():
    ledger = generosity(life(), "Ana Lima")
    frame = ledger.to_frame()
    # Those who gave more first.
    assert frame.index.tolist() == ["cy", "dee", "bo"]
    bo, cy, dee = (frame.loc[one] for one in ("bo", "cy", "dee"))
    # 1.2 halved after its half-life of five years, and 2 x 1.2 today; 1.5 halved after fifteen.
    assert bo["given_weight"] == pytest.approx(0.6 + 2.4, rel=1e-3)
    assert bo["received_weight"] == pytest.approx(0.75, rel=1e-3)
    assert bo["balance"] == pytest.approx(2.25, rel=1e-3)
    assert (bo["help_given_given"], bo["recommendation_received"]) == (2, 1)
    assert (bo["given"], bo["received"]) == (2, 1)
    assert (bo["last_given"], bo["last_received"]) == ("2026-01-01", "2011-01-01")
    assert cy["received_weight"] == pytest.approx(2 ** (-2 / 10) + 0.02 * 2 ** (-3 / 8), rel=1e-3)
    assert cy["last_given"] == ""
    assert dee["balance"] == pytest.approx(0.02 * 2 ** (-1 / 8), rel=1e-3)
    assert [tie.person for tie in ledger if tie.reciprocal] == ["bo"]
    assert ledger.reciprocity == pytest.approx(1 / 3)
    assert ledger.favours_per_tie == pytest.approx(2.0)
    assert [tie.person for tie in ledger.one_sided] == ["cy", "dee"]


def test_what_one_gave_the_other_received():
    net = life()
    mine, theirs = generosity(net, "ana"), generosity(net, "bo")
    with_bo = next(tie for tie in mine if tie.person == "bo")
    with_ana = next(tie for tie in theirs if tie.person == "ana")
    assert with_bo.balance == -with_ana.balance
    assert (with_bo.given, with_bo.received) == (with_ana.received, with_ana.given)
    assert not theirs.own_records
    assert "not the records of Bo Reyes" in theirs.explain()
    assert "not the records" not in mine.explain()


def test_totals_add_up():
    ledger = generosity(life(), "ana")
    totals = ledger.totals
    assert totals["given"].tolist() == [2, 0, 0, 1, 3]
    assert totals["received"].tolist() == [0, 1, 1, 1, 3]
    assert totals.loc["all", "balance"] == pytest.approx(ledger.to_frame()["balance"].sum())
    assert totals.index.name == "kind"


def test_the_weights_are_those_of_the_model():
    model = tg.TrustModel().with_parameters({"evidence.help_given.backward": 2.0})
    plain, other = (generosity(life(), "ana", model=one) for one in (None, model))
    assert plain.weights["help_given"] == 1.2
    assert other.weights["help_given"] == 2.0
    gained = other.totals.loc["help_given", "given_weight"]
    assert gained == pytest.approx(plain.totals.loc["help_given", "given_weight"] / 1.2 * 2)


@pytest.mark.parametrize(
    ("acts", "dormant"),
    [
        ([act("help_given", "bo", "ana", 2)], True),
        ([act("help_given", "bo", "ana", 0.9)], False),
        # Given back, though less than was got.
        ([act("help_given", "bo", "ana", 3), act("skill_endorsement", "ana", "bo", 2)], False),
        # Got again after having given back.
        ([act("help_given", "bo", "ana", 2), act("skill_endorsement", "ana", "bo", 3)], True),
        # More was given than got.
        ([act("skill_endorsement", "bo", "ana", 2), act("help_given", "ana", "bo", 3)], False),
        ([act("help_given", "ana", "bo", 2)], False),
        # Undated: as old as the model says.
        ([act("recommendation", "bo", "ana", None)], True),
    ],
)
def test_a_debt_sleeps_if_nothing_was_given_back_for_a_year(acts, dormant):
    ledger = generosity(network(*acts), "ana")
    assert [tie.dormant_debt for tie in ledger] == [dormant]
    assert ("a debt that sleeps" in ledger.explain()) == dormant


def test_what_counts_as_long_can_be_changed():
    net = network(act("help_given", "bo", "ana", 2))
    assert generosity(net, "ana", dormant_days=729).dormant_debts
    assert not generosity(net, "ana", dormant_days=730).dormant_debts


def test_undated_favours_have_the_age_of_the_model_and_no_day():
    ledger = generosity(network(act("help_given", "bo", "ana", None)), "ana")
    age = tg.TrustModel().opinion.undated_age_years
    assert ledger[0].received_weight == pytest.approx(1.2 * 2 ** (-age / 5))
    assert ledger[0].last_received == ""


def test_later_favours_do_not_count():
    net = life()
    then = AS_OF - dt.timedelta(days=800)
    ledger = generosity(net, "ana", as_of=then)
    earlier = [one for one in net.iter_evidence() if one.at <= then]
    same = generosity(net.replace(evidence=earlier), "ana", as_of=then)
    assert ledger == same
    assert {tie.person: (tie.given, tie.received) for tie in ledger} == {
        "bo": (1, 1),
        "cy": (0, 1),
    }
    # A date is the whole day.
    noon = network(tg.Evidence(kind="help_given", source="bo", target="ana", at="2026-01-01T12:00"))
    assert len(generosity(noon, "ana", as_of="2026-01-01")) == 1


def test_merged_people_have_one_row():
    net = network(
        act("help_given", "bo", "ana", 1),
        act("help_given", "eve", "ana", 2),
        act("recommendation", "ana", "eve", 3),
    )
    merged = net.replace(merged=[{"alias": "eve", "person": "bo"}])
    ledger = generosity(merged, "ana")
    assert [(tie.person, tie.given, tie.received) for tie in ledger] == [("bo", 1, 2)]
    assert [(tie.person, tie.given) for tie in generosity(merged, "eve")] == [("ana", 2)]
    effect = effect_of_help(merged, "ana", "eve")
    assert effect.other == "bo"
    assert effect == effect_of_help(merged, "ana", "bo")


def test_records_of_several_owners_are_one_ledger():
    net = network(act("help_given", "bo", "ana", 1), act("help_given", "ana", "bo", 1))
    net = net.replace(owners=["ana", "bo"])
    assert generosity(net, "ana").own_records
    assert generosity(net, "bo").own_records


def test_who_matters_for_the_goals_is_helped_first():
    net = life()
    assert [tie.person for tie in generosity(net, "ana").help_first] == ["cy"]
    goals = {"Eve": 0.0, "eve": 0.3, "dee": 0.9, "cy": 0.1, "ana": 1.0}
    del goals["Eve"]
    ledger = generosity(net, "ana", goals=goals)
    # She has given Dee more than she got; nothing is on record with Eve.
    assert [tie.person for tie in ledger.help_first] == ["eve", "cy"]
    assert ledger.reciprocity == pytest.approx(1 / 3)
    assert "eve (carries 30 % of the goals)" in ledger.explain()


def test_the_goals_may_be_those_of_key_people():
    net = tg.datasets.load_office()
    found = key_people(tg.build_graph(net), "ana", tg.Organisation("Acme"))
    ledger = generosity(net, "ana", goals=found)
    chiara = next(tie for tie in ledger if tie.person == "chiara")
    assert chiara.importance == next(one.share for one in found if one.person == "chiara")
    assert ledger.help_first[0].importance == max(one.share for one in found)


def test_no_favours_are_an_answer():
    ledger = generosity(network(act("connection", "ana", "bo", 1)), "ana")
    assert len(ledger) == 0
    assert ledger.reciprocity == ledger.favours_per_tie == 0
    assert ledger.totals["given"].tolist() == [0] * 5
    assert "No favours of Ana Lima" in ledger.explain()
    full = generosity(life(), "ana").to_frame()
    assert ledger.to_frame().dtypes.equals(full.dtypes)
    assert generosity(network(), "ana", as_of=None).as_of == AS_OF.isoformat()


def test_a_ledger_and_an_effect_can_be_written_down():
    ledger = generosity(life(), "ana", goals={"bo": 0.5})
    assert GenerosityLedger.from_dict(ledger.to_dict()) == ledger
    effect = effect_of_help(life(), "ana", "cy")
    assert HelpEffect.from_dict(effect.to_dict()) == effect


@pytest.mark.parametrize(
    ("person", "options", "error", "match"),
    [
        ("zoe", {}, tg.errors.UnknownPersonError, "zoe"),
        (7, {}, TypeError, "no person"),
        ("ana", {"model": 8}, TypeError, "model is 8"),
        ("ana", {"dormant_days": -1}, ValueError, "dormant_days is -1"),
        ("ana", {"goals": {"bo": -1}}, ValueError, "importance of 'bo' is -1"),
        ("ana", {"goals": {"zoe": 1}}, tg.errors.UnknownPersonError, "zoe"),
        ("ana", {"goals": ["bo"]}, TypeError, "key_people"),
    ],
)
def test_what_is_wrong_is_told(person, options, error, match):
    with pytest.raises(error, match=match):
        generosity(life(), person, **options)


def test_a_graph_has_no_ledger():
    G = tg.build_graph(life())
    with pytest.raises(TypeError, match="pass the Network"):
        generosity(G, "ana")
    with pytest.raises(TypeError, match="pass the Network"):
        effect_of_help(G, "ana", "bo")


def test_the_card_escapes_names():
    net = life()
    people = net.people
    people.loc["cy", "name"] = "<i>Cy</i>\nAdler"
    ledger = generosity(net.replace(people=people), "ana")
    assert "<i>Cy" not in ledger._repr_html_()
    assert "<i>Cy</i> Adler did Ana Lima 2 favours" in ledger.explain()


# ------------------------------------------------------------------------------ helping first


@pytest.mark.parametrize(
    "kind", ["help_given", "conversation_day", "recommendation", "meeting_day"]
)
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("other", ["bo", "cy", "dee"])
def test_an_effect_is_the_tie_scored_again_by_hand(other, times, kind):
    net = life()
    acts = [
        act(kind, "ana", other).replace(at=AS_OF - dt.timedelta(days=ago)) for ago in range(times)
    ]
    effect = effect_of_help(net, "ana", other, kind, times)
    for state, extra in ((effect.before, []), (effect.after, acts)):
        naive = naive_tie([*net.iter_evidence(), *extra], other, "ana", AS_OF)
        for name in state.numbers():
            assert isclose(getattr(state, name), naive[name], abs_tol=1e-9), name
    graph = tg.build_graph(net)
    steps = tg.steps.ask_question(graph, "ana", "eve")
    index = steps.index
    entry = dict(
        zip((index.labels[one] for one in steps.entry_asked), steps.entry_factor, strict=True)
    )
    if effect.may_ask[0]:
        assert entry[other] == pytest.approx(effect.before.first)
    else:
        assert other not in entry


def test_the_effect_is_that_of_the_whole_network():
    net = tg.datasets.load_office()
    effect = effect_of_help(net, "ana", "goran", times=2)
    days = [
        tg.Evidence(kind="help_given", source="ana", target="goran", at=at)
        for at in ("2026-01-01", "2025-12-31")
    ]
    G = tg.build_graph(net.replace(evidence=[*net.iter_evidence(), *days]))
    for name in effect.after.numbers():
        assert getattr(effect.after, name) == pytest.approx(G.edges["goran", "ana"][name])


def test_circles_shared_with_others_count_where_the_model_says_so():
    circle = tg.trust.RecallModel(shared_circles=0.3)
    model = tg.TrustModel(recall=circle)
    net = network(
        act("conversation_day", "ana", "bo", 0.01),
        act("conversation_day", "ana", "cy", 0.01),
        act("conversation_day", "cy", "bo", 0.01),
    )
    effect = effect_of_help(net, "ana", "bo", model=model)
    frame = tg.trust.score_ties(net, model).frame.set_index(["source", "target"])
    assert effect.before.recall == pytest.approx(frame.loc[("bo", "ana"), "recall"])
    assert effect.before.recall > effect_of_help(net, "ana", "bo").before.recall


def test_a_stranger_becomes_a_tie():
    effect = effect_of_help(life(), "bo", "eve", "help_given", 10)
    assert (effect.before.known, effect.after.known) == (False, True)
    assert effect.before.trust == pytest.approx(0.1)
    assert effect.before.response == pytest.approx(0.12)
    assert effect.may_ask == (False, True)
    assert "Only then does eve know and trust enough" in effect.explain()
    little = effect_of_help(life(), "bo", "eve", "skill_endorsement")
    assert little.may_ask == (False, False)
    assert "would hardly vouch" in little.explain()


def test_a_judgement_holds_whatever_is_done():
    net = life().with_judgement("cy", "ana", trust=0.5, certainty=0.5)
    effect = effect_of_help(net, "ana", "cy")
    assert effect.judged
    assert effect.after.trust == effect.before.trust == pytest.approx(0.5)
    assert effect.after.recall > effect.before.recall
    assert "stated by a judgement" in effect.explain()


def test_a_second_conversation_on_one_day_adds_nothing():
    net = network(act("conversation_day", "ana", "bo", 0))
    assert effect_of_help(net, "ana", "bo", "conversation_day").gain == 0


def test_later_records_do_not_count():
    net = life()
    then = AS_OF - dt.timedelta(days=800)
    earlier = net.replace(evidence=[one for one in net.iter_evidence() if one.at <= then])
    one, other = (effect_of_help(each, "ana", "cy", as_of=then) for each in (net, earlier))
    assert one == other


def test_bad_acts_that_make_no_tie_count_before_as_they_do_after():
    declined = act("introduction_declined", "bo", "ana", 1)
    net = network(declined)
    assert not tg.build_graph(net).has_edge("bo", "ana")
    effect = effect_of_help(net, "ana", "bo")
    assert not effect.before.known
    naive = naive_tie([declined], "bo", "ana", AS_OF)
    assert effect.before.trust == pytest.approx(naive["trust"])
    assert effect.before.willingness == pytest.approx(naive["willingness"])
    assert (effect.to_frame()["change"].drop("endorsed_trust") >= 0).all()


@given(
    st.lists(evidence(), max_size=12),
    st.sampled_from(["help_given", "introduction_made", "conversation_day", "project"]),
    st.integers(1, 3),
)
@settings(max_examples=20, deadline=None)
def test_a_good_act_never_lowers_what_counts(acts, kind, times):
    as_of = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    net = tg.Network.from_records([{"id": one} for one in ("ana", "bo", "cy")], acts, as_of=as_of)
    effect = effect_of_help(net, "ana", "bo", kind, times)
    frame = effect.to_frame().drop(index=["certainty", "endorsed_trust"])
    assert (frame["change"] >= -1e-12).all()
    assert effect.gain == frame.loc["first", "change"]
    again = effect_of_help(net, "ana", "bo", kind, times + 1)
    assert again.after.first >= effect.after.first - 1e-12


@pytest.mark.parametrize(
    ("arguments", "options", "error", "match"),
    [
        (("ana", "ana"), {}, ValueError, "to themselves"),
        (("ana", "Bo Reyes", "help_given", 0), {}, ValueError, "times is 0"),
        (("ana", "bo", "help_given", 1.5), {}, ValueError, "times is 1.5"),
        (("ana", "bo", "introduction_declined"), {}, ValueError, "no good act"),
        (("ana", "bo", "message_unanswered"), {}, ValueError, "no good act"),
        (("ana", "bo", "follow"), {}, ValueError, "no good act"),
        (("ana", "bo", "helped"), {}, tg.errors.RecordError, "helped"),
        (("ana", "zoe"), {}, tg.errors.UnknownPersonError, "zoe"),
    ],
)
def test_what_cannot_be_done_is_told(arguments, options, error, match):
    with pytest.raises(error, match=match):
        effect_of_help(life(), *arguments, **options)


def test_without_any_date_the_day_must_be_given():
    net = tg.Network.from_records([{"id": "ana"}, {"id": "bo"}])
    with pytest.raises(ValueError, match="pass as_of"):
        effect_of_help(net, "ana", "bo")
    assert effect_of_help(net, "ana", "bo", as_of="2026-01-01").gain > 0
    assert generosity(net, "ana").as_of == ""


def test_every_deed_has_its_sentence():
    net = life()
    deeds = [
        effect_of_help(net, "ana", "bo", kind, times).explain().splitlines()[0]
        for kind in ("conversation_day", "project")
        for times in (1, 2)
    ]
    assert deeds[0].startswith("If Ana Lima gets back in touch with Bo Reyes, the chance")
    assert deeds[1].startswith("If Ana Lima is in touch with Bo Reyes on 2 days, the chance")
    assert deeds[3].startswith("If Ana Lima does 2 x project towards Bo Reyes, the chance")
    assert "<section>" in effect_of_help(net, "ana", "bo")._repr_html_()

"""Good evidence never hurts, bad evidence never helps, and nothing depends on names or order."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.models import Evidence
from trustgraph.trust import TieScores, TrustModel, score_ties

from helpers.evidence_strategies import AS_OF, GOOD, MESSAGES, PEOPLE, evidence, network
from helpers.naive_trust import BAD, naive_tie

TIGHT = 1e-12
ACTS = st.lists(evidence(), max_size=14)
JUDGED = ("trust", "certainty", "belief", "willingness", "endorsed_trust", "forwards")


def ties(acts, *, as_of: dt.datetime = AS_OF) -> pd.DataFrame:
    frame = score_ties(network(acts, as_of=as_of)).frame.set_index(["source", "target"])
    value = frame["willingness"] * frame["endorsed_trust"]
    return frame.assign(
        passes=frame["response"] * frame["willingness"], first=frame["response"] * value
    )


def both(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return before, after.loc[before.index]


@settings(max_examples=150, deadline=None)
@given(ACTS, evidence(GOOD))
def test_good_evidence_lowers_nothing(acts, more):
    before, after = both(ties(acts), ties([*acts, more]))
    for name in ("trust", "forwards", "willingness", "recall", "response", "passes", "first"):
        assert (after[name] >= before[name] - TIGHT).all(), name


@settings(max_examples=200, deadline=None)
@given(ACTS, evidence(MESSAGES))
def test_a_message_lowers_nothing_but_the_response_of_the_silent(acts, more):
    before, after = both(ties(acts), ties([*acts, more]))
    for name in ("trust", "forwards", "willingness", "recall"):
        assert (after[name] >= before[name] - TIGHT).all(), name
    silent = before.index == (more.target, more.source)
    for name in ("response", "passes", "first"):
        assert ((after[name] >= before[name] - TIGHT) | silent).all(), name


@settings(max_examples=150, deadline=None)
@given(ACTS, evidence(BAD))
def test_bad_evidence_raises_nothing(acts, more):
    before, after = both(ties(acts), ties([*acts, more]))
    for name in ("trust", "forwards", "willingness", "recall", "response", "passes", "first"):
        assert (after[name] <= before[name] + TIGHT).all(), name


def test_an_answer_between_people_who_talk_every_week_lowers_no_trust():
    def act(kind: str, age: int, by: str = "ana", to: str = "bo") -> Evidence:
        return Evidence(kind=kind, source=by, target=to, at=AS_OF - dt.timedelta(days=age))

    acts = [act("conversation_day", 3 * week) for week in range(60)]
    acts += [act("message_day", 31 + 3 * number) for number in range(10)]
    before = ties(acts)
    after = ties([*acts, act("message_day", 45, by="bo", to="ana")])
    assert (after["trust"] >= before["trust"]).all()


@settings(max_examples=100, deadline=None)
@given(ACTS)
def test_every_tie_is_what_the_plain_formulas_say(acts):
    frame = score_ties(network(acts)).frame
    for row in frame.itertuples():
        expected = naive_tie(acts, row.source, row.target, AS_OF)
        for name, value in expected.items():
            assert getattr(row, name) == pytest.approx(value, rel=1e-9, abs=1e-12), name


@settings(max_examples=60, deadline=None)
@given(ACTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(acts, random):
    shuffled = list(acts)
    random.shuffle(shuffled)
    one, other = score_ties(network(acts)), score_ties(network(shuffled))
    pd.testing.assert_frame_equal(one.frame, other.frame, check_exact=True)
    pd.testing.assert_frame_equal(one.kinds, other.kinds, check_exact=True)


def renamed(scores: TieScores, names: dict[str, str]) -> pd.DataFrame:
    frame = scores.frame.assign(
        source=scores.frame["source"].map(names), target=scores.frame["target"].map(names)
    )
    return frame.sort_values(["source", "target"], ignore_index=True)


@settings(max_examples=60, deadline=None)
@given(ACTS, st.permutations(PEOPLE))
def test_names_change_no_bit(acts, others):
    names = dict(zip(PEOPLE, others, strict=True))
    moved = [one.replace(source=names[one.source], target=names[one.target]) for one in acts]
    one, other = score_ties(network(acts)), score_ties(network(moved))
    pd.testing.assert_frame_equal(
        renamed(one, names), other.frame, check_exact=True, check_dtype=False
    )


@settings(max_examples=60, deadline=None)
@given(ACTS, st.sampled_from((1, 30, 31, 61, 400)))
def test_what_came_after_the_date_is_as_if_unknown(acts, days):
    date = AS_OF - dt.timedelta(days=days)
    known = [one for one in acts if one.at is None or one.at.date() <= date.date()]
    then, replayed = ties(known, as_of=date), score_ties(network(acts), as_of=date)
    replayed_frame = replayed.frame.set_index(["source", "target"])
    pd.testing.assert_frame_equal(then[replayed_frame.columns], replayed_frame, check_exact=True)


@settings(max_examples=80, deadline=None)
@given(ACTS)
def test_every_score_keeps_its_range_and_its_order(acts):
    frame = score_ties(network(acts)).frame
    for name in (*JUDGED, "recall", "response", "proximity"):
        assert frame[name].between(0, 1).all(), name
    assert (frame["belief"] <= frame["certainty"]).all()
    assert (frame["willingness"] <= frame["forwards"]).all()
    assert (frame["trust"] <= frame["endorsed_trust"]).all()
    assert not frame.isna().drop(columns="last_contact").any(axis=None)
    assert len(frame) == len(
        frame.merge(frame, left_on=["source", "target"], right_on=["target", "source"])
    )


@settings(max_examples=40, deadline=None)
@given(ACTS, st.floats(0.001, 0.999), st.floats(0, 0.99))
def test_a_judgement_replaces_opinion_and_leaves_recall(acts, trust, certainty):
    net = network(acts)
    before = score_ties(net).frame.set_index(["source", "target"])
    after = score_ties(
        net.with_judgement("ana", "bo", trust=trust, certainty=certainty)
    ).frame.set_index(["source", "target"])
    judged = after.loc[("ana", "bo")]
    assert judged["trust"] == pytest.approx(trust)
    assert judged["certainty"] == pytest.approx(certainty)
    assert bool(judged["observed"])
    others = before.index.drop(("ana", "bo"), errors="ignore")
    unchanged = [name for name in before.columns if name not in ("observed", "proximity")]
    pd.testing.assert_frame_equal(before.loc[others, unchanged], after.loc[others, unchanged])
    if ("ana", "bo") in before.index:
        assert judged["recall"] == before.loc[("ana", "bo"), "recall"]


def test_a_model_of_ones_own_is_used():
    acts = [Evidence(kind="recommendation", source="ana", target="bo", at=AS_OF)]
    base = TrustModel()
    trusting = base.replace(opinion=base.opinion.replace(base_rate=0.5))
    plain, changed = (score_ties(network(acts), model).frame["trust"] for model in (base, trusting))
    assert (changed > plain).all()

"""Recall against a plain double loop, and its optional terms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph.trust.recall_terms as terms
from trustgraph.models import Evidence
from trustgraph.trust import RecallModel, TrustModel, score_ties
from trustgraph.trust.contact import ContactDays
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.recall import contact_strength

from helpers.evidence_strategies import AS_OF, PEOPLE, evidence, network
from helpers.naive_trust import naive_acts, naive_strength


def test_recall_by_hand():
    model = RecallModel()
    assert model.theta == 9 / 365
    assert model.slope == 0.7
    # One day of contact half a year ago, both ways: S = 1.5 / 183; S / theta = .332423;
    # ^.7 = .462576; recall = .462576 / 1.462576 = .316275
    assert model.recall(np.array([1.5 / 183]))[0] == pytest.approx(0.316275, abs=1e-6)


@pytest.mark.parametrize(
    ("horizon", "slope"),
    [(1, 1.0), (7, 1.0), (14, 1.0), (30, 0.75), (90, 0.7), (3650, 0.7),
     # Halfway between in the logarithm: sqrt(14 x 30) and sqrt(30 x 90).
     (420**0.5, 0.875), (2700**0.5, 0.725)],
)  # fmt: skip
def test_the_slope_follows_the_horizon(horizon, slope):
    assert RecallModel(horizon_days=horizon).slope == pytest.approx(slope)


@settings(max_examples=100, deadline=None)
@given(st.lists(evidence(), max_size=16))
def test_strength_is_the_sum_over_all_days(acts):
    frame = score_ties(network(acts)).frame
    model = RecallModel()
    plain = naive_acts(acts, AS_OF)
    for row in frame.itertuples():
        strength = naive_strength(plain, row.source, row.target)
        assert row.recall == pytest.approx(model.recall(np.array([strength]))[0], rel=1e-12)


def test_recall_falls_with_time_and_rises_with_the_horizon():
    acts = [Evidence(kind="meeting_day", source="ana", target="bo", at=AS_OF)]
    net = network(acts)
    later = [
        score_ties(net, as_of=f"{year}-11-23").frame["recall"][0] for year in range(2026, 2032)
    ]
    assert (np.diff(later) < 0).all()
    wide = [
        RecallModel(horizon_days=days).recall(np.array([0.01]))[0] for days in (90, 180, 365, 730)
    ]
    assert (np.diff(wide) > 0).all()


def test_only_who_acted_remembers():
    acts = [Evidence(kind="recommendation", source="ana", target="bo", at=AS_OF)]
    frame = score_ties(network(acts)).frame.set_index("source")
    assert frame.loc["ana", "recall"] > 0.9
    assert frame.loc["bo", "recall"] == 0


def days_of(*rows: tuple[int, int, int]) -> ContactDays:
    actor, other, day = (np.array(column) for column in zip(*sorted(rows), strict=True))
    return ContactDays(actor, other, day, np.ones(len(day), dtype=bool))


def test_a_steady_rhythm_strengthens_and_a_slow_one_does_not():
    pairs = Pairs.between(np.array([0, 0, 1]), np.array([1, 2, 2]), people=3)
    # 0 -> 1 every 10 days, 0 -> 2 once, 1 -> 2 every 100 days; 2 -> 0 on two successive days
    days = days_of((0, 1, 0), (0, 1, 10), (0, 1, 20), (0, 2, 5), (1, 2, 0), (1, 2, 100),
                   (2, 0, 7), (2, 0, 8))  # fmt: skip
    factor = terms.rhythm_factor(days, pairs, exponent=0.2, slow_days=30)
    found = {
        (int(u), int(v)): f for u, v, f in zip(pairs.source, pairs.target, factor, strict=True)
    }
    assert found.pop((0, 1)) == pytest.approx(3**0.2)
    assert found.pop((2, 0)) == pytest.approx(30**0.2)
    assert set(found.values()) == {1.0}


def test_common_recent_contacts_strengthen():
    pairs = Pairs.between(np.array([0, 2]), np.array([1, 3]), people=4)
    # 0 and 1 both had recent contact with 2; with 3 the contact of 1 was too long ago.
    days = days_of((0, 2, 95), (2, 1, 99), (0, 3, 95), (1, 3, 50))
    factor = terms.circle_factor(days, pairs, exponent=0.3, since=70)
    found = {
        (int(u), int(v)): f for u, v, f in zip(pairs.source, pairs.target, factor, strict=True)
    }
    # 2 and 3 both met 0.
    assert found[0, 1] == found[1, 0] == pytest.approx(2**0.3)
    assert found[2, 3] == found[3, 2] == pytest.approx(2**0.3)


@settings(max_examples=40, deadline=None)
@given(st.lists(evidence(), max_size=12), evidence(("meeting_day",)))
def test_shared_circles_keep_recall_monotone(acts, more):
    model = TrustModel(recall=RecallModel(shared_circles=0.3))
    before = score_ties(network(acts), model).frame.set_index(["source", "target"])["recall"]
    after = score_ties(network([*acts, more]), model).frame.set_index(["source", "target"])[
        "recall"
    ]
    assert (after.loc[before.index] >= before - 1e-12).all()
    off = score_ties(network(acts)).frame["recall"].to_numpy()
    assert (before.to_numpy() >= off - 1e-12).all()


def test_optional_terms_leave_strangers_at_nothing():
    model = RecallModel(rhythm=0.2, shared_circles=0.3)
    pairs = Pairs.between(np.array([0]), np.array([1]), people=len(PEOPLE))
    none = np.zeros(0, dtype=np.int64)
    empty = ContactDays(none, none, none, none.astype(bool))
    assert contact_strength(empty, pairs, model, today=0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("field", ["horizon_days", "theta_over_horizon", "decay", "slope_long"])
def test_a_model_without_scale_is_refused(field):
    with pytest.raises(ValidationError):
        RecallModel(**{field: 0})


# ------------------------------------------------------------------------------ full records

FULL = RecallModel.full_record(loss_per_day=0.01, decay=0.8)
CONTACTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-60, 0)).filter(
        lambda row: row[0] != row[1]
    ),
    min_size=1,
    max_size=14,
)


def strengths(rows, model: RecallModel, *, today: int = 0) -> dict[tuple[int, int], float]:
    actor, other, day = (np.array(column) for column in zip(*rows, strict=True))
    days = ContactDays.plain(actor, other, day, people=4)
    pairs = Pairs.between(days.actor, days.other, people=4)
    found = contact_strength(days, pairs, model, today=today)
    return {
        (int(u), int(v)): float(s)
        for u, v, s in zip(pairs.source, pairs.target, found, strict=True)
    }


@settings(max_examples=80, deadline=None)
@given(CONTACTS)
def test_the_strength_of_a_full_record_is_that_of_a_plain_loop(rows):
    for (u, v), found in strengths(rows, FULL).items():
        total = 0.0
        for who, whom, day in set(rows):
            part = (1 - day) ** -0.8 * np.exp(0.01 * day)
            total += part * ((who, whom) == (u, v)) + 0.5 * part * ((who, whom) == (v, u))
        for one in (u, v):
            newest = max(day for who, whom, day in rows if one in (who, whom))
            total *= (1 - newest) ** -0.2
        assert found == pytest.approx(total, rel=1e-12)


@settings(max_examples=80, deadline=None)
@given(CONTACTS, CONTACTS)
def test_more_contact_of_anybody_lowers_no_recall_of_a_full_record(rows, more):
    before, after = strengths(rows, FULL), strengths([*rows, *more], FULL)
    assert all(after[pair] >= strength * (1 - 1e-12) for pair, strength in before.items())


@settings(max_examples=80, deadline=None)
@given(CONTACTS, st.integers(1, 400))
def test_recall_falls_while_nothing_happens(rows, later):
    for model in (FULL, RecallModel(), RecallModel(rhythm=0.2)):
        now, then = (
            model.recall(np.array(list(strengths(rows, model, today=day).values())))
            for day in (0, later)
        )
        assert ((then < now) | (now == 0)).all()
        assert ((now >= 0) & (now < 1)).all()


def test_who_was_only_written_to_is_recalled_where_all_is_on_record():
    rows = [(0, 1, 0)]
    assert strengths(rows, RecallModel()) == {(0, 1): 1.0, (1, 0): 0.0}
    assert strengths(rows, RecallModel(incoming_alone=1.0)) == {(0, 1): 1.0, (1, 0): 0.5}
    assert strengths(rows, RecallModel(incoming_alone=0.2)) == {(0, 1): 1.0, (1, 0): 0.1}


def test_silence_towards_everybody_counts_for_both():
    rows = [(0, 1, -9), (1, 2, -3)]
    model = RecallModel.full_record(silence=1.0)
    # 0 was last in contact 9 days ago, 1 and 2 three: (1 + 9)(1 + 3), and (1 + 3)(1 + 3)
    assert strengths(rows, model)[0, 1] == pytest.approx(1 / 10 / (10 * 4))
    assert strengths(rows, model)[1, 2] == pytest.approx(1 / 4 / (4 * 4))


def test_days_are_plain_in_any_order_and_once():
    days = ContactDays.plain(
        np.array([1, 0, 1]), np.array([0, 1, 0]), np.array([5, 7, 5]), people=2
    )
    assert days.actor.tolist() == [0, 1]
    assert days.day.tolist() == [7, 5]
    assert days.answered.all()


def test_a_full_record_is_a_default_with_three_changes():
    changed = RecallModel.full_record(horizon_days=7, silence=0.1)
    assert changed == RecallModel(
        horizon_days=7, unanswered_weight=1, incoming_alone=1, silence=0.1
    )

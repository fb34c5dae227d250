"""Ties of a network, by hand."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from trustgraph.errors import RecordError
from trustgraph.models import Evidence, Network
from trustgraph.trust import EvidenceKind, TrustModel, score_ties
from trustgraph.trust.ties import KIND_COLUMNS, TIE_COLUMNS


def act(kind: str, source: str, target: str, at: str | None = None, **more) -> Evidence:
    moment = None if at is None else dt.datetime.fromisoformat(at)
    return Evidence(kind=kind, source=source, target=target, at=moment, **more)


def row(net: Network, source: str, target: str, **options) -> pd.Series:
    frame = score_ties(net, **options).frame.set_index(["source", "target"])
    return frame.loc[(source, target)]


def test_a_connection_and_a_recommendation_by_hand():
    net = Network.from_records(
        evidence=[
            act("connection", "ana", "bo", "2010-01-01"),
            act("recommendation", "bo", "ana", "2026-01-01"),
        ]
    )
    # r(bo, ana) = .1 + 10 (1 - exp(-8/10)) = .1 + 5.506710 = 5.606710
    # trust = (5.606710 + .2) / (5.606710 + 2) = .763367; certainty = 5.606710 / 7.606710
    given = row(net, "bo", "ana")
    assert given["trust"] == pytest.approx(0.763367, abs=1e-6)
    assert given["certainty"] == pytest.approx(0.737074, abs=1e-6)
    # r(ana, bo) = .1 + 3 (1 - exp(-1.5/3)) = .1 + 1.180408 = 1.280408
    # trust = 1.480408 / 3.280408 = .451288
    taken = row(net, "ana", "bo")
    assert taken["trust"] == pytest.approx(0.451288, abs=1e-6)
    # bo wrote today: S(bo, ana) = 1, recall = (1 / theta)^.7 / (1 + (1 / theta)^.7)
    # = 40.555556^.7 / (1 + 40.555556^.7) = 13.354726 / 14.354726 = .930337
    assert given["recall"] == pytest.approx(0.930337, abs=1e-6)
    assert taken["recall"] == 0.0  # ana never acted towards bo: a connection is no act
    # rho = .12 + .46 x .737074 = .459054; response = rho + (1 - rho) x .930711
    assert given["response"] == pytest.approx(0.459054 + 0.540946 * 0.930337, abs=1e-6)


def test_bad_evidence_raises_certainty_and_lowers_trust():
    net = Network.from_records(
        evidence=[
            act("same_team_year", "ana", "bo", "2026-01-01", amount=2),
            act("endorsement_failed", "ana", "bo", "2026-01-01"),
        ]
    )
    good = 5 * -math.expm1(-2.4 / 5)
    bad = 8 * -math.expm1(-4 / 8)
    found = row(net, "ana", "bo")
    assert found["trust"] == pytest.approx((good + 0.2) / (good + bad + 2))
    assert found["certainty"] == pytest.approx((good + bad) / (good + bad + 2))
    assert found["belief"] == pytest.approx(good / (good + bad + 2))


def test_a_cap_holds_for_both_tellings_of_a_mutual_kind_and_for_each_doer_of_another():
    net = Network.from_records(
        evidence=[
            act("same_team_year", "ana", "bo", "2026-01-01", amount=2),
            act("same_team_year", "bo", "ana", "2026-01-01", amount=3),
        ]
    )
    # Five years in all, whoever tells of them: 5 (1 - exp(-6 / 5)) = 3.494029
    r = 5 * -math.expm1(-5 * 1.2 / 5)
    assert row(net, "ana", "bo")["trust"] == pytest.approx((r + 0.2) / (r + 2))
    assert row(net, "bo", "ana")["trust"] == pytest.approx((r + 0.2) / (r + 2))
    net = Network.from_records(
        evidence=[
            act("recommendation", "ana", "bo", "2026-01-01"),
            act("recommendation", "bo", "ana", "2026-01-01"),
        ]
    )
    # What ana wrote says much of her trust in bo, what bo wrote a little more.
    r = 10 * -math.expm1(-8 / 10) + 3 * -math.expm1(-1.5 / 3)
    assert row(net, "ana", "bo")["trust"] == pytest.approx((r + 0.2) / (r + 2))


def test_half_lives_and_undated_evidence():
    team = [act("same_team_year", "ana", "bo", "2016-01-01")]
    net = Network.from_records(evidence=team, as_of="2026-01-01")
    # 3653 days / 365.25 = 10.0014 years of a half-life of 10: worth 1.2 x .49995
    mass = 1.2 * 2 ** (-3653 / 3652.5)
    r = 5 * -math.expm1(-mass / 5)
    assert row(net, "bo", "ana")["trust"] == pytest.approx((r + 0.2) / (r + 2))
    undated = Network.from_records(evidence=[act("same_team_year", "ana", "bo")])
    r = 5 * -math.expm1(-1.2 * 2**-0.5 / 5)  # five years of a half-life of ten
    assert row(undated, "bo", "ana")["trust"] == pytest.approx((r + 0.2) / (r + 2))
    assert score_ties(undated).as_of is None


def test_undated_contact_says_nothing_about_recall():
    net = Network.from_records(evidence=[act("conversation_day", "ana", "bo")])
    found = row(net, "ana", "bo")
    assert found["recall"] == 0
    assert found["last_contact"] is pd.NaT
    assert found["trust"] > 0.1


def test_an_invitation_alone_makes_no_tie_but_is_told_of_one():
    invitation = act("invitation", "ana", "bo", "2026-01-01")
    assert score_ties(Network.from_records(evidence=[invitation])).frame.empty
    scores = score_ties(
        Network.from_records(evidence=[invitation, act("connection", "bo", "ana", "2026-01-02")])
    )
    told = scores.kinds[scores.kinds["source"] == "ana"]
    assert told[["kind", "direction"]].to_numpy().tolist() == [
        ["connection", "both"],
        ["invitation", "out"],
    ]
    assert scores.frame["evidence"].tolist() == [2, 2]


def test_kinds_tell_count_dates_and_direction():
    net = Network.from_records(
        evidence=[
            act("message_day", "ana", "bo", "2026-01-01"),
            act("message_day", "bo", "ana", "2026-01-20"),
            act("message_day", "ana", "bo", "2026-05-01"),
            act("skill_endorsement", "ana", "bo", "2025-02-03"),
            act("skill_endorsement", "bo", "ana"),
            act("help_given", "bo", "ana"),
        ]
    )
    scores = score_ties(net)
    mine = scores.kinds[scores.kinds["source"] == "ana"].drop(columns=["source", "target"])
    assert mine.to_numpy().tolist() == [
        ["conversation_day", 2, "2026-01-01", "2026-01-20", "both"],
        ["message_unanswered", 1, "2026-05-01", "2026-05-01", "out"],
        ["skill_endorsement", 2, "2025-02-03", "2025-02-03", "both"],
        ["help_given", 1, "", "", "in"],
    ]
    assert scores.frame["evidence"].tolist() == [6, 6]
    last = scores.frame["last_contact"].dt.strftime("%Y-%m-%d").tolist()
    assert last == ["2026-05-01", "2026-05-01"]


def test_silence_lowers_the_response_of_the_silent_alone():
    wrote = [act("message_day", "ana", "bo", f"2026-0{month}-01") for month in (1, 2, 3)]
    met = act("meeting_day", "ana", "bo", "2020-01-01")
    net = Network.from_records(evidence=[met, *wrote], as_of="2026-03-20")
    # Three messages, of which the last is younger than 30 days: n = 2 for bo, 0 for ana.
    silent = row(net, "bo", "ana")
    rho = (0.12 + 0.46 * silent["belief"]) * 5 / 7
    assert silent["response"] == pytest.approx(rho + (1 - rho) * silent["recall"])
    writer = row(net, "ana", "bo")
    rho = 0.12 + 0.46 * writer["belief"]
    assert writer["response"] == pytest.approx(rho + (1 - rho) * writer["recall"])


def test_a_guessed_tie_is_not_observed():
    net = Network.from_records(
        evidence=[
            act("same_employer_year", "ana", "bo", "2020-01-01"),
            act("same_employer_year", "ana", "cy", "2020-01-01"),
            act("connection", "cy", "ana"),
            act("invitation", "bo", "ana"),
        ]
    )
    frame = score_ties(net).frame.set_index(["source", "target"])
    assert frame["observed"].to_dict() == {
        ("ana", "bo"): False,
        ("bo", "ana"): False,
        ("ana", "cy"): True,
        ("cy", "ana"): True,
    }


def test_a_judgement_is_observed_in_its_own_direction_and_tells_nothing_of_the_other():
    net = Network.from_records([{"id": "ana"}, {"id": "bo"}])
    net = net.with_judgement("bo", "ana", trust=0.8, certainty=0.9)
    judged = row(net, "bo", "ana")
    # nu = 2 / (1 - .9) = 20: alpha = 16, beta = 4
    assert judged["belief"] == pytest.approx((16 - 0.2) / 20)
    assert judged["willingness"] == pytest.approx(
        TrustModel().gate.willingness(np.array([16.0]), np.array([4.0]))[0]
    )
    assert bool(judged["observed"])
    other = row(net, "ana", "bo")
    assert (other["trust"], other["certainty"], other["observed"]) == (0.1, 0.0, False)


def test_a_date_without_time_is_the_whole_day_and_a_moment_is_a_moment():
    late = [act("recommendation", "bo", "ana", "2026-01-01T18:00:00")]
    net = Network.from_records(evidence=late)
    assert len(score_ties(net, as_of="2026-01-01").frame) == 2
    assert len(score_ties(net, as_of=dt.date(2025, 12, 31)).frame) == 0
    assert len(score_ties(net, as_of="2026-01-01T17:00:00").frame) == 0
    assert len(score_ties(net, as_of="2026-01-01T18:00:00Z").frame) == 2


def test_the_date_is_that_of_the_network_else_of_its_newest_evidence():
    acts = [act("connection", "bo", "ana", "2026-01-01T18:00:00"), act("connection", "ana", "cy")]
    newest = dt.datetime(2026, 1, 1, 18, tzinfo=dt.UTC)
    assert score_ties(Network.from_records(evidence=acts)).as_of == newest
    dated = Network.from_records(evidence=acts, as_of="2026-02-01")
    assert score_ties(dated).as_of == dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


def test_an_unknown_kind_is_named_with_its_row_and_its_neighbours():
    net = Network.from_records(
        evidence=[act("connection", "ana", "bo"), act("skill_endorsment", "ana", "bo")]
    )
    with pytest.raises(RecordError, match=r"evidence, row 2: .*'skill_endorsment'.*skill_endor"):
        score_ties(net)


def test_a_kind_of_ones_own_counts():
    net = Network.from_records(evidence=[act("lunch", "ana", "bo", "2026-01-01")])
    lunch = EvidenceKind(kind="lunch", forward=2, contact="source")
    model = TrustModel()
    model = model.replace(evidence=model.evidence.with_kind(lunch))
    assert row(net, "ana", "bo", model=model)["trust"] == pytest.approx(2.2 / 4)
    assert row(net, "ana", "bo", model=model)["recall"] > 0
    assert row(net, "bo", "ana", model=model)["trust"] == pytest.approx(0.1)


@pytest.mark.parametrize("people", [[], [{"id": "ana"}, {"id": "bo"}]])
def test_nothing_known_gives_empty_frames_of_the_same_form(people):
    full = score_ties(
        Network.from_records(evidence=[act("meeting_day", "ana", "bo", "2026-01-01")])
    )
    empty = score_ties(Network.from_records(people))
    assert tuple(empty.frame.columns) == TIE_COLUMNS
    assert tuple(empty.kinds.columns) == KIND_COLUMNS
    assert empty.frame.empty
    assert empty.kinds.empty
    assert empty.frame.dtypes.to_dict() == full.frame.dtypes.to_dict()


def test_people_of_one_organisation_are_closer():
    people = [
        {"id": "ana", "organisation": "Acme Inc."},
        {"id": "bo", "organisation": "ACME"},
        {"id": "cy", "organisation": ""},
        {"id": "di", "organisation": ""},
    ]
    acts = [act("connection", "ana", other) for other in ("bo", "cy")]
    frame = score_ties(
        Network.from_records(people, [*acts, act("connection", "cy", "di")])
    ).frame.set_index(["source", "target"])
    assert frame.loc[("ana", "bo"), "proximity"] == 0.5
    assert frame.loc[("bo", "ana"), "proximity"] == 0.5
    assert frame.loc[("cy", "di"), "proximity"] == 0.0


def test_a_million_messages_are_scored_in_seconds():
    rng = np.random.default_rng(3)
    number, people = 1_000_000, 3_000
    ids = np.array([f"p{number:04d}" for number in range(people)])
    other = 1 + rng.integers(0, people - 1, number)
    sent = rng.random(number) < 0.5
    day = rng.integers(0, 4_000, number)
    evidence = pd.DataFrame(
        {
            "kind": "message_day",
            "source": np.where(sent, ids[0], ids[other]),
            "target": np.where(sent, ids[other], ids[0]),
            "at": pd.Timestamp("2015-01-01", tz="UTC") + pd.to_timedelta(day, unit="D"),
        }
    )
    net = Network.from_records(evidence=evidence)
    start = dt.datetime.now(tz=dt.UTC)
    scores = score_ties(net)
    assert (dt.datetime.now(tz=dt.UTC) - start).total_seconds() < 15  # about 1.5 on a laptop
    assert len(scores.frame) == 2 * (people - 1)

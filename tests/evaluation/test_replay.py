"""The replay of a past that is known: what it finds, and what it must not see."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.evaluation._outcome_past import day_of, known_by
from trustgraph.evaluation.replay import replay
from trustgraph.evaluation.replay_results import Replay

NEW_YEAR = dt.date(2024, 1, 1)
PEOPLE = ("me", "bo", "cy", "di", "ed", "flo")


def act(kind, source, target, at):
    return {"kind": kind, "source": source, "target": target, "at": at}


def talks(one, other, first, days=12):
    moments = pd.date_range(first, periods=days, freq="20D", tz="UTC")
    return [act("meeting_day", one, other, at) for at in moments]


PAST = [
    act("recommendation", "bo", "me", "2022-02-01"),
    *talks("bo", "me", "2022-01-10", 30),
    act("recommendation", "cy", "bo", "2022-03-01"),
    *talks("cy", "bo", "2022-01-10", 30),
    *talks("di", "me", "2023-08-10", 3),
    act("connection", "me", "ed", "2022-05-01"),
]
LATER = [
    act("connection", "me", "cy", "2024-03-01"),
    act("introduction_made", "bo", "me", "2024-02-20"),
    act("connection", "flo", "me", "2024-05-01"),
]
PLACES = [
    {"person": "me", "organisation": "Alpha", "started": "2018-01-01", "finished": "2024-05-31"},
    {"person": "me", "organisation": "Gamma GmbH", "started": "2024-06-01"},
    {"person": "cy", "organisation": "Gamma", "started": "2020-01-01"},
    {"person": "di", "organisation": "Delta", "started": "2021-01-01", "finished": "2024-02-01"},
    {"person": "di", "organisation": "Epsilon", "started": "2024-02-02"},
]


def network(more=(), *, positions=PLACES, as_of="2025-06-01"):
    people = [{"id": one} for one in PEOPLE]
    people[4]["organisation"] = "Undated Ltd"
    return tg.Network.from_records(
        people, [*PAST, *LATER, *more], positions=positions, owners=["me"], as_of=as_of
    )


@pytest.fixture(scope="module")
def found():
    return replay(network(), [NEW_YEAR])


def row(found, kind, target):
    frame = found.to_frame()
    chosen = frame[(frame["kind"] == kind) & (frame["target"] == target)]
    assert len(chosen) == 1
    return chosen.iloc[0]


# --------------------------------------------------------------------------- what there was


def test_the_new_employer_was_within_reach(found):
    one = row(found, "employer", "Gamma GmbH")
    G = tg.build_graph(known_by(network(), NEW_YEAR).net, as_of=NEW_YEAR)
    ranking = tg.rank_organisations(G, "me")
    there = ranking.set_index("organisation").loc["Gamma"]
    assert one["found"]
    assert one["score"] == there["score"] > 0
    assert one["rank"] == there["rank"] == 1
    assert one["candidates"] == len(ranking) == 3  # Gamma, Delta, Undated Ltd
    assert one["introducer"] == "bo"
    assert one["days_ahead"] == 152
    assert not one["undated"]
    # Nobody at Gamma had any contact with the seeker.
    assert np.isnan(one["recency_rank"])


def test_a_new_connection_was_reached_by_way_of_others(found):
    one = row(found, "connection", "cy")
    G = tg.build_graph(known_by(network(), NEW_YEAR).net, as_of=NEW_YEAR)
    paths = tg.find_introductions(G, "me", "cy", k=1)
    assert one["score"] == pytest.approx(paths[0].score, abs=1e-12)
    assert (one["rank"], one["candidates"], one["introducer"]) == (1, 1, "bo")
    # Of whom nothing was on record there was no path.
    other = row(found, "connection", "flo")
    assert (other["found"], other["candidates"]) == (False, 0)


def test_who_introduced_the_seeker_stood_first_among_their_contacts(found):
    one = row(found, "introduction", "bo")
    G = tg.build_graph(known_by(network(), NEW_YEAR).net, as_of=NEW_YEAR)
    tie = G.edges["bo", "me"]
    assert one["score"] == tie["response"] * tie["willingness"] * tie["endorsed_trust"]
    assert (one["rank"], one["candidates"]) == (1, 3)
    # Met later than bo: di. Beside them only ed, never met since the connection.
    assert one["recency_rank"] == 2
    assert one["introducer"] == "bo"


def test_what_is_there_on_the_day_is_no_news():
    same_day = act("introduction_made", "ed", "me", "2024-01-01")
    known_long = act("connection", "me", "bo", "2024-03-05")  # they have talked for years
    frame = replay(network([same_day, known_long]), [NEW_YEAR]).to_frame()
    assert not (frame["target"] == "ed").any()
    assert not ((frame["kind"] == "connection") & (frame["target"] == "bo")).any()


def test_hits_beside_recency_and_chance():
    found = replay(network(), [NEW_YEAR], k=1)
    hits = found.hits()
    assert hits.index.get_level_values("kind").unique().tolist() == [
        "employer",
        "connection",
        "introduction",
    ]
    assert hits.loc["introduction", "hits"].to_dict() == {
        "score": 1.0,
        "recency": 0.0,
        "chance": pytest.approx(1 / 3),
    }
    assert hits.loc[("connection", "score"), ["n", "known", "found"]].tolist() == [2, 1, 1]
    low, high = hits.loc[("introduction", "score"), ["low", "high"]]
    # Wilson for one of one: from 1 / (1 + z^2) to 1.
    assert (low, high) == (pytest.approx(1 / (1 + 1.959964**2), abs=1e-6), 1.0)
    assert np.isnan(hits.loc[("connection", "chance"), "low"])


def test_each_event_counts_once_however_many_dates_it_follows():
    several = replay(network(), ["2023-08-01", "2023-11-01", NEW_YEAR])
    assert len(several) > len(replay(network(), [NEW_YEAR]))
    pd.testing.assert_frame_equal(several.hits(), replay(network(), [NEW_YEAR]).hits())


def test_a_window_ends():
    assert {one.kind for one in replay(network(), [NEW_YEAR], within_days=60)} == {
        "connection",
        "introduction",
    }
    none = replay(network(), [NEW_YEAR], within_days=5)
    assert len(none) == 0
    assert none.to_frame().empty
    assert none.hits().empty
    assert "Nothing is known to have come about" in none.explain()


# ------------------------------------------------------------------------ what it must not see

KINDS = ("recommendation", "meeting_day", "connection", "introduction_made", "message_day")


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.sampled_from(PEOPLE[1:]),
            st.sampled_from(PEOPLE[1:]),
            st.integers(1, 800),
        ).filter(lambda one: one[1] != one[2]),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([None, "2025-06-01"]),
)
def test_nothing_later_changes_a_row(acts, as_of):
    more = [
        act(kind, one, other, NEW_YEAR + dt.timedelta(days=days)) for kind, one, other, days in acts
    ]
    moved = {"person": "bo", "organisation": "Gamma", "started": "2024-01-02"}
    plain = replay(network(as_of=as_of), [NEW_YEAR])
    after = replay(network(more, positions=[*PLACES, moved], as_of=as_of), [NEW_YEAR])
    assert after.events == plain.events


def test_the_last_date_is_no_special_one():
    # The newest record is of the day itself; later ones change nothing of what was known.
    day = dt.date(2024, 5, 2)
    plain = replay(network(as_of=None), [dt.date(2024, 4, 30)]).to_frame()
    more = replay(
        network([act("meeting_day", "bo", "ed", "2024-08-01")], as_of=None),
        [dt.date(2024, 4, 30), day],
    ).to_frame()
    pd.testing.assert_frame_equal(plain, more[more["date"] < day].reset_index(drop=True))


def test_people_are_where_they_were():
    past = known_by(network(), NEW_YEAR)
    G = tg.build_graph(past.net, as_of=NEW_YEAR)
    assert G.nodes["di"]["organisation"] == "Delta"
    assert G.nodes["me"]["organisation"] == "Alpha"
    assert G.nodes["ed"]["organisation"] == "Undated Ltd"
    assert past.undated == {"ed"}
    assert past.net.evidence["at"].max() < pd.Timestamp("2024-01-02", tz="UTC")


def test_a_place_of_which_only_a_later_end_is_known_has_no_date():
    ended = {"person": "flo", "organisation": "Zeta", "finished": "2024-07-01"}
    past = known_by(network(positions=[*PLACES, ended]), NEW_YEAR)
    assert past.undated == {"ed", "flo"}
    assert past.net.positions["finished"].isna().all()


@pytest.mark.parametrize("how", ["use", "leave out"])
def test_nobody_is_where_a_later_date_puts_them(how):
    # The records of today name the organisation; a position tells that it begins later.
    later = [
        {"person": "bo", "organisation": "Gamma", "started": "2024-02-01"},
        {"person": "me", "organisation": "Gamma GmbH", "started": "2024-06-01"},
    ]
    net = network(positions=later)
    today = {"bo": "Gamma", "me": "Gamma GmbH"}
    people = net.people.assign(
        organisation=[today.get(one, "") for one in net.people.index], position="Boss"
    )
    net = net.replace(people=people)
    past = known_by(net, NEW_YEAR, undated_positions=how)
    assert past.undated == frozenset()
    G = tg.build_graph(past.net, as_of=NEW_YEAR)
    assert {G.nodes[one]["organisation"] for one in ("bo", "me")} == {""}
    assert {G.nodes[one]["position"] for one in ("bo", "me")} == {""}
    told = replay(net, [NEW_YEAR], undated_positions=how)
    assert row(told, "employer", "Gamma GmbH")["candidates"] == 0
    assert "Of the employers" not in "".join(told.warnings)


def test_a_later_job_of_the_seeker_hides_no_organisation():
    later = [
        {"person": "me", "organisation": "Gamma GmbH", "started": "2024-06-01"},
        {"person": "cy", "organisation": "Gamma", "started": "2020-01-01"},
    ]
    net = network(positions=later)
    plain = replay(net, [NEW_YEAR])
    people = net.people.assign(
        organisation=net.people["organisation"].where(net.people.index != "me", "Gamma GmbH")
    )
    today = replay(net.replace(people=people), [NEW_YEAR])
    assert row(plain, "employer", "Gamma GmbH")["found"]
    assert today.events == plain.events


def test_places_without_a_date_are_told_or_left_out():
    gone = [one for one in PLACES if one["person"] != "cy"]
    net = network(positions=gone)
    people = net.people.assign(
        organisation=net.people["organisation"].where(net.people.index != "cy", "Gamma")
    )
    net = net.replace(people=people)
    told = replay(net, [NEW_YEAR])
    assert row(told, "employer", "Gamma GmbH")["undated"]
    assert "Of the employers of 2 people no date is known; they are taken as today" in "".join(
        told.warnings
    )
    left = replay(net, [NEW_YEAR], undated_positions="leave out")
    one = row(left, "employer", "Gamma GmbH")
    assert (one["found"], one["candidates"], one["undated"]) == (False, 0, False)
    assert "are left out" in "".join(left.warnings)


def test_the_day_of_a_moment_is_its_utc_day():
    late = dt.datetime(2023, 12, 31, 22, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    assert day_of(late) == day_of(pd.Timestamp(late)) == NEW_YEAR
    assert day_of(dt.datetime.fromisoformat("2024-01-01T23:00")) == day_of("2024-01-01") == NEW_YEAR
    assert replay(network(), [late]).dates == (NEW_YEAR,)


@pytest.mark.parametrize("day", [5, 2024.0, pd.NaT, "soon", b"2024-01-01"])
def test_what_is_no_day_is_refused_in_words(day):
    with pytest.raises(ValueError, match="is no day; give a date such as 2026-03-31"):
        replay(network(), [day])


@pytest.mark.parametrize("dates", [None, 5])
def test_dates_that_are_none_are_refused_in_words(dates):
    with pytest.raises(TypeError, match=f"dates is {dates}; give some days, or a frequency"):
        replay(network(), dates)


def test_records_without_a_date_are_told():
    net = network([act("recommendation", "di", "me", None)]).with_judgement("ed", "me", trust=0.9)
    assert "2 acts and judgements without a date" in "".join(replay(net, [NEW_YEAR]).warnings)


# ------------------------------------------------------------------------- asks of one's own


def asked(introducer, target, day, **events):
    return tg.Outcome(introducer=introducer, target=target, asked=day, **events)


OUTCOMES = [
    asked("bo", "cy", "2024-02-01", endorsed="2024-02-03", met="2024-02-20"),
    asked("di", "Gamma", "2024-02-05", declined="2024-02-07"),
    asked("bo", "Gamma", "2024-03-05", endorsed="2024-03-07", hired="2024-06-01"),
    asked("bo", "Nowhere", "2024-03-06", silent="2024-05-07"),
    asked("bo", "cy", "2024-03-09"),
    asked("cy", "cy", "2024-03-10", met="2024-03-12", clarity=0.5),
]


def test_asks_are_judged_by_who_was_asked():
    found = replay(network(), [NEW_YEAR], outcomes=OUTCOMES)
    frame = found.to_frame()
    assert frame["kind"].unique().tolist() == ["ask"]
    assert frame["actual_introducer"].tolist() == ["bo", "di", "bo", "bo", "bo", ""]
    assert frame["came_true"].tolist() == [True, False, True, False, None, True]
    assert frame["introducer"].tolist() == ["bo", "bo", "bo", "", "bo", "bo"]
    assert frame["introducer_rank"].fillna(0).tolist() == [1, 0, 1, 0, 1, 0]
    assert "Of 5 asks, 3 went to one of the 10 best introducers" in found.explain()
    hits = found.hits()
    assert hits.loc[("ask", "score"), ["n", "found", "hits"]].tolist() == [3, 3, 3]


def test_the_curve_is_that_of_all_asks_that_ended():
    found = replay(network(), [NEW_YEAR], outcomes=OUTCOMES)
    frame = found.to_frame()
    ended = frame[frame["came_true"].notna()]
    curve = tg.evaluation.calibration_curve(ended["came_true"].astype(bool), ended["score"], bins=2)
    found_curve = found.calibration(bins=2)
    pd.testing.assert_frame_equal(found_curve[curve.columns], curve)
    some = found_curve[found_curve["n"] > 0]
    assert (some["share_low"] <= some["share"]).all()
    assert (some["share"] <= some["share_high"]).all()
    tg.plot.plot_calibration(found_curve)
    with pytest.raises(ValueError, match="some asks that reached their target and none that did"):
        replay(network(), [NEW_YEAR], outcomes=OUTCOMES[:1]).calibration()
    with pytest.raises(ValueError, match="no asks that reached their target and some that did"):
        replay(network(), [NEW_YEAR], outcomes=OUTCOMES[1:2]).calibration()


def test_asks_of_somebody_else_are_not_looked_at():
    assert len(replay(network(), [NEW_YEAR], outcomes=OUTCOMES, seeker="ed")) == 0
    others = [OUTCOMES[0].replace(seeker="di")]
    assert len(replay(network(), [NEW_YEAR], outcomes=others, seeker="di")) == 1


# ------------------------------------------------------------------------------- in and out


def test_a_frequency_goes_over_all_days_of_the_records():
    assert replay(network(), "YS").dates == tuple(
        dt.date(year, 1, 1) for year in (2023, 2024, 2025)
    )
    assert replay(network(), "2024-01-01").dates == (NEW_YEAR,)
    assert replay(network(), NEW_YEAR).dates == (NEW_YEAR,)


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ([], "there are no dates"),
        (["2019-01-01"], "2019-01-01 is outside the records, which go from 2022-01-10 to 2025-06"),
        (["2024-01-01", "2025-06-01"], "2025-06-01 is outside the records"),
        ("often", "'often' is no day and no frequency"),
        (["soon"], "'soon' is no day"),
        ("10YS", None),
    ],
)
def test_dates_outside_the_records_are_refused(dates, message):
    if message is None:
        assert len(replay(network(), dates).dates) == 1
        return
    with pytest.raises(ValueError, match=message):
        replay(network(), dates)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 0}, "k is 0"),
        ({"within_days": 0}, "within_days is 0"),
        ({"max_intermediaries": 6}, "max_intermediaries is 6"),
        ({"undated_positions": "maybe"}, "undated_positions is 'maybe'"),
        ({"level": 0}, "level is 0"),
    ],
)
def test_impossible_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        replay(network(), [NEW_YEAR], **options)


def test_no_past_is_no_replay():
    with pytest.raises(ValueError, match="no record has a date"):
        replay(tg.Network.from_records([{"id": "me"}], owners=["me"]), "YS")
    with pytest.raises(tg.errors.UnknownPersonError):
        replay(network(), [NEW_YEAR], seeker="nobody")
    with pytest.raises(tg.errors.SeveralOwnersError):
        replay(network().replace(owners=[]), [NEW_YEAR])


def test_it_is_written_down_and_told(found):
    assert Replay.from_dict(found.to_dict()) == found
    text = found.explain()
    assert "1 new employer: 1 known before, a path to 1; among the first 10: 1 by score" in text
    assert "ties that were removed since are missing" in text
    assert found._repr_html_().count("<tr>") == 10
    assert found[0].found == found.to_frame()["found"].iloc[0]


def test_the_sample_is_replayed_for_each_owner():
    net = tg.datasets.load_sample()
    for owner in net.owners:
        found = replay(net, ["2022-01-01"], seeker=owner)
        assert {one.kind for one in found} <= {"employer", "connection", "introduction"}
        assert all(0 <= one.score <= 1 for one in found)

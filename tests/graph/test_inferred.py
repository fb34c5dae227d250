import datetime as dt
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph._text import organisation_key
from trustgraph.graph import infer_ties

from helpers.strategies import AS_OF

PEOPLE = ("ana", "bo", "cy", "dee", "eve")
NAMES = ("Acme", "ACME Ltd.", "Acme Robotics", "Beta GmbH", "Self-employed", "")
QUARTERS_A_DAY, QUARTERS_A_YEAR = 4, 1461  # so that a year of 365.25 days is a whole number


def network(*people, as_of=AS_OF, **more):
    known = [{"id": person, "organisation": where} for person, where in people]
    return tg.Network.from_records(known, as_of=as_of, **more)


def job(person, organisation, started=None, finished=None, kind="employer"):
    return {
        "person": person,
        "organisation": organisation,
        "started": started,
        "finished": finished,
        "kind": kind,
    }


def rows(net):
    return [
        (row.kind, row.source, row.target, round(row.amount, 9), row.at)
        for row in net.iter_evidence()
    ]


def amounts(net):
    return [(source, target, amount) for _, source, target, amount, _ in rows(net)]


# ------------------------------------------------------------------------------ employers


def test_people_at_one_employer_now_count_one_year():
    net = infer_ties(network(("ana", "Acme"), ("bo", "ACME Ltd."), ("cy", "Acme Robotics")))
    assert rows(net) == [("same_employer_year", "ana", "bo", 1.0, AS_OF)]


def test_the_amount_is_the_time_together_and_the_date_its_end():
    net = network(
        ("ana", ""),
        ("bo", ""),
        positions=[
            job("ana", "Acme", "2010-01-01", "2018-01-01"),
            job("bo", "Acme", "2014-01-01", "2022-01-01"),
        ],
    )
    # From 2014 to 2018: 1,461 days, which are exactly 4 years of 365.25.
    end = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
    assert rows(infer_ties(net)) == [("same_employer_year", "ana", "bo", 4.0, end)]


def test_promotions_at_one_employer_are_one_stay():
    net = network(
        ("ana", "Acme"),
        ("bo", ""),
        positions=[
            job("ana", "Acme", "2014-01-01", "2017-01-01"),
            job("ana", "Acme Inc", "2016-01-01"),
            job("bo", "Acme", "2014-01-01", "2018-01-01"),
        ],
    )
    assert amounts(infer_ties(net)) == [("ana", "bo", 4.0)]


def test_two_times_together_count_together_and_the_later_end_is_the_date():
    net = network(
        ("ana", ""),
        ("bo", ""),
        positions=[
            job("ana", "Acme", "2000-01-01", "2020-01-01"),
            job("bo", "Acme", "2002-01-01", "2006-01-01"),
            job("bo", "Acme", "2010-01-01", "2014-01-01"),
        ],
    )
    # 1,461 days each time: twice 4 years.
    end = dt.datetime(2014, 1, 1, tzinfo=dt.UTC)
    assert rows(infer_ties(net)) == [("same_employer_year", "ana", "bo", 8.0, end)]


def test_nothing_counts_that_lies_after_the_date_of_the_network():
    net = network(
        ("ana", ""),
        ("bo", ""),
        positions=[
            job("ana", "Acme", "2022-01-01", "2028-01-01"),
            job("bo", "Acme", "2022-01-01", "2027-01-01"),
            job("ana", "Uni", "2027-01-01", "2029-01-01", kind="school"),
            job("bo", "Uni", "2027-01-01", "2029-01-01", kind="school"),
        ],
    )
    assert rows(infer_ties(net)) == [("same_employer_year", "ana", "bo", 4.0, AS_OF)]


def test_who_came_lately_was_not_there_for_the_assumed_year():
    started = AS_OF - dt.timedelta(days=73)
    net = network(
        ("ana", "Acme"), ("bo", "Acme"), positions=[job("ana", "Acme", started.isoformat())]
    )
    assert amounts(infer_ties(net)) == [("ana", "bo", pytest.approx(73 / 365.25))]


def test_times_that_only_touch_make_no_tie():
    net = network(
        ("ana", ""),
        ("bo", ""),
        positions=[
            job("ana", "Acme", "2010-01-01", "2014-01-01"),
            job("bo", "Acme", "2014-01-01", "2022-01-01"),
            job("ana", "Beta", None, "2020-01-01"),
            job("bo", "Beta", "2010-01-01", "2020-01-01"),
        ],
    )
    assert len(infer_ties(net).evidence) == 0


def test_a_large_staff_makes_the_tie_weaker():
    net = network(("ana", "Acme Inc"), ("bo", "Acme"), ("cy", "Beta"), ("dee", "Beta"))
    net = infer_ties(net, staff={"ACME": 1000, "Beta": 50})
    # Of 1,000 people one knows as many as of 200: a fifth. Below 200 nothing changes.
    assert amounts(net) == [("ana", "bo", 0.2), ("cy", "dee", 1.0)]


@pytest.mark.parametrize("number", [0, -5, float("nan"), "many"])
def test_a_staff_is_at_least_one_person(number):
    with pytest.raises(ValueError, match="staff of 'Acme' is .*at least 1"):
        infer_ties(network(("ana", "Acme")), staff={"Acme": number})


@pytest.mark.parametrize("name", ["Self-Employed", "Freelance", "retired", "Stealth Startup", "-"])
def test_what_names_no_employer_makes_nobody_a_colleague(name):
    assert len(infer_ties(network(("ana", name), ("bo", name))).evidence) == 0


# ------------------------------------------------------------------------------ schools


@pytest.mark.parametrize(
    ("first", "second", "met"),
    [
        ((None, None), (None, None), True),
        (("2000-01-01", "2004-01-01"), (None, None), True),
        (("2000-01-01", "2004-01-01"), ("2003-01-01", "2007-01-01"), True),
        (("2000-01-01", "2004-01-01"), ("2005-01-01", None), False),
        ((None, "2004-01-01"), ("2005-01-01", "2009-01-01"), False),
    ],
)
def test_a_school_is_shared_unless_the_known_dates_never_meet(first, second, met):
    net = network(
        ("ana", ""),
        ("bo", ""),
        positions=[
            job("ana", "Uni", *first, kind="school"),
            job("bo", "UNI", *second, kind="school"),
        ],
    )
    assert rows(infer_ties(net)) == [("same_school", "ana", "bo", 1.0, None)] * met


def test_a_school_is_no_employer():
    net = network(("ana", "Uni"), ("bo", ""), positions=[job("bo", "Uni", kind="school")])
    assert len(infer_ties(net).evidence) == 0


# ------------------------------------------------------------------------------ the whole network


def test_inferred_ties_are_not_observed_unless_something_else_is_known():
    net = network(("ana", "Acme"), ("bo", "Acme"), ("cy", "Acme")).replace(
        evidence=[{"kind": "connection", "source": "ana", "target": "bo", "at": "2020-01-01"}]
    )
    G = tg.build_graph(infer_ties(net))
    assert G.edges["ana", "bo"]["observed"] is True
    assert G.edges["ana", "cy"]["observed"] is False
    assert G.graph["as_of"] == tg.build_graph(net).graph["as_of"]
    assert len(net.evidence) == 1


def test_evidence_of_the_kind_that_is_there_already_is_kept_as_it_is():
    stated = {"kind": "same_employer_year", "source": "bo", "target": "ana", "amount": 7.0}
    net = network(("ana", "Acme"), ("bo", "Acme"), ("cy", "Acme")).replace(evidence=[stated])
    assert amounts(infer_ties(net)) == [("bo", "ana", 7.0), ("ana", "cy", 1.0), ("bo", "cy", 1.0)]


def test_a_circle_that_is_too_large_is_left_out_and_reported():
    people = [(f"p{number}", "Acme Inc") for number in range(5)] + [("x", "Beta"), ("y", "Beta")]
    net = network(*people, report=[{"file": "Skills.csv", "level": "info", "reason": "ignored"}])
    net = infer_ties(infer_ties(net, max_circle=4), max_circle=4)
    assert amounts(net) == [("x", "y", 1.0)]
    assert net.report["file"].tolist() == ["Skills.csv", "inferred ties"]
    told = net.report.iloc[1]
    assert told["level"] == "warning"
    assert told["value"] == "Acme Inc"
    assert told["reason"] == "5 people share this employer, too many to infer ties"
    assert told["mend"] == "call infer_ties with max_circle=5 if they know each other"
    whole = infer_ties(net, max_circle=5)
    assert len(whole.evidence) == 1 + 10
    assert whole.report["file"].tolist() == ["Skills.csv"]


def test_without_a_date_of_the_network_the_newest_evidence_is_the_present():
    acts = [{"kind": "connection", "source": "ana", "target": "bo", "at": "2020-06-01T12:00:00Z"}]
    positions = [job("ana", "Acme", "2019-06-01"), job("bo", "Acme", "2018-01-01", "2025-01-01")]
    people = [{"id": "ana"}, {"id": "bo"}]
    net = infer_ties(tg.Network.from_records(people, acts, positions=positions))
    assert amounts(net)[1] == ("ana", "bo", pytest.approx(366 / 365.25))  # 2020 has a 29 February
    assert tg.build_graph(net).graph["as_of"] == "2020-06-01T12:00:00+00:00"


def test_without_any_date_the_tie_has_none():
    net = infer_ties(network(("ana", "Acme"), ("bo", "Acme"), as_of=None))
    assert rows(net) == [("same_employer_year", "ana", "bo", 1.0, None)]


def test_a_network_without_circles_stays_as_it_is():
    net = network(("ana", "Acme"), ("bo", "Beta"))
    assert infer_ties(net) == net
    assert infer_ties(tg.Network.from_records()) == tg.Network.from_records()


# ------------------------------------------------------------------------------ by brute force

dates = st.none() | st.integers(0, 2500).map(
    lambda age: (AS_OF + dt.timedelta(days=200 - age)).date().isoformat()
)


@st.composite
def positions(draw):
    started, finished = draw(dates), draw(dates)
    if started and finished and finished < started:
        started, finished = finished, started
    kind = draw(st.sampled_from(["employer", "employer", "school"]))
    return job(
        draw(st.sampled_from(PEOPLE[:3])),
        draw(st.sampled_from(("Acme", *NAMES[:-1]))),
        started,
        finished,
        kind,
    )


networks = st.builds(
    lambda where, positions: network(*zip(PEOPLE, where, strict=True), positions=positions),
    st.tuples(*[st.sampled_from(NAMES)] * len(PEOPLE)),
    st.lists(positions(), max_size=8),
)
TODAY = (AS_OF.date() - dt.date(1970, 1, 1)).days * QUARTERS_A_DAY
LONG = 1 << 20


def quarter(day):
    return (day - dt.date(1970, 1, 1)).days * QUARTERS_A_DAY


def times_at_work(net, person, key):
    """All quarters of days that somebody was at an employer."""
    held = [
        position
        for position in net.iter_positions()
        if (position.person, position.kind) == (person, "employer")
        and organisation_key(position.organisation) == key
    ]
    times, knows_since = set(), False
    for position in held:
        there = position.finished is None or quarter(position.finished) >= TODAY
        end = TODAY if there else quarter(position.finished)
        if position.started:
            times |= set(range(quarter(position.started), end))
            knows_since |= there
        elif there:
            times |= set(range(TODAY - QUARTERS_A_YEAR, TODAY))
    if organisation_key(net.person(person).organisation) == key and not knows_since:
        times |= set(range(TODAY - QUARTERS_A_YEAR, TODAY))
    return times


def meet_at_school(net, one, other, key):
    stays = {one: [], other: []}
    for position in net.iter_positions():
        mine = position.kind == "school" and organisation_key(position.organisation) == key
        if position.person in stays and mine:
            low = quarter(position.started) if position.started else -LONG
            high = quarter(position.finished) if position.finished else LONG
            if low <= TODAY and low < high:
                stays[position.person].append((low, high))
    return any(min(a[1], b[1]) > max(a[0], b[0]) for a in stays[one] for b in stays[other])


def brute_force(net):
    found = []
    for key in ("acme", "acmerobotics", "beta"):
        for one, other in combinations(PEOPLE, 2):
            both = times_at_work(net, one, key) & times_at_work(net, other, key)
            if both:
                day = dt.timedelta(days=(max(both) + 1) // QUARTERS_A_DAY)
                end = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + day
                amount = len(both) / QUARTERS_A_YEAR
                found.append(("same_employer_year", one, other, round(amount, 9), end))
            if meet_at_school(net, one, other, key):
                found.append(("same_school", one, other, 1.0, None))
    return found


@settings(max_examples=60, deadline=None)
@given(networks)
def test_the_ties_are_those_of_brute_force(net):
    found = rows(infer_ties(net))
    assert sorted(found, key=str) == sorted(brute_force(net), key=str)


@settings(max_examples=20, deadline=None)
@given(networks)
def test_inferring_twice_changes_nothing(net):
    once = infer_ties(net, max_circle=3)
    assert infer_ties(once, max_circle=3) == once


@settings(max_examples=20, deadline=None)
@given(networks, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(net, chance):
    order = list(range(len(net.positions)))
    chance.shuffle(order)
    other = net.replace(positions=net.positions.iloc[order])
    pd.testing.assert_frame_equal(infer_ties(net).evidence, infer_ties(other).evidence)

from itertools import pairwise

import networkx as nx
import pandas as pd
import pytest

from trustgraph.datasets import load_office


@pytest.fixture(scope="module")
def office():
    return load_office()


def acts(office, kind, source, target):
    table = office.evidence
    same = (table["kind"] == kind) & (table["source"] == source) & (table["target"] == target)
    return [str(at.date()) for at in table.loc[same, "at"]]


def acquainted(office):
    table = office.evidence
    G: nx.Graph[str] = nx.Graph()
    G.add_edges_from(zip(table["source"].astype(str), table["target"].astype(str), strict=True))
    return G


def test_there_are_fourteen_people_and_one_owner(office):
    assert len(office.people) == 14
    assert office.owner == "ana"
    assert office.as_of.isoformat() == "2026-01-01T00:00:00+00:00"
    assert sorted(office.people.query("organisation == 'Acme'").index) == [
        "emeka",
        "fatima",
        "hana",
        "ivo",
        "jun",
        "kofi",
        "lena",
    ]


def test_everything_happened_on_the_first_of_a_month_before_the_date_of_the_office(office):
    assert set(office.evidence["at"].dt.day) == {1}
    assert (office.evidence["at"] < pd.Timestamp(office.as_of)).all()


@pytest.mark.parametrize(
    ("one", "other", "days", "first", "last"),
    [
        ("ana", "ben", 24, "2024-01-01", "2025-12-01"),
        ("ana", "chiara", 16, "2022-01-01", "2025-10-01"),
        ("ana", "dmitri", 36, "2018-01-01", "2020-12-01"),
        ("ana", "goran", 12, "2023-01-01", "2025-10-01"),
        ("ana", "hana", 1, "2025-01-01", "2025-01-01"),
        ("ana", "ivo", 12, "2020-01-01", "2022-10-01"),
        ("ben", "kofi", 12, "2023-01-01", "2025-10-01"),
        ("ben", "jun", 8, "2024-01-01", "2025-10-01"),
        ("chiara", "lena", 12, "2023-01-01", "2025-10-01"),
        ("kofi", "nils", 12, "2023-01-01", "2025-10-01"),
        ("nils", "mara", 12, "2023-01-01", "2025-10-01"),
    ],
)
def test_talks_go_both_ways_on_the_same_days(office, one, other, days, first, last):
    said = acts(office, "message_day", one, other)
    assert said == acts(office, "message_day", other, one)
    assert (len(said), said[0], said[-1]) == (days, first, last)


def test_the_mass_networker_never_got_an_answer(office):
    assert len(acts(office, "message_day", "emeka", "ana")) == 20
    assert acts(office, "message_day", "ana", "emeka") == []
    assert len(acts(office, "skill_endorsement", "emeka", "ana")) == 5


def test_a_bare_connection_is_nothing_else(office):
    table = office.evidence
    hers = table[(table["source"] == "fatima") | (table["target"] == "fatima")]
    assert hers["kind"].tolist() == ["connection"]


def test_help_and_refusals_are_the_seekers(office):
    assert len(acts(office, "help_given", "ana", "goran")) == 3
    assert len(acts(office, "introduction_declined", "ivo", "ana")) == 2
    assert acts(office, "recommendation", "chiara", "ana") == ["2021-01-01"]


def test_the_routes_are_those_of_the_story(office):
    G = acquainted(office)
    through_ben = list(nx.all_simple_paths(G, "ana", "kofi", 3))
    assert through_ben == [["ana", "ben", "kofi"]]
    assert list(nx.all_simple_paths(G, "ana", "lena", 3)) == [["ana", "chiara", "lena"]]
    assert list(nx.all_simple_paths(G, "ana", "jun", 3)) == [["ana", "ben", "jun"]]


def test_mara_is_behind_exactly_three_intermediaries(office):
    routes = list(nx.all_simple_paths(acquainted(office), "ana", "mara"))
    assert routes == [["ana", "ben", "kofi", "nils", "mara"]]


def test_people_on_a_route_are_connected(office):
    route = ("ana", "ben", "kofi", "nils", "mara")
    for one, other in pairwise(route):
        assert acts(office, "connection", one, other) == ["2016-01-01"]

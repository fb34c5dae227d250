"""Who is who in one archive."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph._text import slug_of
from trustgraph.ingest.identity import CONNECTION, OwnerFacts, Roster, how_many, least

ANA = OwnerFacts("ana-lima", "Ana Lima", organisation="Initech")


def resolve(*mentions, owner=ANA):
    """Resolve (slug, name, organisation, is a connection) tuples; connections come first."""
    roster = Roster()
    order = []
    for is_connection in (True, False):
        rows = [(n, one) for n, one in enumerate(mentions) if bool(one[3:]) == is_connection]
        frame = pd.DataFrame(
            [(slug, name, place) for _, (slug, name, place, *_) in rows],
            columns=["slug", "name", "organisation"],
        )
        roster.mention(frame, **({"rank": CONNECTION} if is_connection else {}))
        order += [n for n, _ in rows]
    found = roster.resolve(owner)
    assert found.ids[-1] == owner.id
    ids = dict(zip(order, found.ids, strict=False))
    return [ids[n] for n in range(len(mentions))], found


@pytest.mark.parametrize(
    ("mentions", "ids"),
    [
        # An address is a person, under whatever name.
        ([("bo", "Bo Ek", ""), ("bo", "Bo Eklund", "")], ["bo", "bo"]),
        # A unique full name is the person of that name.
        ([("bo", "Bo Ek", "", 1), ("", "BO  EK", "")], ["bo", "bo"]),
        # Two of a name: the organisation decides, legal form or not; else nobody.
        (
            [
                ("bo-1", "Bo Ek", "Acme", 1),
                ("bo-2", "Bo Ek", "Globex", 1),
                ("", "Bo Ek", "ACME Inc."),
            ],
            ["bo-1", "bo-2", "bo-1"],
        ),
        (
            [
                ("bo-1", "Bo Ek", "Acme", 1),
                ("bo-2", "Bo Ek", "Globex", 1),
                ("", "Bo Ek", "Initech"),
            ],
            ["bo-1", "bo-2", ""],
        ),
        (
            [("bo-1", "Bo Ek", "", 1), ("bo-2", "Bo Ek", "", 1), ("", "Bo Ek", "")],
            ["bo-1", "bo-2", ""],
        ),
        # Two of a name at one organisation: nobody.
        (
            [("bo-1", "Bo Ek", "Acme", 1), ("bo-2", "Bo Ek", "Acme", 1), ("", "Bo Ek", "Acme")],
            ["bo-1", "bo-2", ""],
        ),
        # Unknown people are known by name and organisation, the same one once.
        (
            [("", "Jo No", "Acme"), ("", "jo no", "Acme Inc"), ("", "Jo No", "")],
            ["Jo No|Acme", "Jo No|Acme", "Jo No|Acme"],
        ),
        (
            [("", "Jo No", "Acme"), ("", "Jo No", "Globex"), ("", "Jo No", "")],
            ["Jo No|Acme", "Jo No|Globex", ""],
        ),
        ([("", "Jo No", ""), ("", "JO NO", "")], ["JO NO|", "JO NO|"]),
        # A connection without address is the one person of that name who has one.
        ([("", "Bo Ek", "Acme", 1), ("bo", "bo ek", "")], ["bo", "bo"]),
        # … but not if there are two of either, or if that address is a connection itself.
        (
            [("", "Bo Ek", "Acme", 1), ("bo-1", "Bo Ek", ""), ("bo-2", "Bo Ek", "")],
            ["Bo Ek|Acme", "bo-1", "bo-2"],
        ),
        (
            [("", "Bo Ek", "Acme", 1), ("", "Bo Ek", "Globex", 1), ("bo", "Bo Ek", "")],
            ["Bo Ek|Acme", "Bo Ek|Globex", "bo"],
        ),
        ([("", "Bo Ek", "Acme", 1), ("bo", "Bo Ek", "", 1)], ["Bo Ek|Acme", "bo"]),
        # The owner's name means the owner, unless a namesake is known.
        ([("", "ana lima", "")], ["ana-lima"]),
        ([("ana-2", "Ana Lima", "", 1), ("", "Ana Lima", "")], ["ana-2", "ana-2"]),
        ([("ana-lima", "A. Lima", "")], ["ana-lima"]),
        # An anonymous address may be anybody of that name: nothing is joined by itself.
        ([("bo", "Bo Ek", "", 1), ("acoaab12", "Bo Ek", "")], ["bo", "acoaab12"]),
        (
            [("bo", "Bo Ek", "", 1), ("acoaab12", "Bo Ek", ""), ("", "Bo Ek", "")],
            ["bo", "acoaab12", ""],
        ),
        # Nobody has no id.
        ([("", "", "")], [""]),
    ],
)
def test_mentions_become_people(mentions, ids):
    assert resolve(*mentions)[0] == ids


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/zo%C3%AB-ng",
        "https://www.linkedin.com/in/ZO%c3%ab-ng/",
        "www.linkedin.com/in/zoë-ng",
        "http://de.linkedin.com/in/zoe\u0308-ng?trk=x",
        "https://www.linkedin.com/in/zoe%CC%88-ng",
    ],
)
def test_an_address_in_any_form_is_one_person(address):
    assert slug_of(address) == "zoë-ng"


def test_names_that_were_kept_apart_are_told():
    _, found = resolve(("", "Bo Ek", "Acme", 1), ("bo-1", "Bo Ek", ""), ("bo-2", "Bo Ek", ""))
    assert found.kept_apart == ("Bo Ek",)
    _, found = resolve(("", "Bo Ek", "Acme", 1), ("", "Bo Ek", "Globex", 1))
    assert found.kept_apart == ()


def test_facts_of_connections_count_before_those_met_elsewhere():
    _, found = resolve(
        ("bo", "Bo Ek", "Acme", 1), ("bo", "Bo X", "Other"), ("bo", "Bo X", "Other"), ("cy", "", "")
    )
    people = found.people.set_index("id")
    assert people.loc["bo", ["name", "organisation"]].tolist() == ["Bo Ek", "Acme"]
    assert people.loc["cy", "name"] == "cy"
    assert people.loc["ana-lima", ["name", "organisation"]].tolist() == ["Ana Lima", "Initech"]


def test_an_empty_roster_knows_the_owner_alone():
    found = Roster().resolve(ANA)
    assert found.people["id"].tolist() == ["ana-lima"]


MENTION = st.tuples(
    st.sampled_from(["", "", "bo-1", "bo-2", "ana-lima"]),
    st.sampled_from(["Bo Ek", "bo ek", "Cy Yun", "Ana Lima"]),
    st.sampled_from(["", "Acme", "Acme Inc", "Globex"]),
)


@settings(deadline=None)
@given(st.lists(MENTION, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(mentions, random):
    ids, found = resolve(*mentions)
    order = list(range(len(mentions)))
    random.shuffle(order)
    shuffled, again = resolve(*(mentions[n] for n in order))
    assert [shuffled[order.index(n)] for n in range(len(mentions))] == ids
    pd.testing.assert_frame_equal(found.people, again.people)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=9))
def test_the_fast_ways_to_count_and_take_the_least_equal_pandas_own(pairs):
    frame = pd.DataFrame(pairs, columns=["by", "value"], dtype="str")
    groups = frame.groupby("by")["value"]
    assert least(frame["value"], frame["by"]).to_dict() == groups.min().to_dict()
    assert how_many(frame["value"], frame["by"]).to_dict() == groups.nunique().to_dict()

"""The reader and the writer are two programs: what one writes the other finds."""

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.datasets._eras import ERAS as ERA_FORMS
from trustgraph.datasets._sample import sample_facts

from helpers.archive_truth import (
    expected_activity,
    expected_acts,
    expected_company_follows,
    expected_contacts,
    expected_education,
    expected_follows,
    expected_interests,
    expected_notes,
    expected_papers,
    expected_positions,
    expected_skills,
    expected_talks,
    found_acts,
    found_evidence,
    found_talks,
    nameless_contacts,
    told,
)
from helpers.linkedin_files import balance

ERAS = sorted(ERA_FORMS)
FACTS = ("name", "organisation", "position", "location")
APART = "a connection of this name may be one of several people met elsewhere; kept apart"


def strangers(net):
    """Return who stands in the address book alone."""
    book = net.facts.loc[net.facts["kind"] == "address_book", "person"]
    notes = net.facts.loc[net.facts["kind"] == "note", "person"]
    return set(book) - {*net.evidence["source"], *net.evidence["target"], *notes, *net.owners}


def found_acts_of(net):
    """Return the evidence that stands in tables of ties; whom the owner follows is none."""
    acts = found_evidence(net)
    return acts[acts["kind"] != "follow"].reset_index(drop=True)


def check(made):
    """Compare what is read with what an archive of that era can tell, row for row."""
    net, truth = tg.read_linkedin(made.path), told(made)
    assert net.owners == (truth.names.owner,)
    assert net.as_of == made.as_of
    pd.testing.assert_frame_equal(found_acts_of(net), truth.evidence, check_dtype=False)
    people = net.people[~net.people.index.isin(strangers(net))]
    assert set(people.index) == set(truth.people.index)
    for column in FACTS:
        assert people[column].to_dict() == truth.people[column].to_dict()
    addressed = net.people.index[net.people["url"] != ""]
    assert set(addressed) == set(truth.people.index[truth.people["slug"] != ""])
    positions = expected_positions(made)
    jobs = net.positions[net.positions["kind"] == "employer"].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        jobs[list(positions.columns)].astype(positions.dtypes.to_dict()), positions
    )
    apart = net.report.loc[net.report["reason"] == APART, "value"]
    assert tuple(apart) == truth.kept_apart
    rows = balance(net.report)
    for table in ("Connections", "messages", "Invitations", "Positions"):
        read, _, _ = rows.get(f"{table}.csv", (0, 0, 0))
        assert read == len(getattr(made, table.lower()))
    assert rows["Positions.csv"] == (len(made.positions), len(made.positions), 0)
    return net, truth


@pytest.mark.parametrize("era", ERAS)
def test_a_made_archive_is_read_as_it_was_meant(tmp_path, era):
    made = tg.datasets.make_archive(tmp_path, seed=21, connections=800, messages=4_000, era=era)
    net, truth = check(made)
    assert net.owner == made.owner.id
    kinds = set(net.evidence["kind"])
    assert kinds - {"follow"} == {
        "connection",
        "invitation",
        "message_day",
        "recommendation",
        "skill_endorsement",
    }
    # Before July 2023 hardly half of the people can be told by an address.
    by_address = truth.people["slug"].ne("").mean()
    assert by_address == 1 if era > 2023 else 0.05 < by_address < 1


@pytest.mark.parametrize("era", [era for era in ERAS if era > 2023])
def test_where_addresses_stand_throughout_the_truth_is_all_that_is_read(tmp_path, era):
    made = tg.datasets.make_archive(tmp_path, seed=22, connections=300, messages=900, era=era)
    truth = told(made)
    assert not truth.kept_apart
    assert set(truth.people.index) <= set(made.people.index)
    spam = made.people.drop(truth.people.index)
    assert not spam["connected"].any()  # strangers whom nothing but the spam folder names
    for column in ("name", "organisation", "position"):
        expected = made.people.loc[truth.people.index, column]
        assert truth.people[column].to_dict() == expected.to_dict()


@pytest.mark.parametrize("as_of", ["2023-07-22", "2023-12-01"])
def test_invitations_without_a_useful_address_are_read_by_name(tmp_path, as_of):
    check(
        tg.datasets.make_archive(
            tmp_path, seed=4, connections=150, messages=600, era=2023, as_of=as_of
        )
    )


@pytest.mark.parametrize("era", [2020, 2022])
def test_namesakes_stay_apart_where_no_address_tells_them(tmp_path, era):
    mix = tg.datasets.ArchiveMix(namesakes=0.4)
    made = tg.datasets.make_archive(
        tmp_path, seed=5, connections=200, messages=1_500, era=era, mix=mix
    )
    _, truth = check(made)
    assert len(truth.kept_apart) > 5


@pytest.mark.parametrize("era", ERAS)
def test_names_alone_mean_the_person_of_that_name_or_nobody(tmp_path, era):
    made = tg.datasets.make_archive(tmp_path, seed=6, connections=900, messages=300, era=era)
    book = made.contacts[made.contacts["name"] != ""]
    assert len(expected_contacts(made)) == len(made.contacts) - nameless_contacts(made) == len(book)
    for found, truth in (
        (expected_follows(made)["person"], made.follows["person"]),
        (expected_contacts(made)["person"], book["person"]),
    ):
        known = [(one, other) for one, other in zip(found, truth, strict=True) if one]
        assert known
        if era > 2023:
            assert all(one == other for one, other in known)
        assert not [one for one, other in zip(found, truth, strict=True) if one and not other]
    assert set(expected_notes(made)["person"]) <= set(told(made).people.index)


@pytest.mark.parametrize("era", ERAS)
def test_what_is_no_act_between_people_is_dated_as_the_files_can_say(tmp_path, era):
    made = tg.datasets.make_archive(tmp_path, seed=7, connections=200, messages=50, era=era)
    for table in ("certifications", "volunteering", "organizations", "projects"):
        frame = expected_papers(made, table)
        assert (frame["started"].dt.day == 1).all()
        assert (frame["finished"].dropna() + pd.Timedelta(days=1)).dt.day.eq(1).all()
    schools = expected_education(made)
    assert schools["started"].dt.strftime("%m-%d").eq("01-01").all()
    assert schools["finished"].dt.strftime("%m-%d").eq("12-31").all()
    activity, interests = expected_activity(made), expected_interests(made)
    assert activity["table"].value_counts().to_dict() == {
        name: len(getattr(made, name)) for name in ("comments", "reactions", "shares")
    }
    assert interests["table"].unique().tolist() == ["job_applications", "saved_jobs"]
    assert len(expected_company_follows(made)) > 1
    assert len(set(expected_skills(made))) == len(made.skills) > 3


@settings(max_examples=25, deadline=None)
@given(
    era=st.sampled_from(ERAS),
    seed=st.integers(0, 2**32 - 1),
    connections=st.integers(1, 30),
    messages=st.integers(0, 80),
    hidden=st.floats(0, 0.4),
    groups=st.floats(0, 0.5),
    namesakes=st.floats(0, 0.5),
)
def test_archives_of_any_size_are_read_as_they_were_meant(
    tmp_path_factory, era, seed, connections, messages, hidden, groups, namesakes
):
    made = tg.datasets.make_archive(
        tmp_path_factory.mktemp("any"),
        seed=seed,
        connections=connections,
        messages=messages,
        era=era,
        mix=tg.datasets.ArchiveMix(hidden=hidden, groups=groups, namesakes=namesakes),
    )
    # Whose address it is must stand somewhere: else the reader has to guess.
    assume(told(made).names.owner == made.owner.id)
    check(made)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_archive_of_the_sample_is_read_as_it_was_meant(number):
    owner = ("mira-sandquill", "jonas-ekwater", "adaeze-okelundu")[number]
    facts, net = sample_facts(owner), tg.read_linkedin(tg.datasets.sample_archives()[number])
    assert net.owner == owner
    assert net.as_of == facts.as_of
    # Jonas meets Søren in nothing but a group of seven, which says nothing about anybody.
    unseen = {"søren-lindhaug"} if owner == "jonas-ekwater" else set()
    assert set(net.people.index) - strangers(net) == set(facts.people.index) - unseen
    pd.testing.assert_frame_equal(found_acts_of(net), told(facts).evidence, check_dtype=False)


def test_the_pooled_sample_holds_what_the_three_archives_say():
    net = tg.datasets.load_sample()
    facts = [sample_facts(owner) for owner in net.owners]
    talks: dict[tuple[str, str, str], float] = {}
    for one in facts:
        for key, amount in expected_talks(one).items():
            talks[key] = max(talks.get(key, 0.0), amount)
    assert found_talks(net) == pytest.approx(talks)
    acts = {act for act in found_acts(net) if act[0] != "follow"}
    assert acts == set().union(*(expected_acts(one) for one in facts))
    people = set(net.people.index) - strangers(net)
    assert people == set().union(*(one.people.index for one in facts))
    assert str(net.as_of) == "2026-11-22 00:00:00+00:00"


def test_the_pooled_sample_counts_what_two_archives_say_once():
    table = tg.datasets.load_sample().evidence
    pair = table["source"].eq("jonas-ekwater") & table["target"].eq("mira-sandquill")
    assert table.loc[pair, "kind"].value_counts()[["message_day", "recommendation"]].tolist() == [
        36,
        1,
    ]
    ties = table[table["kind"] == "connection"]
    pairs = [frozenset(one) for one in zip(ties["source"], ties["target"], strict=True)]
    assert len(set(pairs)) == len(pairs)

"""The reader and the writer are two programs: what one writes the other finds."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.datasets._sample import sample_facts

from helpers.archive_truth import expected_acts, expected_talks, found_acts, found_talks

ENDS = ("source", "target")


def only_in_spam(made):
    """Return strangers whom nothing but the spam folder names."""
    spam = made.messages["folder"] == "SPAM"
    named = [made.messages["sender"], made.messages["recipients"].explode()]
    acts = [frame[end] for frame in (made.invitations, made.endorsements) for end in ENDS]
    kept = set().union(*(column[~spam[column.index]] for column in named), *acts)
    return {
        person
        for column in named
        for person in column[spam[column.index]].dropna()
        if person and person not in kept and not made.people.loc[person, "connected"]
    }


def check(made):
    net = tg.read_linkedin(made.path)
    assert net.owners == (made.owner.id,)
    assert net.as_of == made.as_of
    people = made.people.drop(list(only_in_spam(made)))
    assert set(net.people.index) == set(people.index)
    for column in ("name", "organisation", "position"):
        assert net.people[column].to_dict() == people[column].to_dict()
    assert found_talks(net) == pytest.approx(expected_talks(made))
    assert found_acts(net) == expected_acts(made)
    clicks = made.endorsements[made.endorsements["status"] == "ACCEPTED"]
    found = net.evidence[net.evidence["kind"] == "skill_endorsement"]
    assert found["amount"].sum() == len(clicks)
    return net


def test_a_made_archive_is_read_as_it_was_meant(tmp_path):
    made = tg.datasets.make_archive(tmp_path, seed=21, connections=800, messages=4_000)
    net = check(made)
    sent = made.invitations.set_index(["source", "target"])["sent_at"]
    found = net.evidence[net.evidence["kind"] == "invitation"].set_index(["source", "target"])["at"]
    # The clock of California shows the hour after 1 AM of 1 November twice.
    assert ((found - sent).abs() <= pd.Timedelta(hours=1)).all()
    assert ((found - sent).abs() == pd.Timedelta(0)).mean() > 0.95


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    connections=st.integers(1, 30),
    messages=st.integers(0, 80),
    hidden=st.floats(0, 0.4),
    groups=st.floats(0, 0.5),
)
def test_archives_of_any_size_are_read_as_they_were_meant(
    tmp_path_factory, seed, connections, messages, hidden, groups
):
    check(
        tg.datasets.make_archive(
            tmp_path_factory.mktemp("any"),
            seed=seed,
            connections=connections,
            messages=messages,
            mix=tg.datasets.ArchiveMix(hidden=hidden, groups=groups),
        )
    )


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_archive_of_the_sample_is_read_as_it_was_meant(number):
    owner = ("mira-sandquill", "jonas-ekwater", "adaeze-okelundu")[number]
    facts, net = sample_facts(owner), tg.read_linkedin(tg.datasets.sample_archives()[number])
    assert net.owner == owner
    assert net.as_of == facts.as_of
    # Jonas meets Søren in nothing but a group of seven, which says nothing about anybody.
    unseen = {"søren-lindhaug"} if owner == "jonas-ekwater" else set()
    assert set(net.people.index) == set(facts.people.index) - unseen
    assert found_talks(net) == pytest.approx(expected_talks(facts))
    assert found_acts(net) == expected_acts(facts)


def test_the_pooled_sample_holds_what_the_three_archives_say():
    net = tg.datasets.load_sample()
    facts = [sample_facts(owner) for owner in net.owners]
    talks: dict[tuple[str, str, str], float] = {}
    for one in facts:
        for key, amount in expected_talks(one).items():
            talks[key] = max(talks.get(key, 0.0), amount)
    assert found_talks(net) == pytest.approx(talks)
    assert found_acts(net) == set().union(*(expected_acts(one) for one in facts))
    assert set(net.people.index) == set().union(*(one.people.index for one in facts))
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

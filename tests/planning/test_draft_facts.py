"""Every claim about a tie is borne out by a record of it; without records there is none."""

import re
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.introductions import TieRecord
from trustgraph.planning import draft_request
from trustgraph.planning.draft_facts import month_of

MONTHS = (
    "January February March April May June July August September October November December"
).split()
SILENT = ("follow", "invitation", "message_unanswered", "public_reaction", "a kind of one's own")
BAD = ("introduction_declined", "endorsement_failed")
# Sentence -> the kind that bears it out; written down again, not taken from the code.
WHEN = r"(?: (?:in|between|since) [A-Za-z0-9 ]+)?"
CLAIMS = {
    rf"We worked in the same team{WHEN}\.": "same_team_year",
    rf"We worked on (?:a project|several projects) together{WHEN}\.": "project",
    rf"You (?:wrote|have written) a recommendation for me{WHEN}\.": "recommendation",
    rf"You (?:introduced me to somebody{WHEN}|have introduced me before)\.": "introduction_made",
    rf"You (?:helped me{WHEN}|have helped me before)\.": "help_given",
    r"We (?:were last in touch in [A-Za-z0-9 ]+|have been in touch)\.": "conversation_day",
    r"We (?:last met in [A-Za-z0-9 ]+|have met)\.": "meeting_day",
    rf"We (?:have been connected{WHEN}|are connected)\.": "connection",
    r"I believe we were at the same employer at one time; please correct me if not\.": (
        "same_employer_year"
    ),
    r"I believe we went to the same school; please correct me if not\.": "same_school",
}
GUESSED = {"same_employer_year", "same_school"}
THEIRS = {"recommendation", "introduction_made", "help_given"}
KINDS = (*CLAIMS.values(), "skill_endorsement", *SILENT, *BAD)

DAYS = st.one_of(
    st.just(""), st.dates().filter(lambda day: day.year > 1900).map(lambda day: day.isoformat())
)


@st.composite
def records(draw, kinds=KINDS):
    chosen = draw(st.lists(st.sampled_from(kinds), unique=True, max_size=4))
    found = []
    for kind in chosen:
        first, last = sorted([draw(DAYS), draw(DAYS)])
        direction = draw(st.sampled_from(["out", "in", "both"]))
        count = draw(st.integers(0, 3))
        found.append(TieRecord(kind=kind, count=count, first=first, last=last, direction=direction))
    return tuple(found)


def path_of(length):
    people = ["ana", "bo", "cy", "di"][: length + 1]
    edges = [(b, a, {"trust": 0.9}) for a, b in pairwise(people)]
    return tg.find_introductions(nx.DiGraph(edges), people[0], people[-1])[0]


PATHS = {length: path_of(length) for length in (1, 2, 3)}


def with_records(path, first, further=(), **fields):
    steps = list(path.steps)
    steps[0] = steps[0].replace(evidence=first, **fields)
    if len(steps) > 1:
        steps[1] = steps[1].replace(evidence=further, **fields)
    return path.replace(steps=tuple(steps))


def sentences(text):
    return [part for line in text.split("\n") for part in re.split(r"(?<=[.?!])\s+", line) if part]


def ask_for(path, **fields):
    return tg.Ask(seeker=path.path[0], target=path.path[-1], **fields)


ASKS = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.sampled_from(["data", "a new role", "Berlin"])
            for name in ("interest", "role", "organisation", "location", "timing", "why_me")
        },
        "purpose": st.sampled_from(["vouch", "reach"]),
        "incentive": st.sampled_from(
            [tg.Incentive(), tg.Incentive(kind="gift"), tg.Incentive(kind="payment")]
        ),
    },
)


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(PATHS)),
    st.tuples(records(), records()),
    ASKS,
    # Observed, assumed: most of what can be said is said of a tie on record, to the introducer.
    st.sampled_from([*[(True, False)] * 4, (False, False), (True, True), (False, True)]),
    st.sampled_from([*["introducer"] * 4, "target", "thanks"]),
)
def test_every_claim_about_a_tie_has_its_record(length, found, fields, marks, to):
    (first, further), (observed, assumed) = found, marks
    bare = PATHS[length]
    ask = ask_for(bare, **fields)
    path = with_records(bare, first, further, observed=observed, assumed=assumed)
    told = draft_request(path, ask, to=to)
    silent = draft_request(with_records(bare, ()), ask, to=to)
    known = {record.kind: record for record in first if record.count}
    new = [one for one in sentences(told.body) if one not in sentences(silent.body)]
    relation = [one for one in new if not one.startswith(("I believe you know", "Would you"))]
    if to == "thanks" or (to == "target" and length > 1) or assumed:
        assert new == []
    for sentence in relation:
        (kind,) = [kind for form, kind in CLAIMS.items() if re.fullmatch(form, sentence)]
        record = known[kind]
        assert kind in GUESSED or observed
        assert not (kind in THEIRS and record.direction == "in")
        days = record.first, record.last
        for year in re.findall(r"\d+", sentence):
            assert any(day.startswith(f"{year}-") for day in days)
        for month in set(MONTHS) & set(re.findall(r"[A-Z]\w+", sentence)):
            assert any(int(day[5:7] or 0) == MONTHS.index(month) + 1 for day in days)
        fact = next(fact for fact in told.facts if fact.sentence == sentence)
        assert (fact.records, fact.asker, fact.asked) == ((record,), "ana", path.path[1])
        assert fact.basis == ("guess" if kind in GUESSED else "record")
    if any(one.startswith("I believe you know") for one in new):
        assert observed
        fact = next(fact for fact in told.facts if "you know" in fact.sentence)
        assert fact.records
        assert set(fact.records) <= set(further)
        assert {one.kind for one in fact.records} <= set(CLAIMS.values()) | {"skill_endorsement"}
        assert not {one.kind for one in fact.records} & GUESSED
    assert len(relation) <= 2
    assert {fact.sentence for fact in told.facts if fact.basis in {"record", "guess"}} <= set(new)


@settings(max_examples=30)
@given(st.sampled_from(sorted(PATHS)), records(SILENT + BAD), ASKS)
def test_records_that_show_nothing_good_are_not_told(length, found, fields):
    bare = PATHS[length]
    ask = ask_for(bare, **fields)
    told = draft_request(with_records(bare, found, found), ask)
    assert told.body == draft_request(bare, ask).body
    assert not [fact for fact in told.facts if fact.records]


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"kind": "same_team_year", "first": "2019-02-03", "last": "2021-05-06"},
         "We worked in the same team between 2019 and 2021."),
        ({"kind": "same_team_year", "first": "2019-02-03", "last": "2019-05-06"},
         "We worked in the same team in 2019."),
        ({"kind": "project", "first": "2019-02-03", "last": "2019-05-06"},
         "We worked on a project together between February 2019 and May 2019."),
        ({"kind": "project", "count": 2}, "We worked on several projects together."),
        ({"kind": "recommendation", "last": "2023-03-15", "direction": "out"},
         "You wrote a recommendation for me in March 2023."),
        ({"kind": "recommendation", "last": "2023-03-15"},
         "You have written a recommendation for me."),
        ({"kind": "help_given", "last": "2023-03-15", "direction": "out"},
         "You helped me in March 2023."),
        ({"kind": "introduction_made"}, "You have introduced me before."),
        ({"kind": "meeting_day", "last": "2024-12-31"}, "We last met in December 2024."),
        ({"kind": "conversation_day"}, "We have been in touch."),
        ({"kind": "connection", "first": "2016-01-01"},
         "We have been connected since January 2016."),
        ({"kind": "same_school", "last": "2016-01-01"},
         "I believe we went to the same school; please correct me if not."),
    ],
)  # fmt: skip
def test_a_record_is_told_in_its_words(record, sentence):
    path = with_records(PATHS[2], (TieRecord(**{"count": 1, **record}),))
    told = draft_request(path, ask_for(path))
    assert told.facts[0].sentence == sentence
    assert sentence in told.body


def test_the_strongest_deed_and_the_last_talk_are_told():
    kinds = ("connection", "same_school", "help_given", "recommendation", "project")
    found = tuple(TieRecord(kind=kind, count=1) for kind in kinds)
    talks = (
        TieRecord(kind="meeting_day", count=1, last="2025-02-01"),
        TieRecord(kind="conversation_day", count=1, last="2024-02-01"),
    )
    path = with_records(PATHS[2], found + talks)
    told = [fact.sentence for fact in draft_request(path, ask_for(path)).facts]
    assert told == ["We worked on a project together.", "We last met in February 2025."]
    path = with_records(PATHS[2], found)
    told = [fact.sentence for fact in draft_request(path, ask_for(path)).facts]
    assert told[1] == "You have written a recommendation for me."


def test_what_is_thin_or_guessed_is_said_so_to_the_seeker():
    for kind, word in {"connection": "a connection is all", "same_school": "is guessed"}.items():
        path = with_records(PATHS[2], (TieRecord(kind=kind, count=1),))
        assert any(word in note for note in draft_request(path, ask_for(path)).notes)
    silent = draft_request(PATHS[2], ask_for(PATHS[2]))
    assert "nothing on record says how you know bo; say it in your own words" in silent.notes
    assert "nothing on record says that bo knows cy; the draft asks" in silent.notes


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2024-03-15", "March 2024"),
        ("2024-12", "December 2024"),
        ("", ""),
        ("2024", ""),
        ("2024-13-01", ""),
        ("soon", ""),
    ],
)
def test_days_are_told_as_months(day, month):
    assert month_of(day) == month

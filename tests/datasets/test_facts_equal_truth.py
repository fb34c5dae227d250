"""What an archive says of its owner, and by whom else it names them: as the generator meant it."""

from collections import Counter

import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.datasets._eras import ERAS

from helpers.archive_truth import (
    expected_activity,
    expected_company_follows,
    expected_contacts,
    expected_education,
    expected_follows,
    expected_interests,
    expected_notes,
    expected_papers,
    expected_skills,
    nameless_contacts,
)
from helpers.linkedin_files import balance

NEVER = pd.Timestamp(0, tz="UTC")


@pytest.fixture(scope="module", params=sorted(ERAS))
def made(request, tmp_path_factory):
    return tg.datasets.make_archive(
        tmp_path_factory.mktemp("era"), seed=11, connections=250, messages=400, era=request.param
    )


@pytest.fixture(scope="module")
def net(made):
    return tg.read_linkedin(made.path)


def rows(frame, *columns):
    """Return rows with how often they stand there; no date is the same as no other."""
    table = frame[list(columns)]
    return Counter(
        tuple(None if value is pd.NaT else value for value in row)
        for row in table.itertuples(index=False, name=None)
    )


def said(net, kind, *columns):
    return rows(net.facts[net.facts["kind"] == kind], *columns)


def test_facts_are_the_owners_own(net, made):
    own = net.facts[~net.facts["kind"].isin(["note", "address_book"])]
    assert set(own["person"]) == {net.owner}
    assert set(net.facts["origin"]) == {net.owner}
    assert set(net.facts["kind"]) >= {"skill", "project", "share", "comment", "saved_job"}
    assert made.owner.name == net.people.loc[net.owner, "name"]


def test_skills_certificates_and_projects(net, made):
    assert said(net, "skill", "text") == Counter((name,) for name in expected_skills(made))
    papers = expected_papers(made, "certifications")
    assert said(net, "certification", "text", "organisation", "at", "until") == rows(
        papers, "name", "authority", "started", "finished"
    )
    projects = expected_papers(made, "projects")
    assert said(net, "project", "text", "at", "until") == rows(
        projects, "title", "started", "finished"
    )


@pytest.mark.parametrize(
    ("kind", "table", "title"),
    [
        ("school", "education", "degree"),
        ("volunteering", "volunteering", "role"),
        ("association", "organizations", "position"),
    ],
)
def test_schools_voluntary_work_and_memberships(net, made, kind, table, title):
    if kind == "school":
        expected = expected_education(made).rename(columns={"school": "organisation"})
    else:
        expected = expected_papers(made, table)
    found = net.positions[net.positions["kind"] == kind]
    assert set(found["person"]) <= {net.owner}
    assert rows(found, "organisation", "title", "started", "finished") == rows(
        expected, "organisation", title, "started", "finished"
    )


def test_what_the_owner_did_in_public_is_a_date(net, made):
    expected = expected_activity(made)
    for kind in ("share", "comment", "reaction"):
        times = expected[expected["table"] == f"{kind}s"].drop_duplicates()
        assert said(net, kind, "at", "text", "organisation") == Counter(
            (at, "", "") for at in times["at"]
        )


def test_what_the_owner_is_interested_in(net, made):
    expected = expected_interests(made)
    for kind, table in (("job_application", "job_applications"), ("saved_job", "saved_jobs")):
        jobs = expected[expected["table"] == table]
        assert said(net, kind, "organisation", "text", "at") == rows(
            jobs, "organisation", "title", "at"
        )
    follows = expected_company_follows(made)
    assert said(net, "company_follow", "organisation", "at") == rows(follows, "organisation", "at")


def test_notes_are_facts_about_connections(net, made):
    assert said(net, "note", "person", "at") == rows(expected_notes(made), "person", "created_on")


def test_whom_the_owner_follows_is_evidence_if_the_name_is_theirs_alone(net, made):
    follows = expected_follows(made)
    known = follows[(follows["person"] != "") & (follows["status"] == "Active")]
    found = net.evidence[net.evidence["kind"] == "follow"]
    assert rows(found, "target", "at") == rows(known, "person", "at")
    assert set(found["source"]) <= {net.owner}


def test_the_address_book_holds_people_and_no_ties(net, made):
    expected = expected_contacts(made)
    known = expected[expected["person"] != ""]
    book = net.facts[net.facts["kind"] == "address_book"]
    assert set(known["person"]) <= set(book["person"])
    strangers = book[~book["person"].isin(known["person"])]
    names = net.people.loc[strangers["person"], "name"]
    assert set(names) <= set(expected["name"])
    ends = {*net.evidence["source"], *net.evidence["target"]}
    lone = set(strangers["person"]) - ends
    assert not [one for one in lone if net.people.loc[one, "url"]]
    files = [file for file in balance(net.report) if "ontacts" in file]
    counted = sum(balance(net.report)[file][2] for file in files)
    assert counted >= nameless_contacts(made)


def test_what_an_address_book_holds_of_strangers_is_kept_nowhere(net, made):
    told = net.model_dump_json()
    secrets = [*made.contacts["email"], *made.contacts["phone"]]
    assert not [text for text in secrets if text and text in told]


def test_words_are_kept_if_they_are_asked_for(made, net):
    kept = tg.read_linkedin(made.path, keep_text=True)
    assert net.texts.empty
    assert kept.facts.equals(net.facts)
    assert kept.evidence.equals(net.evidence)
    words = {kind: set(part["text"]) for kind, part in kept.texts.groupby("kind")}
    assert {" ".join(text.split()) for text in words["share"]} >= {
        " ".join(text.split()) for text in made.shares["text"] if text
    }
    assert words.get("note", set()) == set(made.notes["text"])
    told = made.messages[~(made.messages["advert"] | made.messages["draft"])]
    assert words["message"] <= {text.strip() for text in told["content"]}
    assert kept.texts["at"].min() > NEVER


def test_no_word_of_anybody_is_kept_by_default(net, made):
    told = net.model_dump_json()
    bodies = {
        *made.messages["content"],
        *made.shares["text"],
        *made.comments["text"],
        *made.notes["text"],
        *made.recommendations["text"],
        *made.invitations["note"],
    }
    lines = {line.strip() for body in bodies for line in body.splitlines()}
    found = [line for line in lines if len(line) > 20 and line in told]
    assert not found

"""What is drawn beside ties is what the files of each era hold."""

import re

import pandas as pd
import pytest

from trustgraph import datasets
from trustgraph.datasets._cells import clock_text, java_text, moment_text
from trustgraph.datasets._eras import ERAS

from helpers.archive_files import table
from helpers.archive_forms import contents


@pytest.fixture(scope="module", params=sorted(ERAS))
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(str(request.param))
    return datasets.make_archive(folder, seed=8, connections=400, messages=50, era=request.param)


def activity(made, name):
    files = contents(made.path)
    return files[name + (f"_{made.member_id}" if made.era == 2026 else "") + ".csv"].decode()


def test_every_line_of_a_post_stands_in_quotes_of_its_own(made):
    end = "\r\n" if made.era < 2024 else "\n"
    text = activity(made, "Shares")
    several = [one for one in made.shares["text"] if "\n" in one]
    assert several
    for post in several:
        assert '"' + f'""{end}""'.join(post.split("\n")) + '",,,' in text
    # After decoding: take the quotes at line ends away, and the posts are there.
    name = "Shares.csv" if made.era < 2026 else f"Shares_{made.member_id}.csv"
    rows = table(made.path, name).rows
    posts = [re.sub('"\r?\n"', "\n", row["ShareCommentary"]) for row in rows]
    assert posts == made.shares["text"].tolist()
    assert [row["Date"] for row in rows] == moment_text(made.shares["at"])
    assert [row["Visibility"] for row in rows] == made.shares["visibility"].tolist()


def test_comments_spill_over_lines_and_escape_quotes_in_two_ways(made):
    text = activity(made, "Comments").replace("\r\n", "\n")
    _, *records = re.split(r"(?:^|\n)(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,)", text)
    assert len(records) == len(made.comments)
    said = []
    for record in records:
        message = record.split(",", 2)[2]
        if message.startswith('"'):
            quote = '\\"' if made.era >= 2025 else '""'
            assert message.count('"') == message.count(quote) * len(quote.strip("\\")) + 2
            message = message[1:-1].replace(quote, '"')
        else:
            assert '"' not in message
            assert "," not in message
        said.append(message)
    assert said == made.comments["text"].tolist()
    assert [record[:19] for record in records] == moment_text(made.comments["at"])
    # A line break alone makes nobody quote, so that a comment runs on over the next lines.
    assert text.count("\n") > len(records)
    assert "\nThank you!\nThe slides" not in text
    assert ",Thank you!\nThe slides are in the post." in text


def test_jobs_come_in_two_parts_in_a_folder_of_their_own(made):
    for name, date, truth in (
        ("Job Applications", "Application Date", made.job_applications),
        ("Saved Jobs", "Saved Date", made.saved_jobs),
    ):
        first, second = (table(made.path, f"Jobs/{name}{part}.csv").rows for part in ("", "_1"))
        rows = [*first, *second]
        assert second
        assert [row["Company Name"] for row in rows] == truth["organisation"].tolist()
        assert [row["Job Title"] for row in rows] == truth["title"].tolist()
        assert [row[date] for row in rows] == clock_text(truth["at"])
        assert (truth["at"].dt.second == 0).all()


def test_the_address_book_names_people_and_ways_to_reach_them(made):
    old = made.era < 2024
    rows = table(made.path, "Contacts.csv" if old else "ImportedContacts.csv").rows
    book = made.contacts
    assert [row["FirstName"] for row in rows] == book["first"].tolist()
    assert [row["LastName"] for row in rows] == book["last"].tolist()
    assert [row["Title"] for row in rows] == book["title"].tolist()
    assert [row["CreatedAt"] for row in rows] == clock_text(book["created_at"])
    assert all(row["Emails"].endswith("@mail.example") for row in rows)
    assert any(row["PhoneNumbers"] for row in rows)
    if old:
        assert [row["FullName"] for row in rows] == book["name"].tolist()
        assert [row["Companies"] for row in rows] == book["organisation"].tolist()
    assert book["organisation"].any() == old
    known = made.people[made.people["connected"]]
    met = book[book["person"] != ""]
    assert 0 < len(met) < len(book)
    assert set(met["person"]) <= set(known.index)
    assert met["name"].tolist() == known["name"][met["person"]].tolist()
    nameless = book["name"] == ""
    assert nameless.any()
    assert not book.loc[nameless, ["first", "last", "organisation", "title", "person"]].any(
        axis=None
    )


def test_follows_are_dated_and_name_people_met_nowhere_else_too(made):
    name = "Member_Follows.csv" if made.era < 2026 else f"Member_Follows_{made.member_id}.csv"
    rows = table(made.path, name).rows
    assert [list(row.values()) for row in rows] == [
        [at, status, name]
        for at, status, name in zip(
            moment_text(made.follows["at"]),
            made.follows["status"],
            made.follows["name"],
            strict=True,
        )
    ]
    assert set(made.follows["status"]) == {"Active", "Unfollow"}
    assert 0 < (made.follows["person"] != "").sum() < len(made.follows)
    places = table(made.path, "Company Follows.csv").rows
    assert [row["Organization"] for row in places] == made.company_follows["organisation"].tolist()
    assert [row["Followed On"] for row in places] == java_text(made.company_follows["at"])


def test_notes_are_about_connections_and_of_2026(made):
    if made.era < 2026:
        assert made.notes.empty
        return
    rows = table(made.path, "Notes.csv").rows
    assert [row["Note"] for row in rows] == made.notes["text"].tolist()
    assert any("\n" in row["Note"] for row in rows)
    assert {row["Edited On"] == "" for row in rows} == {True, False}
    created, edited = made.notes["created_on"], made.notes["edited_on"]
    assert (created <= edited)[edited.notna()].all()
    assert edited.max() < pd.Timestamp(made.as_of)
    since = made.connections.set_index("person")["connected_on"]
    assert (since[made.notes["person"]].to_numpy() <= created.to_numpy()).all()


@pytest.mark.parametrize(
    ("file", "name", "columns"),
    [
        ("Certifications", "certifications", {"Name": "name", "Authority": "authority"}),
        (
            "Volunteering",
            "volunteering",
            {"Company Name": "organisation", "Role": "role", "Cause": "cause"},
        ),
        ("Organizations", "organizations", {"Name": "organisation", "Position": "position"}),
        ("Projects", "projects", {"Title": "title"}),
    ],
)
def test_papers_of_the_owner_are_dated_by_months(made, file, name, columns):
    rows, truth = table(made.path, f"{file}.csv").rows, getattr(made, name)
    assert len(rows) == len(truth) > 0
    for column, fact in columns.items():
        assert [row[column] for row in rows] == truth[fact].tolist()
    for column, fact in (("Started On", "started"), ("Finished On", "finished")):
        months = [at.strftime("%b %Y") if at is not pd.NaT else "" for at in truth[fact]]
        assert [row[column] for row in rows] == months


def test_skills_and_reactions_are_the_truth(made):
    rows = table(made.path, "Skills.csv").rows
    assert [row["Name"] for row in rows] == made.skills["name"].tolist()
    lines = activity(made, "Reactions").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == made.reactions["reaction"].tolist()
    assert [line[:19] for line in lines] == moment_text(made.reactions["at"])


def test_all_facts_are_older_than_the_archive(made):
    for name, frame in vars(made).items():
        for column in frame.columns if isinstance(frame, pd.DataFrame) else ():
            if isinstance(frame[column].dtype, pd.DatetimeTZDtype) and len(frame):
                assert not (frame[column] >= made.as_of).any(), (name, column)

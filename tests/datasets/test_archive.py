import datetime as dt
import hashlib
import re
import unicodedata
import zipfile
from itertools import pairwise
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from trustgraph import datasets

from helpers.archive_files import table

MAIN = (
    "Connections.csv",
    "messages.csv",
    "Invitations.csv",
    "Endorsement_Received_Info.csv",
    "Endorsement_Given_Info.csv",
    "Recommendations_Received.csv",
    "Recommendations_Given.csv",
    "Profile.csv",
    "Positions.csv",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return datasets.make_archive(
        tmp_path_factory.mktemp("made"), seed=3, connections=900, messages=3_000
    )


def utc(text):
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=dt.UTC)


def slug_in(url):
    return unquote(url.rsplit("/in/", 1)[1])


# ----------------------------------------------------------------------------------- the container


def test_the_zip_has_the_name_of_a_complete_archive_of_that_day(made):
    assert made.path.name == "Complete_LinkedInDataExport_11-22-2026.zip"


def test_all_entries_are_deflated_files_built_at_the_same_moment(made):
    with zipfile.ZipFile(made.path) as archive:
        found = archive.infolist()
    assert {one.date_time for one in found} == {(2026, 11, 22, 0, 0, 0)}
    assert {one.compress_type for one in found} == {zipfile.ZIP_DEFLATED}
    assert not [one.filename for one in found if one.is_dir()]


def test_activity_files_carry_the_number_of_the_member(made):
    with zipfile.ZipFile(made.path) as archive:
        names = archive.namelist()
    numbered = sorted(name for name in names if re.search(r"_\d{5,}\.csv$", name))
    kinds = [name.rsplit("_", 1)[0] for name in numbered]
    assert kinds == [
        "Comments",
        "Hashtag_Follows",
        "InstantReposts",
        "Member_Follows",
        "Reactions",
        "Saved_Items",
        "Shares",
        "Votes",
    ]
    assert all(name.endswith(f"_{made.member_id}.csv") for name in numbered)


def test_files_that_look_like_messages_are_there_to_be_left_alone(made):
    rows = table(made.path, "guide_messages.csv").rows
    assert rows
    assert {row["FROM"] for row in rows} == {""}
    assert not table(made.path, "coach_messages.csv").rows
    with zipfile.ZipFile(made.path) as archive:
        assert archive.read("LearningCoachMessages.csv") == b"No conversations found"


def test_every_line_of_a_post_stands_in_its_own_quotes(made):
    text = table(made.path, f"Shares_{made.member_id}.csv").text
    assert '"We moved our pipelines.""\n""""\n""Here is how."' in text


@pytest.mark.parametrize("name", MAIN)
def test_files_are_utf8_with_line_feeds_and_none_at_the_end(made, name):
    with zipfile.ZipFile(made.path) as archive:
        content = archive.read(name)
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert not content.endswith(b"\n")


# ------------------------------------------------------------------------------------- connections


def test_connections_begin_with_the_three_lines_of_notes_byte_for_byte(made):
    text = table(made.path, "Connections.csv").text
    notes = text[:375]
    assert hashlib.sha1(notes.encode()).hexdigest().startswith("a9d247e449")  # noqa: S324
    assert text[375:].startswith(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    )


def test_connections_are_dated_with_two_digits_and_english_months_newest_first(made):
    dates = [row["Connected On"] for row in table(made.path, "Connections.csv").rows]
    months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    assert all(re.fullmatch(rf"\d\d ({months}) \d{{4}}", one) for one in dates)
    days = [dt.datetime.strptime(one, "%d %b %Y").replace(tzinfo=dt.UTC) for one in dates]
    assert days == sorted(days, reverse=True)
    assert days[0] < made.as_of


def test_addresses_of_connections_are_percent_encoded_in_upper_case(made):
    urls = [row["URL"] for row in table(made.path, "Connections.csv").rows if row["URL"]]
    prefix = "https://www.linkedin.com/in/"
    assert all(url.startswith(prefix) and url.isascii() for url in urls)
    assert all(quote(slug_in(url), safe="-._~") == url.removeprefix(prefix) for url in urls)
    encoded = [url for url in urls if "%" in url]
    assert 0 < len(encoded) < 0.3 * len(urls)
    assert len(set(urls)) == len(urls)


def test_hidden_members_leave_only_a_date(made):
    rows = table(made.path, "Connections.csv").rows
    hidden = [row for row in rows if not row["URL"]]
    assert len(hidden) == 9
    assert all(set(row.values()) == {"", row["Connected On"]} for row in hidden)
    assert ",,,,,," in table(made.path, "Connections.csv").text


def test_names_hold_what_real_names_hold(made):
    rows = table(made.path, "Connections.csv").rows
    lasts = [row["Last Name"] for row in rows]
    assert any(", PhD" in name for name in lasts)
    assert any("\xa0" in name for name in lasts)
    assert any("✨" in name for name in lasts)
    assert any(row["First Name"].startswith(" ") for row in rows)
    assert any(not row["First Name"].isascii() for row in rows)


def test_connections_are_the_truth(made):
    rows = table(made.path, "Connections.csv").rows
    known = made.connections.merge(made.people, left_on="person", right_index=True, how="left")
    assert [slug_in(row["URL"]).lower() if row["URL"] else "" for row in rows] == known[
        "person"
    ].tolist()
    assert [row["Company"] for row in rows] == known["organisation"].fillna("").tolist()
    assert [row["Email Address"] for row in rows] == known["email"].tolist()
    days = [dt.datetime.strptime(row["Connected On"], "%d %b %Y") for row in rows]  # noqa: DTZ007
    assert days == [day.to_pydatetime() for day in known["connected_on"].dt.tz_convert(None)]


# ---------------------------------------------------------------------------------------- messages


def test_every_field_of_the_messages_is_quoted_even_the_header(made):
    text = table(made.path, "messages.csv").text
    assert text.startswith('"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL",')
    # Take whole quoted fields away, and only separators remain.
    assert set(re.sub(r'"(?:[^"]|"")*"', "", text)) == {",", "\n"}
    assert table(made.path, "messages.csv").header[-3:] == [
        "ATTACHMENTS",
        "IS MESSAGE DRAFT",
        "IS CONVERSATION DRAFT",
    ]


def test_messages_hold_real_line_breaks_and_commas_and_quotes(made):
    texts = [row["CONTENT"] for row in table(made.path, "messages.csv").rows]
    for sign in ("\n", ",", '"'):
        assert any(sign in text for text in texts)


def test_conversations_stand_together_newest_first(made):
    rows = table(made.path, "messages.csv").rows
    order: list[str] = []
    newest: dict[str, dt.datetime] = {}
    last: dict[str, dt.datetime] = {}
    for row in rows:
        key, at = row["CONVERSATION ID"], utc(row["DATE"])
        assert key.startswith("2-")
        if key not in newest:
            order.append(key)
            newest[key] = at
        assert order[-1] == key  # contiguous
        assert at <= last.get(key, at)  # newest first within
        last[key] = at
    tops = [newest[key] for key in order]
    assert tops == sorted(tops, reverse=True)
    assert tops[0] < made.as_of


def test_messages_name_people_by_raw_slugs(made):
    rows = table(made.path, "messages.csv").rows
    urls = {row["SENDER PROFILE URL"] for row in rows} - {""}
    assert all("%" not in url for url in urls)
    assert any(not url.isascii() for url in urls)
    assert {unicodedata.normalize("NFC", slug_in(url)).lower() for url in urls} <= set(
        made.people.index
    )


def test_groups_join_names_by_a_bare_comma_and_leave_hidden_members_without_address(made):
    rows = table(made.path, "messages.csv").rows
    truth = made.messages
    assert len(rows) == len(truth)
    names = made.people["name"]
    shorter = 0
    for row, people, size in zip(rows, truth["recipients"], truth["size"], strict=True):
        if size <= 2:
            continue
        urls = row["RECIPIENT PROFILE URLS"].split(",")
        assert [slug_in(url).lower() for url in urls] == list(people)
        hidden = size - 1 - len(people)
        assert row["TO"] == ",".join([*names[list(people)], *["LinkedIn Member"] * hidden])
        shorter += hidden
    assert shorter > 0
    assert (truth["size"] > 5).any()


def test_adverts_come_from_nobody_with_an_address(made):
    rows = table(made.path, "messages.csv").rows
    adverts = [row for row, flag in zip(rows, made.messages["advert"], strict=True) if flag]
    assert len(adverts) == int(0.12 * (len(rows) - int(made.messages["note"].sum())))
    assert {row["SENDER PROFILE URL"] for row in adverts} == {""}
    assert {"", "LinkedIn Member"} < {row["FROM"] for row in adverts}
    assert all(row["CONVERSATION TITLE"] == "Sponsored Conversation" for row in adverts)
    assert all("spinmail-quill-editor__spin-break" in row["CONTENT"] for row in adverts)
    assert all("%FIRSTNAME%" in row["CONTENT"] for row in adverts)


def test_drafts_say_so_and_come_from_the_owner(made):
    rows = table(made.path, "messages.csv").rows
    drafts = [row for row in rows if row["IS MESSAGE DRAFT"] == "Yes"]
    assert len(drafts) == int(made.messages["draft"].sum()) > 0
    assert {row["FROM"] for row in drafts} == {made.owner.name}
    assert {row["IS MESSAGE DRAFT"] for row in rows} == {"Yes", "No"}


def test_folders_are_those_of_real_archives(made):
    rows = table(made.path, "messages.csv").rows
    assert {row["FOLDER"] for row in rows} <= {"INBOX", "ARCHIVE", "SPAM", ""}


def test_people_who_left_have_no_address(made):
    rows = table(made.path, "messages.csv").rows
    for row in rows:
        if row["FROM"] == "LinkedIn Member":
            assert row["SENDER PROFILE URL"] == ""
        if row["TO"] == "LinkedIn Member":
            assert row["RECIPIENT PROFILE URLS"] == ""
    assert any(row["TO"] == "LinkedIn Member" for row in rows)


def test_messages_are_the_truth(made):
    rows = table(made.path, "messages.csv").rows
    truth = made.messages
    assert [utc(row["DATE"]) for row in rows] == [at.to_pydatetime() for at in truth["at"]]
    senders = [
        slug_in(row["SENDER PROFILE URL"]).lower() if row["SENDER PROFILE URL"] else ""
        for row in rows
    ]
    assert senders == truth["sender"].tolist()
    assert [row["CONTENT"] for row in rows] == truth["content"].tolist()


# ------------------------------------------------------------------------- invitations and the rest


def test_invitations_are_blocks_by_direction_on_the_clock_of_california(made):
    rows = table(made.path, "Invitations.csv").rows
    directions = [row["Direction"] for row in rows]
    assert sum(a != b for a, b in pairwise(directions)) == 1
    pacific = ZoneInfo("America/Los_Angeles")
    for row, at in zip(rows, made.invitations["sent_at"], strict=True):
        assert re.fullmatch(r"\d{1,2}/\d{1,2}/\d\d, \d{1,2}:\d\d [AP]M", row["Sent At"])
        read = dt.datetime.strptime(row["Sent At"], "%m/%d/%y, %I:%M %p")  # noqa: DTZ007
        assert read == at.to_pydatetime().astimezone(pacific).replace(tzinfo=None)
        own = row["inviterProfileUrl" if row["Direction"] == "OUTGOING" else "inviteeProfileUrl"]
        assert slug_in(own) == made.owner.id


def test_invitations_are_those_of_the_last_180_days(made):
    accepted = made.invitations[made.invitations["accepted"]]
    others = set(accepted["source"]) | set(accepted["target"])
    known = made.connections.set_index("person")["connected_on"].drop("", errors="ignore")
    age = pd.Timestamp(made.as_of) - known
    recent = set(known.index[age < pd.Timedelta(days=180)])
    assert len(recent & others) > 0.9 * len(recent)
    assert not others - set(known.index[age <= pd.Timedelta(days=180)]) - {made.owner.id}
    assert (~made.invitations["accepted"]).any()


def test_notes_of_invitations_come_back_as_messages_of_the_day_of_acceptance(made):
    notes = made.messages[made.messages["note"]]
    assert len(notes)
    known = made.connections.set_index("person")["connected_on"]
    for row in notes.itertuples():
        other = row.recipients[0] if row.sender == made.owner.id else row.sender
        assert row.at.normalize() == known[other]
        sent = made.invitations[
            (made.invitations["source"] == row.sender)
            & (made.invitations["target"] == row.recipients[0])
        ]
        assert sent["note"].tolist() == [row.content]
        assert sent["sent_at"].iloc[0] <= row.at


def test_endorsements_have_raw_addresses_without_a_scheme(made):
    rows = table(made.path, "Endorsement_Received_Info.csv").rows
    received = made.endorsements[made.endorsements["target"] == made.owner.id]
    assert len(rows) == len(received) > 0
    assert all(row["Endorser Public Url"].startswith("www.linkedin.com/in/") for row in rows)
    assert any(not row["Endorser Public Url"].isascii() for row in rows)
    assert {row["Endorsement Status"] for row in rows} == {"ACCEPTED", "PENDING"}
    first = dt.datetime.strptime(rows[0]["Endorsement Date"], "%Y/%m/%d %H:%M:%S UTC")  # noqa: DTZ007
    assert first == received["at"].iloc[0].to_pydatetime().replace(tzinfo=None)
    given = table(made.path, "Endorsement_Given_Info.csv")
    assert given.header[-2:] == ["Endorsee Public Url", "Endorsement Status"]


def test_recommendations_name_people_without_an_address_by_a_unique_name(made):
    for name in ("Recommendations_Received.csv", "Recommendations_Given.csv"):
        found = table(made.path, name)
        assert ",".join(found.header) == (
            "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
        )
        for row in found.rows:
            assert re.fullmatch(r"\d\d/\d\d/\d\d, \d\d:\d\d [AP]M", row["Creation Date"])
            full = " ".join(f"{row['First Name']} {row['Last Name']}".split())
            assert (made.people["name"] == full).sum() == 1
    assert set(made.recommendations["status"]) == {"VISIBLE", "PENDING"}


def test_positions_and_profile_are_those_of_the_owner(made):
    rows = table(made.path, "Positions.csv").rows
    assert [row["Started On"] for row in rows] == ["Nov 2023", "Nov 2018"]
    assert [row["Finished On"] for row in rows] == ["", "Nov 2023"]
    profile = table(made.path, "Profile.csv").rows
    assert [(row["First Name"], row["Last Name"]) for row in profile] == [("Maren", "Oakquill")]
    assert "linkedin.com/in" not in table(made.path, "Profile.csv").text


# ------------------------------------------------------------------------------------- made by rule


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    twice = [
        datasets.make_archive(tmp_path / name, seed=11, connections=60, messages=200)
        for name in ("a", "b")
    ]
    assert twice[0].path.read_bytes() == twice[1].path.read_bytes()
    other = datasets.make_archive(tmp_path / "c", seed=12, connections=60, messages=200)
    assert other.path.read_bytes() != twice[0].path.read_bytes()


def test_another_owner_and_day_are_written_everywhere(tmp_path):
    made = datasets.make_archive(
        tmp_path,
        connections=40,
        messages=60,
        owner_name="Léa  van Brückenholt",
        as_of="2024-03-05T10:30:08Z",
    )
    assert made.path.name == "Complete_LinkedInDataExport_03-05-2024.zip"
    assert made.owner.id == "lea-van-bruckenholt"
    assert table(made.path, "Profile.csv").rows[0]["First Name"] == "Léa van"
    assert made.messages["at"].max() < pd.Timestamp(made.as_of)
    with zipfile.ZipFile(made.path) as archive:
        assert archive.infolist()[0].date_time == (2024, 3, 5, 10, 30, 8)


@pytest.mark.parametrize("wrong", [{"connections": -1}, {"messages": -5}])
def test_negative_numbers_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match="count rows"):
        datasets.make_archive(tmp_path, **wrong)


def test_shares_beyond_the_whole_are_refused():
    with pytest.raises(ValidationError, match="shares of one whole"):
        datasets.ArchiveMix(adverts=0.5, groups=0.4, gone=0.2)
    with pytest.raises(ValidationError):
        datasets.ArchiveMix(hidden=0.6)


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    connections=st.integers(0, 40),
    messages=st.integers(0, 60),
    shares=st.tuples(*[st.floats(0, 0.25)] * 4),
    hidden=st.floats(0, 0.5),
)
def test_archives_of_any_size_say_what_is_true(
    tmp_path_factory, seed, connections, messages, shares, hidden
):
    names = ("adverts", "groups", "gone", "drafts")
    mix = datasets.ArchiveMix(hidden=hidden, **dict(zip(names, shares, strict=True)))
    made = datasets.make_archive(
        tmp_path_factory.mktemp("any"),
        seed=seed,
        connections=connections,
        messages=messages,
        mix=mix,
    )
    rows = table(made.path, "messages.csv").rows
    assert len(table(made.path, "Connections.csv").rows) == len(made.connections) == connections
    assert len(rows) == len(made.messages) == messages
    known = set(made.people.index)
    assert made.owner.id in known
    assert made.people.index.is_unique
    for frame in (made.invitations, made.endorsements, made.recommendations):
        assert set(frame["source"]) | set(frame["target"]) <= known
        assert ((frame["source"] == made.owner.id) ^ (frame["target"] == made.owner.id)).all()
    people = made.messages["recipients"].explode().dropna()
    assert set(people) | set(made.messages["sender"]) - {""} <= known
    sent = made.messages
    for row, sender, named, size in zip(
        rows, sent["sender"], sent["recipients"], sent["size"], strict=True
    ):
        count = len(row["RECIPIENT PROFILE URLS"].split(",")) if named else 0
        assert count == len(named) <= size - 1
        assert made.owner.id in (sender, *named)


@pytest.mark.slow
def test_the_largest_archive_is_made_in_columns(tmp_path):
    made = datasets.make_archive(tmp_path, connections=30_000, messages=200_000)
    assert len(made.messages) == 200_000
    assert made.people.index.is_unique
    assert len(table(made.path, "Connections.csv").rows) == 30_000
    assert len(table(made.path, "messages.csv").rows) == 200_000

import hashlib
import re

import pytest

from trustgraph import datasets
from trustgraph.datasets._eras import ERAS, era_of
from trustgraph.datasets._form_ties import PREAMBLE

from helpers.archive_files import table
from helpers.archive_forms import contents

YEARS = sorted(ERAS)


SIX = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
SEVEN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NINE = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
TEN = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER"
)
QUOTED = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO",'
    '"RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","ATTACHMENTS",'
    '"IS MESSAGE DRAFT","IS CONVERSATION DRAFT"\n'
)
ASKED = "From,To,Sent At,Message,Direction"
ASKED_URL = f"{ASKED},inviterProfileUrl,inviteeProfileUrl\n"
RECEIVED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status\n"
RECEIVED_URL = (
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,"
    "Endorsement Status\n"
)
GIVEN = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status\n"
GIVEN_URL = (
    "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,"
    "Endorsement Status\n"
)
SHARED = "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility\r\n"
SHARED_NOW = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
BOOK = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles\n"
)
IMPORTED = "FirstName,MiddleName,LastName,Emails,PhoneNumbers,Title,Location,CreatedAt,UpdatedAt\n"
TAGS = "HashTag,CreatedTime,LastModifiedTime,State\r\n"
OLD_ACTIVITY = {
    "Comments.csv": "Date,Link,Message\r\n",
    "Reactions.csv": "Date,Type,Link\r\n",
    "Shares.csv": SHARED,
    "Votes.csv": "Date,Link,OptionText\r\n",
    "Saved_Items.csv": "savedItem,createdTime\r\n",
    "Member_Follows.csv": "Date,Status,FullName\r\n",
    "Contacts.csv": BOOK,
    "Rich Media.csv": "Type,Link\n",
    "SavedJobAlerts.csv": "Saved Search Date,Jobs Search Url",
    "Job Applicant Saved Answers.csv": "Question,Answer",
}
NEW_FILES = {
    "ImportedContacts.csv": IMPORTED,
    "Rich_Media.csv": "Date/Time,Media Description,Media Link\n",
    "SavedJobAlerts.csv": "ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID",
    "Jobs/Job Applicant Saved Answers.csv": "Question,Answer",
}
NEW_ACTIVITY = {
    "Comments": "Date,Link,Message\n",
    "Reactions": "Date,Type,Link\n",
    "Shares": SHARED_NOW,
    "Votes": "Date,Link,OptionText\n",
    "Saved_Items": "savedItem,CreatedTime\n",
    "Member_Follows": "Date,Status,FullName\n",
    "Hashtag_Follows": "HashTag,CreatedTime,LastModifiedTime,State\n",
    "InstantReposts": "Date,Link\n",
}
ALWAYS = {
    "Recommendations_Received.csv": (
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    ),
    "Recommendations_Given.csv": (
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    ),
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    ),
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n",
    "Skills.csv": "Name\n",
    "Languages.csv": "Name,Proficiency\n",
    "Courses.csv": "Name,Number",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\n",
    "Organizations.csv": "Name,Description,Position,Started On,Finished On\n",
    "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description\n",
    "Company Follows.csv": "Organization,Followed On\n",
    "Jobs/Job Applications.csv": (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers\n"
    ),
    "Jobs/Job Applications_1.csv": "Application Date,Contact Email,",
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name\n",
    "Jobs/Saved Jobs_1.csv": "Saved Date,Job Url,Job Title,Company Name\n",
}
NOTED = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n"
)
FORMS = {
    2020: {
        "Connections.csv": SIX,
        "messages.csv": NINE,
        "Invitations.csv": f"{ASKED}\n",
        "Endorsement_Received_Info.csv": RECEIVED,
        "Endorsement_Given_Info.csv": GIVEN,
        **OLD_ACTIVITY,
    },
    2022: {
        "Connections.csv": PREAMBLE + SIX,
        "Hashtag_Follows.csv": TAGS,
        "messages.csv": NINE,
        "Invitations.csv": f"{ASKED}\n",
        "Endorsement_Received_Info.csv": RECEIVED,
        "Endorsement_Given_Info.csv": GIVEN,
        **OLD_ACTIVITY,
    },
    2023: {
        "Connections.csv": PREAMBLE + SEVEN,
        "Hashtag_Follows.csv": TAGS,
        "messages.csv": f"{TEN}\n",
        "Invitations.csv": ASKED_URL,
        "Endorsement_Received_Info.csv": RECEIVED_URL,
        "Endorsement_Given_Info.csv": GIVEN_URL,
        **OLD_ACTIVITY,
    },
    2025: {
        "Connections.csv": PREAMBLE + SEVEN,
        "messages.csv": f"{TEN},ATTACHMENTS,IS MESSAGE DRAFT\n",
        "Invitations.csv": ASKED_URL,
        "Endorsement_Received_Info.csv": RECEIVED_URL,
        "Endorsement_Given_Info.csv": GIVEN_URL,
        **NEW_FILES,
        **{f"{name}.csv": header for name, header in NEW_ACTIVITY.items()},
    },
    2026: {
        "Connections.csv": PREAMBLE + SEVEN,
        "messages.csv": QUOTED,
        "Invitations.csv": ASKED_URL,
        "Endorsement_Received_Info.csv": RECEIVED_URL,
        "Endorsement_Given_Info.csv": GIVEN_URL,
        "Notes.csv": NOTED,
        **NEW_FILES,
        **{f"{name}_{{member}}.csv": header for name, header in NEW_ACTIVITY.items()},
    },
}


@pytest.fixture(scope="module", params=YEARS)
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(str(request.param))
    return datasets.make_archive(folder, seed=8, connections=400, messages=1_200, era=request.param)


def test_the_files_of_an_era_have_its_names_and_headers_byte_for_byte(made):
    files = contents(made.path)
    for name, header in (FORMS[made.era] | ALWAYS).items():
        found = files[name.format(member=made.member_id)]
        assert found.startswith(header.encode()), name


def test_no_era_has_files_of_another(made):
    names = set(contents(made.path))
    here = {name.format(member=made.member_id) for name in FORMS[made.era]}
    others = {
        name.format(member=made.member_id)
        for year, form in FORMS.items()
        if year != made.era
        for name in form
    }
    assert not names & (others - here)
    assert ("LearningCoachMessages.csv" in names) == (made.era == 2026)
    assert ("guide_messages.csv" in names) == (made.era >= 2025)
    assert bool([name for name in names if re.search(r"_\d{5,}\.csv$", name)]) == (made.era == 2026)


def test_only_activity_files_before_2024_end_their_lines_as_windows_does(made):
    for name, text in contents(made.path).items():
        activity = re.match(
            "Comments|Reactions|Shares|Votes|Saved_Items|Member_Follows|Hashtag_Follows", name
        )
        if activity and made.era < 2024:
            assert text.count(b"\r\n") == text.count(b"\n") > 0, name
        else:
            assert b"\r" not in text, name
        assert not text.endswith(b"\n"), name


def test_the_archive_is_called_after_a_day_of_its_era(made):
    day = "10-22-2023" if made.era == 2023 else f"11-22-{made.era}"
    assert made.path.name == f"Complete_LinkedInDataExport_{day}.zip"
    assert made.as_of.year == made.era


def test_an_unknown_era_is_refused_with_those_that_are_known(tmp_path):
    for wrong in (2021, "2026", None):
        with pytest.raises(ValueError, match="known eras: 2020, 2022, 2023, 2025, 2026"):
            datasets.make_archive(tmp_path, era=wrong)
    assert not list(tmp_path.iterdir())


def test_an_archive_of_nobody_has_all_files_too(tmp_path):
    for era in YEARS:
        made = datasets.make_archive(tmp_path, connections=0, messages=0, era=era)
        assert set(FORMS[era]) <= {
            name.replace(str(made.member_id), "{member}") for name in contents(made.path)
        }
        assert made.notes.empty
        assert not made.contacts["person"].any()


def test_the_forms_are_known_by_their_year():
    assert [ERAS[year].year for year in YEARS] == YEARS
    assert era_of(2026) is ERAS[2026]


def test_the_notes_above_the_connections_are_the_known_bytes():
    assert len(PREAMBLE) == 375
    assert hashlib.sha1(PREAMBLE.encode()).hexdigest()[:10] == "a9d247e449"  # noqa: S324


# ------------------------------------------------------------------------- what the rows look like


def test_before_july_2023_no_address_of_a_connection_or_recipient_is_shown(made):
    rows = table(made.path, "messages.csv").rows
    assert any(row["SENDER PROFILE URL"] for row in rows)
    assert ("RECIPIENT PROFILE URLS" in rows[0]) == (made.era >= 2023)
    text = table(made.path, "Connections.csv").text[len(PREAMBLE) :]
    assert ("linkedin.com/in/" in text) == (made.era >= 2023)


def test_before_2026_a_message_is_one_line_and_quoted_only_where_it_must_be(made):
    file = table(made.path, "messages.csv")
    several = any("\n" in row["CONTENT"] for row in file.rows)
    assert several == (made.era == 2026)
    assert file.text.startswith('"') == (made.era == 2026)
    if made.era < 2026:
        assert file.text.count("\n") == len(file.rows)


def test_drafts_and_attachments_are_there_since_columns_name_them(made):
    truth = made.messages
    assert truth["draft"].any() == (made.era >= 2025)
    assert truth["attachments"].any() == (made.era >= 2025)
    rows = table(made.path, "messages.csv").rows
    assert len(rows) == len(truth) == 1_200
    assert [row["CONTENT"] for row in rows] == truth["content"].tolist()


def test_email_is_seldom_shown(tmp_path):
    made = datasets.make_archive(tmp_path, seed=1, connections=4_000, messages=0)
    share = (made.connections["email"] != "").mean()
    assert 0.003 <= share <= 0.046


def test_invitations_of_2023_carry_numbers_and_then_an_address_of_nobody(tmp_path):
    july = datasets.make_archive(
        tmp_path / "july", connections=300, messages=0, era=2023, as_of="2023-07-22"
    )
    found = table(july.path, "Invitations.csv")
    assert ",".join(found.header) == f"{ASKED},inviterProfileUrn,inviteeProfileUrn"
    assert found.rows
    for row in found.rows:
        mine = row["inviterProfileUrn" if row["Direction"] == "OUTGOING" else "inviteeProfileUrn"]
        assert mine == f"urn:li:member:{july.member_id}"
        assert re.fullmatch(r"urn:li:member:\d+", row["inviterProfileUrn"])
        assert row["inviterProfileUrn"] != row["inviteeProfileUrn"]
    october = datasets.make_archive(tmp_path, connections=300, messages=0, era=2023)
    rows = table(october.path, "Invitations.csv").rows
    ends = {row[f"invit{who}ProfileUrl"] for row in rows for who in ("er", "ee")}
    assert ends == {"https://www.linkedin.com/in"}


def test_the_second_hour_of_a_night_in_november_is_in_no_invitation(tmp_path):
    made = datasets.make_archive(tmp_path, connections=3_000, messages=0)
    assert (made.invitations["sent_at"].dt.hour != 9).all()
    assert (made.invitations["sent_at"].dt.hour == 8).any()

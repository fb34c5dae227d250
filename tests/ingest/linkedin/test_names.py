"""Which table a file holds, by its name."""

import pytest

from trustgraph.ingest.linkedin.names import DECOYS, KNOWN, file_key
from trustgraph.ingest.linkedin.registry import ENTRIES, FILES


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Connections.csv", "connections"),
        ("connections.CSV", "connections"),
        ("Connections (1).csv", "connections"),
        ("Connections_1.csv", "connections"),
        ("Messages.csv", "messages"),
        ("messages_1234567.csv", "messages"),
        ("messages_1234567_2.csv", "messages"),
        ("messages.csv.csv", "messages"),
        ("Invitations.csv", "invitations"),
        ("Recommendations Received.csv", "recommendations_received"),
        ("Recommendations_Received.csv", "recommendations_received"),
        ("Recommendations_Given_987654.csv", "recommendations_given"),
        ("Endorsement_Received_Info.csv", "endorsements_received"),
        ("Endorsements Given.csv", "endorsements_given"),
        ("Profile.csv", "profile"),
        ("Positions.csv", "positions"),
        ("Education.csv", "education"),
        ("Volunteering.csv", "volunteering"),
        ("Organizations.csv", "organizations"),
        ("Skills.csv", "skills"),
        ("Certifications.csv", "certifications"),
        ("Projects.csv", "projects"),
        ("Company Follows.csv", "company_follows"),
        ("Job Applications.csv", "job_applications"),
        ("Job Applications_1.csv", "job_applications"),
        ("Saved Jobs.csv", "saved_jobs"),
        ("Saved Jobs_1.csv", "saved_jobs"),
        ("Shares.csv", "shares"),
        ("Shares_12345678.csv", "shares"),
        ("Comments_12345678.csv", "comments"),
        ("Reactions_12345678_1.csv", "reactions"),
        ("Member_Follows_12345678.csv", "member_follows"),
        ("Notes.csv", "notes"),
        ("Contacts.csv", "contacts"),
        ("ImportedContacts.csv", "contacts"),
        ("Imported Contacts.csv", "contacts"),
    ],
)
def test_a_table_is_known_under_all_its_names(name, table):
    assert FILES[file_key(name)].name == table


@pytest.mark.parametrize(
    "name",
    [
        "InstantReposts_12345678.csv",
        "Votes_12345678.csv",
        "Hashtag_Follows_12345678.csv",
        "Languages.csv",
        "PhoneNumbers.csv",
        "Phone Numbers.csv",
        "Rich Media.csv",
        "Rich_Media.csv",
        "Saved_Items_70020304.csv",
        "Receipts_v2.csv",
        "Job Applicant Saved Screening Question Responses_1.csv",
        "Profile Summary.csv",
        "Whatsapp Phone Numbers.csv",
        "Private_identity_asset.csv",
    ],
)
def test_other_known_files_are_told_from_unknown_ones(name):
    assert file_key(name) in KNOWN


@pytest.mark.parametrize(
    "name",
    [
        "guide_messages.csv",
        "coach_messages.csv",
        "learning_coach_messages.csv",
        "learning_role_play_messages.csv",
        "LearningCoachMessages.csv",
    ],
)
def test_talks_with_an_assistant_are_recognised(name):
    assert file_key(name) in DECOYS


def test_no_name_means_two_things():
    assert not FILES.keys() & KNOWN
    assert not FILES.keys() & DECOYS
    assert len(FILES) == sum(len(entry.files) for entry in ENTRIES)
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert not KNOWN & DECOYS


@pytest.mark.parametrize("name", ["12345.csv", "_1.csv", ".csv", "v2.csv", ""])
def test_a_name_of_nothing_but_numbers_is_no_table(name):
    assert file_key(name) not in FILES


def test_long_tables_have_many_parts():
    assert file_key("messages_12.csv") == file_key("messages_123.csv") == "messages"
    assert file_key("Receipts_v2.csv") == "receiptsv2"

"""Which table a file holds, by its name."""

import pytest

from trustgraph.ingest.linkedin.names import DECOYS, KNOWN, TABLES, file_key


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
    ],
)
def test_a_table_is_known_under_all_its_names(name, table):
    assert TABLES[file_key(name)] == table


@pytest.mark.parametrize(
    "name",
    [
        "Shares_12345678.csv",
        "Shares.csv",
        "Rich Media.csv",
        "Rich_Media.csv",
        "Saved_Items_70020304.csv",
        "Company Follows.csv",
        "Receipts_v2.csv",
        "Job Applications_1.csv",
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
    assert not TABLES.keys() & KNOWN
    assert not TABLES.keys() & DECOYS
    assert not KNOWN & DECOYS


@pytest.mark.parametrize("name", ["12345.csv", "_1.csv", ".csv", "v2.csv", ""])
def test_a_name_of_nothing_but_numbers_is_no_table(name):
    assert file_key(name) not in TABLES

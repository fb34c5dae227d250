"""Whose archive it is."""

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError

from helpers.linkedin_files import (
    POSITIONS,
    PROFILE,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    table,
)

ANA, BO, CY, DI = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>", "Di Wu <di-wu>"
TIES = connections([connection("Bo Ek", "bo-ek", company="Acme"), connection("Cy Yun", "cy-yun")])
ASKED = invitations([invitation(ANA, BO, "OUTGOING"), invitation(CY, ANA, "INCOMING")])


def profile(name):
    first, _, last = name.partition(" ")
    return table(PROFILE, [{"First Name": first, "Last Name": last}])


def read(tmp_path, owner=None, **files):
    texts = {f"{name}.csv": text for name, text in files.items()}
    return tg.read_linkedin(folder(tmp_path, texts), owner=owner)


def test_the_invitations_tell_the_owner(tmp_path):
    net = read(tmp_path, Connections=TIES, Invitations=ASKED)
    assert net.owner == "ana-lima"
    assert net.person("ana-lima").name == "Ana Lima"


def test_the_invitations_outvote_one_odd_row(tmp_path):
    rows = [
        invitation(ANA, BO, "OUTGOING"),
        invitation(ANA, CY, "OUTGOING"),
        invitation(DI, "Al Oy <al-oy>", "INCOMING"),
    ]
    assert read(tmp_path, Invitations=invitations(rows)).owner == "ana-lima"


def test_the_name_of_the_profile_tells_the_address_in_the_messages(tmp_path):
    # Di is seen as often as Ana.
    rows = [message(DI, ANA), message(ANA, DI)]
    net = read(tmp_path, Profile=profile("ANA LIMA"), messages=messages(rows))
    assert net.owner == "ana-lima"
    assert net.person(net.owner).name == "ANA LIMA"


def test_whoever_is_seen_in_most_conversations_is_the_owner(tmp_path):
    rows = [message(DI, ANA), message(BO, ANA), message(ANA, CY)]
    assert read(tmp_path, messages=messages(rows)).owner == "ana-lima"


def test_a_connection_is_not_the_owner(tmp_path):
    # One conversation of two: only the one who is no connection can be the owner.
    net = read(tmp_path, Connections=TIES, messages=messages([message(BO, ANA), message(BO, ANA)]))
    assert net.owner == "ana-lima"


def test_adverts_do_not_tell_the_owner(tmp_path):
    rows = [
        message(DI, "LinkedIn Member", title="Sponsored Conversation", talk=str(n))
        for n in range(9)
    ]
    net = read(tmp_path, messages=messages([*rows, message(BO, ANA), message(CY, ANA)]))
    assert net.owner == "ana-lima"


def test_where_two_are_seen_equally_often_nobody_is_taken(tmp_path):
    net = read(tmp_path, Connections=TIES, messages=messages([message(DI, ANA), message(ANA, DI)]))
    assert net.owner == "me"
    doubt = net.report[net.report["value"] == "me"].iloc[0]
    assert doubt["level"] == "warning"
    assert "owner=" in doubt["mend"]


def test_one_stranger_who_wrote_once_is_not_taken_for_the_owner(tmp_path):
    # Before July 2023 recipients have no address: the recruiter is the only one seen.
    net = read(
        tmp_path,
        Connections=connections([connection("Bo Ek")], era="2020"),
        Profile=profile("Ana Lima"),
        messages=messages([message(DI, "Ana Lima")], era="2020"),
    )
    assert net.owner == "Ana Lima|"
    assert list(net.evidence["source"]) == ["Ana Lima|", "di-wu"]
    assert set(net.evidence["target"]) == {"Bo Ek|", "Ana Lima|"}


def test_the_profile_alone_tells_the_name(tmp_path):
    held = table(POSITIONS, [{"Company Name": "Initech", "Title": "Lead", "Started On": "2020"}])
    net = read(tmp_path, Connections=TIES, Profile=profile("Ana Lima"), Positions=held)
    assert net.owner == "Ana Lima|Initech"


def test_connections_alone_belong_to_me(tmp_path):
    net = read(tmp_path, Connections=TIES)
    assert net.owner == "me"
    assert net.person("me").name == "Me"
    assert set(net.evidence["source"]) == {"me"}


@pytest.mark.parametrize(
    "stated",
    [
        "https://www.linkedin.com/in/ana-lima/",
        "www.linkedin.com/in/Ana-Lima",
        "ana-lima",
        "in/ana-lima",
    ],
)
def test_the_owner_may_be_stated_by_address(tmp_path, stated):
    net = read(tmp_path, owner=stated, Connections=TIES)
    assert net.owner == "ana-lima"
    assert net.report["value"].tolist() == ["2 / 2 / 0"]


def test_the_owner_may_be_stated_by_name(tmp_path):
    assert read(tmp_path / "1", owner="Ana Lima", Connections=TIES).owner == "Ana Lima|"
    talk = messages([message(ANA, BO), message(DI, ANA)])
    net = read(tmp_path / "2", owner="ana LIMA", Connections=TIES, messages=talk)
    assert net.owner == "ana-lima"
    net = read(tmp_path / "3", owner="Ana Souza", Invitations=ASKED)
    assert (net.owner, net.person(net.owner).name) == ("ana-lima", "Ana Souza")


def test_a_stated_name_that_two_bear_is_refused(tmp_path):
    rows = [message("Ana Lima <ana-1>", "Ana Lima <ana-2>")]
    with pytest.raises(ArchiveError, match=r"2 people in the messages .*; mend: say whose"):
        read(tmp_path, owner="Ana Lima", messages=messages(rows))


@pytest.mark.parametrize("stated", ["bo-ek", "https://www.linkedin.com/in/bo-ek"])
def test_a_connection_cannot_be_stated_as_the_owner(tmp_path, stated):
    with pytest.raises(
        ArchiveError, match=r"is a connection .*looks like the archive of 'ana-lima'"
    ):
        read(tmp_path, owner=stated, Connections=TIES, Invitations=ASKED)


def test_a_connection_cannot_be_stated_as_the_owner_by_name(tmp_path):
    with pytest.raises(ArchiveError, match="is a connection"):
        read(tmp_path, owner="Bo Ek", Connections=TIES, Invitations=ASKED)


def test_a_namesake_of_a_connection_can_own_an_archive(tmp_path):
    assert read(tmp_path, owner="Bo Ek", Connections=TIES).owner == "Bo Ek|"


@pytest.mark.parametrize("stated", ["di-wu", "Di Wu"])
def test_somebody_elses_invitations_are_noticed(tmp_path, stated):
    with pytest.raises(ArchiveError, match=r"somebody else.*looks like the archive of 'ana-lima'"):
        read(tmp_path, owner=stated, Invitations=ASKED)


def test_a_stated_owner_whom_no_message_names_is_reported(tmp_path):
    net = read(
        tmp_path,
        owner="zed-zed",
        Connections=TIES,
        messages=messages([message(BO, ANA), message(CY, ANA)]),
    )
    assert net.owner == "zed-zed"
    assert net.report["reason"].str.contains("does not occur in the messages").any()


def test_an_empty_owner_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="the stated owner is empty"):
        read(tmp_path, owner="  ", Connections=TIES)

"""messages.csv in every form it has had: who wrote to whom on which day, and what is no message."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import (
    PROFILE,
    acts,
    balance,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    reasons,
    table,
)

FILE = "messages.csv"
ANA, BO, CY, DI = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>", "Di Wu <di-wu>"
TIES = connections(
    [connection("Bo Ek", "bo-ek"), connection("Cy Yun", "cy-yun"), connection("Di Wu", "di-wu")]
)


def read(tmp_path, rows, *, era="2026", owner="ana-lima", **files):
    texts = {"Connections.csv": TIES, FILE: messages(rows, era=era), **files}
    return tg.read_linkedin(folder(tmp_path, texts), owner=owner)


def days(net):
    rows = net.evidence[net.evidence["kind"] == "message_day"]
    return {
        (source, target, str(at.date())): amount
        for source, target, at, amount in zip(
            rows["source"], rows["target"], rows["at"], rows["amount"], strict=True
        )
    }


@pytest.mark.parametrize("era", ["2016", "2020", "2023", "2024", "2025", "2026"])
def test_every_era_is_read(tmp_path, era):
    old = era == "2016"
    rows = [
        message(BO, ANA, "11/22/16, 10:31 AM" if old else "2016-11-22 10:31:07 UTC"),
        message(ANA, BO, "11/23/16, 1:00 PM" if old else "2016-11-23 13:00:00 UTC"),
    ]
    ties = connections(
        [connection("Bo Ek", "bo-ek", company="Acme")], era="2023" if era > "2022" else "2020"
    )
    me = table(PROFILE, [{"First Name": "Ana", "Last Name": "Lima"}])
    net = read(tmp_path, rows, era=era, owner=None, **{"Connections.csv": ties, "Profile.csv": me})
    ana, bo = ("Ana Lima|", "Bo Ek|Acme") if old else ("ana-lima", "bo-ek")
    assert net.owner == ana
    assert net.people.index.tolist() == [ana, bo]
    assert days(net) == {(bo, ana, "2016-11-22"): 1.0, (ana, bo, "2016-11-23"): 1.0}
    assert balance(net.report)[FILE] == (2, 2, 0)


def test_the_direction_is_the_senders_and_a_day_counts_once(tmp_path):
    rows = [
        message(ANA, BO, "2026-03-13 00:00:00 UTC"),
        message(ANA, BO, "2026-03-13 23:59:59 UTC", folder="ARCHIVE"),
        message(ANA, BO, "2026-03-14 00:00:00 UTC"),
        message(BO, ANA, "2026-03-14 12:00:00 UTC", folder=""),
    ]
    assert days(read(tmp_path, rows)) == {
        ("ana-lima", "bo-ek", "2026-03-13"): 1.0,
        ("ana-lima", "bo-ek", "2026-03-14"): 1.0,
        ("bo-ek", "ana-lima", "2026-03-14"): 1.0,
    }


def test_encoded_and_raw_slugs_are_one_person(tmp_path):
    ties = connections([connection("Zoë Ng", "zo%C3%AB-ng", company="Acme")])
    rows = [message("Zoë Ng <zoë-ng>", ANA), message(ANA, "Zoë Ng <zoe\u0308-NG>")]
    net = read(tmp_path, rows, **{"Connections.csv": ties})
    assert net.people.index.tolist() == ["ana-lima", "zoë-ng"]
    assert len(days(net)) == 2


def test_in_a_group_the_sender_writes_to_each_other_member_for_a_part(tmp_path):
    # Three people: each of the two others counts 1/2, and so does the tie of two others.
    net = read(tmp_path, [message(BO, f"{ANA};{CY}")])
    day = "2026-03-13"
    assert days(net) == {("bo-ek", "ana-lima", day): 0.5, ("bo-ek", "cy-yun", day): 0.5}


def test_a_hidden_member_counts_as_one_of_the_group_and_is_nobody(tmp_path):
    # Names: Ana, Jane Doe, PhD (one name), a hidden member; addresses: two. Four people in all.
    row = message(BO, "Ana Lima;Jane Doe, PhD;LinkedIn Member")
    row["RECIPIENT PROFILE URLS"] = "https://www.linkedin.com/in/ana-lima,www.linkedin.com/in/jane"
    net = read(tmp_path, [row])
    day = "2026-03-13"
    assert days(net) == {
        ("bo-ek", "ana-lima", day): pytest.approx(1 / 3),
        ("bo-ek", "jane", day): pytest.approx(1 / 3),
    }
    # Names and addresses of a group are never paired, so that only the slug is known.
    assert net.people.loc["jane", "name"] == "jane"


def test_a_message_to_one_outweighs_a_group_on_the_same_day(tmp_path):
    net = read(tmp_path, [message(BO, f"{ANA};{CY}"), message(BO, ANA)])
    assert days(net)["bo-ek", "ana-lima", "2026-03-13"] == 1.0


@pytest.mark.parametrize(("others", "counts"), [(2, True), (3, True), (4, False)])
def test_groups_of_more_than_five_say_nothing(tmp_path, others, counts):
    # The sender, Ana and the others: five people are the most.
    more = ";".join(f"Other {n} <other-{n}>" for n in range(others))
    net = read(tmp_path, [message(BO, f"{ANA};{more}"), message(CY, ANA)])
    assert (("bo-ek", "ana-lima", "2026-03-13") in days(net)) == counts
    told = reasons(net, FILE)
    assert told == ({} if counts else {"a group of more than 5 people": 1})


ADVERT = '<p class="spinmail-quill-editor__spin-break">Buy</p>'


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (message(BO, ANA, title="Sponsored Conversation"), "an advert"),
        (message(BO, ANA, text=ADVERT), "an advert"),
        (message(BO, ANA, text="Hi %FIRSTNAME%"), "an advert"),
        (message("Big Brand", ANA), "an advert: its sender has no profile"),
        (message("LinkedIn Member", ANA), "the sender is hidden or has left"),
        (message("LinkedIn for Learning", ANA), "the sender is LinkedIn itself"),
        (message("", ANA), "there is no sender"),
        (message(ANA, BO, draft="Yes"), "a draft"),
        (message(ANA, BO, talk_draft="yes"), "a draft"),
        (message(BO, ANA, folder="SPAM"), "in the spam folder"),
        (
            message(ANA, "LinkedIn Member"),
            "the recipient is hidden, has left or cannot be told",
        ),
        (message(ANA, ""), "the recipient is hidden, has left or cannot be told"),
        (message(ANA, ANA), "the recipient is hidden, has left or cannot be told"),
        (message(BO, CY), "the owner takes no part"),
    ],
)
def test_what_is_no_message_between_people_is_counted_by_reason(tmp_path, row, reason):
    net = read(tmp_path, [message(BO, ANA, "2020-01-01 00:00:00 UTC"), row])
    assert list(days(net)) == [("bo-ek", "ana-lima", "2020-01-01")]
    assert reasons(net, FILE) == {reason: 1}
    assert balance(net.report)[FILE] == (2, 1, 1)


def test_many_of_a_kind_make_one_row_of_the_report(tmp_path):
    rows = [message("Big Brand", ANA)] * 500 + [message(BO, ANA)]
    net = read(tmp_path, rows)
    assert balance(net.report)[FILE] == (501, 1, 500)
    assert len(net.report[net.report["file"] == FILE]) == 2


def test_a_message_without_date_is_malformed_and_stands_by_itself(tmp_path):
    rows = [message(BO, ANA, text="one\ntwo\nthree"), message(BO, ANA, "2026-99-99 00:00:00 UTC")]
    net = read(tmp_path, rows)
    bad = net.report[(net.report["file"] == FILE) & (net.report["row"] > 0)].iloc[0]
    # The header, then a message of three lines.
    assert (bad["row"], bad["level"], bad["value"]) == (5, "error", "2026-99-99 00:00:00 UTC")
    with pytest.raises(RecordError, match=r"messages\.csv, row 5: no date"):
        tg.read_linkedin(tmp_path, owner="ana-lima", strict=True)


def test_a_mailbox_of_nothing_but_adverts_is_read_as_such(tmp_path):
    net = read(tmp_path, [message("Big Brand", ANA)] * 3)
    assert days(net) == {}
    assert balance(net.report)[FILE] == (3, 0, 3)


def test_texts_are_not_kept_anywhere(tmp_path):
    rows = [message(BO, ANA, text="a word in secret"), message(BO, ANA, "soon", text="in secret")]
    net = read(tmp_path, rows)
    for frame in (net.people.reset_index(), net.evidence, net.positions, net.report):
        assert "secret" not in frame.to_csv()


# ------------------------------------------------------------------------------------ notes

NOTE = "Let us connect,\nshall we?"
ASKED = [invitation(ANA, BO, "OUTGOING", text=NOTE), invitation(CY, ANA, "INCOMING", text="Hello")]


def test_the_note_of_an_invitation_is_no_conversation(tmp_path):
    flat = "Let us  connect, shall we?"  # until 2026 line breaks were flattened
    rows = [
        message(ANA, BO, "2026-02-08 03:04:05 UTC", text=flat),
        message(CY, ANA, "2026-02-09 03:04:05 UTC", text="Hello"),
        message(CY, ANA, "2026-02-10 03:04:05 UTC", text="Hello"),
        message(BO, ANA, "2026-02-10 03:04:05 UTC", text="Hello"),
    ]
    net = read(tmp_path, rows, **{"Invitations.csv": invitations(ASKED)})
    # Cy's second "Hello" is a message of its own, and so is Bo's, who wrote no such note.
    assert days(net) == {
        ("cy-yun", "ana-lima", "2026-02-10"): 1.0,
        ("bo-ek", "ana-lima", "2026-02-10"): 1.0,
    }
    reason = "the note of an invitation, shown again when it was accepted"
    assert reasons(net, FILE) == {reason: 2}


def test_the_same_note_to_two_people_is_told_apart(tmp_path):
    asked = [invitation(ANA, BO, "OUTGOING", text="Hello")]
    rows = [
        message(ANA, BO, "2026-02-08 03:04:05 UTC", text="Hello"),
        message(ANA, CY, "2026-02-08 03:04:05 UTC", text="Hello"),
    ]
    net = read(tmp_path, rows, **{"Invitations.csv": invitations(asked)})
    assert list(days(net)) == [("ana-lima", "cy-yun", "2026-02-08")]


def test_notes_are_found_by_name_where_there_are_no_addresses(tmp_path):
    asked = invitations([invitation(ANA, BO, "OUTGOING", text="Hello")], era="2021")
    rows = [message(ANA, BO, text="Hello"), message(BO, ANA, text="Hello")]
    net = read(tmp_path, rows, era="2020", **{"Invitations.csv": asked})
    assert list(days(net)) == [("bo-ek", "ana-lima", "2026-03-13")]


# ------------------------------------------------------------------------------------ names only


def test_without_addresses_of_recipients_a_unique_name_tells_them(tmp_path):
    rows = [message(ANA, "Bo Ek;Jane Doe, PhD"), message(BO, "ANA LIMA")]
    net = read(tmp_path, rows, era="2020")
    assert days(net) == {
        ("ana-lima", "bo-ek", "2026-03-13"): 0.5,
        ("ana-lima", "Jane Doe, PhD|", "2026-03-13"): 0.5,
        ("bo-ek", "ana-lima", "2026-03-13"): 1.0,
    }


def test_a_recipient_whose_name_fits_two_people_is_not_guessed(tmp_path):
    ties = connections([connection("Bo Ek", "bo-ek"), connection("Bo Ek", "bo-ek-2")])
    net = read(tmp_path, [message(ANA, "Bo Ek")], era="2020", **{"Connections.csv": ties})
    assert days(net) == {}
    assert reasons(net, FILE) == {"the recipient is hidden, has left or cannot be told": 1}


def test_whoever_writes_to_one_person_writes_to_the_owner(tmp_path):
    # The owner's name in old messages may be spelt in another way.
    net = read(tmp_path, [message(BO, "A. Lima-Souza"), message(ANA, BO)], era="2020")
    assert ("bo-ek", "ana-lima", "2026-03-13") in days(net)


def test_a_connection_without_address_is_joined_to_the_one_of_that_name_who_writes(tmp_path):
    ties = connections(
        [connection("Bo Ek", company="Acme"), connection("Cy Yun", company="Globex")], era="2020"
    )
    rows = [
        message("BO  EK <bo-ek>", ANA),
        message("Cy Yun <cy-1>", ANA),
        message("Cy Yun <cy-2>", ANA),
    ]
    net = read(tmp_path, rows, era="2020", **{"Connections.csv": ties})
    assert net.people.index.drop("ana-lima").tolist() == ["Cy Yun|Globex", "bo-ek", "cy-1", "cy-2"]
    assert net.people.loc["bo-ek", ["name", "organisation"]].tolist() == ["Bo Ek", "Acme"]
    assert acts(net, "connection") == [
        ("connection", "ana-lima", "Cy Yun|Globex", "2026-02-08"),
        ("connection", "ana-lima", "bo-ek", "2026-02-08"),
    ]
    apart = net.report[net.report["reason"].str.contains("kept apart")]
    assert apart["value"].tolist() == ["Cy Yun"]


def test_without_any_address_people_are_told_by_name(tmp_path):
    ties = connections([connection("Bo Ek"), connection("Bo Ek", on="01 Jan 2020")], era="2016")
    rows = [
        message("Bo Ek", "Ana Lima", "1/2/16, 1:00 PM"),
        message("Al Oy", "Ana Lima", "1/2/16, 1:00 PM"),
    ]
    net = read(tmp_path, rows, era="2016", owner="Ana Lima", **{"Connections.csv": ties})
    assert list(days(net)) == [("Al Oy|", "Ana Lima|", "2016-01-02")]
    assert reasons(net, FILE) == {"the sender's name fits several people": 1}

"""The whole way: from an archive to a network, with every row accounted for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tqdm import tqdm

import trustgraph as tg
from trustgraph.errors import TrustGraphError
from trustgraph.ingest.linkedin import part

from helpers.linkedin_files import (
    POSITIONS,
    PROFILE,
    RECEIVED,
    RECOMMENDATIONS,
    acts,
    balance,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    table,
    zipped,
)

ANA, BO, CY = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>", "Cy Yun <cy-yun>"
FILES = {
    "Connections.csv": connections(
        [
            connection("Bo Ek", "bo-ek", company="Acme", position="Lead"),
            connection("Cy Yun", "cy-yun", company="Globex", on="01 Jan 2020"),
            connection("Cy Yun", "cy-2", company="Acme", on="02 Jan 2020"),
            {"Connected On": "07 Jun 2026"},
        ]
    ),
    "messages.csv": messages(
        [
            message(BO, ANA, "2026-03-13 03:18:54 UTC", text="Hi\nthere"),
            message(ANA, BO, "2026-03-14 03:18:54 UTC"),
            message(CY, f"{ANA};{BO}", "2026-03-15 03:18:54 UTC"),
            message("Big Brand", ANA, "2026-03-15 03:18:54 UTC"),
            message(ANA, BO, "2026-02-08 03:18:54 UTC", text="Shall we?"),
        ]
    ),
    "Invitations.csv": invitations([invitation(ANA, BO, "OUTGOING", text="Shall we?")]),
    "Profile.csv": table(PROFILE, [{"First Name": "Ana", "Last Name": "Lima", "Headline": "x"}]),
    "Positions.csv": table(
        POSITIONS, [{"Company Name": "Initech", "Title": "Lead", "Started On": "Aug 2022"}]
    ),
    "Recommendations_Received.csv": table(
        RECOMMENDATIONS,
        [
            {
                "First Name": "Bo",
                "Last Name": "Ek",
                "Creation Date": "01/24/18, 03:00 PM",
                "Status": "VISIBLE",
            },
            {"First Name": "Cy", "Last Name": "Yun", "Creation Date": "01/24/18, 03:00 PM"},
        ],
    ),
    "Endorsement_Received_Info.csv": table(
        RECEIVED,
        [
            {
                "Endorsement Date": "2024/02/01 15:02:55 UTC",
                "Skill Name": "SQL",
                "Endorser First Name": "Cy",
                "Endorser Last Name": "Yun",
                "Endorser Public Url": "www.linkedin.com/in/cy-yun",
                "Endorsement Status": "ACCEPTED",
            }
        ],
    ),
}


def test_an_archive_is_read_from_end_to_end(tmp_path):
    path = zipped(tmp_path / "Complete_LinkedInDataExport_11-22-2026.zip", FILES)
    net = tg.read_linkedin(path)
    assert net.owner == "ana-lima"
    assert str(net.as_of) == "2026-11-22 09:00:00+00:00"
    assert net.people["name"].to_dict() == {
        "ana-lima": "Ana Lima",
        "bo-ek": "Bo Ek",
        "cy-2": "Cy Yun",
        "cy-yun": "Cy Yun",
    }
    assert acts(net) == [
        ("connection", "ana-lima", "bo-ek", "2026-02-08"),
        ("connection", "ana-lima", "cy-2", "2020-01-02"),
        ("connection", "ana-lima", "cy-yun", "2020-01-01"),
        ("invitation", "ana-lima", "bo-ek", "2026-02-07"),
        ("message_day", "ana-lima", "bo-ek", "2026-03-14"),
        ("message_day", "bo-ek", "ana-lima", "2026-03-13"),
        ("message_day", "cy-yun", "ana-lima", "2026-03-15"),
        ("message_day", "cy-yun", "bo-ek", "2026-03-15"),
        ("recommendation", "bo-ek", "ana-lima", "2018-01-24"),
        ("skill_endorsement", "cy-yun", "ana-lima", "2024-02-01"),
    ]
    assert set(net.evidence["origin"]) == {"ana-lima"}
    assert balance(net.report) == {
        "Connections.csv": (4, 3, 1),
        "messages.csv": (5, 3, 2),
        "Invitations.csv": (1, 1, 0),
        "Profile.csv": (1, 1, 0),
        "Positions.csv": (1, 1, 0),
        "Recommendations_Received.csv": (2, 1, 1),
        "Endorsement_Received_Info.csv": (1, 1, 0),
    }


def test_reading_twice_gives_the_same(tmp_path):
    path = folder(tmp_path, FILES)
    assert tg.read_linkedin(path) == tg.read_linkedin(path)


def test_a_strict_reader_reads_a_sound_archive_alike(tmp_path):
    path = folder(tmp_path, FILES)
    assert tg.read_linkedin(path, strict=True) == tg.read_linkedin(path)


def test_no_archive_at_all_is_a_clear_error():
    with pytest.raises(TrustGraphError, match="there is no archive to read"):
        tg.read_linkedin([])


def test_a_progress_bar_counts_the_rows_and_is_shown_only_if_asked(tmp_path, monkeypatch):
    bars = []

    class Bar(tqdm):
        def __init__(self, **options):
            super().__init__(**options | {"disable": True})
            self.asked = options["disable"] is not True
            self.rows = 0
            bars.append(self)

        def update(self, n=1):
            self.rows += n

    monkeypatch.setattr(part, "tqdm", Bar)
    path = folder(tmp_path, FILES)
    for progress in (False, True):
        net = tg.read_linkedin(path, progress=progress)
    assert [bar.asked for bar in bars] == [False, True]
    read = sum(read for read, _, _ in balance(net.report).values())
    assert [bar.rows for bar in bars] == [read, read]


def shuffled(text, generator):
    """Return a table with its rows in another order; a field of two lines stays whole."""
    head, mark, body = text.replace("Hi\nthere", "Hi\0there").rpartition("Connected On\n")
    if not mark:
        head, mark, body = body.partition("\n")
    rows = [str(row) for row in generator.permutation(body.splitlines())]
    return (head + mark + "\n".join(rows)).replace("\0", "\n")


def test_the_order_of_rows_in_the_files_does_not_matter(tmp_path):
    one = tg.read_linkedin(folder(tmp_path, FILES))
    generator = np.random.default_rng(7)
    for turn in range(6):
        files = {name: shuffled(text, generator) for name, text in FILES.items()}
        other = tg.read_linkedin(folder(tmp_path / f"turn{turn}", files))
        assert one.people.equals(other.people)
        assert one.evidence.equals(other.evidence)
        assert one.owners == other.owners


def broken(text, chance):
    """Return a text with one random fault: a line, letter or mark too few or too many."""
    place, lines = chance.randrange(len(text)), text.split("\n")
    line = chance.randrange(len(lines))
    half = lines[line][: len(lines[line]) // 2]
    return chance.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + chance.choice(',"\n;\u00e9') + text[place:],
            "\n".join(lines[:line] + lines[line + 1 :]),
            "\n".join([*lines[:line], half, *lines[line + 1 :]]),
            text[:place],
        ]
    )


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(FILES)), chance=st.randoms(use_true_random=False))
def test_whatever_is_wrong_with_a_file_every_row_is_accounted_for(tmp_path_factory, name, chance):
    files = FILES | {name: broken(FILES[name], chance)}
    path = folder(tmp_path_factory.mktemp("broken"), files)
    try:
        net = tg.read_linkedin(path)
    except TrustGraphError:
        net = None
    if net is not None:
        assert all(read == used + left for read, used, left in balance(net.report).values())


def test_many_messages_are_read_in_several_chunks(tmp_path):
    rows = [
        message(
            *((ANA, f"Person {n % 50} <person-{n % 50}>")[:: 1 if n % 3 else -1]),
            at=f"2026-{1 + n % 12:02}-{1 + n % 28:02} 10:00:00 UTC",
        )
        for n in range(60_000)
    ]
    net = tg.read_linkedin(folder(tmp_path, {"messages.csv": messages(rows)}))
    expected = {(row["FROM"], row["TO"], row["DATE"][:10]) for row in rows}
    assert net.owner == "ana-lima"
    assert len(net.evidence) == len(expected)
    assert balance(net.report)["messages.csv"] == (60_000, 60_000, 0)


def test_what_the_maker_of_archives_returns_can_be_read_as_it_is(tmp_path):
    made = tg.datasets.make_archive(tmp_path, seed=3, connections=30, messages=80)
    net = tg.read_linkedin(made)
    assert net.owner == made.owner.id
    assert tg.read_linkedin(tmp_path) == net  # a folder that holds nothing but archives
    assert "Oakquill" not in repr(made)
    assert str(made) == str(made.path)
    again = tg.datasets.make_archive(tmp_path, seed=3, connections=30, messages=80)
    assert again.path != made.path  # nothing is written over
    assert again.path.read_bytes() == made.path.read_bytes()


@pytest.mark.parametrize("source", [None, 12])
def test_what_is_no_path_is_refused_with_a_mend(source):
    with pytest.raises(tg.errors.ArchiveError, match="mend"):
        tg.read_linkedin(source)


def test_titles_in_another_language_are_read_by_a_mapping_of_the_user_s(tmp_path):
    german = {
        "Vorname": "First Name",
        "Nachname": "Last Name",
        "Unternehmen": "Company",
        "Verbunden am": "Connected On",
        "Name des Bestätigenden": "Endorser First Name",
        "Nachname des Bestätigenden": "Endorser Last Name",
    }
    ties = "Vorname,Nachname,URL,Unternehmen,Position,Verbunden am\n"
    clicks = "Name des Bestätigenden,Nachname des Bestätigenden,Endorsement Date\n"
    files = {
        "Connections.csv": f"{ties}Bo,Ek,https://www.linkedin.com/in/bo-ek,Acme,Lead,08 Feb 2026\n",
        "Endorsement_Received_Info.csv": f"{clicks}Bo,Ek,2024/02/01 15:02:55 UTC\n",
    }
    path = folder(tmp_path / "a", files)
    with pytest.raises(
        tg.errors.RecordError, match=r"Endorsement_Received_Info\.csv: no line names"
    ):
        tg.read_linkedin(path, strict=True)
    net = tg.read_linkedin(path, owner="ana", headers=german)
    assert net.people.loc["bo-ek", "organisation"] == "Acme"
    assert acts(net) == [
        ("connection", "ana", "bo-ek", "2026-02-08"),
        ("skill_endorsement", "bo-ek", "ana", "2024-02-01"),
    ]
    english = tg.read_linkedin(folder(tmp_path / "b", FILES), headers=german)
    assert english == tg.read_linkedin(tmp_path / "b")


def test_titles_in_another_alphabet_are_read_too(tmp_path):
    text = "Имя,Фамилия,Дата\nBo,Ek,08 Feb 2026\n"
    (tmp_path / "Connections.csv").write_text(text, encoding="utf-8")
    titles = {"имя": "First Name", "Фамилия": "Last Name", "Дата": "Connected On"}
    net = tg.read_linkedin(tmp_path / "Connections.csv", owner="ana", headers=titles)
    assert net.people.index.tolist() == ["Bo Ek|", "ana"]


def test_german_titles_are_read_and_said_to_be_unverified(tmp_path):
    text = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
    text += "Bo,Ek,https://www.linkedin.com/in/bo-ek,,Acme,Lead,08 Feb 2026\n"
    (tmp_path / "Connections.csv").write_text(text, encoding="utf-8")
    net = tg.read_linkedin(tmp_path / "Connections.csv", owner="ana")
    assert acts(net) == [("connection", "ana", "bo-ek", "2026-02-08")]
    assert net.report["reason"].str.contains("German; nobody has verified").any()


LIFE = {
    "Education.csv": "School Name,Start Date,End Date\nUni A,2009,2012\nUni B,,\n",
    "Skills.csv": "Name\nPython\nSQL\n",
    "Certifications.csv": "Name,Authority,Started On,Finished On\nSailing,Guild,2009,2012\n",
    "Company Follows.csv": "Organization,Followed On\nAcme,Sat Sep 05 08:12:14 UTC 2026\n",
    "Jobs/Saved Jobs.csv": 'Saved Date,Job Title,Company Name\n"1/29/26, 2:37 PM",Lead,Acme\n',
    "Shares_12345678.csv": "Date,ShareLink,ShareCommentary\n2025-12-06 10:05:49,x,Hi\n",
    "Comments_12345678.csv": "Date,Link,Message\n2025-12-06 10:05:49,x,Hi\n",
    "Reactions_12345678.csv": "Date,Type,Link\n2025-12-06 10:05:49,LIKE,x\n",
    "Member_Follows_12345678.csv": "Date,Status,FullName\n2025-12-06 10:05:49,Active,Bo Ek\n",
    "Notes.csv": "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On"
    "\nBo,Ek,https://www.linkedin.com/in/bo-ek,Hi,2025-11-01\n",
    "Contacts.csv": "FirstName,LastName,Companies,CreatedAt,FullName\nJo,No,Acme,,\nBo,Ek,,,\n",
}


def test_the_rest_of_an_archive_adds_facts_and_no_ties(tmp_path):
    ties = tg.read_linkedin(folder(tmp_path / "ties", FILES))
    net = tg.read_linkedin(folder(tmp_path / "life", FILES | LIFE))
    assert acts(net) == sorted([*acts(ties), ("follow", "ana-lima", "bo-ek", "2025-12-06")])
    assert set(net.people.index) == {*ties.people.index, "Jo No|Acme"}
    assert sorted(net.facts["kind"]) == sorted(
        "skill skill certification company_follow saved_job share comment reaction note "
        "address_book address_book".split()
    )
    assert sorted(net.positions["kind"]) == ["employer", "school", "school"]
    for read, used, left in (balance(net.report)[name] for name in LIFE):
        assert (read, left) == (used, 0)


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(LIFE)), chance=st.randoms(use_true_random=False))
def test_whatever_is_wrong_with_a_lesser_file_every_row_is_accounted_for(
    tmp_path_factory, name, chance
):
    files = {"Connections.csv": FILES["Connections.csv"]} | {name: broken(LIFE[name], chance)}
    path = folder(tmp_path_factory.mktemp("broken"), files)
    for keep_text in (False, True):
        net = tg.read_linkedin(path, owner="ana-lima", keep_text=keep_text)
        assert all(read == used + left for read, used, left in balance(net.report).values())
        assert name in set(net.report["file"])
        # Half a contact or half an address looks whole; no other table can name a stranger.
        assert len(net.people) <= {"Contacts.csv": 7, "Notes.csv": 6}.get(name, 4)


def test_a_path_that_the_system_refuses_is_an_error_that_says_so(tmp_path, monkeypatch):
    with pytest.raises(TrustGraphError, match="check the path"):
        tg.read_linkedin(tmp_path / ("x" * 300))

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(TrustGraphError, match=r"cannot be listed.*Permission denied"):
        tg.read_linkedin(tmp_path)

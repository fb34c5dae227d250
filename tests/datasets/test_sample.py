import re
import sys
import zlib
from collections import Counter
from urllib.parse import unquote

import pytest

from trustgraph import datasets
from trustgraph.datasets._sample import sample_facts, write_sample

from helpers.archive_files import entries, table

MIRA, JONAS, ADAEZE = "mira-sandquill", "jonas-ekwater", "adaeze-okelundu"
OWNERS = (MIRA, JONAS, ADAEZE)
PATHS = dict(zip(OWNERS, datasets.sample_archives(), strict=True))


def slug_in(url):
    return unquote(url.rsplit("/in/", 1)[1]) if url else ""


def talked(owner, other):
    """Return the days on which both of a pair wrote to each other alone, and those of one only."""
    days: dict[str, set[str]] = {owner: set(), other: set()}
    for row in table(PATHS[owner], "messages.csv").rows:
        pair = (slug_in(row["SENDER PROFILE URL"]), slug_in(row["RECIPIENT PROFILE URLS"]))
        alone = "," not in row["RECIPIENT PROFILE URLS"]
        if alone and set(pair) == {owner, other} and row["IS MESSAGE DRAFT"] == "No":
            days[pair[0]].add(row["DATE"][:10])
    return sorted(days[owner] & days[other]), sorted(days[owner] ^ days[other])


def recommended(owner, name, *, received):
    file = f"Recommendations_{'Received' if received else 'Given'}.csv"
    return [
        row["Creation Date"][:8]
        for row in table(PATHS[owner], file).rows
        if f"{row['First Name']} {row['Last Name']}" == name and row["Status"] == "VISIBLE"
    ]


# -------------------------------------------------------------------------------- the bundled files


def test_the_bundled_archives_are_what_the_program_makes(tmp_path):
    for bundled, made in zip(datasets.sample_archives(), write_sample(tmp_path), strict=True):
        assert made.name == bundled.name
        assert entries(made) == entries(bundled)
        if sys.platform == "linux" and "ng" not in zlib.ZLIB_RUNTIME_VERSION:
            assert made.read_bytes() == bundled.read_bytes()


def test_the_archives_are_small_and_the_seeker_comes_first():
    assert all(path.stat().st_size < 60_000 for path in PATHS.values())
    for owner, path in PATHS.items():
        profile = table(path, "Profile.csv").rows[0]
        name = f"{profile['First Name']} {profile['Last Name']}"
        assert owner == name.lower().replace(" ", "-")


@pytest.mark.parametrize(
    ("owner", "rows", "hidden"), [(MIRA, 85, 3), (JONAS, 44, 2), (ADAEZE, 38, 1)]
)
def test_each_archive_has_its_number_of_connections(owner, rows, hidden):
    found = table(PATHS[owner], "Connections.csv").rows
    assert len(found) == rows
    assert sum(not row["URL"] for row in found) == hidden
    assert any("%" in row["URL"] for row in found)


def test_the_archives_share_people_under_one_address():
    circles = {
        owner: {slug_in(row["URL"]) for row in table(path, "Connections.csv").rows} - {""}
        for owner, path in PATHS.items()
    }
    assert len(circles[MIRA] & circles[JONAS]) == 12
    assert len(circles[MIRA] & circles[ADAEZE]) == 10
    assert JONAS in circles[MIRA]
    assert ADAEZE in circles[MIRA]
    assert MIRA in circles[JONAS] & circles[ADAEZE]


@pytest.mark.parametrize("owner", OWNERS)
def test_each_archive_has_adverts_groups_and_messages_of_several_lines(owner):
    rows = table(PATHS[owner], "messages.csv").rows
    assert any("spinmail-quill-editor__spin-break" in row["CONTENT"] for row in rows)
    assert any("LinkedIn Member" in (row["FROM"], row["TO"]) for row in rows)
    assert any("\n" in row["CONTENT"] for row in rows)
    assert any(row["RECIPIENT PROFILE URLS"].count(",") for row in rows)


def test_a_group_with_somebody_who_left_has_fewer_addresses_than_names():
    rows = table(PATHS[ADAEZE], "messages.csv").rows
    groups = [row for row in rows if row["TO"].endswith(",LinkedIn Member")]
    assert len(groups) == 5
    for row in groups:
        assert row["TO"].count(",") == row["RECIPIENT PROFILE URLS"].count(",") + 1


def test_drafts_are_in_the_mailbox_of_the_seeker_only():
    drafts = {
        owner: [
            (row["TO"], row["DATE"][:10], row["IS CONVERSATION DRAFT"])
            for row in table(path, "messages.csv").rows
            if row["IS MESSAGE DRAFT"] == "Yes"
        ]
        for owner, path in PATHS.items()
    }
    assert drafts == {
        MIRA: [("Fatou Ndiayre", "2026-11-03", "Yes"), ("Tomás Riveñal", "2026-11-01", "No")],
        JONAS: [],
        ADAEZE: [],
    }


def test_two_people_share_a_full_name():
    people = {}
    for path in PATHS.values():
        for row in table(path, "Connections.csv").rows:
            people[row["URL"]] = f"{row['First Name']} {row['Last Name']}"
    names = Counter(people.values())
    assert [name for name, count in names.items() if count > 1] == ["Vlad Kovovčík"]


def test_a_message_between_two_owners_stands_alike_in_both_archives():
    def shared(owner, other):
        return [
            row
            for row in table(PATHS[owner], "messages.csv").rows
            if {slug_in(row["SENDER PROFILE URL"]), slug_in(row["RECIPIENT PROFILE URLS"])}
            == {owner, other}
        ]

    for other in (JONAS, ADAEZE):
        mine, theirs = shared(MIRA, other), shared(other, MIRA)
        columns = ("CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT")
        assert [[row[name] for name in columns] for row in mine] == [
            [row[name] for name in columns] for row in theirs
        ]


def test_no_address_but_those_of_invented_members_and_reserved_names():
    for path in PATHS.values():
        text = table(path, "messages.csv").text + table(path, "Connections.csv").text[375:]
        hosts = set(re.findall(r"https?://([^/\s\"]+)", text))
        assert hosts <= {"www.linkedin.com", "ads.example"}


# ------------------------------------------------------------------- the facts that answers rest on


@pytest.mark.parametrize(
    ("owner", "other", "count", "first", "last"),
    [
        (MIRA, JONAS, 36, "2023-11-10", "2026-10-10"),
        (MIRA, ADAEZE, 16, "2023-01-05", "2026-10-05"),
        (MIRA, "søren-lindhaug", 40, "2018-01-06", "2019-08-20"),
        (MIRA, "zuri-mbowande-4c1", 20, "2022-01-25", "2026-10-25"),
        (MIRA, "tomás-riveñal", 6, "2021-03-03", "2026-03-03"),
        (MIRA, "henrietta-ashcombe-vale", 1, "2025-11-20", "2025-11-20"),
        (JONAS, "katalin-vesterholt", 19, "2022-02-15", "2026-08-15"),
        (JONAS, "piers-mallowdale", 11, "2021-06-12", "2026-06-12"),
        (JONAS, "ilse-brinkvall", 11, "2024-03-22", "2026-09-22"),
        (ADAEZE, "nandini-raovari-1d", 24, "2024-01-08", "2025-12-08"),
    ],
)
def test_conversation_days_are_those_of_the_story(owner, other, count, first, last):
    both, single = talked(owner, other)
    assert (len(both), both[0], both[-1]) == (count, first, last)
    assert not single


@pytest.mark.parametrize(
    ("other", "count", "first", "last"),
    [
        ("desmond-harridge", 14, "2025-09-18", "2026-10-18"),
        ("bastien-corvigny", 6, "2026-05-02", "2026-10-02"),
    ],
)
def test_unanswered_messages_are_those_of_the_story(other, count, first, last):
    both, single = talked(MIRA, other)
    assert (len(single), single[0], single[-1]) == (count, first, last)
    assert not both


@pytest.mark.parametrize(
    ("owner", "other"), [(MIRA, "fatou-ndiayre-90b2"), (ADAEZE, "piers-mallowdale")]
)
def test_bare_connections_never_wrote(owner, other):
    assert talked(owner, other) == ([], [])


@pytest.mark.parametrize(
    ("owner", "name", "received", "date"),
    [
        (MIRA, "Jonas Ekwater", True, "10/14/22"),
        (JONAS, "Mira Sandquill", False, "10/14/22"),
        (MIRA, "Søren Lindhaug", True, "11/04/19"),
        (MIRA, "Søren Lindhaug", False, "11/05/19"),
        (MIRA, "Adaeze Okelundu", False, "06/16/25"),
        (ADAEZE, "Mira Sandquill", True, "06/16/25"),
        (JONAS, "Katalin Vesterholt", True, "05/20/21"),
        (JONAS, "Ilse Brinkvall", True, "02/13/23"),
    ],
)
def test_recommendations_are_those_of_the_story(owner, name, received, date):
    assert recommended(owner, name, received=received) == [date]


def test_there_are_no_other_visible_recommendations():
    visible = sum(
        row["Status"] == "VISIBLE"
        for path in PATHS.values()
        for name in ("Recommendations_Received.csv", "Recommendations_Given.csv")
        for row in table(path, name).rows
    )
    assert visible == 8


def test_only_the_mass_networker_of_the_cast_endorses_skills():
    rows = table(PATHS[MIRA], "Endorsement_Received_Info.csv").rows
    mass = [row for row in rows if row["Endorser Last Name"].startswith("Harridge")]
    assert sorted(row["Endorsement Date"][:10] for row in mass) == [
        f"2025/09/0{day}" for day in range(1, 6)
    ]
    cast = {"Jonas", "Søren", "Henrietta", "Fatou", "Katalin"}
    assert not cast & {row["Endorser First Name"] for row in rows}


def test_nobody_of_the_crowd_has_more_than_one_conversation_day_and_a_note():
    story = {slug for _, slug in _STORY}
    for owner, path in PATHS.items():
        for row in table(path, "Connections.csv").rows:
            slug = slug_in(row["URL"])
            if slug and (owner, slug) not in _STORY and slug not in story | set(OWNERS):
                both, single = talked(owner, slug)
                assert len(both) <= 1
                assert len(single) <= 1


_STORY = {
    (MIRA, "søren-lindhaug"),
    (MIRA, "zuri-mbowande-4c1"),
    (MIRA, "tomás-riveñal"),
    (MIRA, "desmond-harridge"),
    (MIRA, "bastien-corvigny"),
    (MIRA, "henrietta-ashcombe-vale"),
    (JONAS, "katalin-vesterholt"),
    (JONAS, "piers-mallowdale"),
    (JONAS, "ilse-brinkvall"),
    (ADAEZE, "nandini-raovari-1d"),
}


def test_the_insiders_of_the_target_are_these_seven():
    inside = {}
    for path in PATHS.values():
        for row in table(path, "Connections.csv").rows:
            if "Tessaloom" in row["Company"]:
                inside[slug_in(row["URL"])] = (row["Company"], row["Position"])
    assert inside == {
        "katalin-vesterholt": ("Tessaloom", "Head of Data Platform"),
        "nandini-raovari-1d": ("Tessaloom", "Data Engineer"),
        "piers-mallowdale": ("Tessaloom", "Product Designer"),
        "tomás-riveñal": ("Tessaloom", "Support Specialist"),
        "bastien-corvigny": ("Tessaloom", "Chief Data Officer"),
        "fatou-ndiayre-90b2": ("Tessaloom", "Accountant"),
        "desmond-harridge": ("Tessaloom GmbH", "Talent Partner"),
    }


@pytest.mark.parametrize("owner", OWNERS)
def test_the_facts_hold_in_the_files(owner):
    facts = sample_facts(owner)
    rows = table(PATHS[owner], "messages.csv").rows
    assert [row["DATE"] for row in rows] == [
        f"{at:%Y-%m-%d %H:%M:%S} UTC" for at in facts.messages["at"]
    ]
    assert facts.messages["at"].max() < facts.as_of
    assert facts.invitations["sent_at"].max() < facts.as_of
    tops = facts.messages.groupby("conversation", sort=False)["at"].max()
    assert tops.is_monotonic_decreasing

"""Headers: in other languages, by the user's word, and almost."""

import io
from importlib import resources

import pytest

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.headers import column_key, find_header, languages, missing_columns
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.tables import Table, read_whole

TIES = Table(
    "connections",
    required=("firstname", "lastname", "connectedon"),
    optional=("url", "company", "position"),
)
GERMAN = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"


def member(text):
    data = text if isinstance(text, bytes) else text.encode()
    return Member("Connections.csv", lambda: io.BytesIO(data))


def test_german_titles_are_read_and_a_word_of_warning_is_said():
    file, journal = member(GERMAN + "Bo,Ek,u,,Acme,Leiter,08 Feb 2026\n"), Journal()
    header = find_header(file, TIES)
    assert header.language == "German"
    rows = read_whole(file, TIES, header, journal)
    assert rows.iloc[0].to_dict() == {
        "firstname": "Bo",
        "lastname": "Ek",
        "connectedon": "08 Feb 2026",
        "url": "u",
        "company": "Acme",
        "position": "Leiter",
    }
    report = journal.frame()
    said = report[report["reason"].str.contains("German")]
    assert said["level"].tolist() == ["warning"]


@pytest.mark.parametrize("language", languages(), ids=lambda one: one.name)
def test_each_language_names_known_columns_and_none_of_english(language):
    assert language.keys
    known = {column_key(title) for title in TIES.columns} | {"emailaddress"}
    assert set(language.keys.values()) <= known
    assert not set(language.keys) & known, "a title that is the same in English is not listed"


def test_each_file_of_a_language_is_read():
    folder = resources.files("trustgraph.ingest") / "languages"
    assert len(languages()) == sum(file.name.endswith(".toml") for file in folder.iterdir())


@pytest.mark.parametrize(
    ("titles", "aliases"),
    [
        ("Voornaam,Achternaam,Verbonden op", {"Voornaam": "First Name", "Achternaam": "Last Name",
                                              "Verbonden op": "Connected On"}),
        ("名,姓,連絡日", {"名": "First Name", "姓": "Last Name", "連絡日": "Connected On"}),
        ("Vorname,Nachname,Seit", {"seit": "connected_on"}),
        ("First Name,Last Name,Since", {"Since": "Connected On"}),
    ],
)  # fmt: skip
def test_a_user_says_what_a_title_means(titles, aliases):
    file = member(titles + "\nBo,Ek,08 Feb 2026\n")
    assert find_header(file, TIES) is None
    header = find_header(file, TIES, aliases=aliases)
    assert header.keys == TIES.required


def test_a_header_that_is_almost_right_is_told():
    file = member("Notes:\nx\n\nFirst Name,Last Name,URL,Since when\nBo,Ek,u,soon\n")
    assert missing_columns(file, TIES) == (
        "the column connectedon is missing; line 4 names First Name, Last Name, URL, Since when"
    )
    german = member("Vorname,Nachname,Seit\n")
    assert missing_columns(german, TIES) == (
        "the column connectedon is missing; line 1 names Vorname, Nachname, Seit"
    )


def test_lines_that_are_no_header_are_not_shown():
    reason = missing_columns(member("a secret,First Name,of somebody\n"), TIES)
    assert reason == "no line names the columns firstname, lastname, connectedon"


def test_long_titles_are_shortened():
    titles = ["First Name", "Last Name", "x" * 500, *(f"t{n}" for n in range(50))]
    reason = missing_columns(member(",".join(titles)), TIES)
    assert len(reason) < 300
    assert reason.endswith(" and 41 more")


def test_a_header_with_thousands_of_columns_is_a_clear_error():
    titles = "First Name,Last Name,Connected On," + ",".join(f"c{n}" for n in range(5_000))
    with pytest.raises(ArchiveError, match=r"Connections.csv: a header of more than 1,000 columns"):
        find_header(member(titles), TIES)
    assert find_header(member(titles), TIES, most_columns=6_000).line == 1


def test_a_header_without_end_is_a_clear_error():
    titles = "First Name,Last Name,Connected On," + "x" * 3_000_000
    with pytest.raises(ArchiveError, match="a header longer than 100,000 characters"):
        find_header(member(titles), TIES)


def test_a_column_that_stands_twice_is_read_once_and_reported():
    file, journal = member("First Name,Last Name,Connected On,first_name\nBo,Ek,x,Al\n"), Journal()
    rows = read_whole(file, TIES, find_header(file, TIES), journal)
    assert rows["firstname"].tolist() == ["Bo"]
    report = journal.frame()
    said = report[report["reason"].str.contains("twice")]
    assert said["value"].tolist() == ["firstname"]


def test_only_the_first_lines_are_looked_at():
    far = "a,b,c\n" * 10_000 + "First Name,Last Name,Connected On\n"
    assert find_header(member(far), TIES) is None
    below_blanks = "\n" * 30_000 + "First Name,Last Name,Connected On\n"
    assert find_header(member(below_blanks), TIES).line == 30_001


def test_excel_may_name_the_separator_first():
    file = member("\ufeffsep=;\r\nFirst Name;Last Name;Connected On\r\nBo;Ek;4-Apr-21\r\n")
    header = find_header(file, TIES)
    assert (header.line, header.delimiter) == (2, ";")


@pytest.mark.parametrize("rows", [";", "\t"])
def test_rows_may_be_separated_by_another_mark_than_the_header(rows):
    text = "First Name,Last Name,Connected On\n" + f"Bo{rows}Ek, PhD{rows}x\n" * 3
    file, journal = member(text), Journal()
    read = read_whole(file, TIES, find_header(file, TIES), journal)
    assert read["lastname"].tolist() == ["Ek, PhD"] * 3
    report = journal.frame()
    assert report["reason"].str.contains("its header is separated by commas, its rows by").any()


def test_the_header_once_more_is_no_row():
    titles = "First Name,Last Name,Connected On\n"
    file, journal = member(titles + "Bo,Ek,x\n" + titles + "Al,Oy,y\n"), Journal()
    rows = read_whole(file, TIES, find_header(file, TIES), journal)
    assert rows["firstname"].tolist() == ["Bo", "Al"]
    assert journal.frame()["reason"].str.contains("titles of the columns again").any()

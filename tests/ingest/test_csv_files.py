"""A user's own tables: every row is used or reported, and what is written comes back."""

import csv
import io
import os
import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.checked_rows import text_dates
from trustgraph.ingest.csv_files import read_csv, write_csv

from helpers.linkedin_files import balance
from helpers.outcomes import read_or_refused
from helpers.strategies import networks, words

PEOPLE = (
    "id,name,organisation,url\n"
    "ana,Ana Lima,Acme,\n"
    "bo,Bo Ek,Beta,https://www.linkedin.com/in/bo-ek\n"
    "cy,Cy Ito,,\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path


def read(folder, acts, **options):
    (folder / "evidence.csv").write_bytes(acts if isinstance(acts, bytes) else acts.encode())
    return read_csv(folder, **options)


def faults(net, file="evidence.csv"):
    rows = net.report[(net.report["file"] == file) & (net.report["row"] > 0)]
    return [
        (row, reason.removeprefix("not used: "), value)
        for row, reason, value in zip(rows["row"], rows["reason"], rows["value"], strict=True)
    ]


# ------------------------------------------------------------------------------ there and back

# A carriage return by itself ends a line, and comes back as a line feed.
LINES = words().map(lambda text: text.replace("\r", " "))


@settings(max_examples=25)
@given(networks(merged=False, texts=LINES), st.booleans())
def test_everything_comes_back_as_it_was(net, with_texts):
    with tempfile.TemporaryDirectory() as place:
        write_csv(net, place, texts=with_texts)
        again = read_csv(place, owners=net.owners, as_of=net.as_of)
    kept = net if with_texts else net.replace(texts=[])
    assert again.replace(report=net.report) == kept
    for file, (read_, used, unused) in balance(again.report).items():
        assert (read_, unused) == (used, 0), file


@settings(max_examples=25)
@given(networks(merged=False))
def test_no_cell_begins_a_formula_however_it_is_cut(net):
    with tempfile.TemporaryDirectory() as place:
        write_csv(net, place, texts=True)
        for file in Path(place).iterdir():
            content = file.read_bytes().decode()
            cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
            pieces = [piece for cell in cells for piece in re.split(r"[;\t\r\n]", cell)]
            assert not [piece for piece in pieces if piece.lstrip('"')[:1] in set("=+-@＝＋－＠")]


def test_files_are_replaced_only_if_asked(folder):
    net = tg.datasets.load_office()
    with pytest.raises(ArchiveError, match="people.csv: there is already such a file"):
        write_csv(net, folder)
    assert (folder / "people.csv").read_text() == PEOPLE
    assert not (folder / "evidence.csv").exists()
    write_csv(net, folder, overwrite=True)
    assert len(read_csv(folder).people) == len(net.people)


def test_texts_are_written_only_if_asked(tmp_path):
    net = tg.Network([{"id": "ana"}], texts=[{"kind": "note", "source": "ana", "text": "a secret"}])
    write_csv(net, tmp_path / "bare")
    assert "secret" not in "".join(file.read_text() for file in (tmp_path / "bare").iterdir())
    write_csv(net, tmp_path / "full", texts=True)
    assert read_csv(tmp_path / "full").texts["text"].tolist() == ["a secret"]


def test_what_no_text_file_can_hold_is_an_error_with_its_row(tmp_path):
    net = tg.Network([{"id": "ana"}, {"id": "bo", "name": "a\0b"}])
    with pytest.raises(RecordError, match="people.csv, row 2: name: a NUL or half a character"):
        write_csv(net, tmp_path)


# ------------------------------------------------------------------------------ who is meant


def test_people_are_named_by_id_address_or_unique_name(folder):
    net = read(
        folder,
        "kind,source,target\n"
        "project,ana,bo\n"
        "project,ANA LIMA,https://de.linkedin.com/in/bo-ek/?x=1\n"
        "project, ana ,Cy  Ito\n",
    )
    assert net.evidence[["source", "target"]].to_numpy().tolist() == [
        ["ana", "bo"],
        ["ana", "bo"],
        ["ana", "cy"],
    ]
    assert faults(net) == []


def test_a_name_that_fits_nobody_or_several_is_reported(folder):
    (folder / "people.csv").write_text(PEOPLE + "cy2,Cy Ito,,\n")
    net = read(
        folder, "kind,source,target\nproject,Cy Ito,bo\nproject,bo,Zoe\nproject,,bo\np,bo,cy"
    )
    assert faults(net) == [
        (2, "source: several people have this name", "Cy Ito"),
        (3, "target: nobody is known by this id, name or address", "Zoe"),
        (4, "source: nobody is named", ""),
    ]
    assert balance(net.report)["evidence.csv"] == (4, 1, 3)


def test_evidence_alone_is_enough(tmp_path):
    file = tmp_path / "acts.csv"
    file.write_text("from;TO;Type\nana;https://www.linkedin.com/in/bo-ek;project\n")
    net = read_csv(evidence=file)
    assert net.people["url"].to_dict() == {
        "ana": "",
        "bo-ek": "https://www.linkedin.com/in/bo-ek",
    }
    assert net.evidence["target"].tolist() == ["bo-ek"]


def test_people_without_id_get_the_usual_one(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(
        "Full Name,Company,Profile\nAna Lima,Acme,\nBo Ek,,https://linkedin.com/in/Bo-Ek\n,,\n,Acme,\n"
    )
    net = read_csv(file)
    assert net.people.index.tolist() == ["Ana Lima|Acme", "bo-ek"]
    assert faults(net, "people.csv") == [(5, "nothing names this person", "")]
    assert balance(net.report)["people.csv"] == (4, 2, 2)


def test_owners_are_found_the_same_way(folder):
    net = read(folder, "kind,source,target\nproject,ana,bo\n", owners=["Ana Lima", "bo-ek"])
    assert net.owners == ("ana", "bo")
    assert read_csv(folder, owners="ana").owner == "ana"
    with pytest.raises(ArchiveError, match="owners, row 1: nobody is known by .*'Zoe'"):
        read_csv(folder, owners=["Zoe"])


# ------------------------------------------------------------------------------ rows that fail


def test_every_row_that_fails_says_why(folder):
    net = read(
        folder,
        "kind,source,target,at,amount\n"
        "project,ana,bo,1/2/2026,\n"
        "project,ana,bo,today,\n"
        "project,ana,bo,9999-01-01,\n"
        "project,ana,bo,,-1\n"
        "project,ana,bo,,much\n"
        "project,ana,bo,,inf\n"
        "project,ana,bo,,nan\n"
        "project,ana,Ana Lima,,\n"
        ",ana,bo,,\n"
        "lunch,ana,bo,2026,2\n"
        ",,,,\n"
        "project,ana,bo,,1,surplus\n",
    )
    span = "amount: not a number greater than 0"
    assert faults(net) == [
        (2, "at: not a date", "1/2/2026"),
        (3, "at: not a date", "today"),
        (4, "at: not a date", "9999-01-01"),
        (5, span, "-1"),
        (6, span, "much"),
        (7, span, "inf"),
        (8, span, "nan"),
        (9, "source and target are the same person", "ana"),
        (10, "there is no kind", ""),
        (13, "more fields than the header has", "1 more"),
    ]
    assert net.evidence["kind"].tolist() == ["lunch"]
    assert balance(net.report)["evidence.csv"] == (12, 1, 11)
    assert (net.report.query("row > 0")["mend"] != "").all()


def test_strict_raises_at_the_first(folder):
    with pytest.raises(RecordError, match="evidence.csv, row 3: at: not a date: 'soon'; mend"):
        read(folder, "kind,source,target,at\np,ana,bo,\np,ana,bo,soon\n", strict=True)


def test_the_other_tables_are_held_to_their_rules(folder):
    (folder / "positions.csv").write_text(
        "person,company,title,from,to,type\n"
        "ana,Acme,Boss,2020,Feb 2021,\n"
        "ana,Acme,,2021,2020,\n"
        "ana,,,,,\n"
        "ana,Acme,,,,club\n"
        "zoe,Acme,,,,\n"
        f"ana,Acme,{'x' * 10_001},,,\n"
        "Bo Ek,ETH,,1 Oct 2019,,school\n"
    )
    (folder / "facts.csv").write_text(
        "person,kind,text,date,end\nana,skill,Python,,\nana,shoe size,9,,\nana,skill,R,2021,2020\n"
    )
    (folder / "judgements.csv").write_text(
        "source,target,trust,certainty\nana,bo,.5,\nana,bo,,\nana,cy,1.5,.5\nana,cy,.5,1\n"
    )
    (folder / "texts.csv").write_text(
        'kind,source,target,text\nnote,ana,,"a\nb"\nmessage,bo,zoe,x\nshout,bo,,x\n'
    )
    net = read_csv(folder)
    jobs = net.positions.astype({"started": "str", "finished": "str"}).fillna("")
    assert jobs[["person", "started", "finished", "kind"]].to_numpy().tolist() == [
        ["ana", "2020-01-01 00:00:00+00:00", "2021-02-28 00:00:00+00:00", "employer"],
        ["bo", "2019-10-01 00:00:00+00:00", "", "school"],
    ]
    assert [row for row, *_ in faults(net, "positions.csv")] == [3, 4, 5, 6, 7]
    assert [row for row, *_ in faults(net, "facts.csv")] == [3, 4]
    assert [row for row, *_ in faults(net, "judgements.csv")] == [3, 4, 5]
    assert [row for row, *_ in faults(net, "texts.csv")] == [4, 5]
    assert net.judgements.to_numpy().tolist() == [["ana", "bo", 0.5, 0.9]]
    for read_, used, unused in balance(net.report).values():
        assert read_ == used + unused


def test_who_must_not_be_asked_is_never_asked_by_mistake(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,Do Not Ask\nana,yes\nbo,\ncy,FALSE\ndee,please\nana,\n")
    net = read_csv(file)
    assert net.people["do_not_ask"].to_dict() == {
        "ana": True,
        "bo": False,
        "cy": False,
        "dee": True,
    }
    assert [(row, value) for row, _, value in faults(net, "people.csv")] == [
        (5, "please"),
        (6, "ana"),
    ]


# ------------------------------------------------------------------------------ files


@pytest.mark.parametrize(
    "acts",
    [
        "\ufeffkind,source,target\r\nproject,ana,bo\r\n",
        "Acts of the year\n\nTARGET;SOURCE;KIND;;mood;kind\nbo;ana;project;;good;x\n",
        "Kind\tFrom\tTo\nproject\tana\tbo",
        "kind,source,target\nproject,ana,bo\n",
    ],
)
def test_any_form_of_table_is_read(folder, acts):
    net = read(folder, acts)
    assert net.evidence[["kind", "source", "target"]].to_numpy().tolist() == [
        ["project", "ana", "bo"]
    ]


def test_columns_that_mean_nothing_are_reported(folder):
    net = read(folder, "kind,source,target,mood,from\nproject,ana,bo,good,cy\n")
    told = net.report[net.report["reason"].str.contains("not read")]
    assert told[["file", "value"]].to_numpy().tolist() == [["evidence.csv", "mood, source"]]
    wide = ",".join(f"c{number}" for number in range(500))
    net = read(folder, f"kind,source,target,{wide}\nproject,ana,bo{',' * 500}\n")
    told = net.report[net.report["reason"].str.contains("500 of its columns are not read")]
    assert len(told) == 1
    assert len(told["value"].iloc[0]) <= 60


def test_windows_letters_and_open_quotes_are_reported(folder):
    net = read(folder, b'kind,source,target,origin\nproject,ana,bo,Zo\xeb\nproject,ana,bo,"\n')
    assert net.evidence["origin"].tolist() == ["Zoë", ""]
    assert [row for row, *_ in faults(net)] == [2, 3]


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        ("", "no line names the columns"),
        ("colour,size\nred,3\n", "write a first line with id or name or url"),
        ("id,name\n", "no row can be used"),
        ("id,name\n,\n", "no row can be used"),
        ("id,organisation\n,Acme\n", "none of its rows can be used"),
        ("\0\0\0", "no line names the columns"),
    ],
)
def test_a_file_without_a_usable_row_is_an_error(tmp_path, people, reason):
    (tmp_path / "people.csv").write_text(people)
    with pytest.raises(ArchiveError, match=reason):
        read_csv(tmp_path / "people.csv")


def test_evidence_of_which_no_row_fits_the_people_is_an_error(folder):
    with pytest.raises(ArchiveError, match="evidence.csv: none of its rows .*nobody is known"):
        read(folder, "kind,source,target\nproject,al,jo\nproject,jo,al\n")


def test_what_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ArchiveError, match="there is nothing to read"):
        read_csv()
    with pytest.raises(ArchiveError, match="no table in this folder"):
        read_csv(tmp_path)
    with pytest.raises(ArchiveError, match="no such file"):
        read_csv(tmp_path / "people.csv")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-05-01", "2024-05-01", "2024-05-01"),
        ("20240501", "2024-05-01", "2024-05-01"),
        ("2024-05-01T23:30:00-02:00", "2024-05-02 01:30:00", "2024-05-02 01:30:00"),
        ("2024-05-01 10:00:00.123456Z", "2024-05-01 10:00:00.123456", "2024-05-01 10:00:00.123456"),
        ("2024-05-01 10:00:00 UTC", "2024-05-01 10:00:00", "2024-05-01 10:00:00"),
        ("8 Feb 2026", "2026-02-08", "2026-02-08"),
        ("4-Apr-21", "2021-04-04", "2021-04-04"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_dates_are_read_in_every_certain_form(text, first, last):
    for is_last, moment in ((False, first), (True, last)):
        found = text_dates(pd.Series([text, ""]), last=is_last).tolist()
        assert found == [pd.Timestamp(moment, tz="UTC"), pd.NaT]


@pytest.mark.parametrize(
    "text", ["now", "today", "1/2/2026", "2026-13-01", "0001-01-01", "9999-12-31", "12", "1e9", "-"]
)
def test_what_is_no_certain_date_is_none(text):
    assert text_dates(pd.Series([text])).isna().all()


@settings(max_examples=30)
@given(data=st.data())
def test_any_damage_is_read_or_reported(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "evidence.csv").write_text(
        'kind,source,target,at\nproject,ana,bo,2024-05-01\nproject,Bo Ek,"Cy Ito",\n' * 2
    )
    file = folder / data.draw(st.sampled_from(["people.csv", "evidence.csv"]))
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=6))
    file.write_bytes(content)
    net, refusal = read_or_refused(lambda: read_csv(folder))
    if refusal is not None:
        assert refusal.mend
        return
    for read_, used, unused in balance(net.report).values():
        assert read_ == used + unused


def test_a_link_in_the_folder_leads_nothing_elsewhere(tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    place = tmp_path / "out"
    place.mkdir()
    (place / "people.csv").symlink_to(victim)
    write_csv(tg.datasets.load_office(), place, overwrite=True)
    assert victim.read_text() == "mine"
    assert not (place / "people.csv").is_symlink()
    assert min(path.name for path in place.iterdir()) == "evidence.csv"


def test_a_file_name_that_is_no_text_can_be_reported(tmp_path):
    path = os.fsencode(tmp_path) + b"/x\xe9.csv"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a path of bytes
            file.write(b"kind,source,target\nproject,ana,bo\nproject,,\n")
    except OSError:
        pytest.skip("this system writes no such names")
    net = read_csv(evidence=os.fsdecode(path))
    assert set(net.report["file"]) == {"x\\udce9.csv"}

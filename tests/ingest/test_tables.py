"""Tables in text files: any preamble, any order of columns, any quoting, exact lines."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.tables import Header, Table, find_header, read_chunks, read_whole

from helpers.linkedin_files import balance

TABLE = Table("ties", required=("name", "metat"), optional=("note",), plain=("note",))


def member(text):
    data = text if isinstance(text, bytes) else text.encode()
    return Member("ties.csv", lambda: io.BytesIO(data))


def read(text, *, strict=False):
    journal, file = Journal(strict=strict), member(text)
    rows = read_whole(file, TABLE, find_header(file, TABLE), journal)
    journal.used("ties.csv", len(rows))
    return rows, journal


def listed(rows):
    return [(row.Index, row.name, row.metat, row.note) for row in rows.itertuples()]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Name,Met At\nBo,today\n", 1),
        ("\ufeffName,Met At\nBo,today\n", 1),
        ('\ufeff"Name","Met At"\nBo,today\n', 1),
        ("met_at , NAME\ntoday,Bo\n", 1),
        ('Notes:\n"a long, long note"\n\nName,Met At\nBo,today\n', 4),
        ("\n" * 300 + "Name,Met At\r\nBo,today\r\n", 301),
        ("Name;Met At\nBo;today\n", 1),
        ("Name\tMet At\nBo\ttoday\n", 1),
        ("Name,Name,Met At,Other\nBo,Al,today,x\n", 1),
    ],
)
def test_the_header_is_found_by_what_it_says(text, line):
    header = find_header(member(text), TABLE)
    assert header.line == line
    rows, _ = read(text)
    assert listed(rows) == [(line + 1, "Bo", "today", "")]


@pytest.mark.parametrize(
    "text", ["", "Name,When\nBo,today\n", "\n\n", "\x00\x01\xff", "x" * 300_000]
)
def test_a_file_without_the_columns_has_no_header(text):
    assert find_header(member(text), TABLE) is None


def test_lines_are_those_of_the_file_also_after_fields_of_several_lines():
    rows, _ = read('Name,Note,Met At\nBo,"one\ntwo\n\nthree",x\nAl,,y\n"Cy\nY",,z\nDi,,w\n')
    assert [(line, name) for line, name, _, _ in listed(rows)] == [
        (2, "Bo"),
        (6, "Al"),
        (7, "Cy\nY"),
        (9, "Di"),
    ]
    assert rows["note"].iloc[0] == "one\ntwo\n\nthree"


def test_numbers_and_words_for_nothing_stay_texts():
    rows, _ = read("Name,Met At,Note\n007,1e5,NA\nNone,nan,null\nTrue,1,\n")
    assert listed(rows) == [
        (2, "007", "1e5", "NA"),
        (3, "None", "nan", "null"),
        (4, "True", "1", ""),
    ]


@pytest.mark.parametrize(
    "texts", [["007"], ["1", "2.50", "1e3"], ["True", "False"], ["nan"], ["2024-01-01"], ["word"]]
)
def test_texts_stay_texts_where_all_of_a_column_could_be_something_else(texts):
    rows, _ = read("Name,Met At\n" + "".join(f"{text},{text}\n" for text in texts))
    assert rows["name"].tolist() == rows["metat"].tolist() == texts


def test_empty_rows_are_counted_and_lines_kept():
    rows, journal = read("Name,Met At\n\nBo,x\n,\n  ,\nAl,y\n")
    assert [line for line, *_ in listed(rows)] == [3, 6]
    assert balance(journal.frame()) == {"ties.csv": (5, 2, 3)}


def test_a_row_with_too_many_fields_is_reported_by_itself():
    text = "Name,Met At\nBo,x\nEk, Bo,y,z\nAl,y,\nCy,z\n"
    rows, journal = read(text)
    assert [name for _, name, _, _ in listed(rows)] == ["Bo", "Cy"]
    report = journal.frame()
    assert balance(report) == {"ties.csv": (4, 2, 2)}
    assert report.loc[report["row"] == 3, "value"].tolist() == ["2 more"]
    with pytest.raises(RecordError, match=r"ties.csv, row 3: more fields.*'2 more'"):
        read(text, strict=True)


def test_short_rows_are_filled_up_and_reported():
    text = "Name,Met At,Note\nBo\nAl,x\nCy,y,z\n"
    rows, journal = read(text)
    # Half a row may be anything: the first is not used.
    assert listed(rows) == [(3, "Al", "x", ""), (4, "Cy", "y", "z")]
    report = journal.frame()
    assert report.loc[report["row"] > 0, "row"].tolist() == [2, 3]
    assert balance(report) == {"ties.csv": (3, 2, 1)}
    with pytest.raises(RecordError, match="row 2: fewer fields than the header has"):
        read(text, strict=True)


def test_what_is_not_utf8_is_read_as_windows_1252_and_reported():
    rows, journal = read("Name,Met At\nZoë,x\nBo,y\n".encode("cp1252"))
    assert [name for _, name, _, _ in listed(rows)] == ["Zoë", "Bo"]
    report = journal.frame()
    assert report.loc[report["row"] == 2, "level"].tolist() == ["warning"]
    assert balance(report) == {"ties.csv": (2, 2, 0)}
    with pytest.raises(RecordError, match="UTF-8"):
        read("Name,Met At\nZoë,x\n".encode("cp1252"), strict=True)


@pytest.mark.parametrize("before", [0, 1, 49_999, 50_000, 50_001])
def test_an_open_quotation_mark_costs_its_own_row_and_no_other(before):
    text = "Name,Met At\n" + "Bo,x\n" * before + 'Al,"y, z\nCy,z\nDi,"w, w"\n'
    rows, journal = read(text)
    report = journal.frame()
    assert [name for _, name, _, _ in listed(rows)] == ["Bo"] * before + ["Cy", "Di"]
    assert balance(report) == {"ties.csv": (before + 3, before + 2, 1)}
    assert report.loc[report["row"] > 0, "row"].tolist() == [before + 2]
    with pytest.raises(RecordError, match=f"row {before + 2}: a quotation mark is out of place"):
        read(text, strict=True)


def test_chunks_add_up_to_the_whole():
    text = "Name,Met At,Note\n" + "".join(f'n{i},x,"a\nb"\n' for i in range(23))
    file, journal = member(text), Journal()
    header = find_header(file, TABLE)
    chunks = list(read_chunks(file, TABLE, header, journal, rows=5))
    assert [len(chunk) for chunk in chunks] == [5, 5, 5, 5, 3]
    whole = read_whole(file, TABLE, header, Journal())
    pd.testing.assert_frame_equal(pd.concat([chunk.astype("str") for chunk in chunks]), whole)


def test_a_header_alone_is_a_table_without_rows():
    rows, journal = read("Name,Met At")
    assert rows.empty
    assert list(rows.columns) == ["name", "metat", "note"]
    assert journal.frame().empty


def test_another_separator_is_reported():
    _, journal = read("Name;Met At\nBo;x\n")
    assert journal.frame()["reason"].str.contains("semicolons").any()


def test_a_file_that_breaks_off_is_a_clear_error():
    class Broken(io.BytesIO):
        def read(self, *args):
            raise EOFError

    file = Member("ties.csv", lambda: Broken(b"Name,Met At\nBo,x\n"))
    with pytest.raises(ArchiveError, match="ties.csv: the file cannot be read to its end"):
        list(read_chunks(file, TABLE, Header(1, ",", ("name", "metat")), Journal()))


def test_a_file_that_breaks_off_before_its_header_is_a_clear_error():
    class Broken(io.BytesIO):
        def read(self, *args):
            raise OSError

    with pytest.raises(ArchiveError, match=r"ties\.csv: the file cannot be read to its end"):
        find_header(Member("ties.csv", lambda: Broken(b"Name")), TABLE)


def test_what_the_parser_cannot_make_sense_of_is_a_clear_error(monkeypatch):
    def confused(*args, **options):
        raise pd.errors.ParserError("buffer overflow")

    monkeypatch.setattr(pd, "read_csv", confused)
    with pytest.raises(ArchiveError, match=r"ties\.csv: its rows cannot be told from each other"):
        read("Name,Met At\nBo,x\n")


CELL = st.text(st.sampled_from('ab ,;\t"\n\r\u00e9\u200b'), max_size=6).map(
    lambda text: text.replace("\r", "\r\n")
)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8), st.booleans())
@settings(max_examples=200, deadline=None)
def test_what_the_standard_library_writes_is_read_back(cells, quoted):
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(file, lineterminator="\n", quoting=quoting)
    writer.writerow(["Name", "Met At", "Note"])
    writer.writerows(cells)
    rows, journal = read(file.getvalue())
    kept = [row for row in cells if any(cell.strip() for cell in row)]
    assert [(name, at, note) for _, name, at, note in listed(rows)] == kept
    report = journal.frame()
    if cells:
        assert balance(report)["ties.csv"][0] == len(cells)
    # Each line is that on which the standard library's reader begins the record.
    reader, lines, before = csv.reader(io.StringIO(file.getvalue(), newline="")), [], 0
    for record in reader:
        lines.append((before + 1, record))
        before = reader.line_num
    expected = [line for line, record in lines[1:] if any(cell.strip() for cell in record)]
    assert [line for line, *_ in listed(rows)] == expected

"""A table damaged in hundreds of ways: what is read is right, or reported, or a clear error."""

import io
import random
from contextlib import suppress
from typing import NamedTuple

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.dates import DAY_MONTH_YEAR
from trustgraph.ingest.journal import BALANCE, NOT_USED, Journal
from trustgraph.ingest.tables import Table, find_header, read_whole

from helpers.linkedin_files import balance

SEEDS = range(200)
DATED = Table(
    "ties",
    required=("name", "metat"),
    optional=("note", "place"),
    plain=("note",),
    date="metat",
    forms=(DAY_MONTH_YEAR,),
)
UNDATED = Table("ties", required=("name", "metat"), optional=("note", "place"))
NOTES = ["", "met, twice", 'said "no"', "one\ntwo, three\n\nfour", "Zoë – naïve", "plain", '"']
TITLES = ["Name", "Met At", "Note", "Place"]
HEADER = b"Name,Met At,Note,Place\n"


def rows_of(rng):
    return [
        (f"n{i} Ek", f"{rng.randint(1, 28):02d} Mar 20{rng.randint(10, 25)}", rng.choice(NOTES),
         rng.choice(["Oslo", "Rome, Italy", "", "Łódź"]))
        for i in range(rng.randint(3, 14))
    ]  # fmt: skip


def written(rows, *, quoted, end="\n", delimiter=","):
    def field(text):
        needs = quoted or any(mark in text for mark in f'"\n{delimiter}')
        return '"' + text.replace('"', '""') + '"' if needs else text

    return end.join(delimiter.join(map(field, row)) for row in [TITLES, *rows]) + end


class Outcome(NamedTuple):
    """What is read of a file, by line, and what is said about it."""

    rows: dict
    told: set
    remarks: set
    not_used: int


def read(data, table):
    """Read a file, and check the balance; None where no header is found."""
    journal = Journal()
    member = Member("ties.csv", lambda: io.BytesIO(data))
    header = find_header(member, table)
    if header is None:
        return None
    frame = read_whole(member, table, header, journal)
    journal.used("ties.csv", len(frame))
    report = journal.frame()
    for number, used, unused in balance(report).values():
        assert number == used + unused
    told = report[report["row"] > 0]
    assert len(report) == 0 or (told["mend"] != "").all()
    rows = {
        line: tuple(row) for line, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    }
    remarks = set(report.loc[report["row"] == 0, "reason"]) - {BALANCE}
    not_used = int(told["reason"].str.startswith(NOT_USED).sum())
    return Outcome(rows, set(told["row"]), remarks, not_used)


def check(data, rows, table, *, silent=0, lost=0):
    """Check what is read of a damaged file.

    So many rows may differ without a word, as where one letter became another, and so many may be
    missing beyond those that are reported.
    """
    outcome = read(data, table)
    if data.replace(b'"', b"").startswith(HEADER):
        assert outcome is not None, data  # what is damaged lies below the titles
    if outcome is None or any("does not have" in remark for remark in outcome.remarks):
        return outcome  # a title is damaged, and that is said
    found = outcome.rows
    wrong = [row for line, row in found.items() if row not in rows and line not in outcome.told]
    assert len(wrong) <= silent, (wrong, data)
    missing = set(rows) - set(found.values())
    changed = sum(row not in rows for row in found.values())
    assert len(missing) <= outcome.not_used + changed + lost, (missing, data)
    return outcome


def cases(seed, *, quoted=None):
    rng = random.Random(seed)
    rows = rows_of(rng)
    is_quoted = rng.random() < 0.5 if quoted is None else quoted
    table = DATED if rng.random() < 0.5 else UNDATED
    return rng, rows, written(rows, quoted=is_quoted).encode(), table


def places(data, wanted):
    below = data.index(b"\n") + 1
    return [at for at in range(below, len(data)) if data[at : at + 1] in wanted]


def test_undamaged_everything_is_right_and_nothing_is_reported():
    for seed in SEEDS:
        _, rows, data, table = cases(seed)
        outcome = read(data, table)
        assert outcome[1:] == (set(), set(), 0)
        assert list(outcome.rows.values()) == rows


def test_a_quotation_mark_is_lost():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        marks = places(data, [b'"'])
        if marks:
            at = rng.choice(marks)
            check(data[:at] + data[at + 1 :], rows, table)


def test_a_quotation_mark_is_put_in():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        at = rng.randint(data.index(b"\n") + 1, len(data) - 1)
        # Inside a text of several lines, before a comma, it ends the row: what follows is reported.
        outcome = check(data[:at] + b'"' + data[at:], rows, table, silent=1)
        assert outcome.told or set(outcome.rows.values()) <= set(rows), data


def test_a_separator_or_a_line_end_is_lost():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        at = rng.choice(places(data, [b",", b"\n"]))
        # Inside a text it is a letter like any other; two rows on one line are reported as one.
        check(data[:at] + data[at + 1 :], rows, table, silent=1, lost=1)


def test_a_byte_is_lost():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        at = rng.randrange(len(data))
        check(data[:at] + data[at + 1 :], rows, table, silent=1, lost=1)


def test_a_byte_becomes_another():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        at = rng.randrange(len(data))
        check(
            data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :], rows, table, silent=2, lost=1
        )


def test_several_bytes_become_others():
    for seed in SEEDS:
        rng, _, data, table = cases(seed)
        damaged = bytearray(data)
        for _ in range(8):
            damaged[rng.randrange(len(data))] = rng.choice(b'",\n\r\0\xff;a')
        # The balance holds, whatever comes out; nothing but a clear error may be raised.
        with suppress(ArchiveError):
            read(bytes(damaged), table)


def test_a_line_is_lost_or_stands_twice():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        lines = data.splitlines(keepends=True)
        at = rng.randrange(1, len(lines))
        check(b"".join(lines[:at] + lines[at + 1 :]), rows, table, silent=1, lost=2)
        check(b"".join(lines[: at + 1] + lines[at:]), rows, table, silent=1)


def test_the_file_breaks_off():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        end = rng.randrange(len(data))
        outcome = read(data[:end], table)
        assert outcome is not None or not data[:end].replace(b'"', b"").startswith(HEADER)
        if outcome is not None:
            found, told = outcome.rows, outcome.told
            texts = data[:end].decode(errors="ignore")
            whole = [row for row in rows if written([row], quoted='"n0' in texts)[18:] in texts]
            wrong = [row for line, row in found.items() if row not in rows and line not in told]
            assert set(whole) <= set(found.values())
            assert len(wrong) <= 1


def test_nul_bytes_are_put_in():
    for seed in SEEDS:
        rng, rows, data, table = cases(seed)
        for _ in range(3):
            at = rng.randrange(len(data))
            data = data[:at] + b"\0" + data[at:]
        outcome = read(data, table)
        assert outcome[1:] == (set(), {"NUL bytes are left out"}, 0)
        assert list(outcome.rows.values()) == rows


def test_a_program_has_saved_the_file_in_its_own_way():
    for seed in SEEDS:
        rng, rows, _, table = cases(seed)
        rows = [row for row in rows if "Ł" not in row[3]]
        encoding = rng.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
        end, delimiter = rng.choice(["\n", "\r\n", "\r"]), rng.choice(",;\t")
        text = written(rows, quoted=rng.random() < 0.5, end=end, delimiter=delimiter)
        outcome = read(text.encode(encoding), table)
        assert list(outcome.rows.values()) == rows
        assert outcome.not_used == 0
        assert not outcome.told or encoding == "cp1252"


def test_a_column_is_missing():
    for seed in SEEDS:
        rng, rows, _, table = cases(seed)
        lost = rng.randrange(4)
        without = [tuple(text for at, text in enumerate(row) if at != lost) for row in rows]
        text = written(without, quoted=rng.random() < 0.5)
        if rng.random() < 0.5:
            # The header still has it: the rows are short.
            outcome = read(text.encode(), table)
            assert len(outcome.told) >= len(rows)
            continue
        titles = ",".join(title for at, title in enumerate(TITLES) if at != lost)
        outcome = read((titles + text[text.index("\n") :]).encode(), table)
        if lost < 2:
            assert outcome is None
        else:
            expected = [
                tuple("" if at == lost else one for at, one in enumerate(row)) for row in rows
            ]
            assert list(outcome.rows.values()) == expected

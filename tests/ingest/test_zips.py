"""Zips that lie, overlap, explode or nest: a clear error or a note, and nothing is written."""

import datetime as dt
import io
import stat
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import open_archive
from trustgraph.ingest.limits import ReadLimits

from helpers.hostile_zips import (
    DESCRIBED,
    ENCRYPTED,
    UTF8,
    Entry,
    deflated,
    files_below,
    overlapping_bomb,
    raw_zip,
)
from helpers.linkedin_files import connection, connections, folder, message, messages

TABLE = connections([connection("Bo Ek", "bo-ek")]).encode()
TALK = messages([message("Bo Ek <bo-ek>", "Ana Lima <ana>")]).encode()
GOOD = Entry("Connections.csv", TABLE)
ZEROS = bytes(2**20)
NONE = ReadLimits()


def written(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    return path


def read(path, limits=NONE):
    """Read all members to the end; return them and what was noted: file, reason, value."""
    with open_archive(path, limits=limits) as archive:
        texts = {}
        for member in archive.members:
            with member.open() as stream:
                texts[member.path] = stream.read()
        return texts, [(note.file, note.reason, note.value) for note in archive.notes]


@pytest.fixture
def place(tmp_path):
    """A folder that holds what it held, once the test is over."""
    yield tmp_path
    assert set(files_below(tmp_path)) <= {"a.zip"}


# ------------------------------------------------------------------------------ honest zips


@pytest.mark.parametrize(
    "data",
    [
        raw_zip([GOOD]),
        raw_zip([GOOD], before=b"MZ a program that unpacks itself" * 99),
        raw_zip([GOOD], comment=b"Mine, of 2026. " * 2_000),
        raw_zip([GOOD], is_long=True),
        raw_zip([GOOD], says_number=7),
        raw_zip([Entry("Connections.csv", TABLE, flags=UTF8 | DESCRIBED)]),
        raw_zip([Entry("Connections.csv", TABLE, method=zipfile.ZIP_STORED)]),
        raw_zip([Entry("./Connections.csv", TABLE)]),
        raw_zip([Entry("Jobs/"), Entry("Jobs\\"), GOOD]),
    ],
    ids="plain program comment zip64 miscounted descriptor stored dotted folders".split(),
)
def test_whatever_an_honest_program_writes_is_read(data, place):
    assert read(written(place, data)) == ({"Connections.csv": TABLE}, [])


def forms():
    """Return the same archive in all the forms in which people keep it, by name."""
    files = {
        "Connections.csv": TABLE,
        "messages.csv": TALK,
        "Jobs/Saved Jobs.csv": b"Saved Date,Job Title\n",
    }
    entries = [Entry(name, data) for name, data in files.items()]
    whole = raw_zip(entries)
    top = [Entry(f"My export/{entry.name}", entry.data) for entry in entries]
    junk = [Entry("__MACOSX/._a.zip", b"\0"), Entry(".DS_Store", b"\0"), Entry("Thumbs.db", b"\0")]
    return {
        "a zip": whole,
        "with a top folder": raw_zip(top),
        "with a top folder of a Mac": raw_zip([*top, *junk]),
        "with backslashes": raw_zip([Entry(e.name.replace("/", "\\"), e.data) for e in top]),
        "in a zip": raw_zip([Entry("Basic_LinkedInDataExport_02-08-2026.zip", whole)]),
        "in a zip, stored": raw_zip([Entry("b.zip", whole, method=zipfile.ZIP_STORED)]),
        "in a zip of a Mac": raw_zip([*junk, Entry("My export/B.ZIP", whole)]),
        "with a top folder, in a zip": raw_zip([Entry("b.zip", raw_zip(top))]),
        "in a folder": files,
        "in a folder with a top folder": {f"My export/{name}": t for name, t in files.items()},
        "in a folder, as a zip": {"a.zip": whole},
        "in a folder, as a zip in a zip": {"a.zip": raw_zip([Entry("b.zip", whole)])},
    }


@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("name", ["Basic_02-08-2026.zip", "Basic_02-08-2026.zip.zip", "mine"])
def test_an_archive_reads_equal_in_every_form(form, name, tmp_path):
    plain = tg.read_linkedin(written(tmp_path, forms()["a zip"]), owner="ana", strict=True)
    given = forms()[form]
    path = tmp_path / name
    if isinstance(given, dict):
        folder(path, given)
    else:
        path.write_bytes(given)
    net = tg.read_linkedin(path, owner="ana", strict=True)
    assert net.people.equals(plain.people)
    assert net.evidence.equals(plain.evidence)


def test_a_zip_in_a_zip_is_said_and_dated_by_the_entries_inside(place):
    inner = raw_zip([GOOD, Entry("../up.csv")])
    path = written(place, raw_zip([Entry("b.zip", inner, date=0), Entry(".DS_Store", b"x")]))
    with open_archive(path) as archive:
        assert archive.made == dt.datetime(2026, 2, 8, 12, tzinfo=dt.UTC)
        assert archive.name == "a.zip"
        assert [member.path for member in archive.members] == ["Connections.csv"]
        assert [(note.file, note.reason, note.level) for note in archive.notes] == [
            ("b.zip", "a zip inside the zip: it is read", "info"),
            (".DS_Store", "not read: left behind by a program", "info"),
            ("../up.csv", "not read: its path leads out of the archive", "warning"),
        ]


# ------------------------------------------------------------------------------ paths and kinds


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [
        ("../Connections.csv", "../Connections.csv", "leads out of the archive"),
        ("a/../../b.csv", "a/../../b.csv", "leads out of the archive"),
        ("..\\..\\b.csv", "../../b.csv", "leads out of the archive"),
        ("/etc/passwd", "/etc/passwd", "begins at the root of a disk"),
        ("\\\\server\\b.csv", "//server/b.csv", "begins at the root of a disk"),
        ("C:\\b.csv", "C:/b.csv", "begins at the root of a disk"),
        ("c:b.csv", "c:b.csv", "begins at the root of a disk"),
        ("messages.csv\0.txt", "messages.csv\\x00.txt", "cannot be seen, or that mislead"),
        ("a\nb.csv", "a\\nb.csv", "cannot be seen, or that mislead"),
        ("a\x1b[31mb.csv", "a\\x1b[31mb.csv", "cannot be seen, or that mislead"),
        ("a\u202evsc.exe", "a\\u202evsc.exe", "cannot be seen, or that mislead"),
        ("a\u2066b.csv", "a\\u2066b.csv", "cannot be seen, or that mislead"),
        ("a/" * 600 + "b.csv", "a/" * 50 + "…" + "a/" * 47 + "/b.csv"[1:], "longer than 1,000"),
        ("", "", "has no name"),
        ("./.", "", "has no name"),
    ],
)
def test_a_path_that_leads_astray_is_left_out_and_said(name, shown, reason, place):
    path = written(place, raw_zip([GOOD, Entry(name, b"evil")]))
    texts, notes = read(path)
    assert texts == {"Connections.csv": TABLE}
    ((file, said, _),) = notes
    assert said.startswith("not read: ")
    assert reason in said
    assert file.isprintable()
    assert len(file) <= 201
    assert file == shown or len(name) > 1_000


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (stat.S_IFLNK, "not read: a link to another file"),
        (stat.S_IFIFO, "not read: a device, and no file"),
        (stat.S_IFCHR, "not read: a device, and no file"),
        (stat.S_IFSOCK, "not read: a device, and no file"),
    ],
)
def test_what_is_no_file_is_left_out_and_said(kind, reason, place):
    path = written(place, raw_zip([GOOD, Entry("x.csv", b"/etc/passwd", mode=kind | 0o777)]))
    assert read(path) == ({"Connections.csv": TABLE}, [("x.csv", reason, "")])


def test_of_a_name_that_stands_twice_the_later_is_read_and_it_is_said(place):
    path = written(
        place, raw_zip([Entry("Connections.csv", b"old"), GOOD, Entry("./messages.csv")])
    )
    texts, notes = read(path)
    assert texts == {"Connections.csv": TABLE, "messages.csv": b""}
    reason = "stands twice in the zip; the later one is read, as unpacking leaves it"
    assert notes == [("Connections.csv", reason, "")]


@pytest.mark.parametrize("other", ["CONNECTIONS.csv", "connections.CSV"])
def test_names_that_differ_in_case_are_both_read_and_it_is_said(other, place):
    texts, notes = read(written(place, raw_zip([GOOD, Entry(other, b"x")])))
    assert texts == {"Connections.csv": TABLE, other: b"x"}
    reason = "one file with another on a Mac or on Windows; both are read here"
    assert notes == [(other, reason, "Connections.csv")]


def test_names_that_differ_in_how_an_accent_is_written_are_both_read_and_it_is_said(place):
    texts, notes = read(written(place, raw_zip([Entry("é.csv", b"1"), Entry("e\u0301.csv", b"2")])))
    assert texts == {"é.csv": b"1", "e\u0301.csv": b"2"}
    assert [(file, value) for file, _, value in notes] == [("e\u0301.csv", "é.csv")]


def test_what_is_said_of_very_many_files_is_listed_a_hundred_times_and_counted(place):
    many = [Entry(f"../{number}.csv") for number in range(350)]
    _, notes = read(written(place, raw_zip([GOOD, *many])))
    assert len(notes) == 101
    assert notes[-1] == (
        "a.zip",
        "not read: its path leads out of the archive: more such files",
        "250",
    )


# ------------------------------------------------------------------------------ locked and unknown


def test_a_locked_file_that_nobody_wants_does_no_harm(place):
    path = written(place, raw_zip([GOOD, Entry("x.bin", b"x", flags=UTF8 | ENCRYPTED)]))
    with open_archive(path) as archive:
        wanted, locked = archive.members
        with wanted.open() as stream:
            assert stream.read() == TABLE
        assert [(note.file, note.reason) for note in archive.notes] == [
            ("x.bin", "encrypted: it cannot be read")
        ]
        with pytest.raises(ArchiveError, match=r"^a.zip/x.bin: the file is encrypted; mend: take"):
            locked.open()


@pytest.mark.parametrize(
    ("method", "named"), [(12, "bzip2"), (14, "LZMA"), (9, "Deflate64"), (77, "77")]
)
def test_a_method_of_packing_that_is_not_read_is_named(method, named, place):
    path = written(place, raw_zip([Entry("Connections.csv", TABLE, method=method)]))
    reason = f"a.zip/Connections.csv: the file is packed by a method that is not read: '{named}'"
    with pytest.raises(ArchiveError, match=reason):
        read(path)


def test_a_zip_of_a_later_age_is_a_clear_error(place):
    path = written(place, raw_zip([Entry("Connections.csv", TABLE, needs=99)]))
    with pytest.raises(ArchiveError, match="a.zip: the zip is packed in a way that is not read"):
        read(path)


def test_a_name_that_is_not_in_its_encoding_is_a_clear_error(place):
    refused(written(place, raw_zip([GOOD, Entry(b"\xff.csv")])), "a.zip: the zip file is damaged")


def test_a_name_in_the_old_encoding_is_read(place):
    path = written(place, raw_zip([Entry("é.csv".encode("cp437"), b"x", flags=0)]))
    assert read(path) == ({"é.csv": b"x"}, [])


# ------------------------------------------------------------------------------ lies about sizes


@pytest.mark.parametrize(
    ("lie", "value"),
    [
        ({"says_unpacked": 10}, "announced 10 bytes, there are more"),
        ({"says_unpacked": 10, "crc": zlib.crc32(TABLE[:10])}, None),
        ({"says_unpacked": len(TABLE) + 1}, f"bytes, there are {len(TABLE)}"),
        ({"says_unpacked": 2**32 - 2}, f"announced 4,294,967,294 bytes, there are {len(TABLE)}"),
        ({"says_unpacked": 0}, "announced 0 bytes, there are more"),
    ],
)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_size_that_lies_is_a_clear_error(lie, value, method, place):
    path = written(place, raw_zip([Entry("Connections.csv", TABLE, method=method, **lie)]))
    with pytest.raises(ArchiveError) as caught:
        read(path)
    assert caught.value.file == "a.zip/Connections.csv"
    if value is None:  # the checksum fits what is announced, not what is there
        assert caught.value.reason == "the file cannot be read to its end"
    else:
        assert caught.value.reason == "the file has not the size that the zip announces"
        assert value in caught.value.value
    with pytest.raises(ArchiveError, match=r"a.zip/Connections.csv"):
        tg.read_linkedin(path)


def test_an_error_at_the_end_of_a_table_leaves_nothing_of_it_in_use(place):
    long = connections([connection(f"Bo Ek{n}", f"bo-{n}") for n in range(20_000)]).encode()
    path = written(place, raw_zip([Entry("Connections.csv", long, crc=1)]))
    with open_archive(path) as archive, archive.members[0].open() as stream:
        assert stream.read(100) == long[:100]
        with pytest.raises(ArchiveError, match="Connections.csv: the file cannot be read to its"):
            stream.read()
    with pytest.raises(ArchiveError, match="Connections.csv: the file cannot be read to its end"):
        tg.read_linkedin(path)


def test_data_that_ends_early_are_a_clear_error(place):
    packed = deflated(TABLE * 50)
    half = packed[: len(packed) // 2]
    path = written(place, raw_zip([Entry("Connections.csv", TABLE * 50, packed=half)]))
    with pytest.raises(ArchiveError, match="a.zip/Connections.csv: the file cannot be read to its"):
        read(path)


@pytest.mark.parametrize("length", [0, 1, 21, 22, 60, 200, 330, -1, -21, -22, -23, -40])
def test_a_zip_cut_anywhere_is_a_clear_error(length, place):
    path = written(place, raw_zip([GOOD])[:length])
    with pytest.raises(
        ArchiveError, match=r"a\.zip: (this is no zip file|the zip file is damaged)"
    ):
        read(path)


def test_a_zip_of_several_disks_is_a_clear_error(place):
    data = bytearray(raw_zip([GOOD], is_long=True))
    data[-26] = 2  # how many disks there are, before the end of 22 bytes
    with pytest.raises(ArchiveError, match=r"^a.zip: the zip file is damaged; mend: download"):
        read(written(place, bytes(data)))


# ------------------------------------------------------------------------------ bombs


def peak_of(deed):
    """Return the most memory in use at once while something is done, in bytes."""
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def refused(path, match, limits=NONE):
    """Check that reading ends in an error, and return the most memory that it took."""

    def deed():
        with pytest.raises(ArchiveError, match=match):
            read_by_blocks(path, limits)

    return peak_of(deed)


def read_by_blocks(path, limits=NONE):
    """Read all members to the end, and hold nothing."""
    number = 0
    with open_archive(path, limits=limits) as archive:
        for member in archive.members:
            with member.open() as stream:
                while block := stream.read(2**16):
                    number += len(block)
    return number


def test_entries_that_share_their_bytes_are_refused(place):
    bomb = overlapping_bomb(200, bytes(2**16))
    path = written(place, bomb)
    with zipfile.ZipFile(io.BytesIO(bomb)) as container:
        assert sum(entry.file_size for entry in container.infolist()) > 500 * len(bomb)
    reason = "a.zip: entries of the zip lie over each other or outside of it.*'0001.csv'"
    assert refused(path, reason) < 4 * 2**20


def test_entries_in_one_place_are_refused(place):
    path = written(place, raw_zip([GOOD, Entry("Connections.csv", TABLE, says_place=0)]))
    refused(path, "a.zip: entries of the zip lie over each other or outside of it")


@pytest.mark.parametrize("lie", [{"says_packed": 10**6}, {"says_place": 10**8}])
def test_entries_outside_of_the_file_are_refused(lie, place):
    path = written(place, raw_zip([Entry("Connections.csv", TABLE, **lie)]))
    refused(path, "a.zip: entries of the zip lie over each other or outside of it")


def bomb(mebibytes):
    """Return zeros, packed, and how many."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(pack.compress(ZEROS) for _ in range(mebibytes)) + pack.flush()
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(ZEROS, crc)
    size = mebibytes * 2**20
    return Entry("Connections.csv", packed=packed, crc=crc, says_unpacked=size)


def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused_early(place):
    path = written(place, raw_zip([bomb(256)]))
    reason = (
        "a.zip/Connections.csv: the file unpacks to far more than its size, as zip bombs do: "
        "'over 200 bytes for each one'; mend: if you trust it, give a larger .*max_ratio"
    )
    assert refused(path, reason) < 4 * 2**20
    with pytest.raises(ArchiveError, match=reason):
        tg.read_linkedin(path)


def test_a_large_ratio_may_be_allowed_and_means_nothing_for_small_files(place):
    path = written(place, raw_zip([bomb(40)]))
    assert read_by_blocks(path, ReadLimits(max_ratio=2_000)) == 40 * 2**20
    assert read_by_blocks(path, ReadLimits(ratio_floor_bytes=40 * 2**20)) == 40 * 2**20
    honest = raw_zip([Entry("Connections.csv", TABLE * 20_000)])
    assert len(honest) * 200 < len(TABLE) * 20_000 < 32 * 2**20
    assert read_by_blocks(written(place, honest)) == len(TABLE) * 20_000


def test_a_file_is_read_up_to_the_limit_of_bytes_and_not_further(place):
    path = written(place, raw_zip([Entry("Connections.csv", ZEROS)]))
    assert read_by_blocks(path, ReadLimits(max_member_bytes=2**20)) == 2**20
    reason = (
        "a.zip/Connections.csv: the file is larger than what is read at most: "
        r"'over 1,048,575 bytes'; mend: .*max_member_bytes"
    )
    refused(path, reason, ReadLimits(max_member_bytes=2**20 - 1))


def test_the_files_together_are_read_up_to_the_limit_of_bytes(place):
    files = [Entry(f"{name}.csv", ZEROS) for name in "abc"]
    path = written(place, raw_zip(files))
    assert read_by_blocks(path, ReadLimits(max_bytes=3 * 2**20)) == 3 * 2**20
    reason = r"a.zip/c.csv: the files of the archive together are larger.*max_bytes"
    refused(path, reason, ReadLimits(max_bytes=3 * 2**20 - 1))


def test_what_is_not_read_costs_nothing_and_what_is_read_again_counts_once(place):
    path = written(place, raw_zip([GOOD, Entry("film.mp4", ZEROS)]))
    with open_archive(path, limits=ReadLimits(max_bytes=len(TABLE))) as archive:
        for _ in range(3):
            with archive.members[0].open() as stream:
                assert stream.read() == TABLE
        for _ in range(2):
            with archive.members[1].open() as stream, pytest.raises(ArchiveError, match="together"):
                stream.read()


@pytest.mark.parametrize("says_number", [None, 1])
def test_a_zip_of_too_many_files_is_refused_before_its_list_is_read(says_number, place):
    one = Entry("x", method=zipfile.ZIP_STORED)
    path = written(place, raw_zip([one] * 40_000, says_number=says_number, is_long=True))
    reason = r"a.zip: it holds too many files: 'over 5,000'; mend: .*max_members"
    assert refused(path, reason, ReadLimits(max_members=5_000)) < 8 * 2**20
    assert path.stat().st_size > 2**21


def test_a_list_longer_than_any_honest_one_is_not_read_at_all(place):
    long = Entry("x" * 60_000, method=zipfile.ZIP_STORED)
    path = written(place, raw_zip([long] * 50))
    assert refused(path, "a.zip: it holds too many files", ReadLimits(max_members=10)) < 2**20


def test_the_number_of_files_is_counted_to_the_last(place):
    path = written(place, raw_zip([Entry(f"{number}.csv") for number in range(10)]))
    assert len(read(path, ReadLimits(max_members=10))[0]) == 10
    refused(path, "a.zip: it holds too many files: 'over 9'", ReadLimits(max_members=9))


def test_zips_in_zips_in_zips_are_refused(place):
    data = raw_zip([GOOD])
    for name in ("c.zip", "b.zip"):
        data = raw_zip([Entry(name, data)])
    reason = r"a.zip/b.zip: a zip in a zip in a zip: 'c.zip'; mend: unpack it until one zip is left"
    refused(written(place, data), reason)


def test_a_zip_in_a_zip_must_fit_in_memory(place):
    inner = raw_zip([Entry("film.mp4", ZEROS, method=zipfile.ZIP_STORED), GOOD])
    path = written(place, raw_zip([Entry("b.zip", inner, method=zipfile.ZIP_STORED)]))
    assert read_by_blocks(path, ReadLimits(max_inner_bytes=len(inner))) == 2**20 + len(TABLE)
    refused(
        path,
        r"a.zip/b.zip: a zip inside a zip that is too large.*unpack the outer zip",
        ReadLimits(max_inner_bytes=len(inner) - 1),
    )


def test_a_bomb_inside_a_zip_inside_a_zip_is_refused_early(place):
    path = written(place, raw_zip([Entry("b.zip", raw_zip([bomb(128)]))]))
    assert refused(path, r"a.zip/b.zip/Connections.csv: the file unpacks to far") < 4 * 2**20
    whole = Entry("b.zip", packed=bomb(128).packed, says_unpacked=128 * 2**20)
    limits = ReadLimits(max_inner_bytes=2**20)
    assert (
        refused(written(place, raw_zip([whole])), "a.zip/b.zip: .* too large", limits) < 8 * 2**20
    )


@pytest.mark.parametrize("inner", [b"", b"PK\x05\x06", b"no zip at all" * 99])
def test_a_file_that_is_a_zip_by_name_only_is_a_clear_error(inner, place):
    path = written(place, raw_zip([Entry("b.zip", inner)]))
    refused(path, r"a.zip/b.zip: the zip file is damaged")


def test_several_zips_in_a_zip_are_not_opened(place):
    inner = raw_zip([GOOD])
    path = written(place, raw_zip([Entry("b.zip", inner), Entry("c.zip", inner)]))
    with open_archive(path) as archive:
        assert [member.path for member in archive.members] == ["b.zip", "c.zip"]
    with pytest.raises(ArchiveError, match="no table of a LinkedIn archive.*unpack a zip that"):
        tg.read_linkedin(path)


# ------------------------------------------------------------------------------ when it was made


@pytest.mark.parametrize(
    ("date", "time"),
    [
        (0, 0),
        (0xFFFF, 0xFFFF),
        (127 << 9 | 12 << 5 | 31, 0),
        (46 << 9 | 2 << 5 | 31, 0),
        (46 << 9 | 13 << 5 | 1, 0),
        (46 << 9 | 3 << 5 | 1, 25 << 11),
        (46 << 9 | 3 << 5 | 1, 30),
        (1 << 9 | 1 << 5 | 1, 0),
    ],
)
def test_a_time_that_cannot_be_is_no_time(date, time, place):
    odd = Entry("odd.csv", date=date, time=time)
    with open_archive(written(place, raw_zip([odd]))) as archive:
        assert archive.made is None
    with open_archive(written(place, raw_zip([odd, GOOD]))) as archive:
        assert archive.made == dt.datetime(2026, 2, 8, 12, tzinfo=dt.UTC)


# ------------------------------------------------------------------------------ any damage at all

SOUND = raw_zip(
    [
        Entry("Connections.csv", TABLE * 3),
        Entry("messages.csv", TALK, flags=UTF8 | DESCRIBED),
        Entry("Rich_Media/é.csv", b"x,y\n", method=zipfile.ZIP_STORED),
        Entry("Articles/", b"", method=zipfile.ZIP_STORED),
    ],
    comment=b"mine",
)
DOUBLE = raw_zip([Entry("b.zip", SOUND)])
LONG = raw_zip([GOOD], is_long=True)
CHANGE = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255))


@settings(max_examples=400)
@given(
    whole=st.sampled_from([SOUND, DOUBLE, LONG]),
    changes=st.lists(CHANGE, max_size=6),
    near_end=st.booleans(),
    cut=st.one_of(st.none(), st.floats(0, 1)),
    added=st.binary(max_size=30),
)
@example(whole=SOUND, changes=[], near_end=False, cut=None, added=b"")
def test_any_damage_is_an_archive_error_or_no_damage(
    whole, changes, near_end, cut, added, tmp_path_factory
):
    data = bytearray(whole)
    first = max(0, len(data) - 300) if near_end else 0  # where the list of entries stands
    for share, mask in changes:
        data[first + int(share * (len(data) - first))] ^= mask
    if cut is not None:
        del data[int(cut * len(data)) :]
    path = tmp_path_factory.mktemp("damage") / "a.zip"
    path.write_bytes(bytes(data) + added)
    error, texts = None, {}
    try:
        texts, _ = read(path, ReadLimits(max_bytes=2**24, max_inner_bytes=2**22))
    except ArchiveError as raised:
        error = raised
    assert error is None or (error.file.startswith("a.zip") and error.mend)
    assert all(inside.isprintable() for inside in texts)
    assert [one.name for one in path.parent.iterdir()] == ["a.zip"]

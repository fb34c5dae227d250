"""Where an archive is kept, and when it was made."""

import datetime as dt
import struct
import zipfile

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import date_in_name, open_archive

from helpers.linkedin_files import connection, connections, folder, message, messages, zipped

FILES = {"Connections.csv": connections([connection("Bo Ek", "bo-ek")])}
NAME = "Complete_LinkedInDataExport_11-22-2026.zip"


def made(path):
    with open_archive(path) as archive:
        return archive.made


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (NAME, "2026-11-22"),
        ("Basic_LinkedInDataExport_01-02-2021.zip.zip", "2021-01-02"),
        ("Complete_LinkedInDataExport_11-22-2026 (1).zip", "2026-11-22"),
        ("mine.zip", None),
        ("99-99-2026.zip", None),
        ("13-13-2026_02-03-2024", "2024-02-03"),
    ],
)
def test_the_name_of_an_archive_may_tell_its_date(name, day):
    found = date_in_name(name)
    assert (found and str(found.date())) == day


def test_a_zip_a_folder_and_a_folder_named_like_a_zip_are_read_alike(tmp_path):
    one = zipped(tmp_path / "a.zip", FILES)
    other = folder(tmp_path / "b.zip", FILES)
    nets = [tg.read_linkedin(path, owner="ana-lima") for path in (one, str(other))]
    assert nets[0].people.equals(nets[1].people)
    assert nets[0].evidence.equals(nets[1].evidence)


def test_a_top_folder_and_what_a_mac_puts_beside_it_do_not_matter(tmp_path):
    files = {f"My export/{name}": text for name, text in FILES.items()}
    files |= {"__MACOSX/My export/._Connections.csv": b"\x00\x05", "My export/.DS_Store": b"x"}
    net = tg.read_linkedin(zipped(tmp_path / "a.zip", files), owner="ana-lima")
    assert net.people.index.tolist() == ["ana-lima", "bo-ek"]


def test_a_zip_was_made_when_its_newest_entry_was(tmp_path):
    path = zipped(tmp_path / NAME, FILES, made=(2026, 11, 21, 23, 5, 6))
    assert made(path) == dt.datetime(2026, 11, 21, 23, 5, 6, tzinfo=dt.UTC)


def test_a_zip_packed_again_later_has_the_date_of_its_name(tmp_path):
    path = zipped(tmp_path / NAME, FILES, made=(2028, 1, 1, 0, 0, 0))
    assert made(path) == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_without_stamps_the_name_counts_and_without_a_name_nothing(tmp_path):
    assert made(zipped(tmp_path / NAME, FILES, made=(1980, 1, 1, 0, 0, 0))) == dt.datetime(
        2026, 11, 22, tzinfo=dt.UTC
    )
    assert made(zipped(tmp_path / "a.zip", FILES, made=(1980, 1, 1, 0, 0, 0))) is None
    assert made(folder(tmp_path / "b", FILES)) is None


def test_an_archive_without_date_is_as_of_its_newest_record(tmp_path):
    net = tg.read_linkedin(folder(tmp_path / "b", FILES))
    assert net.as_of == dt.datetime(2026, 2, 8, tzinfo=dt.UTC)


def test_records_some_hours_ahead_of_the_zip_still_count(tmp_path):
    files = FILES | {
        "messages.csv": messages(
            [message("Bo Ek <bo-ek>", "Ana Lima <ana>", "2026-02-10 05:00:00 UTC")]
        )
    }
    net = tg.read_linkedin(zipped(tmp_path / "a.zip", files, made=(2026, 2, 9, 21, 0, 0)))
    assert str(net.as_of) == "2026-02-10 00:00:00+00:00"


def test_acts_dated_long_after_the_archive_are_reported_and_wait(tmp_path):
    files = {"Connections.csv": connections([connection("Bo Ek", "bo-ek", on="08 Feb 2062")])}
    net = tg.read_linkedin(zipped(tmp_path / NAME, files))
    assert str(net.as_of.date()) == "2026-11-22"
    late = net.report[net.report["reason"].str.contains("dated after the archive was made")]
    assert late["value"].tolist() == ["1"]


def test_an_entry_that_stands_twice_is_read_as_unpacking_would_leave_it(tmp_path):
    path = zipped(tmp_path / "a.zip", FILES)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("Connections.csv", connections([connection("Al Oy", "al-oy")]))
    assert tg.read_linkedin(path, owner="ana").people.index.tolist() == ["al-oy", "ana"]


def test_what_is_not_there_is_a_clear_error():
    with pytest.raises(ArchiveError, match=r"^missing\.zip: there is no such file or folder"):
        tg.read_linkedin("missing.zip")


@pytest.mark.parametrize("name", ["a\0b.csv", "a" * 5_000 + ".zip", "a\u202evsc.zip"])
def test_a_path_that_cannot_be_is_a_clear_error(name, tmp_path):
    with (
        pytest.raises(ArchiveError, match="no such file or folder|it cannot be opened") as caught,
        open_archive(tmp_path / name),
    ):
        pass
    assert caught.value.file.isprintable()
    assert len(caught.value.file) < 300


def test_a_table_that_speaks_of_zips_is_none(tmp_path):
    end = "PK\x05\x06" + "\0" * 18  # how a zip ends
    path = tmp_path / "Connections.csv"
    path.write_text(FILES["Connections.csv"] + connections([connection(end, "x")])[-60:])
    with open_archive(path) as archive:
        assert archive.is_single_file


def test_a_zip_is_known_by_its_beginning_whatever_its_name(tmp_path):
    path = zipped(tmp_path / "a.zip.download", FILES)
    assert tg.read_linkedin(path, owner="ana").people.index.tolist() == ["ana", "bo-ek"]


def test_a_zip_cut_short_is_a_clear_error(tmp_path):
    path = zipped(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ArchiveError, match=r"a\.zip: this is no zip file, or only a part of one"):
        tg.read_linkedin(path)


def test_a_damaged_entry_is_a_clear_error(tmp_path):
    text = connections([connection(f"Bo Ek{n}", f"bo-{n}") for n in range(5_000)])
    path = zipped(tmp_path / "a.zip", {"Connections.csv": text})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="Connections.csv: the file cannot be read to its end"):
        tg.read_linkedin(path)


def overwritten(path, signature, offset, new):
    """Change some bytes of a zip, counted from a mark in it."""
    data = bytearray(path.read_bytes())
    place = data.index(signature) + offset
    data[place : place + len(new)] = new
    path.write_bytes(data)
    return path


def test_a_damaged_list_of_entries_is_a_clear_error(tmp_path):
    path = overwritten(zipped(tmp_path / "a.zip", FILES), b"PK\x01\x02", 0, b"XXXX")
    with pytest.raises(ArchiveError, match=r"a\.zip: the zip file is damaged"):
        tg.read_linkedin(path)


def test_a_damaged_start_of_an_entry_is_a_clear_error(tmp_path):
    path = overwritten(zipped(tmp_path / "a.zip", FILES), b"PK\x03\x04", 0, b"XXXX")
    with pytest.raises(ArchiveError, match=r"a\.zip/Connections\.csv: the file is damaged"):
        tg.read_linkedin(path)


def test_a_stamp_that_is_no_date_is_no_stamp(tmp_path):
    path = overwritten(zipped(tmp_path / "a.zip", FILES), b"PK\x01\x02", 14, b"\0\0")
    assert made(path) is None


def test_an_encrypted_zip_is_a_clear_error(tmp_path):
    path = zipped(tmp_path / "a.zip", FILES)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        flags = struct.unpack_from("<H", data, place)[0] | 1
        struct.pack_into("<H", data, place, flags)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"Connections.csv: the file is encrypted.*password"):
        tg.read_linkedin(path)


def test_nothing_is_written_beside_the_archive(tmp_path):
    path = zipped(tmp_path / "a.zip", FILES)
    tg.read_linkedin(path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]

"""JSON: everything comes back, nothing wrong gets in."""

import copy
import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

import trustgraph as tg
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.json_files import read_json, write_json
from trustgraph.ingest.network_data import network_from_dict, network_to_dict

from helpers.strategies import networks


def small():
    return tg.Network(
        [{"id": "ana", "name": "Ana"}, {"id": "bo"}],
        [
            {"kind": "project", "source": "ana", "target": "bo", "at": "2024-05-01"},
            {"kind": "project", "source": "bo", "target": "ana"},
        ],
        judgements=[{"source": "bo", "target": "ana", "trust": 0.5, "certainty": 0.5}],
        owners=["ana"],
        as_of="2026-01-01T10:00:00.000001Z",
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / "small.json"


def refused(data):
    with pytest.raises(RecordError) as caught:
        network_from_dict(data)
    return caught.value


# ------------------------------------------------------------------------------ there and back


@given(networks())
def test_everything_comes_back(net):
    data = json.loads(json.dumps(network_to_dict(net), allow_nan=False))
    again = network_from_dict(data)
    assert again == net
    assert network_to_dict(again) == data


@settings(max_examples=20)
@given(networks())
def test_everything_comes_back_from_a_file(net):
    with tempfile.TemporaryDirectory() as folder:
        for name in ("net.json", "net.json.gz"):
            write_json(net, Path(folder, name))
            assert read_json(Path(folder, name)) == net


def test_what_was_merged_can_be_taken_apart_after_reading(file):
    net = small().replace(merged=[{"alias": "bo", "person": "ana"}])
    assert net.evidence.empty
    write_json(net, file)
    assert read_json(file).replace(merged=None) == small()


def test_an_empty_network_comes_back():
    assert network_from_dict(network_to_dict(tg.Network())) == tg.Network()


def test_the_file_is_the_same_whenever_it_is_written(tmp_path):
    for name in ("a.json.gz", "b.json.gz"):
        write_json(small(), tmp_path / name)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()


def test_tables_that_are_absent_are_empty():
    data = network_to_dict(small())
    bare = {key: data[key] for key in ("format", "schema")}
    assert network_from_dict(bare) == tg.Network()
    acts = {"kind": ["project"], "source": ["ana"], "target": ["bo"]}
    net = network_from_dict({**bare, "tables": {"evidence": acts}})
    assert net.people.index.tolist() == ["ana", "bo"]


# ------------------------------------------------------------------------------ nothing is replaced


def test_a_file_is_replaced_only_if_asked(file):
    file.write_text("mine")
    with pytest.raises(ArchiveError, match="already such a file.*overwrite=True"):
        write_json(small(), file)
    assert file.read_text() == "mine"
    write_json(small(), file, overwrite=True)
    assert read_json(file) == small()


def test_where_nothing_can_be_written_the_error_says_so(tmp_path):
    with pytest.raises(ArchiveError, match="nothing can be written there"):
        write_json(small(), tmp_path / "no such folder" / "net.json")


# ------------------------------------------------------------------------------ wrong values


@pytest.mark.parametrize(
    ("path", "value", "place", "row"),
    [
        (["tables", "people", "id"], ["ana", 7], "people.id", 2),
        (["tables", "people", "id"], ["ana"], "people.name", 0),
        (["tables", "people", "id"], "ana", "people.id", 0),
        (["tables", "people", "id"], ["ana", "ana"], "people", 2),
        (["tables", "people", "id"], ["ana", " "], "people", 2),
        (["tables", "people", "name"], ["x" * 10_001, ""], "people", 1),
        (["tables", "people", "do_not_ask"], [False, 1], "people.do_not_ask", 2),
        (["tables", "people", "nick"], ["a", "b"], "people", 0),
        (["tables", "people"], [1], "people", 0),
        (["tables", "neighbours"], {}, "", 0),
        (["tables"], [], "tables", 0),
        (["more"], 1, "", 0),
        (["tables", "evidence", "amount"], [1.0, None], "evidence.amount", 2),
        (["tables", "evidence", "amount"], [1.0, float("inf")], "evidence", 2),
        (["tables", "evidence", "amount"], [10**400, 1], "evidence.amount", 1),
        (["tables", "evidence", "amount"], [1, -1], "evidence", 2),
        (["tables", "evidence", "amount"], [1, True], "evidence.amount", 2),
        (["tables", "evidence", "amount"], [1], "evidence.amount", 0),
        (["tables", "evidence", "source"], ["ana", "zoe"], "evidence.source", 2),
        (["tables", "evidence", "source"], ["bo", "bo"], "evidence", 1),
        (["tables", "evidence", "source"], {"values": []}, "evidence.source", 0),
        (
            ["tables", "evidence", "source"],
            {"values": ["ana", "bo"], "codes": [0, 2]},
            "evidence.source.codes",
            2,
        ),
        (
            ["tables", "evidence", "source"],
            {"values": ["ana", "bo"], "codes": [0, -1]},
            "evidence.source.codes",
            2,
        ),
        (
            ["tables", "evidence", "source"],
            {"values": ["ana", "bo"], "codes": [0, 10**30]},
            "evidence.source.codes",
            2,
        ),
        (
            ["tables", "evidence", "source"],
            {"values": ["ana", "bo"], "codes": [0, 1.0]},
            "evidence.source.codes",
            2,
        ),
        (
            ["tables", "evidence", "source"],
            {"values": ["ana", "ana"], "codes": [0, 1]},
            "evidence.source.values",
            0,
        ),
        (["tables", "evidence", "at"], ["2024-05-01T00:00:00Z", "soon"], "evidence.at", 2),
        (["tables", "evidence", "at"], ["2024-02-30T00:00:00Z", None], "evidence.at", 1),
        (["tables", "evidence", "at"], ["0000-02-03T00:00:00Z", None], "evidence.at", 1),
        (["tables", "evidence", "at"], [None, 5], "evidence.at", 2),
        (
            ["tables", "evidence", "at"],
            {"values": ["2024-05-01T25:00:00Z"], "codes": [0, -1]},
            "evidence.at.values",
            1,
        ),
        (["tables", "report", "row"], [2**70], "report.row", 1),
        (["tables", "judgements", "trust"], [1.5], "", 0),
        (["tables", "merged"], {"alias": ["ana"], "person": ["ana"]}, "merged.alias", 1),
        (["owners"], ["zoe"], "owners", 1),
        (["owners"], "ana", "owners", 0),
        (["as_of"], 2026, "as_of", 1),
        (["as_of"], "yesterday", "as_of", 1),
        (["schema"], "1", "schema", 0),
        (["schema"], True, "schema", 0),
        (["schema"], 0, "schema", 0),
        (["schema"], None, "schema", 0),
        (["format"], "other", "", 0),
    ],
)
def test_a_wrong_value_is_named_with_its_place(path, value, place, row):
    data = copy.deepcopy(network_to_dict(small()))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    error = refused(data)
    assert (error.file, error.row) == (place, row)
    assert len(str(error)) < 400


def test_half_a_character_is_refused():
    data = network_to_dict(small())
    data["tables"]["people"]["name"] = ["Ana", "\ud800"]
    error = refused(data)
    assert error.file.startswith("people")
    assert error.mend


@pytest.mark.parametrize("data", [None, [], "net", 5, {}, {"format": []}])
def test_what_is_no_network_is_refused(data):
    assert "no network that trustgraph wrote" in str(refused(data))


def test_a_newer_schema_is_refused_with_the_mend():
    error = refused({**network_to_dict(small()), "schema": 2})
    assert "newer trustgraph (schema 2, this one reads 1)" in str(error)
    assert "install the newest" in error.mend


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON from character 0"),
        (b"{", "no JSON from character 1"),
        (b'{"format": "trustgraph-network", "schema": 1', "no JSON"),
        (b"[" * 2_000_000, "lists within lists"),
        (b'{"a":' * 2_000_000, "lists within lists"),
        (b"1" * 100_000, "a number that is too long"),
        (b'{"format": 1, "format": 2}', "a key stands twice: 'format'"),
        (b'{"schema": NaN}', "not a number that JSON knows: 'NaN'"),
        (b'{"schema": -Infinity}', "not a number that JSON knows"),
        (b"\xff\xfe{}", "not UTF-8 from byte 0"),
        (b'{"format": "\xe9"}', "not UTF-8 from byte 12"),
        (b"\x1f\x8bnothing", "cannot be read to its end"),
        (b"\0", "no JSON"),
        (gzip.compress(b'{"a":1}', mtime=0)[:-6], "cannot be read to its end"),
    ],
)
def test_a_damaged_file_is_a_clear_error(file, content, reason):
    file.write_bytes(content)
    with pytest.raises(ArchiveError) as caught:
        read_json(file)
    assert reason in str(caught.value)
    assert str(caught.value).startswith("small.json")


def test_no_truncated_file_is_read(file):
    write_json(small(), file)
    whole = file.read_bytes()
    for length in range(0, len(whole) - 2, 37):
        file.write_bytes(whole[:length])
        with pytest.raises(ArchiveError):
            read_json(file)


def test_the_error_names_file_and_table(file):
    data = network_to_dict(small())
    data["tables"]["evidence"]["amount"] = [1.0, -1.0]
    file.write_text(json.dumps(data))
    with pytest.raises(RecordError, match=r"^small.json: evidence, row 2: .*greater than 0"):
        read_json(file)


def test_a_bomb_is_not_unpacked(file):
    file.write_bytes(gzip.compress(b" " * 10_000_000, mtime=0))
    with pytest.raises(ArchiveError, match="holds more than 1000000 bytes"):
        read_json(file, max_bytes=1_000_000)
    with pytest.raises(ArchiveError, match="there is no such file"):
        read_json(file.parent / "nothing.json")
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_json(file.parent)

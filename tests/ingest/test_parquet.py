"""Parquet: everything comes back, nothing wrong gets in; without pyarrow the error says so."""

import json
import sys
import tempfile

import pytest
from hypothesis import given, settings

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest.parquet import read_parquet, write_parquet

from helpers.strategies import networks


def test_without_pyarrow_the_error_names_the_extra(monkeypatch, tmp_path):
    net = tg.Network()
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    for call in (lambda: read_parquet(tmp_path), lambda: write_parquet(net, tmp_path)):
        with pytest.raises(ArchiveError, match=r"pip install 'trustgraph-analysis\[parquet\]'"):
            call()
    assert not list(tmp_path.iterdir())


@pytest.fixture
def files():
    return pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def folder(files, tmp_path):
    write_parquet(tg.datasets.load_office(), tmp_path / "office")
    return tmp_path / "office"


@settings(max_examples=30)
@given(net=networks())
def test_everything_comes_back(net):
    pytest.importorskip("pyarrow")
    with tempfile.TemporaryDirectory() as place:
        write_parquet(net, place)
        assert read_parquet(place) == net


def test_files_are_replaced_only_if_asked(folder):
    with pytest.raises(ArchiveError, match="people.parquet: there is already such a file"):
        write_parquet(tg.Network(), folder)
    write_parquet(tg.Network(), folder, overwrite=True)
    assert read_parquet(folder) == tg.Network()


def rewritten(files, file, change):
    table = files.read_table(file)
    files.write_table(change(table), file)


def noted(table, /, **changes):
    told = json.loads(table.schema.metadata[b"trustgraph"])
    return table.replace_schema_metadata({b"trustgraph": json.dumps({**told, **changes})})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda table: table.replace_schema_metadata(None), "no table that trustgraph wrote"),
        (lambda table: noted(table, schema=2), "newer trustgraph"),
        (lambda table: noted(table, owners=["zoe"]), "of different networks"),
        (lambda table: noted(table, table="facts"), "no table that trustgraph wrote"),
        (lambda table: table.drop_columns(["kind"]), "it cannot be read"),
        (lambda table: table.append_column("mood", [["x"] * len(table)]), "an unknown column"),
        (
            lambda table: table.set_column(4, "amount", [[f"x{n}" for n in range(len(table))]]),
            "it cannot be read",
        ),
        (lambda table: table.set_column(4, "amount", [[-1.0] * len(table)]), "greater than 0"),
        (lambda table: table.set_column(1, "source", [["zoe"] * len(table)]), "unknown person"),
        (lambda table: table.set_column(3, "at", [["soon"] * len(table)]), "it cannot be read"),
    ],
)
def test_what_was_changed_is_refused(files, folder, change, reason):
    rewritten(files, folder / "evidence.parquet", change)
    with pytest.raises(tg.errors.RecordError, match=reason):
        read_parquet(folder)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1", b"hello"])
def test_what_is_no_parquet_is_a_clear_error(folder, content):
    (folder / "facts.parquet").write_bytes(content)
    with pytest.raises(ArchiveError, match="facts.parquet: it cannot be read"):
        read_parquet(folder)
    (folder / "facts.parquet").unlink()
    with pytest.raises(ArchiveError, match="facts.parquet: there is no such file"):
        read_parquet(folder)


def test_a_table_that_is_too_large_is_not_read(folder):
    with pytest.raises(ArchiveError, match="people.parquet: the table holds more than 10 bytes"):
        read_parquet(folder, max_bytes=10)

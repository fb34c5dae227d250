import hashlib
import json
import os
import stat
import struct
import sys
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.graph import _arrays, _index_file, _storage
from trustgraph.graph._index_file import PREFIX, read_arrays, write_arrays
from trustgraph.graph._values import NUMBERS

ARRAYS = (
    *("out_start", "out_asked", "in_start", "in_asker", "in_step", "trust", "certainty"),
    *("willingness", "endorsed_trust", "forwards", "recall", "response", "observed", "spared"),
)
Refused = tg.errors.IndexFileError


def office():
    G = tg.build_graph(tg.datasets.load_office())
    G.nodes["ben"]["do_not_ask"] = True
    return G


def mixed():
    G = nx.DiGraph(as_of="2026-02-03", owners=("Zoë", 2))
    G.add_edge("Zoë", 2, trust=0.5, response=0.25, observed=False)
    G.add_edge(2, "\ud800 alone", trust=1 / 3, certainty=0.1)
    G.add_edge(2**70, 2, trust=0.0)
    return G


GRAPHS = {
    "office": office,
    "mixed ids": mixed,
    "texts": lambda: nx.relabel_nodes(mixed(), {2: "two", 2**70: "big"}),
    "numbers": lambda: nx.DiGraph([(1, 0, {"trust": 0.5}), (2, 1, {"trust": 0.25})]),
    "whole numbers": lambda: nx.DiGraph([(-5, 10**17, {"trust": 0.5})]),
    "one edge": lambda: nx.DiGraph([("b", "a", {"trust": 0.5, "recall": 0.5})]),
    "no edges": lambda: nx.empty_graph(["a", "b"], create_using=nx.DiGraph),
    "nobody": nx.DiGraph,
}


def assert_same(one, other):
    assert one.labels == other.labels
    assert list(map(type, one.labels)) == list(map(type, other.labels))
    for name in ARRAYS:
        left, right = getattr(one, name), getattr(other, name)
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right, err_msg=name)
    pd.testing.assert_frame_equal(one.nodes, other.nodes)
    assert (one.as_of, one.owners, one.model) == (other.as_of, other.owners, other.model)
    for wanted in (True, False):
        for spare in (True, False):
            options = {"min_willingness": 0.2, "observed_only": wanted, "spare": spare}
            left, right = one.passing(**options), other.passing(**options)
            np.testing.assert_array_equal(left.out, right.out)
            np.testing.assert_array_equal(left.back, right.back)
    assert one.nbytes == other.nbytes


@pytest.mark.parametrize("verify", [True, False])
@pytest.mark.parametrize("name", GRAPHS)
def test_what_is_loaded_is_what_was_saved(tmp_path, name, verify):
    G = GRAPHS[name]()
    index = tg.TrustIndex.from_graph(G)
    index.save(tmp_path / "ties.trust")
    loaded = tg.TrustIndex.load(tmp_path / "ties.trust", verify=verify)
    assert_same(loaded, index)
    assert nx.utils.graphs_equal(loaded.to_networkx(), index.to_networkx())
    for label in index.labels:
        assert loaded.number(label) == index.number(label)
    loaded.save(str(tmp_path / "again.trust"))
    assert_same(tg.TrustIndex.load(str(tmp_path / "again.trust")), index)


def test_a_loaded_index_answers_and_explains_as_the_graph_does(tmp_path):
    G = office()
    tg.TrustIndex.from_graph(G).save(tmp_path / "ties.trust")
    loaded = tg.TrustIndex.load(tmp_path / "ties.trust")
    ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"))
    found, wanted = tg.find_introductions(loaded, ask), tg.find_introductions(G, ask)
    assert found == wanted
    assert any(step.evidence for step in found[0].steps)
    assert found.explain() == wanted.explain()
    edges, people = tg.graph.edges_frame(G), tg.graph.nodes_frame(G)
    model = tg.TrustModel.model_validate_json(G.graph["model"])
    told = {"model": model, "as_of": G.graph["as_of"]}
    tg.TrustIndex.from_frame(edges, people, **told).save(tmp_path / "frame.trust")
    assert tg.find_introductions(tg.TrustIndex.load(tmp_path / "frame.trust"), ask) == wanted


def large_index():
    rng = np.random.default_rng(5)
    n, m = 7_000, 70_000
    pairs = np.unique(rng.integers(0, n, (m, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    edges = pd.DataFrame(pairs, columns=["source", "target"])
    for name in ("trust", "willingness", "endorsed_trust", "response"):
        edges[name] = rng.random(len(edges))
    return tg.TrustIndex.from_frame(edges)


def test_a_large_index_keeps_its_full_precision_and_stays_in_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(_arrays, "SINGLE_FROM_STEPS", 65_536)
    index = large_index()
    assert index.willingness.dtype == np.float32
    index.save(tmp_path / "ties.trust")
    loaded = tg.TrustIndex.load(tmp_path / "ties.trust")
    assert_same(loaded, index)
    own = loaded.passing(min_willingness=0.2, observed_only=True)
    for array in (*(getattr(loaded, name) for name in ARRAYS[:6]), own.out, own.back):
        assert type(array) is np.ndarray
        assert array.flags.writeable
        assert array.flags.c_contiguous
        assert array.flags.aligned
        assert not array.flags.owndata
    loaded.trust[:] = 0.0
    assert tg.TrustIndex.load(tmp_path / "ties.trust").trust.any()


def test_a_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    index, path = tg.TrustIndex.from_graph(office()), tmp_path / "ties.trust"
    index.save(path)
    held = path.read_bytes()
    loaded = tg.TrustIndex.load(path)
    loaded.save(path)  # while its arrays still stand in the file that it replaces
    assert_same(loaded, index)
    assert path.read_bytes() == held

    def fail(_):
        raise OSError("no room left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no room left"):
        index.save(path)
    assert path.read_bytes() == held
    assert [found.name for found in tmp_path.iterdir()] == ["ties.trust"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes")
def test_only_the_owner_may_read_the_file(tmp_path):
    tg.TrustIndex.from_graph(office()).save(tmp_path / "ties.trust")
    assert stat.S_IMODE((tmp_path / "ties.trust").stat().st_mode) == 0o600


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "ties.trust"
    tg.TrustIndex.from_graph(office()).save(path)
    return path.read_bytes()


def refusal(tmp_path, content, **options):
    path = tmp_path / "ties.trust"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        tg.TrustIndex.load(path, **options)
    error = caught.value
    assert error.file == str(path)
    assert error.reason
    assert error.mend
    assert str(error) == f"{path}: {error.reason}; mend: {error.mend}"
    return error.reason


def test_any_changed_byte_is_noticed(tmp_path, saved):
    rng = np.random.default_rng(0)
    places = {*range(PREFIX.size), len(saved) - 1, *rng.integers(0, len(saved), 500).tolist()}
    for place in sorted(places):
        changed = bytearray(saved)
        changed[place] ^= 1 << int(rng.integers(8))
        refusal(tmp_path, bytes(changed))


@pytest.mark.parametrize("kept", [0, 1, 7, 8, 40, 63, 64, 100, 2000, -64, -1])
def test_a_file_that_is_cut_off_is_refused_unread(tmp_path, saved, kept):
    told = refusal(tmp_path, saved[:kept], verify=False)
    assert told == "this is no file of an index" if kept in range(8) else "cut off" in told


def test_what_cannot_be_an_index_is_told_apart(tmp_path, saved):
    assert refusal(tmp_path, b"PK\x03\x04" + saved[4:]) == "this is no file of an index"
    assert "goes on after its end" in refusal(tmp_path, saved + b"\0")
    newer = saved[:8] + struct.pack("<Q", 2) + saved[16:]
    assert refusal(tmp_path, newer) == "it has version 2, this trustgraph reads version 1"
    with pytest.raises(Refused, match="there is no such file"):
        tg.TrustIndex.load(tmp_path / "nowhere.trust")
    with pytest.raises(Refused, match="it is a folder"):
        tg.TrustIndex.load(tmp_path)


def test_a_folder_is_not_overwritten_and_nothing_is_left_beside_it(tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(tempfile, "mkstemp", None)
    with pytest.raises(Refused, match="it is a folder"):
        tg.TrustIndex.from_graph(office()).save(tmp_path / "folder")
    assert [found.name for found in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets not everybody make links")
def test_a_link_stays_and_the_file_that_it_leads_to_is_replaced(tmp_path):
    (tmp_path / "far").mkdir()
    link, file = tmp_path / "link.trust", tmp_path / "far" / "ties.trust"
    link.symlink_to(file)
    for graph in (nx.DiGraph(), office()):
        index = tg.TrustIndex.from_graph(graph)
        index.save(link)
        assert link.is_symlink()
        assert not file.is_symlink()
        assert_same(tg.TrustIndex.load(file), index)
    assert [found.name for found in (tmp_path / "far").iterdir()] == ["ties.trust"]


def test_a_file_that_may_not_be_replaced_is_told_with_the_mend(tmp_path, monkeypatch):
    index, path = tg.TrustIndex.from_graph(office()), tmp_path / "ties.trust"
    index.save(path)
    held = path.read_bytes()

    def fail(*_):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Refused, match=r"may not be replaced.* save under another name"):
        index.save(path)
    assert path.read_bytes() == held
    assert [found.name for found in tmp_path.iterdir()] == ["ties.trust"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no file that is open")
@pytest.mark.parametrize("verify", [True, False])
def test_a_file_that_is_replaced_while_it_is_read_gives_the_old_index_whole(
    tmp_path, monkeypatch, verify
):
    frame = pd.DataFrame({"source": ["bo"], "target": ["ana"], "trust": [0.5]})
    old = tg.TrustIndex.from_frame(frame, as_of="2024-01-01")
    new = tg.TrustIndex.from_frame(frame.assign(trust=0.9), as_of="2025-01-01")
    header, path = _index_file._header, tmp_path / "ties.trust"
    old.save(path)

    def late(*told):
        read = header(*told)
        new.save(path)
        return read

    monkeypatch.setattr(_index_file, "_header", late)
    assert_same(tg.TrustIndex.load(path, verify=verify), old)


def rewritten(saved, change):
    """The file with another header, and the checksums to it."""
    length = PREFIX.unpack(saved[: PREFIX.size])[2]
    header = json.loads(saved[PREFIX.size : PREFIX.size + length])
    header = change(header) or header
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    text += b" " * (-len(text) % 64)
    rest = saved[PREFIX.size + length :]
    digest = hashlib.sha256(text).digest()
    size = PREFIX.size + len(text) + len(rest)
    return PREFIX.pack(_index_file.MAGIC, 1, len(text), size, digest) + text + rest


def entry(header, name):
    return next(one for one in header["arrays"] if one["name"] == name)


@pytest.mark.parametrize(
    "change",
    [
        lambda header: b"[]",
        lambda header: b"{",
        lambda header: header.pop("arrays") and None,
        lambda header: header.pop("facts") and None,
        lambda header: header["arrays"].pop() and None,
        lambda header: entry(header, "trust").update(dtype="|O"),
        lambda header: entry(header, "trust").update(dtype="<f4"),
        lambda header: entry(header, "trust").update(shape=[10**12]),
        lambda header: entry(header, "trust").update(shape=[-64]),
        lambda header: entry(header, "trust").update(shape=[1]),
        lambda header: entry(header, "trust").update(name="other"),
        lambda header: entry(header, "out_asked").update(dtype="<f4"),
        lambda header: entry(header, "back").update(dtype="<i4"),
        lambda header: header["facts"].update(people=3),
        lambda header: header["facts"].update(steps="many"),
        lambda header: header["facts"].update(labels="mixed"),
        lambda header: header["facts"].update(model="{"),
        lambda header: header["facts"].pop("lowest_willingness") and None,
        lambda header: header["facts"].update(lowest_willingness=np.inf),
        lambda header: header["facts"].update(lowest_willingness=np.nan),
        lambda header: header["facts"].update(people=10**10),
        lambda header: header["facts"].update(people=10**10, labels="numbers"),
        lambda header: header["facts"].update(people=10**40, labels="numbers"),
        lambda header: header["facts"].update(people=np.inf),
        lambda header: header["facts"].update(people=-1),
        lambda header: header["facts"].update(steps=10**10),
        lambda header: header["facts"].update(steps=10**40),
        lambda header: header["facts"].update(steps=np.inf),
        lambda header: header["facts"].update(steps=-1),
        lambda header: header["facts"].update(absent=["trust"]),
        lambda header: header["facts"].update(absent=3),
        lambda header: header["facts"].update(owners=3),
        lambda header: header["facts"].update(records=3),
        lambda header: entry(header, "trust").update(shape=[np.inf]),
        lambda header: entry(header, "trust").update(shape=[np.nan]),
        lambda header: entry(header, "trust").update(shape=[1.5]),
        lambda header: entry(header, "trust").update(shape=[10**40]),
        lambda header: entry(header, "trust").update(shape=[3, 3]),
        lambda header: entry(header, "trust").update(dtype=["<f8"]),
        lambda header: entry(header, "willingness").update(dtype="<i8"),
        lambda header: entry(header, "labels start").update(shape=[2]),
        lambda header: entry(header, "labels start").update(dtype="<f8"),
        lambda header: entry(header, "records start").update(shape=[2]),
        lambda header: entry(header, "records start").update(dtype="<f8"),
        lambda header: b"[" * 200_000,
        lambda header: b'{"facts":' * 200_000,
    ],
)
@pytest.mark.parametrize("verify", [True, False])
def test_parts_that_do_not_fit_together_are_refused(tmp_path, saved, change, verify):
    whole = rewritten(saved, lambda header: None)
    (tmp_path / "whole.trust").write_bytes(whole)
    tg.TrustIndex.load(tmp_path / "whole.trust", verify=verify)
    refusal(tmp_path, rewritten(saved, change), verify=verify)


@pytest.mark.parametrize(
    ("name", "place", "value", "told"),
    [
        ("out_asked", 0, 10**6, "out_asked leads out of range"),
        ("in_asker", 1, -1, "in_asker leads out of range"),
        ("in_step", 2, 10**6, "in_step leads out of range"),
        ("out_start", 1, 10**6, "out_start is not sorted"),
        ("out_start", 0, 1, "out_start is wrong"),
        ("in_start", -1, 0, "in_start is wrong"),
        ("trust", 0, 1.5, "trust leads out of range"),
        ("trust", 0, np.nan, "trust leads out of range"),
        ("in_step", slice(0, 2), 0, "in_step names a step twice"),
        ("in_asker", slice(0, 2), 0, "steps of both directions are not the same"),
        ("out_asked", slice(0, 2), 1, "out_asked is not sorted"),
        ("trust", slice(None), 1.0, "back is no bound"),
    ],
)
def test_steps_that_lead_nowhere_are_refused(tmp_path, name, place, value, told):
    edges = tg.graph.edges_frame(office())[["source", "target", "trust"]]
    index = tg.TrustIndex.from_frame(edges)
    getattr(index, name)[place] = value
    index.save(tmp_path / "ties.trust")
    with pytest.raises(Refused, match=told):
        tg.TrustIndex.load(tmp_path / "ties.trust")


@pytest.mark.parametrize("value", [-0.1, 1.5, np.inf, np.nan])
@pytest.mark.parametrize("name", NUMBERS)
def test_values_out_of_range_are_refused(tmp_path, name, value):
    index = tg.TrustIndex.from_frame(every_column())
    vars(index)[name] = getattr(index, name).copy()
    getattr(index, name)[3] = value
    index.save(tmp_path / "ties.trust")
    if np.isnan(value) and name in ("certainty", "recall"):
        assert np.isnan(getattr(tg.TrustIndex.load(tmp_path / "ties.trust"), name)[3])
        return
    with pytest.raises(Refused, match=f"{name} leads out of range|lowest willingness is"):
        tg.TrustIndex.load(tmp_path / "ties.trust")


def every_column():
    rng = np.random.default_rng(4)
    edges = pd.DataFrame([(a, b) for a in range(6) for b in range(6) if a != b])
    edges.columns = ["source", "target"]
    return edges.assign(**{name: rng.random(len(edges)) for name in NUMBERS})


@pytest.mark.parametrize(
    "facts", [{"all_observed": False}, {"lowest_willingness": 0.999}, {"lowest_willingness": 0.0}]
)
def test_facts_that_the_arrays_belie_are_refused(tmp_path, saved, facts):
    forged = rewritten(saved, lambda header: header["facts"].update(facts))
    assert "not as told" in refusal(tmp_path, forged)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("b", "a"), "the ids are not sorted"),
        (("a", "a"), "the ids are not sorted"),
        (("a", " "), "the label is blank"),
        ((5, 4), "the ids are not sorted"),
        ((4, 4), "the ids are not sorted"),
        ((4, "4"), "differ only in type"),
        ((4, 2.5), "of type float"),
        (("a", ["b"]), "its parts do not fit together"),
        ((True, False), "its parts do not fit together"),
    ],
)
def test_ids_that_could_be_mistaken_are_refused(tmp_path, labels, told):
    index = tg.TrustIndex.from_graph(nx.DiGraph([("b", "a", {"trust": 0.5})]))
    vars(index)["labels"] = labels
    index.save(tmp_path / "ties.trust")
    with pytest.raises(Refused, match=told):
        tg.TrustIndex.load(tmp_path / "ties.trust")


@pytest.mark.parametrize("name", ["labels start", "records start"])
@pytest.mark.parametrize("value", [-1, 10**12])
def test_texts_that_begin_nowhere_are_refused(tmp_path, monkeypatch, name, value):
    write = write_arrays

    def forge(path, arrays, facts):
        start = arrays[name].copy()
        start[1] = value
        write(path, {**arrays, name: start}, facts)

    monkeypatch.setattr(_storage, "write_arrays", forge)
    tg.TrustIndex.from_graph(office()).save(tmp_path / "ties.trust")
    with pytest.raises(Refused, match=f"{name} is wrong"):
        tg.TrustIndex.load(tmp_path / "ties.trust")


@pytest.mark.parametrize("text", ["{", "[[[", "5", "[]", "[1, 2]", "[" * 200_000])
@pytest.mark.parametrize("name", ["people name", "people also", "records"])
def test_texts_that_tell_nothing_are_refused_when_they_are_asked_for(
    tmp_path, monkeypatch, name, text
):
    write = write_arrays

    def forge(path, arrays, facts):
        told = np.frombuffer(text.encode(), np.uint8)
        arrays = {**arrays, name: told}
        if name == "records":
            arrays["records start"] = np.array([0] + [len(told)] * facts["steps"])
        write(path, arrays, facts)

    G = office()
    G.nodes["ben"]["also"] = (("Oak", "cook"),)
    monkeypatch.setattr(_storage, "write_arrays", forge)
    tg.TrustIndex.from_graph(G).save(tmp_path / "ties.trust")
    index = tg.TrustIndex.load(tmp_path / "ties.trust")
    if (name, text) == ("records", "[]"):
        assert index.edge(0, int(index.out_asked[0])) == {}
        return
    with pytest.raises(Refused, match="ties.trust: (what it|it tells|a record behind)"):
        index.edge(0, int(index.out_asked[0])) if name == "records" else index.nodes


def test_arrays_and_facts_come_back(tmp_path):
    rng = np.random.default_rng(1)
    arrays = {
        "flags": rng.random(65) < 0.5,
        "none": np.empty(0, np.float32),
        "strided": np.arange(20)[::3],
        "large end first": np.arange(5, dtype=">i4"),
        "bytes": np.frombuffer(b"abc", np.uint8),
    }
    write_arrays(tmp_path / "a", arrays, {"one": [1, None, "ä"]})
    read, facts = read_arrays(tmp_path / "a", verify=True)
    assert facts == {"one": [1, None, "ä"]}
    assert list(read) == list(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)
        assert read[name].dtype.isnative

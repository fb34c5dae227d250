"""GraphML and GEXF: a trust graph comes back whole, and no file harms its reader."""

import math
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ArchiveError, GraphContractError
from trustgraph.ingest.graph_files import read_gexf, read_graphml, write_gexf, write_graphml
from trustgraph.ingest.safe_xml import outline_of

from helpers.outcomes import read_or_refused

FORMS = {"graphml": (read_graphml, write_graphml), "gexf": (read_gexf, write_gexf)}
both = pytest.mark.parametrize("form", FORMS)

GRAPHML = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="t" for="edge" attr.name="{trust}" attr.type="double"/>'
    '<key id="c" for="node" attr.name="kind" attr.type="string"><default>person</default></key>'
    '<key id="l" for="node" attr.name="label" attr.type="string"/>'
    '<graph edgedefault="{way}"><node id="bo"><data key="l">Bo Ek</data></node>'
    '<node id="ana"><data key="c">robot</data></node>{edges}</graph></graphml>'
)
EDGE = '<edge id="e1" source="bo" target="ana"><data key="t">{value}</data></edge>'
GEXF = (
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="{way}">'
    '<nodes><node id="bo" label="Bo Ek"/><node id="ana" label="ana"/></nodes>'
    "<edges>{edges}</edges></graph></gexf>"
)


def graphml(*values, trust="trust", way="directed"):
    edges = "".join(EDGE.format(value=value) for value in values)
    return GRAPHML.format(trust=trust, way=way, edges=edges)


def gexf(*edges, way="directed"):
    told = "".join(f'<edge id="{n}" {edge}/>' for n, edge in enumerate(edges))
    return GEXF.format(way=way, edges=told)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "small.xml"


def refused(read, file, content, **options):
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ArchiveError) as caught:
        read(file, **options)
    assert str(caught.value).startswith("small.xml")
    assert len(str(caught.value)) < 600
    return str(caught.value)


# ------------------------------------------------------------------------------ there and back


@both
def test_the_office_comes_back_attribute_by_attribute(form, file):
    read, write = FORMS[form]
    G = tg.build_graph(tg.datasets.load_office())
    write(G, file)
    H = read(file)
    assert dict(H.nodes(data=True)) == dict(G.nodes(data=True))
    assert {(u, v): d for u, v, d in H.edges(data=True)} == {
        (u, v): d for u, v, d in G.edges(data=True)
    }
    assert H.graph == G.graph
    assert list(H) == list(G)
    tg.graph.validate_graph(H)
    assert tg.find_introductions(H, "ana", "kofi") == tg.find_introductions(G, "ana", "kofi")


TEXTS = st.text(st.characters(), max_size=6)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXTS
    | st.sampled_from(["", " ", "\r\n", "\0", "\ud800", "<&>'\"", "\ufffe"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(
    """
    id label pid start end spells viz key weight type name trustgraph_x trustgraph_notes
    node_default mode
    """.split()
)


@both
@settings(max_examples=60)
@given(data=st.data())
def test_any_attributes_come_back(form, data):
    read, write = FORMS[form]
    label = TEXTS if data.draw(st.booleans()) else st.integers(-5, 5)
    labels = data.draw(st.lists(label, min_size=2, max_size=4, unique=True))
    told = st.dictionaries(NAMES, VALUES, max_size=3)
    G = nx.DiGraph(**data.draw(told))
    G.add_nodes_from((one, data.draw(told)) for one in labels)
    G.add_edge(*labels[:2])
    G.edges[labels[0], labels[1]].update(data.draw(told))
    with tempfile.TemporaryDirectory() as folder:
        write(G, Path(folder, "net.xml"))
        H = read(Path(folder, "net.xml"), trust=None)
    assert nx.utils.graphs_equal(G, H)
    assert [type(one) for one in H] == [type(one) for one in G]


@both
def test_numbers_of_numpy_are_plain_and_what_is_no_number_comes_back(form, file):
    read, write = FORMS[form]
    data = {"trust": np.float64(0.5), "n": np.int64(3), "odd": math.nan, "x": (np.float64(1.5),)}
    write(nx.DiGraph([("a", "b", data)]), file)
    back = read(file).edges["a", "b"]
    assert (back["trust"], back["n"], back["x"]) == (0.5, 3, (1.5,))
    assert math.isnan(back["odd"])
    assert {type(value) for value in back.values()} == {float, int, tuple}


@both
def test_the_same_graph_makes_the_same_file(form, tmp_path):
    _, write = FORMS[form]
    G = tg.build_graph(tg.datasets.load_office())
    for name in "ab":
        write(G, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with pytest.raises(ArchiveError, match="already such a file"):
        write(G, tmp_path / "a")


@both
@pytest.mark.parametrize(
    ("G", "fault"),
    [
        (nx.Graph([(1, 2)]), "a Graph cannot be written"),
        (nx.MultiDiGraph([(1, 2)]), "a MultiDiGraph cannot be written"),
        (nx.DiGraph([(1, 2, {"when": object()})]), "when: a object cannot be written"),
        (nx.DiGraph([(1, 2, {"\0": 1})]), "no file can hold an attribute named"),
        (nx.DiGraph([((1, set), 2)]), "id: a tuple cannot be written"),
    ],
)
def test_what_cannot_be_written_is_an_error(form, G, fault, file):
    with pytest.raises(GraphContractError, match=fault):
        FORMS[form][1](G, file)
    assert not file.exists()


# ------------------------------------------------------------------------------ files of others


def test_graphml_of_others_becomes_a_trust_graph(file):
    file.write_text(graphml(0.8))
    G = read_graphml(file)
    assert dict(G.edges) == {("bo", "ana"): {"trust": 0.8}}
    assert G.nodes["bo"] == {"name": "Bo Ek", "kind": "person"}
    assert G.nodes["ana"]["kind"] == "robot"
    tg.graph.validate_graph(G)


def test_gexf_of_others_becomes_a_trust_graph(file):
    file.write_text(gexf('source="bo" target="ana" weight="0.8"'))
    G = read_gexf(file, trust="weight")
    assert dict(G.edges) == {("bo", "ana"): {"trust": 0.8}}
    assert dict(G.nodes(data="name", default="")) == {"bo": "Bo Ek", "ana": "ana"}
    assert G.graph == {}


def test_an_edge_without_direction_stands_for_both(file):
    file.write_text(graphml(0.8, way="undirected"))
    assert sorted(read_graphml(file).edges) == [("ana", "bo"), ("bo", "ana")]
    file.write_text(gexf('source="bo" target="ana" type="mutual" weight="1"'))
    assert sorted(read_gexf(file, trust="weight").edges) == [("ana", "bo"), ("bo", "ana")]


def test_other_scales_are_left_to_the_graph_room(file):
    file.write_text(graphml(4, trust="rating"))
    G = tg.graph.from_networkx(read_graphml(file, trust=None), trust="rating", maximum=5)
    assert G.edges["bo", "ana"]["trust"] == 0.8


def test_other_encodings_and_gzip_are_read(file, tmp_path):
    file.write_bytes(graphml(0.8).replace("UTF-8", "UTF-16").encode("utf-16"))
    assert read_graphml(file).size() == 1
    write_graphml(read_graphml(file), tmp_path / "net.graphml.gz")
    assert read_graphml(tmp_path / "net.graphml.gz").size() == 1


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        (graphml(0.8, trust="closeness"), {}, "an edge has no 'trust': 'bo -> ana'; mend: name"),
        (graphml(0.8, trust="closeness"), {"trust": "x"}, "(the edge has 'closeness')"),
        (graphml(4), {}, "no trust from 0 to 1: 'bo -> ana'; mend: read it with trust=None"),
        (graphml("NaN"), {}, "'nan' is no trust from 0 to 1"),
        (graphml("much"), {}, "NetworkX cannot read it (could not convert"),
        (graphml("9" * 5000), {"max_bytes": 10**6}, "is no trust from 0 to 1"),
        (graphml(0.5, 0.6), {}, "of 2 edges some are parallel"),
        (graphml(0.5, 0.6, way="undirected"), {}, "of 2 edges some are parallel"),
        (graphml(0.5).replace('target="ana"', 'target="zoe"'), {}, "2 people are declared and 3"),
        (graphml(0.5).replace('"bo"', '"ana"'), {}, "2 people are declared and 1"),
        (graphml(0.5).replace('key="t"', 'key="u"'), {}, "no key u"),
        (graphml(0.5).replace("<edge ", '<edge directed="false" '), {}, "directed=false"),
        (graphml(0.5).replace("double", "triple"), {}, "NetworkX cannot read it ('triple')"),
        (graphml(0.5)[:-5], {}, "no XML"),
        (graphml(0.5) * 2, {}, "no XML"),
        ("", {}, "no XML"),
        ("<a/>", {}, "this is no graphml file"),
        ("<graphml/>", {}, "NetworkX cannot read it"),
        (graphml(0.5), {"max_bytes": 100}, "more than 100 bytes"),
    ],
)
def test_what_cannot_be_read_is_a_clear_error(file, content, options, reason):
    assert reason in refused(read_graphml, file, content, **options)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gexf('source="bo" target="ana"'), "an edge has no 'weight'"),
        (gexf('source="bo" target="ana" weight="x"'), "NetworkX cannot read it"),
        (
            gexf('source="ana" target="bo"', 'source="bo" target="ana" type="mutual" weight="1"'),
            "of 3 edges some are parallel",
        ),
        (gexf().replace("<nodes>", '<attributes class="x"/><nodes>'), "NetworkX cannot read it"),
        ("<gexf/>", "NetworkX cannot read it (No <graph> element"),
        (graphml(0.5), "this is no gexf file"),
    ],
)
def test_what_gexf_cannot_hold_is_a_clear_error(file, content, reason):
    assert reason in refused(read_gexf, file, content, trust="weight")


@both
def test_notes_that_were_changed_are_a_clear_error(form, file):
    read, write = FORMS[form]
    G = nx.DiGraph([("a", "b", {"trust": 0.5, "x": (1,)})])
    write(G, file)
    content = file.read_text()
    file.unlink()
    for old, new in (("[1]", "[1"), ("[1]", "[" * 100_000), ('"edge":', '"edgy":')):
        assert old in content
        refused(read, file, content.replace(old, new))


# ------------------------------------------------------------------------------ hostile files

BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">&c;</graphml>'
)
OUTSIDE = '<!DOCTYPE g SYSTEM "file:///etc/hostname"><graphml/>'


@both
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content", [BOMB, OUTSIDE, f"<?xml version='1.0'?>\n\n<!-- x -->{BOMB}"])
def test_no_document_type_is_accepted_in_any_encoding(form, file, encoding, content):
    told = refused(FORMS[form][0], file, content.encode(encoding))
    assert "declares a document type" in told or "no XML" in told  # UTF-16 needs its mark


@both
@pytest.mark.parametrize(
    "encoding", ["UTF-7", "utf-32", "EBCDIC-CP-US", "cp037", "x" * 500, "zlib"]
)
def test_encodings_that_hide_what_is_said_are_refused(form, file, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    content = (head + BOMB).encode("utf-7" if encoding == "UTF-7" else "ascii")
    told = refused(FORMS[form][0], file, content)
    assert "encoding" in told or "no XML" in told


def test_words_that_look_like_a_document_type_are_words(file):
    content = graphml(0.5).replace("<graph ", "<!-- <!DOCTYPE a> --><graph ")
    file.write_text(content.replace("Bo Ek", "<![CDATA[<!ENTITY b 'c'>]]>"))
    assert read_graphml(file).nodes["bo"]["name"] == "<!ENTITY b 'c'>"


@both
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a>" * 100_000, "more than 64 deep"),
        ("<a " + " ".join(f'a{n}="{"x" * 60}"' for n in range(80_000)) + "/>", "attributes"),
        (f'<a b="{"x" * 5_000_000}"/>', "characters of attributes"),
        (f"<a><!--{'x' * 5_000_000}--></a>", "a comment or instruction"),
        ("<a>&undefined;</a>", "no XML"),
        ("<a>\0</a>", "no XML"),
        ("<a>&#0;</a>", "no XML"),
        ("\ufffe", "no XML"),
    ],
)
def test_files_that_are_made_to_hurt_are_refused(form, file, content, reason):
    assert reason in refused(FORMS[form][0], file, content)


@settings(max_examples=150)
@given(st.data())
def test_any_damage_is_a_graph_or_a_clear_error(data):
    form = data.draw(st.sampled_from(["graphml", "gexf"]))
    read, write = FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        write(nx.DiGraph([("a", "b", {"trust": 0.5, "x": (1,)})], note="n"), Path(folder, "a"))
        content = bytearray(Path(folder, "a").read_bytes())
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
        Path(folder, "b").write_bytes(content)
        G, refusal = read_or_refused(lambda: read(Path(folder, "b")))
        assert isinstance(G, nx.DiGraph) or str(refusal).startswith("b")


def test_the_outline_counts_what_is_there():
    outline = outline_of(gexf('source="a" target="b" type="mutual"').encode(), "net")
    assert (outline.counts["edge"], outline.mutual, outline.counts["node"]) == (1, 1, 2)


def test_defaults_for_too_many_nodes_are_refused(tmp_path):
    keys = "".join(
        f'<key id="k{n}" for="node" attr.name="a{n}" attr.type="string"><default>x</default></key>'
        for n in range(1_500)
    )
    nodes = "".join(f'<node id="{n}"/>' for n in range(1_500))
    path = tmp_path / "g.graphml"
    path.write_text(f"<graphml>{keys}<graph edgedefault='directed'>{nodes}</graph></graphml>")
    with pytest.raises(ArchiveError, match="values by default"):
        read_graphml(path)

"""Names as nobody should write them, in every output: nothing breaks, nothing is executed."""

import json
import warnings
from html.parser import HTMLParser
from typing import Any
from unicodedata import category
from xml.parsers.expat import ParserCreate

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
import pytest
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

import trustgraph as tg
from trustgraph._html import shown
from trustgraph.ingest.forgetting import forget
from trustgraph.ingest.pseudonyms import pseudonymise

from helpers.chart_cases import (
    made_comparison,
    made_curve,
    made_evaluation,
    made_report,
    some_models,
    some_reports,
)
from helpers.outputs import (
    graph_outputs,
    graphml,
    network_outputs,
    picture_outputs,
    pictures_of,
    result_outputs,
    results_of,
    saved_index,
    terminal,
)
from helpers.pictures import collisions, drawn, outside, texts_of
from helpers.planning_cases import made_minds, made_offers, made_plan, some_asks

LONG = "Ab" * 100
CAST = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&amp; &lt;b&gt;",
    "</text></svg><a href='javascript:alert(1)'>",
    "]]><!-- <![CDATA[",
    "$x_{1}$",
    "cost $ and \\frac{",
    "%s %(name)s %",
    "{0} {name} {",
    "[bold red]hi[/] [/bold] [link=x]",
    ":heart: \\[red]",
    "=cmd|' /C calc'!A0",
    LONG,
    "ana\u202egnp.exe",
    "\u2067turned\u2068 twice",
    "אביגיל כהן-לוי",
    "محمد علي الأنصاري",
    "Z" + "\u0301\u0302\u0303\u0304\u0327\u0330" * 12 + "algo",
    "👩‍👩‍👧‍👦 Fam",
    "line\nbreak\r\nand more",
    "tab\there",
    "nu\x00l \x1b[31mred\x1b]8;;http://x\x07",
    "a\u2028b\u2029c",
    "\ufeffBom",
    "\u3164",
    "\u200b",
    "None",
    "nan",
    "NA",
    "p3",
    "C:\\new\\table",
)
HALF = "half \ud83d character"
"""A graph of NetworkX may hold it; no record and no file can."""

TAGS = {"section", "h4", "p", "bdi", "div"} | {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"border", "class", "style"}


def graph_of(labels, names):
    """A graph in which everybody of the cast stands between the seeker and the target."""
    G = nx.DiGraph(owners=("seeker",))
    G.add_node("seeker", name="See Ker")
    G.add_node("target", name=LONG + "!", organisation=names[0])
    for place, (label, name) in enumerate(zip(labels, names, strict=True)):
        G.add_node(label, name=name, organisation=name, position=name)
        kind = {"count": 1, "first": "2020-01-01", "last": "2021-01-01", "direction": "out"}
        trust = round(0.9 - 0.02 * place, 3)
        observed, kinds = place % 3 > 0, {name or "other": kind}
        G.add_edge(label, "seeker", trust=trust, certainty=0.5, observed=observed, kinds=kinds)
        G.add_edge("target", label, trust=0.5)
    return G


NAMED = graph_of([f"p{n}" for n in range(len(CAST) + 1)], [*CAST, HALF])
LABELLED = graph_of(CAST, CAST)
GRAPHS = pytest.mark.parametrize("G", [NAMED, LABELLED], ids=["names", "ids"])


def questions_for(G):
    return [
        ("seeker", "target"),
        ("seeker", CAST[0] if CAST[0] in G else "p0"),
        ("seeker", tg.Organisation(CAST[10], role=CAST[9])),
        ("seeker", tg.Organisation(CAST[6])),
        ("seeker", tg.Prospect(CAST[9], organisation=CAST[0])),
        ("target", "seeker"),
    ]


@pytest.fixture(scope="module")
def results():
    return [
        *results_of(NAMED, questions_for(NAMED)),
        *results_of(LABELLED, questions_for(LABELLED)),
    ]


class Elements(HTMLParser):
    """The tags and attributes of a page, and the texts between them."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.texts = set(), set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_comment(self, data):
        self.tags.add("comment")

    def handle_decl(self, decl):
        self.tags.add("declaration")

    unknown_decl = handle_decl

    def handle_data(self, data):
        self.texts.append(data)


class Drawing:
    """The elements, attributes and texts of a well-formed drawing."""

    def __init__(self, page):
        self.tags, self.attributes, self.texts = set(), set(), []
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._element
        parser.CharacterDataHandler = self.texts.append
        parser.Parse(page, True)

    def _element(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(attributes)


def turns_or_breaks(text):
    """Characters of a line that would turn it around, break it or steer a terminal."""
    turning = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return {one for one in text if one in turning or category(one) in {"Cc", "Cs", "Zl", "Zp"}}


# ------------------------------------------------------------------------------ pages


def test_no_name_becomes_an_element_of_a_page(results):
    told = set()
    for result in results:
        page = result._repr_html_()
        found = Elements(page)
        assert found.tags <= TAGS
        assert found.attributes == set()
        assert turns_or_breaks(page) == set()
        told.update(text for part in found.texts for text in part.split("\n"))
    whole = "\n".join(told)
    for name in CAST[:14]:
        assert name in whole


@GRAPHS
def test_frames_as_pages_are_escaped(G):
    index = tg.TrustIndex.from_graph(G)
    frames = [
        tg.graph.nodes_frame(G),
        tg.graph.edges_frame(G),
        tg.rank_organisations(index, "seeker"),
        tg.find_organisations(index, CAST[0]),
        tg.find_people(index, "alert"),
        tg.introductions.introduction_reach(index, "seeker"),
        tg.introductions.best_introductions(index, "seeker", ["target"]).reset_index(),
        tg.find_introductions(index, "seeker", "target", k=40).to_frame(),
        tg.reputation_transfer(index, "seeker", "target").to_frame(),
    ]
    for frame in frames:
        found = Elements(frame.to_html())
        assert found.tags <= TAGS
        assert found.attributes <= ATTRIBUTES


# ------------------------------------------------------------------------------ lines


def test_every_sentence_stays_one_line_in_one_direction(results):
    for result in results:
        for text in [result.explain(), *(path.explain() for path in getattr(result, "items", ()))]:
            assert {one for line in text.split("\n") for one in turns_or_breaks(line)} == set()
            text.encode("utf-8")


def test_a_name_with_line_breaks_adds_no_line_to_an_explanation():
    plain, odd = (
        tg.find_introductions(graph_of(["p"], [name]), "seeker", "target", observed_only=False)
        for name in ("one line", "one\nline\u2028\r\n")
    )
    assert len(odd.explain().splitlines()) == len(plain.explain().splitlines())


def test_markup_and_emoji_codes_stand_literally_on_a_terminal(results):
    printed = terminal(None, results, width=100_000)
    for name in CAST[:14]:
        assert name in printed
    assert "Introductions to " + shown(LONG) in printed
    assert "❤" not in printed
    assert turns_or_breaks(printed.replace("\n", "")) == set()
    printed.encode("utf-8")


def test_narrow_terminals_fold_long_names(results):
    lines = terminal(None, results[:3], width=60).splitlines()
    assert max(map(len, lines)) <= 60


# ------------------------------------------------------------------------------ data


@GRAPHS
def test_graphs_and_indexes_are_written_and_read_as_they_are(G, tmp_path):
    assert dict(graph_outputs(G))
    index, _ = saved_index(G, tmp_path)
    assert list(index.labels) == list(tg.TrustIndex.from_graph(G).labels)
    assert index.nodes.equals(tg.TrustIndex.from_graph(G).nodes)
    names = index.nodes["name"].tolist()
    assert set(CAST[:10]) <= set(names)


def test_graphml_is_well_formed_where_xml_can_hold_the_names():
    fit = [name for name in CAST if not any(category(one) == "Cc" for one in name)]
    assert set(nx.parse_graphml(graphml(graph_of(fit, fit)))) >= set(fit)


def test_results_are_written_as_json_and_read_back(results):
    for result in results:
        told = json.loads(json.dumps(result.to_dict(), default=str))
        assert type(result).from_dict(told) == result
        for _, text in result_outputs(result):
            assert text


# ------------------------------------------------------------------------------ pictures


@pytest.fixture
def no_formula(monkeypatch):
    """A formula read into a name is an error."""

    def parse(*arguments, **_):
        pytest.fail(f"a formula was read: {arguments[1]!r}")

    monkeypatch.setattr(MathTextParser, "parse", parse)


@pytest.mark.usefixtures("no_formula")
def test_a_formula_would_be_noticed():
    with pytest.raises(pytest.fail.Exception, match="a formula was read"):
        picture_outputs(plt.figure().text(0.5, 0.5, "$x_{1}$"))


@GRAPHS
@pytest.mark.usefixtures("no_formula")
def test_pictures_are_drawn_and_saved_without_a_warning(G):
    asked = list(questions_for(G))[:3]
    index = tg.TrustIndex.from_graph(G)
    found = [
        each(index, *pair, observed_only=False)
        for pair in asked
        for each in (tg.find_introductions, tg.reputation_transfer)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in pictures_of(G, found):
            check_picture(ax)


def check_picture(ax):
    """The drawing holds texts and shapes alone, and no text covers another."""
    shown_in = picture_outputs(ax)
    drawing = Drawing(shown_in["svg"])
    assert drawing.tags.isdisjoint({"script", "a", "img", "image", "foreignObject", "iframe"})
    assert not [name for name in drawing.attributes if name.startswith("on")]
    assert shown_in["png"].startswith("\ufffdPNG")
    for text in ax.figure.findobj(Text):
        assert not text.get_usetex()
        assert turns_or_breaks(text.get_text().replace("\n", "")) == set()
    drawn(ax)
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []


@pytest.mark.usefixtures("no_formula")
@pytest.mark.parametrize("picture", ["incentives", "plan", "top_of_mind"])
def test_people_named_so_are_drawn_without_a_warning(picture):
    seen = {
        "incentives": lambda: made_offers(norms=CAST[:2], names=CAST[2:4], contacts=CAST[4:]),
        "plan": lambda: made_plan(some_asks(len(CAST)), names=CAST, people=[HALF, *CAST]),
        "top_of_mind": lambda: made_minds([0.1] * len(CAST), names=CAST, person=CAST[0]),
    }[picture]()
    options: dict[str, list[dict[str, Any]]] = {
        "incentives": [{"person": name} for name in CAST[4::4]],
        "plan": [{}],
        "top_of_mind": [{"people": len(CAST)}],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for each in options[picture]:
            ax = getattr(tg.plot, f"plot_{picture}")(seen, **each)
            check_picture(ax)
            plt.close(ax.figure)


@pytest.mark.usefixtures("no_formula")
@pytest.mark.parametrize("picture", ["calibration", "comparison", "evaluation", "sybils"])
def test_models_named_so_are_drawn_without_a_warning(picture):
    names = [*CAST, HALF]
    seen = {
        "calibration": lambda: {name: made_curve(n) for n, name in enumerate(names)},
        "comparison": lambda: made_comparison(some_models(len(CAST)), names=CAST),
        "evaluation": lambda: made_evaluation([0.3] * len(CAST), names=CAST),
        "sybils": lambda: [*some_reports(len(CAST), names=CAST), made_report(LONG, None)],
    }[picture]()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_picture(getattr(tg.plot, f"plot_{picture}")(seen))


@GRAPHS
@pytest.mark.usefixtures("no_formula")
def test_a_score_given_by_them_is_drawn_without_a_warning(G):
    parts = tg.reputation.decompose(G, "seeker")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_picture(tg.plot.plot_decomposition(parts, most=len(CAST)))


def test_a_long_name_ends_with_an_ellipsis_in_every_picture():
    G = graph_of(["long"], [LONG])
    G.remove_edge("long", "seeker")
    G.add_edge("long", "seeker", trust=0.9)
    paths = tg.find_introductions(G, "seeker", "target")
    pictures = [
        tg.plot.plot_introductions(paths),
        tg.plot.plot_transfer(tg.reputation_transfer(G, "seeker", "target")),
        tg.plot.plot_network(G, seeker="seeker"),
    ]
    for ax in pictures:
        drawn(ax)
        told = [text.get_text() for text in ax.figure.findobj(Text)]
        cut = [text for text in told if "AbAb" in text]
        assert cut
        assert all(text.endswith("…") for text in cut)
        assert outside(ax) == []


def test_a_name_in_a_drawing_is_text_and_nothing_else():
    G = graph_of(["p"], [CAST[0]])
    ax = tg.plot.plot_network(G, seeker="seeker")
    drawing = picture_outputs(ax)["svg"]
    assert "<script" not in drawing
    assert any(text.startswith("<script>alert(1)") for text in Drawing(drawing).texts)


# ------------------------------------------------------------------------------ networks


@pytest.fixture(scope="module")
def net():
    """Everybody of the cast as id, name, organisation, job title and place of a network."""
    people = [
        tg.Person(id=name, name=name, organisation=name, position=name, location=name, url=name)
        for name in CAST
        if name.strip()
    ]
    ids = [person.id for person in people]
    pairs = list(zip(ids[1:], ids, strict=False))
    return tg.Network.from_records(
        people,
        [
            {"kind": "recommendation", "source": a, "target": b, "at": "2025-01-01", "origin": b}
            for a, b in pairs
        ],
        positions=[{"person": one, "organisation": one, "title": one} for one in ids],
        facts=[{"person": one, "kind": "skill", "text": one} for one in ids],
        texts=[{"kind": "message", "source": a, "target": b, "text": a} for a, b in pairs],
        owners=ids[:2],
        report=[
            {"file": one, "level": "warning", "reason": one, "value": one, "mend": one}
            for one in (*ids, HALF)
        ],
    )


def test_a_network_of_them_is_shown_kept_and_asked(net, tmp_path):
    for name, text in network_outputs(net):
        assert text, name
        text.encode("utf-8")
    for name in ("people", "evidence", "positions", "facts", "texts", "report"):
        found = Elements(getattr(net, name).to_html())
        assert found.tags <= TAGS
        assert found.attributes <= ATTRIBUTES
    G = tg.build_graph(net)
    index, _ = saved_index(G, tmp_path)
    assert set(index.labels) == set(net.people.index)
    paths = tg.find_introductions(G, net.owners[0], net.people.index[-1])
    assert Elements(paths._repr_html_()).tags <= TAGS
    printed = terminal(net, [paths], width=100_000)
    assert turns_or_breaks(printed.replace("\n", "")) == set()
    for name in CAST[:13]:
        assert name in printed


def test_they_are_pseudonymised_and_forgotten_like_everybody(net):
    hidden = pseudonymise(net, "a key only for tests")
    assert len(hidden.people) == len(net.people)
    plain = hidden.model_dump_json()
    assert "alert" not in plain
    assert plain.isascii()
    for name in net.people.index:
        assert name not in forget(net, name, archive=False).people.index


@pytest.mark.parametrize(
    "table",
    [
        {"people": pd.DataFrame({"id": ["ana", HALF]})},
        {"people": pd.DataFrame({"id": ["bo", "ana"], "location": ["", HALF]})},
        {"evidence": pd.DataFrame({"kind": "project", "source": ["a", HALF], "target": "b"})},
        {"positions": pd.DataFrame({"person": ["ana"] * 2, "organisation": ["Acme", HALF]})},
        {"facts": pd.DataFrame({"person": "ana", "kind": "skill", "text": ["", HALF]})},
        {"texts": pd.DataFrame({"source": "ana", "kind": "share", "text": ["", HALF]})},
    ],
    ids=lambda table: next(iter(table)),
)
def test_half_a_character_in_a_table_is_an_error_with_its_row(table):
    with pytest.raises(tg.errors.RecordError, match="half a character") as raised:
        tg.Network.from_records(**{"people": [{"id": "ana"}], **table})
    assert raised.value.row == 2
    str(raised.value).encode("utf-8")
    with pytest.raises(tg.errors.RecordError):
        tg.Network.from_records([{"id": HALF}])


def test_a_report_may_quote_half_a_character():
    net = tg.Network.from_records([{"id": "ana"}], report=[{"file": "a.csv", "value": HALF}])
    assert net.report["value"].tolist() == ["half \ufffd character"]
    assert json.loads(net.model_dump_json())["report"][0]["value"] == "half \ufffd character"


@pytest.fixture(autouse=True)
def _no_figure_left():
    yield
    plt.close("all")

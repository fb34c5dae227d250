"""Templates: the user's own, in a sandbox; what fills them is never compiled."""

import re
import subprocess
import sys
from importlib import resources
from unicodedata import category

import networkx as nx
import pytest

import trustgraph as tg
from trustgraph._html import shown
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.planning import draft_request
from trustgraph.planning.draft_templates import TEMPLATES, filled

WORDS = {"name": "Bo Ek", "flag": False, "people": ("Bo", "Cy")}
HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{# gone #}",
    "{{ ''.__class__ }} {goal} {0.__class__}",
    "Subject: you have won\n\nHello",
    "line\nbreak\r\nand\u2028more\ttab",
    "ana\u202egnp.exe \u2067turned",
    "nu\x00l \x1b[31mred\x07",
    "<script>alert(1)</script>",
    "%s %(name)s $x_{1}$",
    "None",
    "Z" + "\u0301\u0302\u0303\u0304\u0327\u0330" * 12 + "algo",
    "Ab" * 100,
)
HALF = "half \ud83d character"
"""A name of a graph may hold it; no id of an ask can."""


@pytest.fixture(scope="module")
def paths():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    return tg.find_introductions(G, "ana", "cy")


# ------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("name", "as_id"),
    [*((name, False) for name in (*HOSTILE, HALF)), *((name, True) for name in HOSTILE)],
)
def test_what_somebody_wrote_as_their_name_is_inert(name, as_id):
    people = [f"{name} {n}" if as_id else n for n in range(3)]
    G = nx.DiGraph()
    for person in people:
        G.add_node(person, **({} if as_id else {"name": f"{name} {person}"}))
    kind = {"count": 1, "first": name, "last": name, "direction": "out"}
    kinds = {"recommendation": kind, "connection": kind}
    G.add_edge(people[1], people[0], trust=0.8, kinds=kinds)
    G.add_edge(people[2], people[1], trust=0.8, kinds=kinds)
    fields = dict.fromkeys(
        ("interest", "role", "organisation", "location", "timing", "why_me"), name
    )
    found = tg.find_introductions(G, people[0], people[2])
    for to in ("introducer", "target", "thanks"):
        told = draft_request(found, found.ask.replace(**fields), to=to)
        plain = " ".join(shown(name).split())
        assert f"{plain} {2 if to == 'target' else 1}" in told.body
        assert (plain in told.forwardable) == (to != "thanks")
        assert "49" not in str(told)
        assert len(told.body.split("\n")) == len(draft_like(to).split("\n"))
        whole = f"{told}{told.explain()}{told._repr_html_()}"
        assert not [c for c in whole if c != "\n" and category(c) in {"Cc", "Cs", "Zl", "Zp"}]
        assert not set(whole) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert "<script" not in told._repr_html_()
        whole.encode()
        assert type(told).from_dict(told.to_dict()) == told


def draft_like(to):
    """The body of the same draft with plain names."""
    G = nx.DiGraph()
    kinds = {"recommendation": {"count": 1, "first": "", "last": "", "direction": "out"}}
    G.add_edge("bo", "ana", trust=0.8, kinds=kinds)
    G.add_edge("cy", "bo", trust=0.8, kinds=kinds)
    return draft_request(tg.find_introductions(G, "ana", "cy"), to=to).body


def test_a_name_cannot_become_the_subject(paths):
    told = draft_request(
        paths, paths.ask.replace(interest="Subject: x"), templates={"introducer": "{{ interest }}"}
    )
    assert (told.subject, told.body) == ("", "Subject: x")
    assert str(told) == "Subject: x"


# ------------------------------------------------------------------------------ the sandbox


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ name | attr('__class__') }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ self.__init__.__globals__ }}",
        "{% for c in ().__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
        "{{ people.__getattribute__('count') }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(10) }}",
        "{{ [1].append(2) }}",
        "{{ {'a': 1}.update(b=2) }}",
        "{% include 'target.jinja' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
    ],
)
def test_a_template_gets_at_nothing_but_its_words(source):
    with pytest.raises(RecordError, match="the template cannot be filled in"):
        filled(source, "mine.jinja", WORDS)


def test_a_template_may_choose_repeat_and_close():
    source = (
        "Subject: For {{ name }}\n"
        "{% if flag %}no{% else %}{% for one in people %}{{ one | closed }} {% endfor %}{% endif %}"
    )
    assert filled(source, "mine.jinja", WORDS) == ("For Bo Ek", "Bo. Cy.")


@pytest.mark.parametrize(
    ("source", "row", "reason"),
    [
        ("Subject: {{ nme }}\n\nHello", 1, "'nme' is undefined"),
        ("Subject: x\n\nHello\n{{ nme }}", 4, "'nme' is undefined"),
        ("Hello\n{{ nme }}", 2, "'nme' is undefined"),
        ("Subject: x\n\nHello\n\n{% if %}", 5, "Expected an expression"),
        ("Subject: x\n{{ name | nofilter }}", 2, "No filter named 'nofilter'"),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("{{ name }\n", 1, "unexpected '}'"),
        ("\n{{ 'a' * 10 ** 15 }}", 2, "too much memory"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "maximum recursion depth"),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_names_there_are(source, row, reason):
    message = rf"mine\.jinja, row {row}: .*{re.escape(reason)}.*; mend: the names are flag, name, p"
    with pytest.raises(RecordError, match=message):
        filled(source, "mine.jinja", WORDS)


# ------------------------------------------------------------------------------ the user's own


def test_a_template_of_the_users_own_takes_the_place_of_ours(paths):
    told = draft_request(paths, templates={"introducer": "Subject: Hey\nHi {{ introducer }}!"})
    assert (told.subject, told.body, told.forwardable) == ("Hey", "Hi bo!", "")
    assert draft_request(paths, to="thanks", templates={"introducer": "x"}).subject == "Thank you"
    short = draft_request(paths, templates={"forwardable": "I am {{ seeker }}."})
    assert short.forwardable == "I am ana."
    assert short.body.endswith("To forward as it is:\n\nI am ana.")
    assert "To forward" not in draft_request(paths, templates={"forwardable": ""}).body


def test_claims_that_a_template_leaves_out_are_not_listed():
    kinds = {"project": {"count": 1, "first": "", "last": "", "direction": "both"}}
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "kinds": kinds}), ("cy", "bo", {"trust": 0.5})])
    found = tg.find_introductions(G, "ana", "cy")
    assert len(draft_request(found).facts) == 1
    assert draft_request(found, templates={"introducer": "Hello."}).facts == ()


def test_a_folder_of_templates(paths, tmp_path):
    (tmp_path / "thanks.jinja").write_bytes(
        "\ufeffSubject: Danke\r\n\r\nSchön, {{ to_name }}!\r\n".encode()
    )
    (tmp_path / "notes.txt").write_text("not a template")
    for folder in (tmp_path, str(tmp_path)):
        told = draft_request(paths, to="thanks", templates=folder)
        assert (told.subject, told.body) == ("Danke", "Schön, bo!")
    assert draft_request(paths, templates=tmp_path) == draft_request(paths)
    (tmp_path / "thanks.jinja").write_text("Subject: x\n\n{{ friend }}")
    with pytest.raises(RecordError, match=r"thanks\.jinja, row 3: .*'friend' is undefined"):
        draft_request(paths, to="thanks", templates=tmp_path)


def test_folders_and_names_that_are_none_are_refused(paths, tmp_path):
    def refused(templates, error, message):
        with pytest.raises(error, match=message):
            draft_request(paths, templates=templates)

    refused({"boss": "x"}, ValueError, "no template is called boss; the names are direct, forw")
    refused({"introducer": 3}, TypeError, r"templates\['introducer'\] is a int; give its text")
    refused(3, TypeError, "templates is a int; give a folder, or name -> text")
    refused(tmp_path / "none", ArchiveError, "none: there is no such folder")
    refused(tmp_path, ArchiveError, "there is no template in this folder; mend: name them direct")
    (tmp_path / "thank.jinja").write_text("x")
    refused(tmp_path, ValueError, "no template is called thank; the names are")
    (tmp_path / "thank.jinja").rename(tmp_path / "thanks.jinja").write_bytes(b"\xff\xfe\xff")
    refused(tmp_path, ArchiveError, "thanks.jinja: not UTF-8")


# ------------------------------------------------------------------------------ what is shipped


def test_every_template_is_shipped_and_no_other():
    folder = resources.files("trustgraph.planning") / "templates"
    assert sorted(file.name for file in folder.iterdir()) == [f"{name}.jinja" for name in TEMPLATES]


def test_jinja_is_loaded_only_when_a_draft_is_made():
    script = (
        "import sys, trustgraph.planning; assert 'jinja2' not in sys.modules;"
        "from trustgraph.planning.draft_templates import filled; filled('x', 'y', {});"
        "assert 'jinja2' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)

"""Sound inputs of every target, and ways to spoil them."""

import io
import random
import re
import tempfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

from fuzz.targets import FILES

import trustgraph as tg
from trustgraph.ingest.linkedin.names import file_key
from trustgraph.ingest.streams import BROKEN

__all__ = ["mutated", "repacked", "reworded", "seeds_of", "words_of"]

_MAIL = b"""From ana@example.org Mon Mar  2 10:00:00 2026
From: Ana Lima <ana@example.org>
To: =?utf-8?q?B=C3=B8?= Ek <bo@example.org>, "Yun, Cy" <cy@example.org>
Date: Mon, 2 Mar 2026 10:00:00 +0100
Message-ID: <1@example.org>

Hello
>From here on it is text.

From bo@example.org Tue Mar  3 10:00:00 2026
From: bo@example.org
To: ana@example.org
Date: Tue, 3 Mar 2026 09:00:00 GMT
In-Reply-To: <1@example.org>

Hello
"""
_WORD = re.compile(rb'<[^<>]{1,60}>|"[^"\n]{1,30}"|[^,;:\t\r\n"<>]{2,30}')
_MOST_WORDS = 600
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[^\W_][\w.+-]*|.', re.DOTALL)
_ODD = (
    b"0 -1 2 1e999 NaN -inf true null 99999999999999999999999 0.1 [] {} 0001-01-01 9999-12-31 "
    b"string boolean long double node edge \\ud800 \\u0000 &amp; &#0; =cmd +1 @x "
    b"\xe2\x80\xae \xe3\x85\xa4 \xff"
).split()
_EVIDENCE = b"""kind,source,target,at,amount,origin
connection,ana,bo,2026-02-08,1,ana
message_day,bo,ana,2026-02-09T10:00:00Z,0.5,
"""
_GRAPHS = {
    "graphml": (
        b"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="k" for="edge" attr.name="trust" attr.type="double"><default>0.5</default></key>
<key id="n" for="node" attr.name="name" attr.type="string"/>
<graph edgedefault="undirected"><data key="n">x</data>
<node id="a"><data key="n">Ana &amp; Bo</data></node><node id="b"/>
<edge source="a" target="b"><data key="k">0.25</data></edge></graph></graphml>""",
    ),
    "gexf": (
        b"""<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed"><attributes class="edge" mode="static">
<attribute id="0" title="trust" type="double"><default>1</default></attribute></attributes>
<nodes><node id="0" label="Ana"/><node id="1" label="Bo"/></nodes>
<edges><edge id="0" source="0" target="1" weight="2"><attvalues><attvalue for="0" value="0.5"/>
</attvalues></edge></edges></graph></gexf>""",
    ),
}


@cache
def _archive(era: int) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made = tg.datasets.make_archive(folder, era=era, connections=6, messages=8)
        with zipfile.ZipFile(made.path) as opened:
            return {name: opened.read(name) for name in opened.namelist()}


def _zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tables() -> list[bytes]:
    numbers = {file_key(name.rpartition("/")[2]): number for number, name in enumerate(FILES)}
    return [
        bytes([numbers[key]]) + text
        for era in (2020, 2026)
        for name, text in _archive(era).items()
        if (key := file_key(name.rpartition("/")[2])) in numbers
    ]


def _written(write: str, name: str) -> bytes:
    """Return a small network as it is written."""
    with tempfile.TemporaryDirectory() as folder:
        path, evidence = Path(folder, name), Path(folder, "evidence.csv")
        evidence.write_bytes(_EVIDENCE)
        net = tg.ingest.read_csv(evidence=evidence)
        told = net if write == "write_json" else tg.build_graph(net)
        getattr(tg.ingest, write)(told, path)
        return path.read_bytes()


@cache
def seeds_of(target: str) -> tuple[bytes, ...]:
    """Return sound inputs of a target."""
    if target == "archive":
        core = {name: _archive(2026)[name] for name in ("Connections.csv", "messages.csv")}
        stored = _zipped(core, zipfile.ZIP_STORED)
        return (_zipped(core), stored, _zipped({"a.zip": stored}), core["Connections.csv"])
    if target == "tables":
        return tuple(_tables())
    if target == "csv":
        return (_EVIDENCE, b"id;name;organisation\nana;Ana Lima;'=Acme\nbo;Bo Ek;\n")
    if target == "mail":
        return (_MAIL, _MAIL.partition(b"\n")[2])
    suffix = {"json": "network.json", "graphml": "graph.graphml", "gexf": "graph.gexf"}[target]
    return (_written(f"write_{target}", suffix), *_GRAPHS.get(target, ()))


def words_of(target: str) -> list[bytes]:
    """Return what stands in the inputs of a target again and again: tags, titles, names, marks."""
    words = Counter(word for seed in seeds_of(target) for word in set(_WORD.findall(seed)))
    marks = [b'""', b"\r\n", b"\n\n", b'","', b"\xef\xbb\xbf", b"\xff\xfe", "\u202e".encode()]
    return [*marks, *(word for word, _ in words.most_common(_MOST_WORDS))]


def reworded(content: bytes, draw: random.Random) -> bytes:
    """Return a text with some words, numbers, quoted texts and marks gone, moved or exchanged."""
    tokens = _TOKEN.findall(content)
    for _ in range(draw.randint(1, 3)):
        if not tokens:
            break
        place, other = draw.randrange(len(tokens)), draw.randrange(len(tokens))
        match draw.choice(("gone", "again", "changed", "other", "odd")):
            case "gone":
                del tokens[place : place + draw.randint(1, 6)]
            case "again":
                tokens[place:place] = tokens[other : other + draw.randint(1, 40)]
            case "changed":
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case "other":
                quoted = [one for one in tokens if one[:1] == b'"']
                tokens[place] = _as(tokens[place], draw.choice(quoted or tokens))
            case _:
                tokens[place] = _as(tokens[place], draw.choice(_ODD))
    return b"".join(tokens)


def _as(old: bytes, new: bytes) -> bytes:
    """Return a word, in quotation marks if the one that it takes the place of stood in them."""
    bare = new.strip(b'"')
    return b'"' + bare + b'"' if old[:1] == b'"' else bare


def repacked(content: bytes, draw: random.Random) -> bytes:
    """Return a zip with one of its first files reworded; what is no zip stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            files = {name: opened.read(name) for name in opened.namelist()[:5]}
    except (*BROKEN, ValueError):
        return content
    if files:
        name = draw.choice(sorted(files))
        files[name] = reworded(files[name], draw)
    return _zipped(files, zipfile.ZIP_STORED)


def mutated(seed: bytes, seeds: tuple[bytes, ...], draw: random.Random) -> bytes:
    """Return a seed with some bytes changed, a part cut out, said twice, or put in from another."""
    content = bytearray(seed)
    for _ in range(draw.randint(1, 4)):
        first, last = sorted(draw.randrange(len(content) + 1) for _ in range(2))
        last = min(last, first + 40)
        other = draw.choice(seeds)
        place = draw.randrange(len(other) + 1)
        content[first:last] = draw.choice(
            (
                b"",
                content[first:last] * 3,
                bytes(draw.randrange(256) for _ in range(draw.randint(1, 8))),
                other[place : place + draw.randint(1, 60)],
                draw.choice(
                    (b'"', b"\0", b"\r", b"\n\n", b"\xff\xfe", "\u202e".encode(), b"," * 9)
                ),
            )
        )
    return bytes(content)

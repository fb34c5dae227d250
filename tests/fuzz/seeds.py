"""Sound inputs of every target, and simple ways to spoil them without a guide."""

import io
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from fuzz.targets import FILES

import trustgraph as tg

__all__ = ["mutated", "seeds_of"]

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
_EVIDENCE = b"""kind,source,target,at,amount,origin
connection,ana,bo,2026-02-08,1,ana
message_day,bo,ana,2026-02-09T10:00:00Z,0.5,
"""


@cache
def _archive() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made = tg.datasets.make_archive(folder, connections=6, messages=8)
        with zipfile.ZipFile(made.path) as opened:
            return {name: opened.read(name) for name in opened.namelist()}


def _zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tables() -> list[bytes]:
    found = {
        name.partition("_1")[0].removesuffix(".csv"): text for name, text in _archive().items()
    }
    return [
        bytes([number]) + found.get(name.removesuffix(".csv"), b"Name\n")
        for number, name in enumerate(FILES)
    ]


def _written(write: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        net = tg.datasets.load_office()
        told = net if write == "write_json" else tg.build_graph(net)
        getattr(tg.ingest, write)(told, path)
        return path.read_bytes()


@cache
def seeds_of(target: str) -> tuple[bytes, ...]:
    """Return sound inputs of a target."""
    if target == "archive":
        core = {name: _archive()[name] for name in ("Connections.csv", "messages.csv")}
        stored = _zipped(core, zipfile.ZIP_STORED)
        return (_zipped(core), stored, _zipped({"a.zip": stored}), core["Connections.csv"])
    if target == "tables":
        return tuple(_tables())
    if target == "csv":
        return (_EVIDENCE, b"id;name;organisation\nana;Ana Lima;'=Acme\nbo;Bo Ek;\n")
    if target == "mail":
        return (_MAIL, _MAIL.partition(b"\n")[2])
    suffix = {"json": "network.json", "graphml": "graph.graphml", "gexf": "graph.gexf"}[target]
    return (_written(f"write_{target}", suffix),)


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

"""Every output of the library for one network or graph, as text to search."""

import io
import json
import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import matplotlib as mpl
import matplotlib.pyplot as plt
import networkx as nx
from matplotlib.text import Text
from rich.console import Console

import trustgraph as tg
from trustgraph._text import fold
from trustgraph.cli._show import report_summary, show_introductions, show_report, show_transfer

TABLES = ("people", "evidence", "positions", "facts", "texts", "judgements", "merged", "report")


def network_outputs(net: tg.Network) -> Iterator[tuple[str, str]]:
    """Yield name and text of everything that shows or keeps a network."""
    yield "repr", f"{net!r} {net}"
    yield "json", net.model_dump_json()
    yield "dump", json.dumps(net.model_dump(mode="json"), ensure_ascii=False)
    yield "pickle", pickle.dumps(net).decode("utf-8", "replace")
    yield "owners", f"{net.owners} {net.as_of}"
    told = net.replace(merged=None)
    for one, word in ((net, ""), (told, "told ")):
        for name in TABLES:
            frame = getattr(one, name)
            yield f"{word}{name}", frame.reset_index().to_csv() + frame.to_html() + repr(frame)
    yield "report summary", report_summary(net).to_json(orient="records")
    yield "records", repr([*net.iter_people(), *net.iter_evidence(), *net.iter_positions()])
    yield from errors_of(net)


def errors_of(net: tg.Network) -> Iterator[tuple[str, str]]:
    """Yield the messages of errors that name people."""
    with suppress(tg.errors.TrustGraphError):
        yield "owner", net.owner
    for asked in ("nobody at all", "person", "organisation"):
        try:
            net.resolve(asked)
        except tg.errors.TrustGraphError as error:
            yield f"error {asked}", f"{error} {error!r}"


def graph_outputs(G: Any) -> Iterator[tuple[str, str]]:
    """Yield name and text of everything that shows or keeps a graph."""
    yield "nodes", repr(list(G.nodes(data=True)))
    yield "edges", repr(list(G.edges(data=True)))
    yield "graph", repr(G.graph)
    for name in ("nodes_frame", "edges_frame"):
        frame = getattr(tg.graph, name)(G)
        yield name, frame.reset_index().to_csv() + frame.to_html()


def graphml(G: Any) -> str:
    """Return the graph as GraphML, which knows texts and numbers only."""
    plain: Any = nx.DiGraph()
    plain.add_nodes_from((n, {k: str(v) for k, v in data.items()}) for n, data in G.nodes.items())
    plain.add_edges_from((*e, {k: str(v) for k, v in data.items()}) for e, data in G.edges.items())
    return "\n".join(nx.generate_graphml(plain))


def saved_index(G: Any, folder: Path) -> tuple[tg.TrustIndex, bytes]:
    """Return the index of a graph after it was saved and read again, and the bytes of its file."""
    file = folder / "index"
    tg.TrustIndex.from_graph(G).save(file)
    return tg.TrustIndex.load(file), file.read_bytes()


def results_of(G: Any, questions: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
    """Yield the results of all analyses for pairs of seeker and target."""
    for seeker, target in questions:
        yield tg.find_introductions(G, seeker, target, max_intermediaries=2)
        yield tg.find_introductions(G, seeker, target, observed_only=False)
        yield tg.reputation_transfer(G, seeker, target)
        yield tg.reputation.reliability(G, seeker, target)


def result_outputs(result: Any) -> Iterator[tuple[str, str]]:
    """Yield name and text of everything that shows or keeps a result."""
    kind = type(result).__name__
    yield f"{kind} explain", result.explain()
    yield f"{kind} repr", repr(result)
    yield f"{kind} html", result._repr_html_()
    yield f"{kind} dict", json.dumps(result.to_dict(), ensure_ascii=False, default=str)
    if hasattr(result, "to_frame"):
        frame = result.to_frame()
        yield f"{kind} frame", frame.to_csv() + frame.to_html()
    for path in getattr(result, "items", ()):
        yield f"{kind} path", path.explain() + repr(path)


def terminal(net: tg.Network | None, results: Iterable[Any], *, width: int = 120) -> str:
    """Return what the command line prints."""
    console = Console(file=io.StringIO(), width=width, record=True, force_terminal=True)
    if net is not None:
        show_report(console, net)
    for result in results:
        if isinstance(result, tg.introductions.Introductions):
            show_introductions(console, result)
        elif isinstance(result, tg.reputation.Transfer):
            show_transfer(console, result)
    return console.export_text(styles=False)


def pictures_of(G: Any, results: Iterable[Any]) -> Iterator[Any]:
    """Yield the axes of every picture; each is closed when the next one is asked for."""
    for result in results:
        pictures: dict[type, Any] = {
            tg.introductions.Introductions: tg.plot.plot_introductions,
            tg.reputation.Transfer: tg.plot.plot_transfer,
        }
        if type(result) in pictures:
            ax = pictures[type(result)](result)
            yield ax
            plt.close(ax.figure)
    for options in ({}, {"seeker": next(iter(G))}):
        ax = tg.plot.plot_network(G, **options)
        yield ax
        plt.close(ax.figure)


def picture_outputs(ax: Any) -> dict[str, str]:
    """Return the picture as drawing and as pixels, and every text in it."""
    drawing, pixels = io.StringIO(), io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        ax.figure.savefig(drawing, format="svg")
    ax.figure.savefig(pixels, format="png")
    texts = [text.get_text() for text in ax.figure.findobj(Text)]
    return {
        "svg": drawing.getvalue(),
        "png": pixels.getvalue().decode("utf-8", "replace"),
        "texts": "\n".join(texts),
    }


@cache
def forms_of(text: str) -> frozenset[str]:
    """Return a text in all forms in which it could survive."""
    plain = {text, unquote(text), fold(text), text.replace("\\", "\\\\")}
    plain |= {quote(one, errors="replace") for one in plain}
    return frozenset(one.casefold() for one in plain if one.strip())


def traces(strings: Iterable[str], shown: str) -> list[str]:
    """Return the strings that occur in what is shown, in any form."""
    low = shown.casefold()
    where = (low, unquote(low), fold(shown))
    return sorted({text for text in strings if any(f in w for f in forms_of(text) for w in where)})

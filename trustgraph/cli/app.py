"""``trustgraph``: the main job from a terminal.

Exit codes: 0 the job is done (an introduction was found), 1 there is no path, 2 the input is bad.
"""

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import matplotlib as mpl
import typer
from rich.console import Console
from rich.text import Text
from tqdm import tqdm

from trustgraph._html import shown
from trustgraph._typing import Graph
from trustgraph._version import __version__
from trustgraph.cli._show import (
    report_summary,
    show_inspection,
    show_introductions,
    show_plan,
    show_report,
    show_transfer,
)
from trustgraph.datasets import sample_archives
from trustgraph.errors import TrustGraphError, UnknownPersonError
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.ingest import inspect_archive, read_linkedin, read_outcomes, share
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.lookup import find_organisations
from trustgraph.introductions.results import Introductions
from trustgraph.models.ask import Ask, Organisation
from trustgraph.models.network import Network
from trustgraph.planning.plan import plan_asks
from trustgraph.plot.network import plot_network
from trustgraph.reputation.results import Transfer
from trustgraph.reputation.transfer import reputation_transfer

__all__ = ["app"]

FOUND, NO_PATH, BAD_INPUT = 0, 1, 2
SAMPLE_TARGET = "Tessaloom"

app = typer.Typer(
    name="trustgraph",
    help="Who can warmly introduce me to whom, and how much reputation arrives; all offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the form that typer calls
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[  # noqa: ARG001, FBT002 - an option of the command line
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    for stream in (sys.stdout, sys.stderr):
        # A redirected stream may not know every letter of a name: better a sign than a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@app.command()
def demo(
    to: Annotated[
        str, typer.Option(help="Organisation of the sample to get into.")
    ] = SAMPLE_TARGET,
    out: Annotated[Path, typer.Option(help="Where to write the network map (PNG).")] = Path(
        "trustgraph-demo.png"
    ),
) -> None:
    """Run the main job on the bundled invented sample: three pooled archives."""
    console = Console()
    with _bad_input_ends(console):
        net, seeker = _read([str(path) for path in sample_archives()], "")
        ask = Ask(seeker=seeker, target=Organisation(to), interest="data platform", role="lead")
        G = build_graph(net)
        paths, moved = _answer(TrustIndex.from_graph(G), ask, k=5, most=3)
        show_report(console, net)
        show_introductions(console, paths)
        show_transfer(console, moved)
        _draw(G, ask.seeker, out, console)
    raise typer.Exit(FOUND if len(paths) else NO_PATH)


@app.command()
def introduce(  # noqa: PLR0913, PLR0917 - the options of the command line
    archives: Annotated[
        list[str], typer.Argument(help="Archives: zip, folder or Connections.csv.")
    ],
    to: Annotated[str, typer.Option(help="Organisation to get into, or person to reach.")],
    role: Annotated[str, typer.Option(help="Role sought, or role of the person to reach.")] = "",
    interest: Annotated[str, typer.Option(help="What you are looking for, in words.")] = "",
    why_me: Annotated[str, typer.Option(help="Why you, in words.")] = "",
    location: Annotated[str, typer.Option(help="Where.")] = "",
    timing: Annotated[str, typer.Option(help="By when.")] = "",
    owner: Annotated[
        str, typer.Option(help="Whose the first archive is: name, slug or address.")
    ] = "",
    k: Annotated[int, typer.Option(min=1, help="How many paths.")] = 5,
    max_intermediaries: Annotated[int, typer.Option(min=0, max=5)] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
) -> None:
    """Find the best introductions in your own archives."""
    console = Console()
    with _bad_input_ends(Console(stderr=True)):
        net, seeker = _read(archives, owner)
        index = TrustIndex.from_graph(build_graph(net))
        ask = Ask(
            seeker=seeker,
            target=_target(index, to, role),
            interest=interest,
            role=role,
            why_me=why_me,
            location=location,
            timing=timing,
        )
        paths, moved = _answer(index, ask, k=k, most=max_intermediaries)
    if as_json:
        told = {
            "introductions": paths.to_dict(),
            "transfer": moved.to_dict(),
            "report": report_summary(net).to_dict(orient="records"),
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        show_report(console, net)
        show_introductions(console, paths)
        show_transfer(console, moved)
    raise typer.Exit(FOUND if len(paths) else NO_PATH)


@app.command()
def plan(  # noqa: PLR0913, PLR0917 - the options of the command line
    archives: Annotated[
        list[str], typer.Argument(help="Archives: zip, folder or Connections.csv.")
    ],
    to: Annotated[list[str], typer.Option(help="Organisation or person to reach; more than one.")],
    budget: Annotated[int, typer.Option(min=1, help="Most asks in all.")] = 10,
    per_person: Annotated[int, typer.Option(min=1, help="Most asks put to one person.")] = 1,
    horizon_days: Annotated[int, typer.Option(min=1, help="Days within which to ask.")] = 90,
    role: Annotated[str, typer.Option(help="Role sought.")] = "",
    interest: Annotated[str, typer.Option(help="What you are looking for, in words.")] = "",
    why_me: Annotated[str, typer.Option(help="Why you, in words.")] = "",
    location: Annotated[str, typer.Option(help="Where.")] = "",
    timing: Annotated[str, typer.Option(help="By when.")] = "",
    owner: Annotated[
        str, typer.Option(help="Whose the first archive is: name, slug or address.")
    ] = "",
    outcomes: Annotated[
        Path | None, typer.Option(help="Your record of asks (CSV); what is left is planned.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
) -> None:
    """Plan whom to ask for which target, in which order, and what to do first."""
    console = Console()
    with _bad_input_ends(Console(stderr=True)):
        net, seeker = _read(archives, owner)
        index = TrustIndex.from_graph(build_graph(net))
        asks = [
            Ask(
                seeker=seeker,
                target=_target(index, one, role),
                interest=interest,
                role=role,
                why_me=why_me,
                location=location,
                timing=timing,
            )
            for one in to
        ]
        course = plan_asks(
            index, asks, budget=budget, per_person=per_person, horizon_days=horizon_days
        )
        if outcomes is not None:
            course = course.update(list(read_outcomes(outcomes)))
    if as_json:
        typer.echo(json.dumps(course.to_dict(), ensure_ascii=False))
    else:
        show_plan(console, course)
    raise typer.Exit(FOUND if len(course) else NO_PATH)


@app.command()
def inspect(
    archives: Annotated[list[str], typer.Argument(help="Archives: zip, folder or single file.")],
    owner: Annotated[
        str, typer.Option(help="Whose the first archive is: name, slug or address.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002
) -> None:
    """Print what is in archives, what is missing for better answers, and how to get it."""
    console = Console()
    with _bad_input_ends(Console(stderr=True)):
        owners = [owner or None, *[None] * (len(archives) - 1)]
        found = [
            inspect_archive(archive, owner=whose)
            for archive, whose in zip(archives, owners, strict=True)
        ]
    if as_json:
        told = [one.to_dict() for one in found]
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for one in found:
            show_inspection(console, one)
    raise typer.Exit(BAD_INPUT if any(one.problem for one in found) else FOUND)


@app.command(name="share")
def share_ties(
    archives: Annotated[list[str], typer.Argument(help="Your archives: zip or folder.")],
    to: Annotated[str, typer.Option(help="Organisation or person that the question is about.")],
    out: Annotated[Path, typer.Option(help="The zip to write; never overwritten.")],
    owner: Annotated[str, typer.Option(help="Whose the archives are: name, slug or address.")] = "",
    also: Annotated[
        list[str] | None, typer.Option(help="Who asks, by name, slug or address; more than one.")
    ] = None,
    names: Annotated[  # noqa: FBT002
        bool, typer.Option(help="Send display names, titles and places; ids stay in any case.")
    ] = True,
) -> None:
    """Write the few ties that a colleague's question needs, to send to them."""
    console = Console()
    with _bad_input_ends(Console(stderr=True)):
        small = share(archives, to=to, out=out, owner=owner or None, names=names, also=also or ())
    told = f"{len(small.people):,} people and {len(small.evidence):,} records are in {out}."
    console.print(Text(shown(told)))
    for reason, value in zip(small.report["reason"], small.report["value"], strict=True):
        console.print(Text(shown(f"  {reason}: {value}")))


def _draw(G: Graph, seeker: str, out: Path, console: Console) -> None:
    mpl.use("Agg")
    figure = plot_network(G, seeker=seeker).get_figure(root=True)
    if figure is None:
        return
    try:
        figure.savefig(out, dpi=150)
    except OSError as error:
        told = f"The network map could not be written ({error.strerror}); name a place with --out."
        console.print(Text(shown(told), style="yellow"))
        return
    console.print(Text(shown(f"Network map written to {out}")))


class _bad_input_ends:  # noqa: N801 - used like a function
    """Turn an error of the input into one line and exit code 2."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, *_: object
    ) -> None:
        """Tell the error and end."""
        if isinstance(error, (TrustGraphError, ValueError, OSError)):
            self.console.print(Text(shown(f"trustgraph: {error}"), style="red"))
            raise typer.Exit(BAD_INPUT) from None


def _read(archives: list[str], owner: str) -> tuple[Network, str]:
    """Return the pooled network and the id of the owner of the first archive."""
    owners = [owner or None, *[None] * (len(archives) - 1)]
    net = read_linkedin(archives, owner=owners, progress=True)
    if len(net.owners) == 1:
        return net, net.owner
    # Pooling forgets the order of the archives, so the first one is asked on its own.
    alone = read_linkedin(archives[0], owner=owner or None)
    person = alone.person(alone.owner)
    return net, person.id if person.id in net.people.index else net.resolve(person.name)


def _target(index: TrustIndex, to: str, role: str) -> Organisation | str:
    """Take a person known by that id or full name as the target, else an organisation."""
    if not to.strip():
        message = "--to is empty; name an organisation or a person"
        raise ValueError(message)
    try:
        index.number(to)
    except UnknownPersonError as error:
        organisations = find_organisations(index, to)
        if not (organisations["match"] != "").any():
            alike = [*error.near[:3], *organisations["organisation"].tolist()[:3]]
            if alike:
                hint = " or ".join(repr(name) for name in alike)
                told = f"Nobody and no organisation is called {to!r}. Did you mean {hint}?"
                Console(stderr=True).print(Text(shown(told)))
        return Organisation(to, role=role)
    return to


def _answer(index: TrustIndex, ask: Ask, *, k: int, most: int) -> tuple[Introductions, Transfer]:
    with tqdm(total=2, desc="Answering", leave=False, delay=1.0) as bar:
        paths = find_introductions(index, ask, k=k, max_intermediaries=most)
        bar.update()
        moved = reputation_transfer(index, ask, max_intermediaries=most)
        bar.update()
    return paths, moved

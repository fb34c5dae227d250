"""Answers on a terminal."""

from collections import Counter
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trustgraph._html import shown
from trustgraph._text import counted
from trustgraph.ingest.journal import BALANCE, NOT_USED
from trustgraph.ingest.linkedin.inspect import Inspection
from trustgraph.introductions.results import Introductions
from trustgraph.models.network import Network
from trustgraph.planning.plan_results import AskPlan
from trustgraph.reputation.results import Transfer

__all__ = [
    "report_summary",
    "show_inspection",
    "show_introductions",
    "show_plan",
    "show_report",
    "show_transfer",
]


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Table:
    table = Table(
        title=Text(shown(title), style="table.title"), title_justify="left", header_style="bold"
    )
    for column in columns:
        table.add_column(column, justify="right" if column in NUMERIC else "left", overflow="fold")
    for row in rows:
        table.add_row(
            *(f"{cell:.3f}" if isinstance(cell, float) else Text(shown(str(cell))) for cell in row)
        )
    return table


NUMERIC = frozenset(
    "order chance rank score endorsed carried lift rows used share removal inflow through "
    "retained".split()
) | {"not used"}
MOST_FAULTS = 20
MOST_CARRIERS = 10
MOST_NAMED = 3
LOOK_AT = ("file", "row", "reason", "mend")


def show_introductions(console: Console, paths: Introductions) -> None:
    """Print the paths as a table, then in sentences."""
    if len(paths):
        rows = [
            (
                path.rank,
                " → ".join(path.names),
                path.score,
                path.delivery,
                path.carried,
                path.lift,
            )
            for path in paths
        ]
        columns = ("rank", "path", "score", "endorsed", "carried", "lift")
        console.print(_table(f"Introductions to {paths.target_name}", columns, rows))
    console.print(Text(paths.explain()))


def show_plan(console: Console, course: AskPlan) -> None:
    """Print the asks in their order, then the plan in sentences."""
    if len(course):
        rows = [
            (one.order, one.date or one.day, one.name, one.target_name, one.chance, one.condition)
            for one in course
        ]
        columns = ("order", "day", "ask", "for", "chance", "if")
        console.print(_table("Whom to ask, and when", columns, rows))
    console.print(Text(course.explain()))


def show_transfer(console: Console, moved: Transfer) -> None:
    """Print how much reputation arrives and who carries it."""
    frame = moved.to_frame()
    if len(frame):
        rows = [
            (row.name, row.shapley, row.removal, row.inflow, row.through, row.retained)
            for row in frame.head(MOST_CARRIERS).itertuples(index=False)
        ]
        columns = ("person", "share", "removal", "inflow", "through", "retained")
        console.print(_table(f"Reputation that arrives: {moved.total:.3f}", columns, rows))
    console.print(Text(moved.explain()))


def report_summary(net: Network) -> pd.DataFrame:
    """Return how many report rows there are by file and level, never their values."""
    counts = Counter(zip(net.report["file"], net.report["level"], strict=True))
    rows = [(file, level, number) for (file, level), number in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["file", "level", "rows"])


def show_report(console: Console, net: Network) -> None:
    """Print what the reader said: each file that was used, why rows were not, what to mend."""
    console.print(
        f"Read {len(net.people):,} people and {len(net.evidence):,} records from "
        f"{counted(len(net.owners), 'archive')}.",
        highlight=False,
    )
    report = net.report
    balances = report[report["reason"] == BALANCE]
    rows: list[tuple[Any, ...]] = [
        (file, *value.split(" / "))
        for file, value in zip(balances["file"], balances["value"], strict=True)
    ]
    console.print(_table("Files", ("file", "rows", "used", "not used"), rows))
    for start, title in ((NOT_USED, "Rows not used"), ("not read: ", "Files not read")):
        chosen = report[report["reason"].str.startswith(start)]
        told = Counter[str]()
        for reason, value in zip(chosen["reason"], chosen["value"], strict=True):
            told[reason.removeprefix(start)] += int(value) if value.isdecimal() else 1
        for reason, times in sorted(told.items()):
            console.print(Text(shown(f"  {title}: {times} × {reason}")))
    faults = report[report["level"] != "info"]
    columns = [faults[name] for name in LOOK_AT]
    if len(faults):
        worst = list(zip(*columns, strict=True))[:MOST_FAULTS]
        console.print(_table("To look at", LOOK_AT, worst))
        if len(faults) > MOST_FAULTS:
            console.print(f"and {len(faults) - MOST_FAULTS} more in net.report", highlight=False)


def show_inspection(console: Console, found: Inspection) -> None:
    """Print the files that are read, why others are not, and what is missing."""
    read = [file for file in found.files if file.table]
    rows = [(file.file, file.table, file.rows, file.used, file.unused) for file in read]
    columns = ("file", "table", "rows", "used", "not used")
    if rows:
        console.print(_table(found.archive, columns, rows))
    notes: dict[str, list[str]] = {}
    for file in found.files:
        if not file.table:
            notes.setdefault(file.note, []).append(file.file)
    for note, files in sorted(notes.items()):
        named = ", ".join(files[:MOST_NAMED]) + (", …" if len(files) > MOST_NAMED else "")
        console.print(Text(shown(f"  Not read: {counted(len(files), 'file')} ({note}): {named}")))
    if found.to_look_at:
        faults = [(one.file, one.row, one.reason, one.mend) for one in found.to_look_at]
        console.print(_table("To look at", LOOK_AT, faults[:MOST_FAULTS]))
    console.print(Text("\n".join(map(shown, found.explain().splitlines()))))
